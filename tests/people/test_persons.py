"""Persons and businesses: everything that is said of one of them agrees."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from faker import Factory

from cp_fixtures.errors import UsageError
from cp_fixtures.people import LONGEST, Gender, Given, People, Person, locales
from cp_fixtures.people.drawing import Chance
from cp_fixtures.people.locales import names_from
from cp_fixtures.people.making import facts_of
from cp_fixtures.people.pools import pool
from cp_fixtures.people.prepared import setting
from cp_fixtures.people.records import postal_address

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = ("en_US", "en_GB", "en_CA", "en_AU", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "ja_JP", "en_IN")
EMAIL = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*@(?:example\.(?:com|net|org)|[a-z0-9]+(?:-[a-z0-9]+)*\.example)\Z")


def persons(locale: str, count: int = 50, *, seed: int = 0, messy: bool = False) -> list[Person]:
    """So many persons of a locale."""
    people = People(locale, Random(seed), messy=messy)
    return [people.individual() for _ in range(count)]


def texts_of(value: object) -> Iterator[str]:
    """Every text that a person has, those of its addresses included."""
    if isinstance(value, str):
        yield value
    for each in value if isinstance(value, (tuple, list)) else ():
        yield from texts_of(each)
    for field in fields(value) if is_dataclass(value) else ():
        yield from texts_of(getattr(value, field.name))


def faker_lists(locale: str) -> dict[str, set[str]]:
    """The first names of either gender as Faker's own lists have them, those of pairs included."""
    if "MALE" not in pool(locale).first:
        return {}
    provider: Any = Factory.create(names_from(locale), providers=["faker.providers.person"]).get_providers()[0]
    return {
        gender: {
            (name if isinstance(name, str) else name[0]).strip()
            for name in getattr(provider, f"first_name_{kind}_pairs", None) or getattr(provider, f"first_names_{kind}")
        }
        for gender, kind in (("MALE", "male"), ("FEMALE", "female"))
    }


@pytest.mark.parametrize("locale", FULL)
def test_equal_seeds_give_equal_persons(locale: str) -> None:
    """The Random that is given decides everything: the same seed, the same person; another seed, another."""
    assert persons(locale, 5) == persons(locale, 5)
    assert persons(locale, 5) != persons(locale, 5, seed=1)


def test_the_global_random_is_neither_read_nor_moved() -> None:
    """A test that uses `random` itself sees the same numbers with and without persons made in between."""
    random.seed(7)
    expected = random.Random(7).random()
    persons("en_US", 3)
    assert random.random() == expected


@pytest.mark.parametrize("locale", locales())
def test_every_locale_of_faker_gives_whole_persons(locale: str) -> None:
    """No locale fails, and whatever text a person has is never empty, never padded, never longer than is said."""
    for person in persons(locale, 20):
        texts = [*texts_of(person)]
        assert len(texts) > 20
        assert all(text == text.strip() and 0 < len(text) <= LONGEST for text in texts)


@pytest.mark.parametrize("locale", locales())
def test_every_email_address_is_in_a_reserved_domain(locale: str) -> None:
    """RFC 2606 keeps example.com, example.net, example.org and .example: no mail can arrive."""
    for person in persons(locale, 20):
        assert EMAIL.match(person.email)
        assert EMAIL.match(person.personal_email)
        assert EMAIL.match(person.business_email)


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "fr_FR", "es_ES", "it_IT", "pt_BR", "en_IN", "cs_CZ"])
def test_email_is_made_of_the_name(locale: str) -> None:
    """With its accents taken off, each word of the name stands in the address."""
    for person in persons(locale):
        plain = unicodedata.normalize("NFKD", f"{person.first_name} {person.last_name}".lower())
        words = re.findall("[a-z]+", re.sub("[^a-z -]", "", plain))
        assert all(word in person.email for word in words)


def test_gender_agrees_with_the_first_name() -> None:
    """In a language with names for men and for women, the name tells the gender that the person has."""
    people = People("de_DE", Random(0))
    genders = {name: people.individual(Given(first_name=name)).gender for name in ("Jürgen", "Sabine", "Xyzzy")}
    assert genders == {"Jürgen": "MALE", "Sabine": "FEMALE", "Xyzzy": "UNSPECIFIED"}


