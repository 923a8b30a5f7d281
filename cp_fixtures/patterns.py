r"""The patterns of service models, as Python's `re` understands them.

Smithy says that a `pattern` is an ECMA 262 expression, searched for and not anchored. The models are read so, with the
flag `u`: by code points, not by halves of surrogate pairs. Where ECMA knows no meaning, Java's is taken, in which many
services write: `\A` and `\z`, `(?i)` and `(?s)`, `\p{Alnum}`, `\x{60}`, `[a-z&&[^m]]`, `a{2}{3}`, `a?+`.

In a character class:

* A dash beside a set is a dash: `[\w-.]`. So are `[`, `||`, `~~`, and `&&` if no class follows, themselves.
* `\S` and `\P{..}` are all the others: `[\s\S]` matches any character, a line's end too.
* `[]` matches nothing, `[^]` anything, and a `]` never belongs to the class that it comes first in, as ECMA has it.

Refused are what `re` cannot do (a lookbehind of varying width; on Python 3.10 the possessive `a?+`), scripts and other
properties that `unicodedata` does not know, and flags other than `i` and `s`. `\p{IsAlphabetic}` is L, M and Nl, the
nearest that `unicodedata` gives. `(?i)` folds ASCII letters, as Java's does.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby

from cp_fixtures.errors import UsageError, clip

__all__ = ["compiled", "translated"]

_HEX = "[0-9a-fA-F]"
_ESCAPE = rf"""\\(?:
    u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}
  | u{_HEX}{{4}} | x{_HEX}{{2}} | [ux]\{{0*(?:10{_HEX}{{4}}|{_HEX}{{1,5}})\}}
  | [pP](?:\{{[^}}]+\}}|[A-Z]) | k<\w+> | [0-7]{{1,3}} | .)"""
_MEMBERS = r"(?:\\.|[^\\\]])*"
_VERBOSE = re.VERBOSE | re.DOTALL
_TOKEN = re.compile(
    rf"""(?P<escape>{_ESCAPE})
  | (?P<klass>\[(?P<negated>\^?)(?P<members>{_MEMBERS}?)(?:&&\[(?P<and_negated>\^?)(?P<and_members>{_MEMBERS})\])?\])
  | (?P<flags>\(\?(?P<letters>[a-zA-Z-]+)(?P<scope>[:)]))
  | (?P<open>\((?:\?(?:[:=!>]|<[=!]|<(?P<name>[^\W\d]\w*)>))?)
  | (?P<close>\))
  | (?P<quantifier>(?:[*+?]|\{{\d+(?:,\d*)?\}})[?+]?)
  | (?P<other>.)""",
    _VERBOSE,
)
_CODE = re.compile(rf"(?<=[ux{{]){_HEX}+")
_SPAN = re.compile(rf"(?P<low>{_ESCAPE}|.)(?:-(?P<high>{_ESCAPE}|.))?", _VERBOSE)

_UNFINISHED = {"[": "A character class in it has no end.", "\\": "Its last backslash escapes nothing."}
_ANY = "(?s:.)"
_ASSERTIONS = {"^": "^", "$": r"\Z", r"\z": r"\Z", r"\Z": r"\Z", r"\A": r"\A", r"\b": r"\b", r"\B": r"(?!\b)"}

# A set of characters is written as the first and the last of each of its ranges, in order: "AZaz".
_EVERY = f"\0{chr(sys.maxunicode)}"
_WIDE_SPACE = "\u1680\u1680\u2000\u200a\u2028\u2029\u202f\u202f\u205f\u205f\u3000\u3000"
_WHITE_SPACE = f"\t\r  \xa0\xa0{_WIDE_SPACE}\ufeff\ufeff"
_PROPERTIES = {
    "ASCII": "\0\x7f",
    "Alnum": "09AZaz",
    "Alpha": "AZaz",
    "Any": _EVERY,
    "Blank": "\t\t  ",
    "Cntrl": "\0\x1f\x7f\x7f",
    "Digit": "09",
    "Graph": "!~",
    "IsWhitespace": f"\t\r  \x85\x85\xa0\xa0{_WIDE_SPACE}",
    "Lower": "az",
    "Print": " ~",
    "Punct": "!/:@[`{~",
    "Space": "\t\r  ",
    "Upper": "AZ",
    "XDigit": "09AFaf",
    "all": _EVERY,
}
_CATEGORIES = {"IsAlphabetic": ("L", "M", "Nl"), "LC": ("Lu", "Ll", "Lt"), "LD": ("L", "Nd")}
_CATEGORY = re.compile(r"(?:Is|gc=)?([A-Z][a-z]?)")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a model, to be used with `search`; each is compiled once.

    Raises:
        UsageError: Python's `re` cannot express it.
    """
    text = translated(pattern)
    try:
        return re.compile(text, re.ASCII)
    except (re.error, OverflowError) as error:
        raise _refusal(pattern, f"Python's `re` says: {getattr(error, 'msg', error)}.") from None


