"""What can happen to an answer on its way: functions of an HTTP answer, each of which gives another one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cp_fixtures.cases.case import Case
from cp_fixtures.errors import UsageError
from cp_fixtures.shapes import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures.answers import HTTPAnswer
    from cp_fixtures.shapes import Node

    _Change = Callable[[HTTPAnswer], HTTPAnswer]

__all__ = ["error_form_cases", "transport_cases"]

_HTML = b"<html><body><h1>Sign in to the network</h1></body></html>"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def transport_cases(operation: str | None) -> list[Case[_Change]]:
    """What `transport_faults` gives."""
    found = dict(_OF_ANY)
    node = None if operation is None else nodes().output(operation)
    if node is not None:
        for name, make in _OF_MEMBERS.items():
            if names := frozenset(_names(node, name.partition("-")[0], {})):
                found[name] = partial(make, names)
    return [Case(name, change) for name, change in found.items()]


def error_form_cases() -> list[Case[_Change]]:
    """What `error_forms` gives."""
    return [Case(name, change) for name, change in _ERROR_FORMS.items()]


def _names(node: Node, kind: str, seen: dict[Node, None]) -> Iterator[str]:
    """The members, at any depth, that are of a kind."""
    if node in seen:
        return
    seen[node] = None
    for name, member in node.members.items():
        if (kind == "enum" and member.enum) or member.type == kind:
            yield name
        yield from _names(member, kind, seen)
    for inner in filter(None, (node.item, node.value)):
        yield from _names(inner, kind, seen)


def _truncated(answer: HTTPAnswer) -> HTTPAnswer:
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _empty(answer: HTTPAnswer) -> HTTPAnswer:
    return replace(answer, body=b"")


def _html(answer: HTTPAnswer, status: int) -> HTTPAnswer:
    return replace(_typed(answer, "text/html"), status=status, body=_HTML)


def _typed(answer: HTTPAnswer, content_type: str) -> HTTPAnswer:
    rest = tuple(each for each in answer.headers if each[0].lower() != "content-type")
    return replace(answer, headers=(*rest, ("content-type", content_type)))


def _duplicated(answer: HTTPAnswer) -> HTTPAnswer:
    return replace(answer, headers=(*answer.headers, ("x-amzn-requestid", "00000000-0000-4000-8000-000000000000")))


def _null(answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, dict.fromkeys)


def _null_inside(answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, partial(_in_entries, dict.fromkeys))


def _unknown(answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, lambda body: {**body, "NewMember": {"Since": 2030}})


def _unknown_inside(answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, partial(_in_entries, lambda entry: {**entry, "NewMember": {"Since": 2030}}))


def _unknown_enum(names: frozenset[str], answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, partial(_members, names, lambda _value: "NEW_VALUE"))


def _integer_time(names: frozenset[str], answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, partial(_members, names, int))


def _iso_time(names: frozenset[str], answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, partial(_members, names, lambda value: (_EPOCH + dt.timedelta(seconds=value)).isoformat()))


def _in_entries(change: Callable[[dict[str, Any]], Any], body: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [change(entry) if isinstance(entry, dict) else entry for entry in value]
        if isinstance(value, list)
        else value
        for name, value in body.items()
    }


def _members(names: frozenset[str], change: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, list):
        return [_members(names, change, item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: change(item) if name in names and not isinstance(item, (dict, list)) else _members(names, change, item)
        for name, item in value.items()
    }


def _edited(answer: HTTPAnswer, change: Callable[[Any], Any]) -> HTTPAnswer:
    before = answer.body.decode()
    # As it is compared: to Python 1 and 1.0 are the same.
    after = json.dumps(change(json.loads(before or "{}")), ensure_ascii=False, separators=(",", ":"))
    if after == before:
        raise UsageError(
            "This fault changes nothing in the answer.",
            "The answer has nothing that it could befall, no such member for one.",
            "Stub an answer that has some.",
        )
    return replace(answer, body=after.encode())


def _code_elsewhere(answer: HTTPAnswer, member: str, form: str) -> HTTPAnswer:
    code = dict(answer.headers).get("x-amzn-errortype", "")
    headers = tuple(each for each in answer.headers if each[0] != "x-amzn-errortype")
    return _edited(replace(answer, headers=headers), lambda body: {**body, member: form.format(code)})


def _code_with_url(answer: HTTPAnswer) -> HTTPAnswer:
    headers = {**dict(answer.headers)}
    headers["x-amzn-errortype"] += ":http://internal.example.com/coral/com.amazonaws.customerprofiles/"
    return replace(answer, headers=tuple(headers.items()))


def _small_message(answer: HTTPAnswer) -> HTTPAnswer:
    return _edited(answer, lambda body: {name.replace("Message", "message"): value for name, value in body.items()})


_OF_ANY: dict[str, _Change] = {
    "truncated": _truncated,
    "empty": _empty,
    "html": partial(_html, status=200),
    "html-502": partial(_html, status=502),
    "content-type": partial(_typed, content_type="text/plain; charset=iso-8859-1"),
    "null": _null,
    "null-inside": _null_inside,
    "unknown-member": _unknown,
    "unknown-member-inside": _unknown_inside,
    "duplicate-header": _duplicated,
}
_OF_MEMBERS: dict[str, Callable[[frozenset[str], HTTPAnswer], HTTPAnswer]] = {
    "enum-unknown": _unknown_enum,
    "timestamp-integer": _integer_time,
    "timestamp-iso": _iso_time,
}
_ERROR_FORMS: dict[str, _Change] = {
    "header-with-url": _code_with_url,
    "type-in-body": partial(_code_elsewhere, member="__type", form="{}"),
    "namespaced-type-in-body": partial(_code_elsewhere, member="__type", form="com.amazonaws.customerprofiles#{}"),
    "code-in-body": partial(_code_elsewhere, member="code", form="{}"),
    "small-message": _small_message,
}
