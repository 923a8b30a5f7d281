"""What docs/explanation/people.md says of numbers, places and times is what is drawn."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from random import Random

import pytest

from cp_fixtures import ProfileFactory
from cp_fixtures.people import People, locales
from cp_fixtures.people.atlas import ATLAS
from cp_fixtures.people.drawing import pattern, written
from cp_fixtures.people.locales import country_of
from cp_fixtures.people.phones import landlines, mobiles
from cp_fixtures.people.places import places

PAGE = (Path(__file__).parents[1] / "docs" / "explanation" / "people.md").read_text("utf-8")
LOCALES = {country_of(locale): locale for locale in ("en_US", "en_CA", "en_GB", "de_DE", "fr_FR", "en_AU", "pt_BR")}
LOCALES |= {"IN": "en_IN", "JP": "ja_JP", "ES": "es_ES", "IT": "it_IT"}


def rows(head: str) -> list[list[str]]:
    """The cells of each row of the table with that heading."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


NUMBERS = {country: row for row in rows("country") for country in row[0].split(", ")}


def numbers(country: str, *, is_mobile: bool) -> set[str]:
    """Very many of the numbers of a country, of all of its cities."""
    random, known = Random(0), mobiles if is_mobile else landlines
    areas = filter(None, {place.area for place in places(LOCALES[country])})
    lines = [pattern(form) for area in sorted(areas) for form, *_ in known(country, area)]
    return {written(random.getrandbits(32), [line]) for line in lines for _ in range(2000)}


def patterns(cell: str) -> list[re.Pattern[str]]:
    """The patterns of a cell, an x or n as any digit."""
    written = re.findall(r"`(\+[\dxn ]+)`", cell)
    return [re.compile(re.sub("[xn]", r"\\d", text.replace(" ", "").replace("+", r"\+"))) for text in written]


@pytest.mark.parametrize("country", NUMBERS)
def test_every_number_is_of_a_range_of_the_table(country: str) -> None:
    """Whatever the city, a number has one of the forms in its row, and each form is met."""
    drawn, forms = numbers(country, is_mobile=False), patterns(NUMBERS[country][1])
    assert drawn
    assert [number for number in drawn if not any(form.fullmatch(number) for form in forms)] == []
    assert [form.pattern for form in forms if not any(form.fullmatch(number) for number in drawn)] == []


@pytest.mark.parametrize("country", NUMBERS)
def test_every_mobile_number_is_of_its_range_too(country: str) -> None:
    """The same of the third column; what has no form is a single number, and as many of these as it says."""
    _, fixed, cell, _ = NUMBERS[country]
    drawn, forms = numbers(country, is_mobile=True), patterns(fixed if cell == "as on the left" else cell)
    single = re.search(r"(\d+) single numbers", cell)
    others = [number for number in drawn if not any(form.fullmatch(number) for form in forms)]
    assert len(others) == (int(single[1]) if single else 0)
    assert [form.pattern for form in forms if not any(form.fullmatch(number) for number in drawn)] == []
    assert (drawn == set()) is (cell == "none")


@pytest.mark.parametrize("locale", [each for each in locales() if country_of(each) not in NUMBERS])
def test_elsewhere_nobody_has_a_number(locale: str) -> None:
    """No locale of a country that is not in the table gives any of the four members."""
    profile = ProfileFactory(locale=locale).build("full")
    assert not [name for name in profile if name.endswith("PhoneNumber")]


def test_no_area_is_invented() -> None:
    """What stands for an n is the area code of a city of the country."""
    for country, (_, fixed, *_) in NUMBERS.items():
        areas = {place.area for place in places(LOCALES[country])}
        for form in re.findall(r"`\+\d+ (n+) ", fixed):
            assert any(len(area or "") == len(form) for area in areas)


def test_places_are_counted() -> None:
    """The table has every country with more than one city, and how many each has."""
    said = {country: int(cities.split()[0]) for country, cities in rows("locales of")[:-1]}
    assert said == {country: len(places(LOCALES[country])) for country in ATLAS}
    for locale in ("sv_SE", "ar_EG", "en_NZ"):
        assert len(places(locale)) == 1


def test_birth_dates_lie_where_the_page_says() -> None:
    """18 to 90 years before 2025, and both ends come near."""
    assert "18 to 90 years before 2025" in PAGE
    people = People("en_US", Random(0))
    born = sorted(dt.date.fromisoformat(people.individual().birth_date) for _ in range(5000))
    first, last = dt.date(1935, 1, 1), dt.date(2007, 1, 1)
    assert first <= born[0] < dt.date(1937, 1, 1)
    assert dt.date(2005, 1, 1) < born[-1] <= last
