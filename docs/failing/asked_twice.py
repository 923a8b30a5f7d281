def both_names(client, domain_name, profile_id):
    """Asks for each name on its own."""

    def read(member):
        answer = client.batch_get_profile(DomainName=domain_name, ProfileIds=[profile_id])
        return answer["Profiles"][0][member]

    return read("FirstName"), read("LastName")


def test_one_call_is_enough(cp_client, cp_stubber, cp_domain):
    ana = cp_domain.put(FirstName="Ana", LastName="Reyes")
    assert both_names(cp_client, cp_domain.name, ana) == ("Ana", "Reyes")
    cp_stubber.assert_called_once("batch_get_profile", DomainName=cp_domain.name)
