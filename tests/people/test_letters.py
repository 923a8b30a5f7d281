"""Names in the letters of an e-mail address."""

from __future__ import annotations

import pytest

from cp_fixtures.people.letters import email_part


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann", "ann"),
        ("O'Brien", "obrien"),
        ("D\u2019Angelo", "dangelo"),
        ("Anne-Marie", "anne-marie"),
        ("van der Berg", "van-der-berg"),
        ("Nun\u0303ez", "nunez"),
        ("Núñez", "nunez"),
        ("Ærøskøbing", "aeroskobing"),
        ("Łódź", "lodz"),
        ("İpek", "ipek"),
        ("Nguyễn", "nguyen"),
        ("Юлия Щербакова", "yuliya-shcherbakova"),
        ("Сергей", "sergey"),
        ("Ђорђе", "djordje"),
        ("Παπαδοπούλου", "papadopoulou"),
        ("გიორგი", "giorgi"),
        ("S.p.A.", "spa"),
        ("A & B", "a-b"),
        ("李", ""),
        ("محمد", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_small_ascii_letters(name: str, expected: str) -> None:
    """Latin, Cyrillic, Greek and Georgian are romanised; of other scripts nothing is left, rather than a wrong name."""
    assert email_part(name) == expected


@pytest.mark.parametrize(("locale", "expected"), [("de_AT", "mueller"), ("tr_TR", "muller"), ("", "muller")])
def test_umlauts_become_two_letters_in_german_only(locale: str, expected: str) -> None:
    """Müller is mueller in Vienna, and muller elsewhere."""
    assert email_part("Müller", locale) == expected


def test_a_long_name_is_cut_without_a_hyphen_at_the_end() -> None:
    """A label of a domain name neither ends in a hyphen nor grows without end."""
    assert email_part("Abcde Fghij", most=6) == "abcde"
