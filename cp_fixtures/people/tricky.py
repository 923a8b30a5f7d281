"""Names that break code which has met only Jane Doe. All of them are legal for the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cp_fixtures.people.records import Gender

__all__ = ["CAST", "Role"]


class Role(NamedTuple):
    """One tricky name, with the gender that it tells."""

    first: str
    middle: str
    last: str
    gender: Gender


CAST = (
    Role("Siobhán", "Aoife", "O'Brien", "FEMALE"),
    Role("小明", "文", "李", "MALE"),
    Role("محمد", "علي", "العربي", "MALE"),
    Role("נועה", "שרה", "בן־דוד", "FEMALE"),
    Role("Zoë 😀", "👩‍👩‍👧", "Sunshine 🌞", "FEMALE"),
    Role("J", "Q", "O", "UNSPECIFIED"),
    Role("Wolfeschlegel" * 19 + "Adolphus", "Maximilian" * 25 + "Extra", "Steinhausenberg" * 17, "MALE"),
    # The accents are characters of their own, so that the name is longer than it looks, and differs from its NFC form.
    Role("Ame\u0301lie", "Rene\u0301e", "Nun\u0303ez", "FEMALE"),
    Role("Anne-Marie", "Jean-Luc", "Lefèvre-Dubois", "FEMALE"),
    Role("Jan", "Pieter", "van der Berg", "MALE"),
    Role("Gianni", "Dell'", "D\u2019Angelo", "MALE"),
    Role("İpek", "Işık", "Yıldız", "FEMALE"),
    Role("Jürgen", "Groß", "Strauß", "MALE"),
    # The first character of this name lies beyond the Basic Multilingual Plane: two UTF-16 units, four UTF-8 bytes.
    Role("花子", "美", "𠮷田", "FEMALE"),
    Role("None", "NaN", "Null", "UNSPECIFIED"),
    Role("Robert", "'); --", 'Smith "Bobby" & <Sons>', "MALE"),
    Role("Ngọc", "Thị", "Nguyễn", "FEMALE"),
    Role("Άννα", "Ελένη", "Παπαδοπούλου", "FEMALE"),
)
