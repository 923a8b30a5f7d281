from unittest.mock import MagicMock
from uuid import UUID


def is_known(client, domain_name, profile_id):
    """Whether there is such a profile; the id comes from a database that keeps UUIDs."""
    response = client.batch_get_profile(DomainName=domain_name, ProfileIds=[str(profile_id)])
    return bool(response["Profiles"])


ANA = UUID("0f" * 16)


def test_with_a_mock():
    client = MagicMock()
    client.batch_get_profile.return_value = {"Profiles": [{"ProfileId": str(ANA)}]}
    assert is_known(client, "amazon-connect-example", ANA)


def test_with_a_stub(cp_client, cp_stubber):
    cp_stubber.add_batch_get_profile(profile_ids=[ANA.hex])
    assert is_known(cp_client, "amazon-connect-example", ANA)
