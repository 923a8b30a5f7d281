"""Addresses: city, region, postal code and telephone area belong together."""

from __future__ import annotations

import re
from random import Random

import pytest

from cp_fixtures.people import People, PostalAddress, locales

# What postal code each region has, as the countries' posts say it; the library's table goes by the city.
REGIONS = {
    "US": {
        "WA": "98", "OR": "97", "CA": "9[0-6]", "NV": "89", "AZ": "8[56]", "UT": "84", "CO": "8[01]", "TX": "7[5-9]",
        "LA": "7[01]", "IL": "6[0-2]", "MN": "5[56]", "OH": "4[3-5]", "TN": "3[78]", "GA": "3[01]", "NC": "2[78]",
        "PA": "1[5-9]", "NY": "1[0-4]", "MA": "0[12]", "HI": "96",
    },
    "CA": {
        "NL": "A", "NS": "B", "PE": "C", "NB": "E", "QC": "[GHJ]", "ON": "[KLMNP]", "MB": "R", "SK": "S", "AB": "T",
        "BC": "V",
    },
    "AU": {"NSW": "2", "ACT": "26", "VIC": "3", "QLD": "4", "SA": "5", "WA": "6", "TAS": "7", "NT": "08"},
    "IN": {
        "Delhi": "11", "Gujarat": "3[6-9]", "Maharashtra": "4[0-4]", "Telangana": "50", "Karnataka": "5[6-9]",
        "Tamil Nadu": "6[0-6]", "West Bengal": "7[0-4]", "Odisha": "7[5-7]",
    },
    "ES": {
        "Madrid": "28", "Barcelona": "08", "Valencia": "46", "Sevilla": "41", "Zaragoza": "50", "Málaga": "29",
        "Murcia": "30", "Bizkaia": "48", "Illes Balears": "07", "A Coruña": "15",
    },
    "IT": {
        "RM": "00", "MI": "20", "TO": "10", "GE": "16", "VR": "37", "BO": "40", "FI": "50", "NA": "80", "BA": "70",
        "PA": "90",
    },
    "BR": {
        "SP": "[01]", "RJ": "2[0-8]", "MG": "3", "BA": "4[0-8]", "PE": "5[0-6]", "CE": "6[0-3]", "AM": "69",
        "DF": "7[0-3]", "PR": "8[0-7]", "SC": "8[89]", "RS": "9",
    },
    "JP": {
        "北海道": "0[0469]", "宮城県": "98", "東京都": "1|20", "神奈川県": "2[1-5]", "愛知県": "4[4-9]",
        "大阪府": "5[3-9]", "兵庫県": "6[5-7]", "広島県": "7[2-3]", "福岡県": "8[0-3]",
    },
    "GB": {
        "Greater London": "EC", "Greater Manchester": "M", "West Midlands": "B", "West Yorkshire": "LS",
        "South Yorkshire": "S", "Nottinghamshire": "NG", "Leicestershire": "LE", "Bristol": "BS", "Berkshire": "RG",
        "Midlothian": "EH", "Lanarkshire": "G", "Merseyside": "L", "Tyne and Wear": "NE", "South Glamorgan": "CF",
    },
}  # fmt: skip
CITIES = {
    "DE": {"Berlin": "10", "Hamburg": "20", "Frankfurt am Main": "60", "Köln": "50", "München": "80"},
    "FR": {
        "Paris": "75", "Rennes": "35", "Nantes": "44", "Lille": "59", "Strasbourg": "67", "Lyon": "69",
        "Marseille": "13", "Nice": "06", "Toulouse": "31", "Bordeaux": "33",
    },
}  # fmt: skip
FORMS = {
    "US": r"\d{5}", "CA": r"[A-Z]\d[A-Z] \d[A-Z]\d", "AU": r"\d{4}", "IN": r"[1-9]\d{5}", "ES": r"\d{5}",
    "IT": r"\d{5}", "BR": r"\d{5}-\d{3}", "JP": r"\d{3}-\d{4}", "DE": r"\d{5}", "FR": r"\d{5}",
    "GB": r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[ABD-HJLNP-UW-Z]{2}",
}  # fmt: skip
MEMBERS = {
    "US": "state", "AU": "state", "IN": "state", "BR": "state", "JP": "state", "CA": "province", "ES": "province",
    "IT": "province", "GB": "county",
}  # fmt: skip
LOCALE = {
    "US": "en_US", "CA": "en_CA", "AU": "en_AU", "IN": "en_IN", "ES": "es_ES", "IT": "it_IT", "BR": "pt_BR",
    "JP": "ja_JP", "GB": "en_GB", "DE": "de_DE", "FR": "fr_FR",
}  # fmt: skip
AREAS = {
    "206": "WA", "503": "OR", "415": "CA", "213": "CA", "619": "CA", "702": "NV", "602": "AZ", "801": "UT", "303": "CO",
    "512": "TX", "713": "TX", "214": "TX", "504": "LA", "312": "IL", "612": "MN", "614": "OH", "615": "TN", "404": "GA",
    "704": "NC", "215": "PA", "212": "NY", "617": "MA", "808": "HI",
    "416": "ON", "613": "ON", "514": "QC", "418": "QC", "604": "BC", "250": "BC", "403": "AB", "780": "AB", "204": "MB",
    "306": "SK", "506": "NB", "709": "NL",
}  # fmt: skip