def translated(pattern: str) -> str:
    """The pattern of a model in the language of `re`, to be compiled with `re.ASCII`.

    Raises:
        UsageError: it has something with no counterpart there.
    """
    reader = _Reader()
    try:
        for token in _TOKEN.finditer(pattern):
            reader.read(token)
    except _UnreadableError as error:
        raise _refusal(pattern, str(error)) from None
    return reader.text()


def _refusal(pattern: str, why: str) -> UsageError:
    return UsageError(
        f"The pattern {clip(pattern)} of the model cannot be read.",
        why,
        'Leave the rule out by its code: ignore={"pattern"}.',
    )


class _UnreadableError(Exception):
    """Why a pattern cannot be translated, a sentence."""


class _Group:
    """A group not yet closed: where it begins in the output, whether `.` takes all, how often `(?i)` came."""

    def __init__(self, start: int, *, dot_all: bool) -> None:
        self.start = start
        self.dot_all = dot_all
        self.folds = 0


class _Reader:
    """The output so far.

    Attributes:
        out: the translated tokens.
        groups: the groups around the next token, the whole pattern first.
        atom: where in the output that begins which a quantifier would repeat.
        wrap: whether `re` wants parentheses around it first: it is an assertion, or has a quantifier already.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.groups = [_Group(0, dot_all=False)]
        self.atom = 0
        self.wrap = False

    def text(self) -> str:
        return "".join(self.out) + ")" * self.groups[0].folds

    def read(self, token: re.Match[str]) -> None:
        text = token[0]
        match token.lastgroup:
            case "escape":
                self._add(_ASSERTIONS.get(text) or _escape(text), wrap=text in _ASSERTIONS)
            case "klass":
                self._add(_klass(token))
            case "flags":
                self._flags(token["letters"], scoped=token["scope"] == ":")
            case "open":
                self._open(f"(?P<{token['name']}>" if token["name"] else text)
            case "close":
                self._close()
            case "quantifier":
                self._repeat(text)
            case _:
                self._other(text)

    def _add(self, text: str, *, wrap: bool = False) -> None:
        self.atom, self.wrap = len(self.out), wrap
        self.out.append(text)

    def _other(self, text: str) -> None:
        group = self.groups[-1]
        if text in _UNFINISHED:
            raise _UnreadableError(_UNFINISHED[text])
        if text == "|":
            self._add(")" * group.folds + "|" + "(?i:" * group.folds)
        elif text == ".":
            self._add(_ANY if group.dot_all else r"[^\n\r\u2028\u2029]")
        else:
            self._add(_ASSERTIONS.get(text) or re.escape(text), wrap=text in _ASSERTIONS)

    def _flags(self, letters: str, *, scoped: bool) -> None:
        if not set(letters) <= set("is"):
            raise _UnreadableError(f"It sets the flags {letters!r}, and only 'i' and 's' are known.")
        if scoped:
            self._open("(?i:" if "i" in letters else "(?:")
        elif "i" in letters:
            self._add("(?i:")
            self.groups[-1].folds += 1
        self.groups[-1].dot_all |= "s" in letters

    def _open(self, text: str) -> None:
        self.groups.append(_Group(len(self.out), dot_all=self.groups[-1].dot_all))
        self._add(text)

    def _close(self) -> None:
        if len(self.groups) == 1:
            raise _UnreadableError("It closes a group that it does not open.")
        group = self.groups.pop()
        self._add(")" * (group.folds + 1))
        self.atom = group.start

    def _repeat(self, text: str) -> None:
        if self.wrap:
            self.out.insert(self.atom, "(?:")
            self.out.append(")")
        self.out.append(text)
        self.wrap = True


def _escape(text: str) -> str:
    """An escape outside a class."""
    if text[1] in "sSpP":
        return _bracketed(_members(text))
    if text.startswith(r"\k<"):
        return f"(?P={text[3:-1]})"
    if re.fullmatch(r"\\[1-9]\d?", text):
        # What a group that took no part had matched is nothing, and ECMA finds nothing anywhere; `re` does not.
        return f"(?({text[1:]}){text})"
    return _character(text)


def _character(text: str) -> str:
    """One character, in a class or not, plain or escaped; what is still an escape, `re` may judge."""
    codes = "".join(chr(int(digits, 16)) for digits in _CODE.findall(text))
    if codes:
        # UTF-16 makes one character of a surrogate pair, and leaves a lone half as it is.
        return re.escape(codes.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass"))
    plain = text.removeprefix("\\")
    return text if plain.isascii() and plain.isalnum() else re.escape(plain)


def _klass(token: re.Match[str]) -> str:
    """A character class; the class after `&&` is looked for first, then the rest."""
    if token["and_members"] is None:
        return _bracketed(_members(token["members"]), token["negated"])
    other = _bracketed(_members(token["and_members"]), token["and_negated"])
    both = f"(?={other}){_bracketed(_members(token['members']))}"
    return f"(?:(?!{both}){_ANY})" if token["negated"] else f"(?:{both})"


def _bracketed(members: str, negated: str = "") -> str:
    if members:
        return f"[{negated}{members}]"
    return _ANY if negated else "(?!)"


def _members(text: str) -> str:
    return "".join(_span(match["low"], match["high"]) for match in _SPAN.finditer(text))


def _span(low: str, high: str | None) -> str:
    if high is None:
        return _member(low)
    dash = r"\-" if _is_set(low) or _is_set(high) else "-"
    return _member(low) + dash + _member(high)


def _is_set(text: str) -> bool:
    return text[0] == "\\" and text[1:2] in set("dDwWsSpP")


def _member(text: str) -> str:
    if not _is_set(text) or text[1] in "dDwW":
        return _character(text)
    pairs = _WHITE_SPACE if text[1] in "sS" else _property(text[2:].strip("{}"))
    return _spelled(pairs if text[1].islower() else _complement(pairs))


@cache
def _spelled(pairs: str) -> str:
    return "".join(map("{}-{}".format, map(re.escape, pairs[::2]), map(re.escape, pairs[1::2])))


def _complement(pairs: str) -> str:
    edges = [-1, *map(ord, pairs), sys.maxunicode + 1]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return "".join(chr(end + 1) + chr(start - 1) for end, start in gaps if start - end > 1)


@cache
def _property(name: str) -> str:
    if name in _PROPERTIES:
        return _PROPERTIES[name]
    category = _CATEGORY.fullmatch(name)
    wanted = _CATEGORIES.get(name) or ((category[1],) if category else ())
    pairs = sorted(pair for code, found in _by_category().items() if code.startswith(wanted) for pair in found)
    if not pairs:
        raise _UnreadableError(f"It asks for the property {name!r}, which Python's `unicodedata` does not know.")
    return "".join(pairs)


@cache
def _by_category() -> dict[str, list[str]]:
    """The ranges of every general category, unassigned (Cn) and surrogates (Cs) too."""
    pairs: dict[str, list[str]] = {}
    first = 0
    for code, points in groupby(map(unicodedata.category, map(chr, range(sys.maxunicode + 1)))):
        end = first + sum(1 for _ in points)
        pairs.setdefault(code, []).append(chr(first) + chr(end - 1))
        first = end
    return pairs
