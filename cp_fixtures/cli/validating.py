"""Responses and exchanges out of files, judged: every violation with the line on which the value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import click

from cp_fixtures.cli.records import NAMES, is_exchange
from cp_fixtures.errors import InvalidResponse, UsageError, Violation, clip
from cp_fixtures.exchanges import Exchange, as_read, is_error_status
from cp_fixtures.exchanges.values import at
from cp_fixtures.json_text import JsonReader, NoJson, places
from cp_fixtures.service import SERVICE
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import check_rule_codes, validate_request
from cp_fixtures.validation import validate as validate_response

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from cp_fixtures.json_text import JsonValue

__all__ = ["validate"]


def validate(operation: str, files: Sequence[str], request_file: str | None, ignore: Sequence[str]) -> int:
    """Judge files, and print every violation.

    Args:
        operation: any operation of the service.
        files: the paths; "-" is the standard input.
        request_file: the path of the parameters of the call; None where they are not known.
        ignore: codes of rules to leave out.

    Returns:
        the status of the process: 0, or 1 for violations, or 2 where something cannot be read.

    Raises:
        UsageError: no such rule, or the request cannot be read.
    """
    judge = _Judge(operation, check_rule_codes(ignore))
    if request_file is not None:
        judge.take_request(request_file)
    for file in files:
        judge.take(file)
    if judge.records:
        click.echo(judge.summary, err=True)
    return 2 if judge.unreadable else 1 if judge.violations else 0


@dataclass(slots=True)
class _Judge:
    """Judges one value after another, and counts."""

    operation: str
    ignore: frozenset[str]
    request: dict[str, Any] | None = field(default=None)
    records: int = 0
    broken: int = 0
    violations: int = 0
    unreadable: int = 0

    @property
    def summary(self) -> str:
        """The counts, in words."""
        records = _count(self.records, "record")
        judged = f"{_count(self.violations, 'violation')}, in {self.broken} of {records}"
        return (judged if self.violations else f"{records}, no violation") + self._not_judged

    @property
    def _not_judged(self) -> str:
        return f"; {_count(self.unreadable, 'file')} cannot be read" if self.unreadable else ""

    def take_request(self, file: str) -> None:
        """Judge the parameters of the call, with which the responses are compared from now on."""
        values = list(_values(file))
        if len(values) != 1 or not isinstance(values[0].value, dict):
            raise UsageError(
                f"{file} is no request.",
                "A request is one JSON object: the parameters of the call.",
                "Give such a file.",
            )
        self.request = as_read(nodes().input(self.operation), values[0].value)
        self._tell(file, values[0], self._in_request(self.request))

    def take(self, file: str) -> None:
        """Judge every value of a file, as far as it can be read."""
        try:
            for found in _values(file):
                self._check_request_is_one(file, found)
                self.records += 1
                own = _left_out(found.value)
                self.broken += self._tell(file, found, [each for each in self._in(found.value) if each.rule not in own])
        except UsageError as problem:
            click.echo(f"cp-fixtures: {problem}", err=True)
            self.unreadable += 1

    def _check_request_is_one(self, file: str, found: JsonValue) -> None:
        if self.request is not None and is_exchange(found.value) and found.value.get("request") is not None:
            raise UsageError(
                f"{_named(file)}:{found.line} has a request of its own.",
                "A response answers one request.",
                "Leave --request out.",
            )

    def _tell(self, file: str, found: JsonValue, violations: list[Violation]) -> bool:
        if violations:
            # On one line everything is there.
            place = places(found.text, found.line) if "\n" in found.text else None
            for each in violations:
                line = found.line if place is None else place.line_of(each.steps)
                click.echo(f"{_named(file)}:{line}: {each}")
            self.violations += len(violations)
        return bool(violations)

    def _in(self, value: Any) -> Iterator[Violation]:
        if not is_exchange(value):
            yield from self._in_response(value, self.request)
            return
        yield from _in_frame(self.operation, value)
        request = as_read(nodes().input(self.operation), value.get("request"))
        if request is not None:
            yield from (each.under("request") for each in self._in_request(request))
        if value.get("response") is not None:
            known = request if isinstance(request, dict) else self.request
            yield from (each.under("response") for each in self._in_response(value["response"], known))
        if value.get("error") is not None:
            yield from (each.under("error") for each in self._in_error(value["error"]))

    def _in_request(self, request: Any) -> list[Violation]:
        return validate_request(self.operation, request, ignore=self.ignore)

    def _in_response(self, response: Any, request: dict[str, Any] | None) -> list[Violation]:
        value = as_read(nodes().output(self.operation), response)
        return validate_response(self.operation, value, request=request, ignore=self.ignore)

    def _in_error(self, error: Any) -> Sequence[Violation]:
        if not isinstance(error, dict):
            return [Violation((), "type", "a dict", f"the {type(error).__name__} {clip(error)}")]
        status = ("ResponseMetadata", "HTTPStatusCode")
        if (code := at(error, status)) is not None and not is_error_status(code):
            return [Violation(status, "exchange", "an HTTP status of an error", clip(code))]
        try:
            Exchange(self.operation, error=error, ignore=self.ignore)
        except InvalidResponse as invalid:
            return invalid.violations
        return ()


def _left_out(value: Any) -> frozenset[str]:
    """The rules that an exchange was not held to when it was made; none where these are no rules."""
    try:
        return check_rule_codes(value.get("ignore", ())) if is_exchange(value) else frozenset()
    except UsageError:
        return frozenset()


def _in_frame(operation: str, value: dict[str, Any]) -> Iterator[Violation]:
    """What is wrong with an exchange itself, whatever its request and its answer are."""
    said = value.get("operation", operation)
    if said != operation:
        yield Violation(("operation",), "exchange", clip(operation), clip(said))
    if (service := value.get("service", SERVICE)) != SERVICE:
        yield Violation(("service",), "exchange", clip(SERVICE), clip(service))
    if value.get("ignore", []) and not _left_out(value):
        yield Violation(("ignore",), "exchange", "a list of codes of rules", clip(value["ignore"]))
    for name in (each for each in value if each not in NAMES):
        yield Violation((name,), "exchange", f"a member of an exchange ({', '.join(NAMES)})", "an unknown one")
    answers = [name for name in ("response", "error") if value.get(name) is not None]
    if len(answers) != 1:
        yield Violation((), "exchange", "a response or an error", " and ".join(answers) or "none")


def _values(file: str) -> Iterator[JsonValue]:
    name = _named(file)
    try:
        # Some editors and shells write a mark at the beginning.
        with click.open_file(file, encoding="utf-8-sig") as stream:
            reader = JsonReader(cast("TextIO", stream))
            if reader.is_at_end:
                raise UsageError(f"{name} is empty.", "There is nothing to judge.", "Give a response, or an exchange.")
            yield from _if_any(reader.values(), name)
    except NoJson as problem:
        raise UsageError(
            f"{name}:{problem.line} is no JSON: {problem.problem}.",
            "What comes after it cannot be read.",
            "Give JSON, or JSON Lines.",
        ) from None
    except UnicodeDecodeError as problem:
        raise UsageError(f"{name} is no UTF-8: {problem}.", "JSON is UTF-8.", "Write it anew as UTF-8.") from None


def _if_any(values: Iterator[JsonValue], name: str) -> Iterator[JsonValue]:
    first = next(values, None)
    if first is None:
        raise UsageError(f"{name} has no record.", "There is nothing to judge.", "Give a response, or an exchange.")
    yield first
    yield from values


def _named(file: str) -> str:
    return "<stdin>" if file == "-" else file


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
