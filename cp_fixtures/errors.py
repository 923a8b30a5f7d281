"""What goes wrong, in words: the violation, its wording, and every exception class."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from botocore import __version__
from botocore.exceptions import StubAssertionError, UnStubbedResponseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "InvalidRequest",
    "InvalidResponse",
    "Refused",
    "RequestWarning",
    "UncheckedWarning",
    "UsageError",
    "VerdictError",
    "Violation",
    "Words",
    "clip",
    "clipped",
    "did_you_mean",
    "listed",
    "path_of",
    "several",
    "unknown_name",
]

_LONGEST_VALUE = 80
_MOST_LINES = 20
_MOST_NAMES = 30
_MOST_TO_CHOOSE_FROM = 12
_MOST_NEAR = 3
_LEAST_PREFIX = 3

_SWITCH = "here if there is such an argument, else in @pytest.mark.cp_fixtures(...) or in stubbed(...)"


class Words(str):
    """A step of a path put in words, such as "entry 3, a str of length 9", where the key itself must not be shown."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a value breaks its shape or its request.

    Attributes:
        steps: the way from the top to the place: a member's name or a map's key is a str, an index of a list an int.
            Words such as "entry 3, a str of length 9" stand for a key under a `sensitive` member of the model, and for
            a key that itself breaks a rule.
        rule: the code of the rule, by which `ignore=` switches it off, such as "pattern"; `validation.CODES` has all.
        wanted: what the rule wants, in words.
        got: what was there, in words; for a value under a `sensitive` member of the model its type and length only.
    """

    steps: tuple[str | int, ...]
    rule: str
    wanted: str
    got: str

    @property
    def path(self) -> str:
        """The place as one writes it, such as `Profiles[3].Address.City`; the top itself is `(top)`."""
        return path_of(self.steps)

    def under(self, *steps: str | int) -> Violation:
        """The same violation, seen from so many levels higher."""
        return Violation((*steps, *self.steps), self.rule, self.wanted, self.got)

    def __str__(self) -> str:
        return f"{self.path}: wanted {self.wanted}, got {self.got}"


def path_of(steps: Iterable[str | int]) -> str:
    """A way from the top to a place, as one writes it: `Profiles[3].Address.City`; the top itself is `(top)`."""
    return "".join(map(_step, steps)).removeprefix(".") or "(top)"


def _step(step: str | int) -> str:
    if isinstance(step, (int, Words)):
        return f"[{step}]"
    return f".{step}" if step.isidentifier() and len(step) <= _LONGEST_VALUE else f"[{clip(step)}]"


class UsageError(ValueError):
    """A call of this library that cannot be carried out, a ValueError; nothing was changed.

    Args:
        what: what happened, a sentence.
        why: why it cannot be, a sentence.
        instead: what to do instead, a sentence.
    """

    def __init__(self, what: str, why: str, instead: str) -> None:
        super().__init__(what, why, instead)

    def __str__(self) -> str:
        return " ".join(self.args)


class _Invalid(ValueError):
    """A value that breaks the service model: what it is, every violation, and what to do where no rule can be left out.

    The last is the class's own where it is not said.
    """

    _instead = ""

    def __init__(self, what: str, violations: Sequence[Violation], instead: str | None = None) -> None:
        super().__init__(what, tuple(violations), *([] if instead is None else [instead]))

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every violation found, in the order of the value."""
        found: tuple[Violation, ...] = self.args[1]
        return found

    def __str__(self) -> str:
        what, violations, *others = self.args
        places = "1 place" if len(violations) == 1 else f"{len(violations)} places"
        rules = ", ".join(f'"{rule}"' for rule in sorted({violation.rule for violation in violations}))
        instead = others[0] if others else self._instead.format(rules=rules, switch=_SWITCH)
        return f"{what} in {places}:\n{listed(violations)}\n{instead}"


class InvalidResponse(_Invalid):
    """A response, or an error, that the service could not have given; a ValueError.

    Its text lists every violation, one a line, and says how to leave a rule out.

    Attributes:
        violations: every violation found, a tuple in the order of the value.
    """

    _instead = (
        "Code that passes a test with it is tested with a fiction. "
        "Correct the values, or leave a rule out by its code: ignore={{{rules}}}, {switch}."
    )


