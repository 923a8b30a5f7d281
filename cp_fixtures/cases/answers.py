"""The legal exchanges of an operation: through the one assembler where ids are asked for, else from the shapes."""

from __future__ import annotations

import uuid
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from cp_fixtures.cases.case import Case
from cp_fixtures.cases.covering import covering
from cp_fixtures.cases.making import Style, made
from cp_fixtures.exchanges import FIXED_DATE, Exchange, Outcome, assemble, error_exchange, request_for
from cp_fixtures.exchanges.plan import most_ids
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cp_fixtures.shapes import Node

__all__ = ["answer", "entries_of", "entry", "error_cases", "profile_id", "usual_request", "variants_of"]


def variants_of(operation: str) -> list[Case[Exchange]]:
    """The legal cases of an operation, without its errors."""
    made_of = _of_ids if operation in OUTCOMES else _of_shapes
    return [Case(label, exchange) for label, exchange in made_of(operation)]


def error_cases(operation: str) -> list[Case[Exchange]]:
    """One case for each modelled error of an operation, in the order of the model."""
    codes = nodes().errors(operation)
    request = usual_request(operation) if codes else {}
    return [Case(code, error_exchange(operation, code, request=request)) for code in codes]


def usual_request(operation: str, style: Style | None = None) -> dict[str, Any]:
    """A legal request with all parameters, or in another style; empty where the operation takes none."""
    node = nodes().input(operation)
    if node is None:
        return {}
    request: dict[str, Any] = made(
        node, style or Style(known={"ProfileId": profile_id(0), "ProfileIds": profile_id(0)})
    )
    return request


def profile_id(number: int) -> str:
    """The id of the n-th profile of a case."""
    return uuid.UUID(int=Random(f"profile {number}").getrandbits(128), version=4).hex


class Entries(NamedTuple):
    """One of the two lists of a response: what happened to the ids in it, its name, and what an entry has to be."""

    kind: Literal["found", "refused"]
    name: str
    node: Node


def entries_of(operation: str) -> tuple[Entries, Entries]:
    """The list for the ids that have an answer, and the list for those refused."""
    members = OUTCOMES[operation]
    output = _output(operation)
    found, refused = (cast("Node", output.members[name].item) for name in (members.found, members.refused))
    return Entries("found", members.found, found), Entries("refused", members.refused, refused)


def entry(node: Node, style: Style, number: int) -> dict[str, Any]:
    """An entry about the n-th profile; it names it, though no model requires that of a Profile."""
    value = made(node, replace(style, known={"ProfileId": profile_id(number)}))
    return {"ProfileId": profile_id(number), **value}


def answer(
    operation: str,
    outcomes: Sequence[Outcome],
    *,
    asked: Sequence[Outcome] | None = None,
    names: Mapping[str, Any] | None = None,
    computed: bool = True,
    omit_empty: bool = False,
) -> Exchange:
    """The exchange of these outcomes.

    Args:
        operation: one of the two operations that ask for ids.
        outcomes: in the order of the response.
        asked: in the order of the request, if that is another.
        names: what the request has beside the ids, if not the usual.
        computed: whether it says when the segment was computed, where the model knows that.
        omit_empty: whether an empty list is left out.
    """
    ids = [outcome.profile_id for outcome in (outcomes if asked is None else asked)]
    request = {**request_for(operation, ids), **(names or {})}
    computed_at = FIXED_DATE if computed and "LastComputedAt" in _output(operation).members else None
    return assemble(operation, request, outcomes, last_computed_at=computed_at, omit_empty=omit_empty)


def _of_shapes(operation: str) -> Iterator[tuple[str, Exchange]]:
    node = nodes().output(operation)
    known = {"ProfileId": profile_id(0), "ProfileIds": profile_id(0)}
    responses = {"empty": {}} if node is None else covering(node, known)
    request = usual_request(operation)
    for label, response in responses.items():
        yield label, Exchange(operation, request=request, response=response)
    fewest = usual_request(operation, Style(optional=False, known=known))
    if fewest != request:
        first = next(iter(responses.values()))
        yield "fewest-parameters", Exchange(operation, request=fewest, response=first)


def _of_ids(operation: str) -> Iterator[tuple[str, Exchange]]:
    yield from _of_outcomes(operation)
    yield from _of_names(operation)
    for entries in entries_of(operation):
        plain = [entry(each.node, style, 0) for _, each, style in _outcomes(operation) if each == entries]
        for label, members in covering(entries.node, {"ProfileId": profile_id(0)}).items():
            # An entry that names nobody would be an answer to nobody; the plain ones are there already.
            value = {"ProfileId": profile_id(0), **members}
            if label != "without-ProfileId" and value not in plain:
                yield f"{entries.kind}-{label}", answer(operation, [Outcome(profile_id(0), entries.kind, value)])


def _of_outcomes(operation: str) -> Iterator[tuple[str, Exchange]]:
    most = most_ids(operation)
    mixed: list[Outcome] = []
    for label, entries, style in _outcomes(operation):
        mixed += _alike(entries, style, 2, start=len(mixed))
        one = _alike(entries, style, 1)
        yield f"one-{label}", answer(operation, one)
        yield f"{most}-{label}", answer(operation, _alike(entries, style, most))
        (empty,) = (each.name for each in entries_of(operation) if each.kind != entries.kind)
        yield f"one-{label}-without-{empty}", answer(operation, one, omit_empty=True)
    yield "mixed", answer(operation, mixed)
    yield "other-order", answer(operation, mixed[::-1], asked=mixed)
    yield "asked-twice", answer(operation, mixed, asked=[*mixed, mixed[0]])
    if "LastComputedAt" in _output(operation).members:
        yield "without-LastComputedAt", answer(operation, mixed, computed=False)


def _outcomes(operation: str) -> Iterator[tuple[str, Entries, Style]]:
    """What can happen to an id, each with the list and the style of its entry: present and absent are two ways."""
    for entries in entries_of(operation):
        result = entries.node.members.get("QueryResult")
        if result is None:
            yield entries.kind, entries, Style(optional=False)
        else:
            for value in result.enum:
                yield value.lower(), entries, Style(optional=False, chosen={result.name: value})


def _alike(entries: Entries, style: Style, count: int, start: int = 0) -> list[Outcome]:
    numbers = range(start, start + count)
    return [Outcome(profile_id(number), entries.kind, entry(entries.node, style, number)) for number in numbers]


def _of_names(operation: str) -> Iterator[tuple[str, Exchange]]:
    request = cast("Node", nodes().input(operation))
    (_, entries, style), *_ = _outcomes(operation)
    styles = {"shortest-names": Style(texts="least"), "longest-names": Style(texts="most")}
    for label, names_style in styles.items():
        names = {name: made(node, names_style, name) for name, node in request.members.items() if node.type == "string"}
        yield label, answer(operation, _alike(entries, style, 1), names=names)


def _output(operation: str) -> Node:
    return cast("Node", nodes().output(operation))