def test_last_name_agrees_with_the_gender() -> None:
    """Where a language has a last name for women, women have it."""
    women = [person for person in persons("cs_CZ") if person.gender == "FEMALE"]
    assert women
    assert all(person.last_name.endswith(("á", "ů")) for person in women)


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_no_name_contradicts_the_gender(locale: str) -> None:
    """In Faker's lists a man is no woman: whoever is MALE or FEMALE has first names that only that gender has."""
    genders: tuple[Gender, ...] = ("MALE", "FEMALE")
    lists = faker_lists(locale)
    for gender in {*genders} & {*pool(locale).first}:
        people = People(locale, Random(0))
        own = lists[gender] - lists["MALE" if gender == "FEMALE" else "FEMALE"]
        for person in (people.individual(Given(gender=gender)) for _ in range(300)):
            assert {person.first_name, person.middle_name} <= own


@pytest.mark.parametrize("locale", sorted(set(locales()) - {"fr_QC"}))
def test_drawn_gender_is_what_the_name_tells(locale: str) -> None:
    """The name alone, given to another person, tells the gender that was drawn with it."""
    for person in persons(locale, 200):
        assert pool(locale).gender_of(person.first_name) == person.gender


def test_names_of_both_genders_are_for_those_who_say_none() -> None:
    """Who is UNSPECIFIED may be called anything, and so also by a name that men and women have."""
    people = People("he_IL", Random(0))
    names = {people.individual(Given(gender="UNSPECIFIED")).first_name for _ in range(500)}
    told = {pool("he_IL").gender_of(name) for name in names}
    assert told == {"MALE", "FEMALE", "UNSPECIFIED"}


@pytest.mark.parametrize("gender", ["MALE", "FEMALE", "UNSPECIFIED"])
def test_a_given_gender_decides_the_first_name(gender: Gender) -> None:
    """Asked for a woman, it gives a woman's name."""
    people = People("en_US", Random(0))
    person = people.individual(Given(gender=gender))
    again = people.individual(Given(first_name=person.first_name))
    assert person.gender == gender
    assert gender in {again.gender, "UNSPECIFIED"}


def test_what_is_given_is_kept_and_the_rest_agrees() -> None:
    """The e-mail address is that of the given name, the business's that of the given business."""
    given = Given(first_name="Grete", last_name="Müßig", gender="FEMALE", business_name="Müßig & Töchter", number=7)
    person = People("de_DE", Random(0)).individual(given)
    assert (person.first_name, person.last_name, person.gender) == ("Grete", "Müßig", "FEMALE")
    assert person.personal_email.startswith("grete.muessig.7@example.")
    assert person.business_email == "grete.muessig.7@muessig-toechter.example"


def test_what_is_given_changes_nothing_else() -> None:
    """The same draw with another name is the same person otherwise: birth date, address, telephone."""
    drawn = People("en_US", Random(3)).individual()
    named = People("en_US", Random(3)).individual(Given(first_name="Zaphod"))
    assert (named.birth_date, named.home_address, named.phone) == (drawn.birth_date, drawn.home_address, drawn.phone)


@pytest.mark.parametrize("locale", locales())
def test_different_numbers_never_share_an_email_address(locale: str) -> None:
    """Numbered persons can be made by the thousand without a duplicate address, even where names are few."""
    people = People(locale, Random(0))
    made = [people.individual(Given(number=number)) for number in range(300)]
    made += [people.business(Given(number=number)) for number in range(300, 400)]
    assert len({person.email for person in made}) == 400


def test_birth_dates_are_of_adults_on_any_day() -> None:
    """Everybody is 18 to 90 on the first of January 2025, whatever the clock says."""
    born = [date.fromisoformat(person.birth_date) for person in persons("en_US", 500)]
    assert date(1935, 1, 1) <= min(born) < date(1945, 1, 1)
    assert date(1997, 1, 1) < max(born) <= date(2007, 1, 1)


def test_japanese_are_written_in_japanese_and_mailed_in_latin_letters() -> None:
    """The e-mail address has the reading of the name, not of some other one."""
    people = People("ja_JP", Random(0))
    person = people.individual(Given(first_name="直子", last_name="鈴木", number=1))
    assert person.email.startswith("naoko.suzuki.1@")
    assert all("\u3005" <= letter <= "\u9fff" for letter in person.middle_name)


def test_a_name_in_an_unread_script_gives_a_neutral_address() -> None:
    """Where we cannot romanise, the address says customer rather than a wrong name."""
    person = People("zh_CN", Random(0)).individual(Given(number=5))
    assert re.fullmatch(r"customer\.5@example\.(com|net|org)", person.email)
    assert person.business_email == "customer.5@company.example"


def test_a_business_is_reached_at_its_own_address() -> None:
    """Its e-mail address has its name as the domain, and its office as the mailbox."""
    business = People("it_IT", Random(0)).business(Given(business_name="Fratelli Rossi S.p.A.", number=3))
    assert business.kind == "business"
    assert business.email == business.business_email == "office.3@fratelli-rossi-spa.example"