class InvalidRequest(_Invalid):
    """A request that the service would refuse; a ValueError.

    Its text lists every violation, one a line, and says how to leave a rule out.

    Attributes:
        violations: every violation found, a tuple in the order of the value.
    """

    _instead = (
        "A call with it never gets an answer. "
        "Correct it, or leave a rule out by its code: ignore={{{rules}}}, {switch}."
    )


class Refused(StubAssertionError, UnStubbedResponseError):
    """A call that the stubber refused: nobody stubbed it, or the service would refuse it.

    The code under test gets it from the call, and the verdict tells of it even where that code swallows it. It is an
    AssertionError and both of botocore's own stub errors, so that whichever a test expects is caught.
    botocore's errors pickle only with the keyword arguments that they were made of, hence `kwargs`.
    """

    fmt = "{reason}"

    def __init__(self, *, operation_name: str, reason: str) -> None:
        super().__init__(operation_name=operation_name, reason=reason)


class RequestWarning(UserWarning):
    """A request that the service would refuse, where strict is "warn": it was answered all the same."""


class UncheckedWarning(UserWarning):
    """A rule of the model that this Python cannot check: values are not held to it."""


class VerdictError(AssertionError):
    """What a test, or a block, left behind that cannot be right; an AssertionError, raised once its own code has ended.

    Its text has a group for requests that the service would refuse, one for calls that nobody stubbed, one for stubs
    that were not used up, and so on, each with what to do instead.
    """


def clip(value: object, most: int = _LONGEST_VALUE) -> str:
    """The repr of a value; of a long one the head only, and the length of the text, or else of the repr."""
    text = _shown(value)
    if len(text) <= most:
        return text
    return f"{text[: most - 3]}... ({len(value if isinstance(value, str) else text)} characters)"


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - a message is no place to fail: an integer can be too long, any repr can be broken
        return f"<{type(value).__name__}, whose repr fails>"


def listed(lines: Iterable[object], most: int = _MOST_LINES) -> str:
    """The lines, indented by two, the first `most` of them and a count of the rest."""
    return "\n".join(clipped([f"  {line}" for line in lines], most))


def clipped(lines: Sequence[str], most: int = _MOST_LINES) -> list[str]:
    """The first `most` lines, and one that counts the rest."""
    kept = list(lines[:most])
    if len(lines) > most:
        kept.append(f"  ... and {len(lines) - most} more")
    return kept


def several(names: Iterable[str], most: int = _MOST_NAMES) -> str:
    """The first `most` names in one line, and how many more there are: `a, b, c and 4 more`."""
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """`Did you mean 'typical'?` with up to three near names, or nothing."""
    import difflib  # noqa: PLC0415 - hardly ever does anybody mistype a name

    text = name if isinstance(name, str) else _shown(name)
    near = difflib.get_close_matches(text, list(known), n=3 * _MOST_NEAR, cutoff=0.6)
    # Names end alike by the dozen, in Exception or in Type; who mistypes one has mostly begun it right.
    near.sort(key=lambda each: -_common_prefix(each, text))
    return f"Did you mean {' or '.join(map(repr, near[:_MOST_NEAR]))}?" if near else ""


def _common_prefix(one: str, other: str) -> int:
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return length if length >= _LEAST_PREFIX else 0


def unknown_name(kind: str, name: object, known: Iterable[str], *, of_model: bool = False) -> UsageError:
    """The error for a name that is none of the known ones, with the near ones or else the first of all.

    Args:
        kind: what it should name, such as "preset".
        name: what was given.
        known: the names that there are.
        of_model: whether it is the installed botocore that knows them.
    """
    names = list(known)
    instead = did_you_mean(name, names) or f"Use one of {several(names, _MOST_TO_CHOOSE_FROM)}."
    why = f"There are {len(names)}, and it is none of them."
    if of_model:
        why = f"botocore {__version__} knows {len(names)}, and this is none of them."
    return UsageError(f"There is no {kind} {clip(name)}.", why, instead)
