"""Locales and pools: nobody's names and streets are another country's by silence."""

from __future__ import annotations

import re

import pytest
from faker import Factory
from faker.config import AVAILABLE_LOCALES

from cp_fixtures.people.locales import checked, country_of, locales, names_from, streets_from
from cp_fixtures.people.pools import pool

# Where Faker has no list of the country's own, and another country's in the same language is taken.
AMERICAN_NAMES = {"en", "en_AU", "en_CA", "en_US"}
SCRIPTS = {"ja_JP": "\u3040-\u30ff\u3005\u4e00-\u9fff", "zh_CN": "\u4e00-\u9fff", "ru_RU": "\u0400-\u04ff"}
SCRIPTS |= {"he_IL": "\u0590-\u05ff", "th_TH": "\u0e00-\u0e7f", "ar_AE": "\u0600-\u06ff\ufb50-\ufdff"}


def provider_locale(locale: str, provider: str) -> str | None:
    """The locale of the provider that Faker really uses; None where this Faker does not have the locale yet."""
    if locale not in AVAILABLE_LOCALES:
        return None
    generator = Factory.create(locale, providers=[f"faker.providers.{provider}"])
    return getattr(generator.get_providers()[0], "__lang__", None)


def test_the_locales_are_those_of_faker() -> None:
    """None is left out, none is added."""
    assert set(locales()) == set(AVAILABLE_LOCALES)


def test_a_hyphen_is_taken_for_an_underscore() -> None:
    """As browsers and Faker's own proxy have it."""
    assert checked("de-DE") == "de_DE"


@pytest.mark.parametrize("locale", locales())
def test_every_locale_has_a_country(locale: str) -> None:
    """Two letters, as ISO 3166 has them."""
    assert re.fullmatch("[A-Z]{2}", country_of(locale))


@pytest.mark.parametrize("locale", locales())
def test_names_are_american_only_where_that_is_said(locale: str) -> None:
    """Faker falls back to en_US without a word; here a locale has names of its language, or of no nation."""
    first = {name for names in pool(locale).first.values() for name in names}
    american = {name for names in pool("en_US").first.values() for name in names}
    assert (first == american) == (locale in AMERICAN_NAMES)


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_names_of_no_nation_only_where_faker_has_none(locale: str) -> None:
    """Whatever Faker has for a locale is used."""
    has_own = provider_locale(locale, "person") == locale
    neutral = "Robin" in pool(locale).first.get("UNSPECIFIED", ()) and "Example" in pool(locale).last["UNSPECIFIED"]
    assert not (has_own and neutral)
    assert neutral or provider_locale(names_from(locale), "person") == names_from(locale)


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_streets_are_the_locales_own_or_neutral(locale: str) -> None:
    """No American street in Vilnius."""
    named = provider_locale(streets_from(locale), "address") == streets_from(locale)
    assert named or pool(locale).streets == ("Example Street", "Sample Street", "Test Street")


@pytest.mark.parametrize("locale", SCRIPTS)
def test_names_are_in_the_script_of_the_locale(locale: str) -> None:
    """Every letter of every first and last name."""
    names = [name for kind in (pool(locale).first, pool(locale).last) for names in kind.values() for name in names]
    assert all(re.fullmatch(f"[{SCRIPTS[locale]} .'-]+", name) for name in names)


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_no_street_says_of_twice(locale: str) -> None:
    """Faker puts `de` before last names that begin with `da` themselves: no "Feira de da Rocha"."""
    of = r"\b(?:d[aeo]s?|du|del)\b"
    assert not [street for street in pool(locale).streets if re.search(f"{of} {of}", street)]


def test_a_pool_is_the_same_every_time() -> None:
    """Made anew, in a process that has made others, it holds the same names in the same order."""
    before = pool("en_GB")
    pool.cache_clear()
    pool("fr_FR")
    assert pool("en_GB") == before


def test_lithuanians_have_no_gender_that_their_names_do_not_tell() -> None:
    """Faker's provider names a man like anybody: such a locale says UNSPECIFIED rather than something wrong."""
    assert [*pool("lt_LT").first] == ["UNSPECIFIED"]


def test_a_stand_in_that_an_older_faker_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the names belong to no nation, and nothing fails."""
    monkeypatch.setattr("cp_fixtures.people.pools.locales", lambda: ("lb_LU",))
    assert pool.__wrapped__("lb_LU").last == {"UNSPECIFIED": pool("la").last["UNSPECIFIED"]}
