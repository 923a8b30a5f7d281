"""Any name in the letters that an e-mail address may have."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["email_part"]

# NFKD takes these apart no further, and so would lose them.
_LATIN = {
    "ß": "ss",
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "\u0131": "i", "ə": "e", "ħ": "h",
}  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}


def _table(letters: str, latin: str) -> dict[str, str]:
    return dict(zip(letters, latin.split(), strict=True))


_CYRILLIC = _table(
    "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюяјљњћђџѓќѕ",
    "a b v g g d e e ye zh z i i yi y k l m n o p r s t u u f kh ts ch sh shch - y - e yu ya j lj nj c dj dz g k dz",
)
_GREEK = _table("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
_GEORGIAN = _table(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
)
_LETTERS = str.maketrans(
    {letter: latin.strip("-") for letter, latin in {**_LATIN, **_CYRILLIC, **_GREEK, **_GEORGIAN}.items()}
)
_UMLAUTS = str.maketrans(_GERMAN)
_DROPPED = "'.\u2019\u02bc"
# Two Greek letters, the second with or without its accent, that are one vowel.
_OU = re.compile("\u03bf[\u03c5\u03cd]")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def email_part(name: str, locale: str = "", *, most: int = 24) -> str:
    """The name in small ASCII letters and digits, words joined by hyphens; empty where its script is not one we read.

    Latin, Cyrillic, Greek and Georgian letters are romanised letter by letter; of other scripts nothing is left.
    German umlauts become two letters in German locales only.

    Args:
        name: any text.
        locale: the locale it is of.
        most: the most characters that are kept; a label of a domain name has at most 63.
    """
    if name.isascii() and name.isalpha():
        return name.lower()[:most]
    text = unicodedata.normalize("NFC", name).lower()
    text = _OU.sub("ou", text)
    if locale.startswith("de"):
        text = text.translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in _DROPPED)
    # An accented Greek letter is in no table until NFKD has taken its accent off: hence the second translation.
    return _BETWEEN.sub("-", kept.translate(_LETTERS)).strip("-")[:most].strip("-")