def addresses(locale: str, count: int = 300) -> list[PostalAddress]:
    """So many addresses of a locale, all over its country."""
    people = People(locale, Random(0))
    return [people.individual().shipping_address for _ in range(count)]


@pytest.mark.parametrize("country", REGIONS)
def test_postal_code_belongs_to_the_region(country: str) -> None:
    """The first signs of the code are those of the state, province or county that the address names."""
    made = addresses(LOCALE[country])
    assert all(re.fullmatch(FORMS[country], str(address.postal_code)) for address in made)
    regions = [(getattr(address, MEMBERS[country]), str(address.postal_code)) for address in made]
    assert all(re.match(REGIONS[country][region], code) for region, code in regions)
    assert {region for region, _ in regions} == set(REGIONS[country])


@pytest.mark.parametrize("country", CITIES)
def test_postal_code_belongs_to_the_city(country: str) -> None:
    """Where addresses name no region, the first signs of the code are those of the city."""
    made = addresses(LOCALE[country])
    assert all(re.fullmatch(FORMS[country], str(address.postal_code)) for address in made)
    assert all(str(address.postal_code).startswith(CITIES[country][address.city]) for address in made)


@pytest.mark.parametrize("locale", locales())
def test_an_address_uses_at_most_one_of_state_province_and_county(locale: str) -> None:
    """Which one is its country's habit; most countries have none."""
    for address in addresses(locale, 20):
        used = {name for name in ("state", "province", "county") if getattr(address, name)}
        assert used == ({MEMBERS[address.country]} if address.country in MEMBERS else set())


@pytest.mark.parametrize("locale", ["en_US", "en_CA"])
def test_telephone_area_belongs_to_the_state_or_province(locale: str) -> None:
    """North American area codes are geographic: nobody in Texas has one of Ohio. 902 serves two provinces."""
    people = People(locale, Random(0))
    for person in (people.individual() for _ in range(200)):
        region = person.home_address.state or person.home_address.province
        assert AREAS.get(str(person.phone)[2:5], region if region in {"NS", "PE"} else None) == region


@pytest.mark.parametrize(
    ("locale", "city", "code"),
    [("de_AT", "Wien", "1010"), ("ru_RU", "Москва", "101000"), ("en_IE", "Dublin", None), ("ar_AE", "دبي", None)],
)
def test_elsewhere_one_real_city_with_its_code(locale: str, city: str, code: str | None) -> None:
    """A country of which we know one city shows that; no code where there is none, or where one code is one house."""
    assert {(address.city, address.postal_code) for address in addresses(locale, 20)} == {(city, code)}


@pytest.mark.parametrize("locale", ["fr_CA", "fr_QC"])
def test_french_canada_is_quebec(locale: str) -> None:
    """A language that is at home in one region lives there."""
    assert {address.province for address in addresses(locale, 50)} == {"QC"}


def test_mailing_and_billing_are_in_the_city_of_the_home() -> None:
    """One does not move for one's post; shipping may go anywhere in the country."""
    people = People("en_US", Random(0))
    for person in (people.individual() for _ in range(50)):
        home, mailing, billing = person.home_address, person.mailing_address, person.billing_address
        assert home.city == mailing.city == billing.city


@pytest.mark.parametrize(
    ("locale", "street"),
    [("en_US", r"\d+ \D+"), ("de_DE", r"\D+ \d+"), ("ja_JP", r"\D+\d丁目\d+番\d+号"), ("it_IT", r"\D+ \d+")],
)
def test_the_number_stands_where_the_country_writes_it(locale: str, street: str) -> None:
    """Before the street in America, after it in Germany, and Japan has no streets."""
    assert all(re.fullmatch(street, address.lines[0]) for address in addresses(locale, 50))
