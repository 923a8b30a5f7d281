"""Telephone numbers: in a range that the regulator keeps for fiction, impossible, or none."""

from __future__ import annotations

import re
from random import Random

import pytest

from cp_fixtures.people import People, locales
from cp_fixtures.people.phones import Phone

# Written down a second time, as the regulators' pages say it, so that a slip in the one table shows in the other.
NANP = r"\+1[2-9]\d{2}55501\d{2}"
FICTION = {
    "US": NANP,
    "CA": NANP,
    "GB": r"\+44(2079460\d{3}|1(1[3-8]|21|31|41|51|61)4960\d{3}|1914980\d{3}|2920180\d{3}|7700900\d{3})",
    "DE": (
        r"\+49(3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}|152(28817386|28895456|54599371)|"
        r"17139200\d{2}|172(9925904|9968532|9973185|9973186|9980752)|174(9091317|9464308)|176040690\d{2})"
    ),
    "FR": r"\+33(19900|26191|35301|46571|53649|63998)\d{4}",
    "AU": (
        r"\+61([2378](5550|7010)\d{4}|49157(0006|015[6-9]|0110|0313|0737|1266|1491|1804|2549|2665|2983|3770|3087|4118|"
        r"4632|5254|5789|6398|6801|7426|7644|8957|8148|8888|9212|9760|9455))"
    ),
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


MOBILES = [
    ("en_GB", r"\+447700900\d{3}", r"07700900\d{3}", r"07700 900\d{3}"),
    ("de_DE", r"\+491[57]\d{8,9}", r"01[57]\d{8,9}", r"01(52 \d{8}|7[124] \d{7}|76 \d{8})"),
    ("fr_FR", r"\+336\d{8}", r"06\d{8}", r"06 39 98 \d\d \d\d"),
    ("en_AU", r"\+6149157\d{4}", r"049157\d{4}", r"0491 57\d \d{3}"),
    ("en_US", r"\+1\d{10}", r"\d{10}", r"\(\d{3}\) 555-01\d\d"),
    ("en_CA", r"\+1\d{10}", r"\d{10}", r"\(\d{3}\) 555-01\d\d"),
]


@pytest.mark.parametrize(("locale", "e164", "digits", "national"), MOBILES)
def test_messy_mobile_numbers_too(locale: str, e164: str, digits: str, national: str) -> None:
    """The three forms all occur, and there is no fourth: a mobile number is grouped otherwise than a fixed line."""
    people = People(locale, Random(0), messy=True)
    made = [str(people.individual().mobile_phone) for _ in range(200)]
    forms = [re.compile(form) for form in (e164, digits, national)]
    assert all(any(form.fullmatch(number) for form in forms) for number in made)
    assert all(any(form.fullmatch(number) for number in made) for form in forms)


@pytest.mark.parametrize(
    ("phone", "forms"),
    [
        (Phone("GB", "20", "79460123"), ("+442079460123", "02079460123", "020 7946 0123")),
        (Phone("GB", "7700", "900367", cell=True), ("+447700900367", "07700900367", "07700 900367")),
        (Phone("DE", "30", "23125042"), ("+493023125042", "03023125042", "030 23125042")),
        (Phone("DE", "171", "3920042", cell=True), ("+491713920042", "01713920042", "0171 3920042")),
        (Phone("FR", "1", "99001234"), ("+33199001234", "0199001234", "01 99 00 12 34")),
        (Phone("FR", "6", "39981234", cell=True), ("+33639981234", "0639981234", "06 39 98 12 34")),
        (Phone("AU", "2", "70101234"), ("+61270101234", "0270101234", "(02) 7010 1234")),
        (Phone("AU", "491", "570156", cell=True), ("+61491570156", "0491570156", "0491 570 156")),
        (Phone("US", "206", "5550123", cell=True), ("+12065550123", "2065550123", "(206) 555-0123")),
        (Phone("CA", "416", "5550123"), ("+14165550123", "4165550123", "(416) 555-0123")),
        (Phone("BR", "11", "01234567"), ("+551101234567", "1101234567", "(11) 0123-4567")),
        (Phone("IN", "22", "01234567"), ("+912201234567", "02201234567", "022-01234567")),
        (Phone("JP", "3", "01234567"), ("+81301234567", "0301234567", "03-0123-4567")),
    ],
)
def test_the_three_forms_of_a_number(phone: Phone, forms: tuple[str, str, str]) -> None:
    """E.164, the digits that one dials, and the punctuation of the country."""
    assert (str(phone), phone.digits, phone.national) == forms


@pytest.mark.parametrize(("locale", "least"), [("de_DE", 150), ("en_AU", 30), ("en_GB", 500), ("fr_FR", 900)])
def test_mobile_numbers_are_many(locale: str, least: int) -> None:
    """All that a regulator keeps are used, each as often as any other: 210 in Germany, 30 in Australia."""
    people = People(locale, Random(0))
    assert len({people.individual().mobile_phone for _ in range(1000)}) >= least


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "en_AU", "ja_JP"])
def test_messy_numbers_are_the_same_fiction(locale: str) -> None:
    """Without their punctuation and trunk prefix they are the numbers of the ranges above."""
    pattern = FICTION[locale[-2:]]
    code = pattern[2:3] if locale == "en_US" else pattern[2:4]
    for number in filter(None, numbers(locale, messy=True)):
        digits = re.sub(r"\D", "", number)
        e164 = f"+{digits}" if number.startswith("+") else f"+{code}{digits.removeprefix('0')}"
        assert re.fullmatch(pattern, e164)
