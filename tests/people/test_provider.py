"""The provider for one's own Faker, as far as it needs no service model."""

from __future__ import annotations

import pytest
from faker import Faker

from cp_fixtures.errors import UsageError
from cp_fixtures.people import PeopleProvider, locales


def faker(locale: str = "en_US", seed: int = 1) -> Faker:
    """A user's Faker with the provider."""
    fake = Faker(locale)
    fake.add_provider(PeopleProvider)
    fake.seed_instance(seed)
    return fake


def test_the_users_seed_governs() -> None:
    """Two Fakers with one seed give the same person; the next one is another."""
    one, other = faker(), faker()
    assert one.cp_person() == other.cp_person() != one.cp_person()


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_the_users_locale_governs(locale: str) -> None:
    """The person is of the Faker's locale, also where Faker itself falls back to en_US."""
    spelled_out = {"de": "de_DE", "en": "en_US", "es": "es_ES", "th": "th_TH"}
    assert faker(locale).cp_person().locale == spelled_out.get(locale, locale)


def test_a_subclass_can_fix_the_locale() -> None:
    """For a Faker of several locales, or of none."""

    class Germans(PeopleProvider):
        cp_locale = "de_DE"

    fake = Faker("en_US")
    fake.add_provider(Germans)
    assert fake.cp_person().home_address.country == "DE"


def test_the_small_methods() -> None:
    """An id, an e-mail address and a telephone number, each in its form."""
    fake = faker()
    assert len(fake.cp_profile_id()) == 32
    assert fake.cp_email().partition("@")[2] in {"example.com", "example.net", "example.org"}
    assert fake.cp_phone_number()[5:10] == "55501"


def test_no_number_where_none_is_safe() -> None:
    """The error says why, and what to do."""
    with pytest.raises(UsageError) as refusal:
        faker("it_IT").cp_phone_number()
    assert str(refusal.value) == (
        "There is no telephone number for it_IT. Its country keeps none for fiction, and no other is sure to reach "
        "nobody. Use a locale of AU, BR, CA, DE, FR, GB, IN, JP or US."
    )


def test_only_methods_with_the_prefix_are_added() -> None:
    """Nothing of Faker's own is hidden: every name that is new begins with cp_."""
    plain = set(dir(Faker("en_US").factories[0]))
    added = set(dir(faker().factories[0])) - plain
    assert added == {"cp_email", "cp_person", "cp_phone_number", "cp_profile_id"}
