"""The patterns of service models: what they match once Python's `re` reads them, and which are refused."""

from __future__ import annotations

import re
import sys

import pytest

from cp_fixtures.errors import UsageError
from cp_fixtures.patterns import compiled, translated

SPACES = "\t\n\v\f\r \xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NO_SPACES = "\x1c\x85\u180e\u200b"

ANCHORS = [
    (r"^[a-z]$", ["a"], ["a\n", "ab", ""]),
    (r"[a-z]", ["1a1", "\na\n"], ["1", ""]),
    (r"\A\w+\z", ["a_1"], ["a-", "a\n"]),
    (r"\A\w+\Z", ["a_1"], ["a\n"]),
    (r"^a*${2,64}", ["", "aa"], ["b", "a\n"]),
    (r"x^*\b+y?", ["x"], ["y", "_x_"]),
    (r"a\Bb\b", ["ab"], ["a", "abc"]),
    (r"^\B$", [""], ["a"]),
]
CHARACTERS = [
    (r"^.$", ["a", "\x85", "\x0b", "\U0001f600"], ["\n", "\r", "\u2028", "\u2029", ""]),
    (r"^[.]$", ["."], ["a"]),
    (r"^\d\w\b", ["1a", "1_"], ["\u0661a", "1\xe9"]),
    (r"^[\d\w]$", ["1", "a"], ["\u0661", "\xe9", "\u6f22"]),
    (r"^[\D\W]$", ["a", "-", "\u0661"], ["1"]),
    (r"^\s$", [*SPACES], [*NO_SPACES]),
    (r"^[_\s]$", ["_", *SPACES], [*NO_SPACES]),
    (r"^\S$", [*NO_SPACES], [*SPACES]),
    (r"^[^\S]$", [*SPACES], [*NO_SPACES]),
    (r"^[\s\S]$", ["a", "\n", "\U0010ffff", *SPACES, *NO_SPACES], ["", "aa"]),
    (r"^\x41\u00e9\u{1F600}\x{60}$", ["A\xe9\U0001f600`"], ["A\xe9\U0001f600"]),
    (r"^[\x{0022}\u{0010FFFF}]$", ['"', "\U0010ffff"], ["0", "x"]),
    (r"^\uD83D\uDE00+$", ["\U0001f600\U0001f600"], ["\ud83d", ""]),
    (r"^[\uD800\uDC00-\uDBFF\uDFFF]$", ["\U00010000", "\U0010ffff"], ["\uffff", "\ud800"]),
    (r"^[\uD800-\uDFFF]$", ["\ud800", "\udfff"], ["\U00010000", "\ue000"]),
    (r"^[\000-\037]\t\0$", ["\x00\t\0", "\x1f\t\0"], [" \t\0"]),
    (r"^a\/b\-c\_\:\!$", ["a/b-c_:!"], ["a\\/b-c_:!"]),
]
CLASSES = [
    (r"^[\d-_]+$", ["1-_"], ["A", "."]),
    (r"^[\w-.]+$", ["a-."], ["/", ","]),
    (r"^[+-\d]$", ["+", "-", "1"], [",", "."]),
    (r"^[\p{Z}-_]+$", ["\u3000-_"], ["A", "."]),
    (r"^[a-c-e]+$", ["abc-e"], ["d"]),
    (r"^[a-]$", ["a", "-"], ["b"]),
    (r"^[-a]$", ["a", "-"], ["b"]),
    (r"^[+--]+$", ["+,-"], ["."]),
    (r"^[\--/]+$", ["-./"], [","]),
    (r"^[[a]+$", ["[a"], ["b"]),
    (r"^[[:alpha:]$", ["[", ":", "p"], ["z"]),
    (r"^[a&&b||d~~e]+$", ["a&b|d~e"], ["f"]),
    (r"^[ --c]+$", [" +-c"], ["b"]),
    (r"^[a&&[b]$", ["a", "&", "[", "b"], ["c"]),
    (r"^[\p{Print}&&[^|:/]]+$", ["a b"], ["a:b", "\t"]),
    (r"^[a-z&&[a-m]]$", ["a"], ["z", "&"]),
    (r"^[^a-z&&[^m]]+$", ["m", "1"], ["a"]),
    (r"^[\\\]^-]+$", ["\\]^-"], ["a"]),
    (r"a[]b]", [], ["a]b]", "ab"]),
    (r"^[^]$", ["a", "\n"], [""]),
    (r"^[^a]$", ["b", "\n"], ["a"]),
    (r"^a]b}$", ["a]b}"], ["ab"]),
]
PROPERTIES = [
    (r"^[\p{L}\p{M}]+$", ["\xe9", "e\u0301", "\u6f22"], ["1", "-"]),
    (r"^\pL\p{Lu}$", ["aA"], ["aa", "1A"]),
    (r"^\p{N}\p{Nd}$", ["\u2160\u0661"], ["\u0661\u2160"]),
    (r"^[\p{Pc}\p{Pd}]+$", ["_-\u2013"], ["."]),
    (r"^\p{S}\p{Zs}$", ["\u20ac\u3000"], ["\u20ac\u2028"]),
    (r"^[^\p{C}]$", ["a", " "], ["\n", "\u200b", "\ud800", "\ue000", "\u0378"]),
    (r"^\P{C}$", ["a", " "], ["\n", "\u200b", "\ud800", "\ue000", "\u0378"]),
    (r"^\p{Cc}\P{Cc}$", ["\n\u200b"], ["\u200b\n"]),
    (r"^[\P{M}\p{M}]$", ["\u0301", "a", "\U0010ffff"], ["", "ab"]),
    (r"^\p{gc=Lu}\p{IsLl}\p{LC}$", ["AaA"], ["aAA"]),
    (r"^\p{Alnum}\p{Alpha}\p{Digit}$", ["1a1"], ["-a1", "111", "1a\u0661", "\xe9a1"]),
    (r"^\p{Upper}\p{Lower}\p{XDigit}$", ["AaF"], ["aaF", "AAF", "AaG"]),
    (r"^\p{Punct}\p{Graph}\p{Print}$", ["~! ", "_a~"], ["a! ", "~  ", "~!\n"]),
    (r"^\p{Blank}\p{Cntrl}\p{Space}$", ["\t\x7f\n"], ["\n\x7f\n", "\t \n", "\t\x7f\xa0"]),
    (r"^\p{ASCII}\P{ASCII}$", ["a\x80"], ["\x80a"]),
    (r"^\p{IsAlphabetic}+$", ["a\xe9\u0915\u093f\u2160"], ["1", "_"]),
    (r"^\p{IsWhitespace}+$", ["\t \x85\u3000"], ["\ufeff", "\u200b"]),
    (r"^\p{LD}+$", ["a\u0661"], ["\u2160", "_"]),
    (r"^[\p{all}]\p{Any}$", ["\n\U0010ffff"], [""]),
    (r"^\P{all}|[\P{all}]|a[^\P{all}]$", ["a\n"], ["a", "b"]),
]
GROUPS = [
    (r"^(?<y>a|b)\k<y>\1$", ["aaa", "bbb"], ["aab", "aba"]),
    (r"^(?:(a)|b)\1$", ["aa", "b"], ["ba", "ab"]),
    (r"^(?!-)[\w-]+(?<!-)(?<=\w)$", ["a-b"], ["-a", "a-"]),
    (r"^(?i)(true|false)$", ["TRUE", "False"], ["yes"]),
    (r"^(?!(?i)AWS_)[a-z]+", ["axs", "axs_"], ["aws_", "Axs"]),
    (r"^(?:x(?i)a|b)$", ["xA", "B"], ["Xa", "A"]),
    (r"^(?i:a)b$", ["Ab"], ["AB"]),
    (r"(?i)all|[0-9]{2}", ["ALL", "12"], ["1"]),
    (r"^(?s).$", ["\n", "a"], [""]),
    (r"^(?s:.)(.)$", ["\na"], ["a\n"]),
    (r"^(?:(?s).|..)$", ["\n", "\n\n"], [""]),
    (r"^(?is)a.$", ["A\n"], ["B\n"]),
]
QUANTIFIERS = [
    (r"^a{2}{0,2}$", ["", "aa", "aaaa"], ["a", "aaa", "aaaaaa"]),
    (r"^(a(b)){1}{2}c+{2}$", ["ababcc"], ["abcc", "ababc"]),
    (r"^a??b*?c+?d{1}?$", ["cd", "abbccd"], ["d", "cdd"]),
    (r"^a{2,}b{0}$", ["aa", "aaa"], ["a", "aab"]),
    (r"^a{,2}$", ["a{,2}"], ["a", "aa"]),
    (r"^{a}$", ["{a}"], ["a"]),
]
REFUSED = [
    (r"(a", "Python's `re` says: missing ), unterminated subpattern."),
    (r"(?i)a)b", "It closes a group that it does not open."),
    (r"[a.", "A character class in it has no end."),
    (r"*a", "Python's `re` says: nothing to repeat."),
    (r"(?<=a+)b", "Python's `re` says: look-behind requires fixed-width pattern."),
    (r"\q", r"Python's `re` says: bad escape \q."),
    (r"\u{110000}", r"Python's `re` says: incomplete escape \u."),
    ("a\\", "Its last backslash escapes nothing."),
    (r"[b-a]", "Python's `re` says: bad character range b-a."),
    (r"a{1,99999999999}", "Python's `re` says: the repetition number is too large."),
    (r"(?m)^a$", "It sets the flags 'm', and only 'i' and 's' are known."),
    (r"(?-i:a)", "It sets the flags '-i', and only 'i' and 's' are known."),
    (r"\p{Greek}", "It asks for the property 'Greek', which Python's `unicodedata` does not know."),
    (r"[\P{Is}]", "It asks for the property 'Is', which Python's `unicodedata` does not know."),
]


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [*ANCHORS, *CHARACTERS, *CLASSES, *PROPERTIES, *GROUPS, *QUANTIFIERS],
    ids=lambda value: ascii(value) if isinstance(value, str) else "",
)
def test_a_pattern_matches(pattern: str, matching: list[str], others: list[str]) -> None:
    """A pattern matches what it matches in ECMA 262, or in Java where ECMA does not know its spelling."""
    search = compiled(pattern).search
    assert [text for text in matching if not search(text)] == []
    assert [text for text in others if search(text)] == []


