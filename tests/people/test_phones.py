"""Telephone numbers: in a range that the regulator keeps for fiction, impossible, or none."""

from __future__ import annotations

import re
from random import Random

import pytest

from cp_fixtures.people import People, locales

# Written down a second time, as the regulators' pages say it, so that a slip in the one table shows in the other.
NANP = r"\+1[2-9]\d{2}55501\d{2}"
FICTION = {
    "US": NANP,
    "CA": NANP,
    "GB": r"\+44(2079460\d{3}|1(1[3-8]|21|31|41|51|61)4960\d{3}|1914980\d{3}|2920180\d{3}|7700900\d{3})",
    "DE": r"\+49(3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}|15228817386)",
    "FR": r"\+33(19900|26191|35301|46571|53649|63998)\d{4}",
    "AU": r"\+61([2378]5550\d{4}|491570(110|156|157|158|159))",
    # Impossible: what follows the area code begins with the trunk prefix 0.
    "BR": r"\+55(11|21|31|41|48|51|61|71|81|85|92)0\d{7}",
    "IN": r"\+91((22|11|80|44|33|40|79|20)0\d{7}|6740\d{6})",
    "JP": r"\+81([36]0\d{7}|(45|52|78|82|92|22|11)0\d{6})",
}
COUNTRIES = {"de": "DE", "en": "US", "es_CA": "ES", "fr_QC": "CA"}
MEMBERS = ("phone", "mobile_phone", "home_phone", "business_phone")


def numbers(locale: str, *, messy: bool = False) -> list[str | None]:
    """All numbers of sixty persons."""
    people = People(locale, Random(0), messy=messy)
    made = [people.individual() for _ in range(60)]
    return [getattr(person, member) for person in made for member in MEMBERS]


@pytest.mark.parametrize("locale", locales())
def test_every_number_reaches_nobody(locale: str) -> None:
    """Each is in one of the ranges above; a country without one has no number at all."""
    pattern = FICTION.get(COUNTRIES.get(locale, locale[-2:]))
    made = numbers(locale)
    assert all(number is None or (pattern and re.fullmatch(pattern, number)) for number in made)
    assert any(made) == (pattern is not None)


@pytest.mark.parametrize("locale", ["pt_BR", "en_IN", "ja_JP"])
def test_no_mobile_number_where_none_is_impossible(locale: str) -> None:
    """Fixed lines there are, mobile ones not: their plans leave no gap that nobody can be given."""
    people = People(locale, Random(0))
    person = people.individual()
    assert person.phone
    assert person.mobile_phone is None


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en_GB", {"+000000000000", "00000000000", "0000 000 0000", "000 0000 0000"}),
        ("fr_FR", {"+00000000000", "0000000000", "00 00 00 00 00"}),
        ("pt_BR", {"+000000000000", "0000000000", "(00) 0000-0000"}),
        ("ja_JP", {"+00000000000", "0000000000", "00-0000-0000", "000-000-0000"}),
    ],
)
def test_messy_numbers_are_written_as_their_country_does(locale: str, forms: set[str]) -> None:
    """E.164, the digits one dials, and the country's punctuation."""
    people = People(locale, Random(0), messy=True)
    written = {re.sub(r"\d", "0", str(people.individual().phone)) for _ in range(200)}
    assert written == forms


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "en_AU", "ja_JP"])
def test_messy_numbers_are_the_same_fiction(locale: str) -> None:
    """Without their punctuation and trunk prefix they are the numbers of the ranges above."""
    pattern = FICTION[locale[-2:]]
    code = pattern[2:3] if locale == "en_US" else pattern[2:4]
    for number in filter(None, numbers(locale, messy=True)):
        digits = re.sub(r"\D", "", number)
        e164 = f"+{digits}" if number.startswith("+") else f"+{code}{digits.removeprefix('0')}"
        assert re.fullmatch(pattern, e164)