@pytest.mark.parametrize(
    ("locale", "form"),
    [("en_US", "LLC|Inc.|& Sons"), ("de_DE", "GmbH|& Co. KG"), ("ja_JP", "株式会社|商店"), ("fi_FI", "& Co.")],
)
def test_a_business_has_a_form_of_its_country(locale: str, form: str) -> None:
    """No German LLC."""
    assert all(person.business_name.endswith(tuple(form.split("|"))) for person in persons(locale, 30))


def test_tricky_numbers_in_a_row_show_every_tricky_name() -> None:
    """Eighteen in a row: O'Brien, Chinese, right-to-left, emoji, one letter, 255 characters, combining marks."""
    people = People("en_US", Random(0))
    names = [people.tricky(Given(number=number)) for number in range(18)]
    lasts = [person.last_name for person in names]
    assert len(set(lasts)) == 18
    assert {"O'Brien", "李", "العربي", "Sunshine 🌞", "O", "Lefèvre-Dubois", "Nun\u0303ez", "Null"} <= set(lasts)
    assert 255 in {len(name) for person in names for name in (person.first_name, person.middle_name, person.last_name)}


@pytest.mark.parametrize("locale", ["en_US", "ja_JP", "ar_AE"])
def test_tricky_people_are_coherent_all_the_same(locale: str) -> None:
    """Their e-mail addresses are legal and reserved, their addresses of the locale."""
    people = People(locale, Random(0))
    for number in range(18):
        person = people.tricky(Given(number=number))
        assert EMAIL.match(person.email)
        assert len(person.email.partition("@")[0]) <= 64
        assert person.home_address.country == locale[-2:]


def test_a_tricky_person_can_be_given_a_name() -> None:
    """What is given goes before what is tricky."""
    person = People("en_US", Random(0)).tricky(Given(first_name="Ann", last_name="Lee", gender="FEMALE", number=1))
    assert (person.first_name, person.last_name, person.gender) == ("Ann", "Lee", "FEMALE")
    assert person.email.startswith("ann.lee.1@")


def test_profile_ids_are_uuid4_in_hex() -> None:
    """Thirty-two small hex digits, the version 4, the variant 8, 9, a or b, and no two alike."""
    people = People("en_US", Random(0))
    ids = [people.profile_id() for _ in range(1000)]
    assert all(re.fullmatch(r"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", profile_id) for profile_id in ids)
    assert len(set(ids)) == 1000


def test_messy_people_mix_the_formats_of_real_data() -> None:
    """Telephones in three forms, listed here, there or nowhere; two kinds of date; three spellings of the country."""
    made = persons("en_US", 300, messy=True)
    forms = {re.sub(r"\d", "0", str(person.phone)) for person in made}
    assert forms == {"+00000000000", "0000000000", "(000) 000-0000"}
    assert {person.listed_phone for person in made} == {"phone", "mobile_phone", None}
    assert {re.sub(r"\d", "0", person.birth_date) for person in made} == {"0000-00-00", "00/00/0000"}
    assert {person.home_address.country for person in made} == {"US", "USA", "United States"}


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ja_JP"])
@pytest.mark.parametrize("which", ["individual", "business", "tricky"])
@pytest.mark.parametrize("messy", [False, True])
def test_facts_are_what_the_record_says(locale: str, which: Any, *, messy: bool) -> None:
    """A dict of the same facts; those of a brief person are the same, as far as there are any."""
    people = People(locale, Chance("a"), messy=messy)
    facts: dict[str, Any] = {**facts_of(setting(locale, messy), Chance("a"), which, number=7)}
    brief = facts_of(setting(locale, messy), Chance("a"), which, number=7, brief=True)
    person = getattr(people, which)(Given(number=7))
    addresses = {name: postal_address(fact) for name, fact in facts.items() if name.endswith("_address")}
    assert Person(**{**facts, **addresses}) == person
    assert brief.items() <= facts.items() or which == "business"


def test_attributes_are_text_to_text() -> None:
    """As the service keeps them, numbers and booleans too."""
    attributes = persons("en_US", 1)[0].attributes
    assert attributes["loyaltyTier"] in {"bronze", "silver", "gold"}
    assert attributes["newsletter"] in {"True", "False"}
    assert attributes["lifetimeValue"].endswith("000")


def test_a_locale_that_faker_does_not_know_is_refused() -> None:
    """The error names the near ones."""
    with pytest.raises(UsageError) as refusal:
        People("ja_JPN", Random(0))
    assert str(refusal.value) == (
        f"There is no locale 'ja_JPN'. There are {len(locales())}, and it is none of them. Did you mean 'ja_JP'?"
    )
