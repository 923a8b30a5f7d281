"""JSON read value by value from a stream, each with its text and the line on which it stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.errors import Words, clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

__all__ = ["JsonReader", "JsonValue", "NoJson", "Place", "places"]

_CHUNK = 1 << 20
_DECODER = json.JSONDecoder()
_SIGN = re.compile(r"[^ \t\n\r]|\Z")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}:,"]+')
_LONGEST_WORD = 16
"""No token but a text is longer: what is cut in two by the end of what was read begins in the last so many signs."""


class NoJson(ValueError):
    """What was read is no JSON.

    Attributes:
        line: the line on which that shows, from 1.
        problem: what Python says of it.
    """

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(line, problem)
        self.line, self.problem = line, problem


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value of JSON.

    Attributes:
        value: the value.
        text: how it is written.
        line: the line on which it begins, from 1.
    """

    value: Any
    text: str
    line: int


class JsonReader:
    """Reads a stream piece by piece, so that no more of it is held than the value that is being read.

    Args:
        file: a stream of text.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = self._counted = 0
        self._line = 1

    @property
    def line(self) -> int:
        """The line of what comes next."""
        self._skip_spaces()
        return self._line_at(self._at)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing more comes."""
        self._skip_spaces()
        return self._at == len(self._text)

    def comes(self, sign: str) -> bool:
        """Whether that is the next sign."""
        self._skip_spaces()
        return self._text.startswith(sign, self._at)

    def skip(self, sign: str) -> bool:
        """Go past that sign, if it is the next one, and say whether it was."""
        comes = self.comes(sign)
        self._at += comes
        return comes

    def expect(self, sign: str) -> None:
        """Go past that sign.

        Raises:
            NoJson: another one comes.
        """
        if not self.skip(sign):
            raise NoJson(self.line, f"Expecting {sign!r}")

    def value(self) -> JsonValue:
        """The value that comes next.

        Raises:
            NoJson: none does.
        """
        self._skip_spaces()
        found = self._decoded()
        while found is None:
            found = self._decoded()
        return found

    def values(self) -> Iterator[JsonValue]:
        """All values: those of the one array that there is, or else one after another, as in JSON Lines.

        Raises:
            NoJson: something else comes between.
        """
        if not self.skip("["):
            while not self.is_at_end:
                yield self.value()
            return
        if not self.skip("]"):
            yield self.value()
            while self.skip(","):
                yield self.value()
            self.expect("]")
        if not self.is_at_end:
            raise NoJson(self.line, "Extra data")

    def _decoded(self) -> JsonValue | None:
        """The value; None where it is not all there yet, and more has been read."""
        try:
            value, end = _DECODER.raw_decode(self._text, self._at)
        except json.JSONDecodeError as problem:
            if self._can_be_cut(problem) and self._fill():
                return None
            raise NoJson(self._line_at(problem.pos), problem.msg) from None
        except (ValueError, RecursionError) as problem:
            raise NoJson(self.line, f"Python cannot hold it: {problem}") from None
        # A number that ends where the piece does, or before the "." or "e-" there, can go on in the next.
        if end >= len(self._text) - 2 and self._fill():
            return None
        return self._taken(value, end)

    def _taken(self, value: Any, end: int) -> JsonValue:
        found = JsonValue(value, self._text[self._at : end], self._line_at(self._at))
        self._at = end
        return found

    def _line_at(self, place: int) -> int:
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line

    def _skip_spaces(self) -> None:
        self._at = self._next_sign()
        while self._at == len(self._text) and self._fill():
            self._at = self._next_sign()

    def _next_sign(self) -> int:
        return cast("re.Match[str]", _SIGN.search(self._text, self._at)).start()

    def _can_be_cut(self, problem: json.JSONDecodeError) -> bool:
        is_near = problem.pos >= len(self._text) - _LONGEST_WORD
        return is_near or problem.msg.startswith("Unterminated string")

    def _fill(self) -> bool:
        """Read on, as much again as is held, so that a long value is begun anew only a few times."""
        more = self._file.read(max(_CHUNK, len(self._text) - self._at))
        if more:
            self._line_at(self._at)
            self._text = self._text[self._at :] + more
            self._at = self._counted = 0
        return bool(more)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, and what is inside it.

    Attributes:
        line: the line on which the value begins.
        is_object: whether it is an object.
        inner: the places of its members, or of its items by their number.
    """

    line: int
    is_object: bool = False
    inner: dict[str | int, Place] = field(default_factory=dict)

    def line_of(self, steps: Iterable[str | int]) -> int:
        """The line of the value at the end of a way from here; of what is not there, that of what is around it.

        Args:
            steps: as a violation has them.
        """
        place = self
        for step in steps:
            inner = place.inner.get(step) or place.put_in_words(step)
            if inner is None:
                break
            place = inner
        return place.line

    def put_in_words(self, step: str | int) -> Place | None:
        """The place inside this one that a step only describes, as it does where the key must not be shown."""
        if not isinstance(step, Words):
            return None
        number = re.match(r"(?:the key of )?entry (\d+),", step)
        if number:
            return [*self.inner.values()][int(number[1])]
        return next((place for key, place in self.inner.items() if step.endswith(clip(key))), None)


def places(text: str, line: int) -> Place:
    """Where each value of a JSON text stands.

    Args:
        text: the text, known to be JSON.
        line: the line on which it begins.

    Returns:
        the place of the whole value.
    """
    around = [Place(line)]
    key: str | None = None
    counted = 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, counted := token.start())
        if token[0] in "]}":
            around.pop()
        elif around[-1].is_object and key is None:
            key = json.loads(token[0])
        else:
            place = Place(line, token[0] == "{")
            around[-1].inner[len(around[-1].inner) if key is None else key] = place
            key = None
            if token[0] in "[{":
                around.append(place)
    return around[0].inner[0]
