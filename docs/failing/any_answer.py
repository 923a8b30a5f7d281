from hypothesis import given

from cp_fixtures.strategies import batch_get_profile_exchanges


def full_names(client, domain_name, profile_ids):
    """The names of everybody who is found."""
    response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    return [f"{profile['FirstName']} {profile['LastName']}" for profile in response["Profiles"]]


@given(exchange=batch_get_profile_exchanges())
def test_everybody_has_a_name(cp_stubbed, exchange):
    with cp_stubbed(exchange) as stubber:
        names = full_names(stubber.client, exchange.request["DomainName"], exchange.request["ProfileIds"])
    assert len(names) == len(exchange.response["Profiles"])