@pytest.mark.parametrize(("pattern", "why"), REFUSED, ids=lambda value: value)
def test_a_pattern_is_refused(pattern: str, why: str) -> None:
    """A pattern that cannot be read is refused, with the reason and the way to go on without the rule."""
    with pytest.raises(UsageError) as caught:
        compiled(pattern)
    what = f"The pattern {pattern!r} of the model cannot be read."
    assert str(caught.value) == f'{what} {why} Leave the rule out by its code: ignore={{"pattern"}}.'


@pytest.mark.skipif(sys.version_info < (3, 11), reason="`re` has possessive quantifiers from Python 3.11 on")
def test_a_possessive_quantifier_gives_nothing_back() -> None:
    """`a?+` takes the character if it is there, and never gives it back."""
    assert compiled(r"^a?+a$").search("aa")
    assert not compiled(r"^a?+a$").search("a")
    assert compiled(r"^\d{2}+$").search("12")


@pytest.mark.skipif(sys.version_info >= (3, 11), reason="`re` has possessive quantifiers from Python 3.11 on")
def test_a_possessive_quantifier_is_refused_before_python_3_11() -> None:
    """Where `re` has no possessive quantifiers, they are refused rather than read as something else."""
    with pytest.raises(UsageError, match="multiple repeat"):
        compiled("a?+")


def test_a_pattern_is_compiled_once() -> None:
    """Asked again for the same pattern, the same object is given."""
    assert compiled(r"^\p{L}$") is compiled(r"^\p{L}$")


def test_the_translation_can_be_read() -> None:
    """What needs no translation stays as it is, but for the end of the text."""
    assert translated("^[a-zA-Z0-9_-]+$") == r"^[a-zA-Z0-9_\-]+\Z"
    assert translated("(a|b){2}[^c]*") == "(a|b){2}[^c]*"


def test_a_long_pattern_is_clipped() -> None:
    """The message shows the head of a long pattern, and how long it is."""
    with pytest.raises(UsageError, match=re.escape("... (202 characters) of the model cannot be read.")):
        compiled("(" + "a" * 201)
