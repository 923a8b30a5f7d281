"""What Hypothesis draws in a second, and how much of it is legal. Run it: python benchmarks/strategies.py.

Newer releases of Hypothesis break hypothesis-jsonschema; `tox -e bench-jsonschema` has one that does not, and its
answers stand under a name of their own.
"""

from __future__ import annotations

import statistics
import time
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import HealthCheck, Phase, __version__, given, settings
from hypothesis import strategies as st
from mypy_boto3_customer_profiles import type_defs
from schemas import json_schema
from side_by_side import Question, asked, peer

from cp_fixtures import strategies, validate
from cp_fixtures.shapes import nodes, shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.shapes import Node

_FROM_TYPE = "hypothesis from_type, the TypedDict"
_REALISTIC, _ANY = "cp_fixtures, realistic", "cp_fixtures, any: responses()"
_MODELS = "aws_resource_validator.pydantic_models.customer_profiles.customer_profiles_classes"
_PEERS = ("hypothesis", "hypothesis-jsonschema", "mypy-boto3-customer-profiles", "schemathesis")


class Drawn(NamedTuple):
    """What one round drew: how many a second, how many legal ones, and how many values there are in one."""

    a_second: float
    legal_a_second: float
    values: float


def main() -> None:
    """Compare."""
    warnings.simplefilter("ignore")
    name = "strategies" if peer("hypothesis_jsonschema") is None else "strategies_jsonschema"
    words = f"What does Hypothesis {__version__} draw in a second of CPU?"
    with asked(name, words, peers=[*_PEERS, "aws-resource-validator-customer-profiles"]) as question:
        # However little is drawn, an example has a price; whoever compares small things mostly compares that.
        least = {"integers(0, 2**128 - 1)": st.integers(0, 2**128 - 1)}
        compare(question, "one integer: as fast as Hypothesis gets", lambda _value: True, least)
        compare(question, "a profile", is_a("Profile"), profiles())
        compare(question, "an address", is_a("Address"), addresses())
        for operation in ("batch_get_profile", "get_segment_membership"):
            drawn = compare(question, f"a response of {operation}", is_response(operation), responses(operation))
            if name == "strategies":
                hold_to_bars(question, operation, drawn)


def hold_to_bars(question: Question, operation: str, drawn: dict[str, list[Drawn]]) -> None:
    """The bars, which are those of the newest Hypothesis."""
    peers = drawn[_FROM_TYPE]
    realistic = [mine.a_second / theirs.a_second for mine, theirs in zip(drawn[_REALISTIC], peers, strict=True)]
    words = f"{operation}, realistic: examples a second, to from_type on the TypedDict"
    question.bar(words, statistics.median(realistic), least=6)
    ours = statistics.median(each.legal_a_second for each in drawn[_ANY])
    theirs = statistics.median(each.legal_a_second for each in peers)
    words = f"{operation}, any: legal examples a second, to from_type on the TypedDict"
    question.bar(words, ours / theirs if theirs else float("inf"), least=8)


def profiles() -> dict[str, st.SearchStrategy[Any]]:
    """All who draw a profile."""
    return {
        **peers(type_defs.ProfileTypeDef, "ProfileTypeDef", shape_node("Profile")),
        _REALISTIC: strategies.profiles(),
        'cp_fixtures, any: profiles(kind="any")': strategies.profiles(kind="any"),
        'cp_fixtures, any: from_shape("Profile")': strategies.from_shape("Profile"),
    }


def addresses() -> dict[str, st.SearchStrategy[Any]]:
    """All who draw an address."""
    return {
        **peers(type_defs.AddressTypeDef, "AddressTypeDef", shape_node("Address")),
        _REALISTIC: strategies.addresses(),
        'cp_fixtures, any: addresses(kind="any")': strategies.addresses(kind="any"),
    }


def responses(operation: str) -> dict[str, st.SearchStrategy[Any]]:
    """All who draw a response; what is realistic comes with its request, which it agrees with."""
    name = "".join(word.title() for word in operation.split("_")) + "ResponseTypeDef"
    exchanges = getattr(strategies, f"{operation}_exchanges")
    return {
        **peers(getattr(type_defs, name), name, nodes().output(operation)),
        _REALISTIC: exchanges(),
        _ANY: strategies.responses(operation),
        "cp_fixtures, any, with its request": exchanges(profiles=strategies.profiles(kind="any")),
    }


def peers(kind: Any, name: str, node: Node | None) -> dict[str, st.SearchStrategy[Any]]:
    """What others draw for a shape, as far as they are installed; JSON has no timestamps."""
    found: dict[str, st.SearchStrategy[Any]] = {_FROM_TYPE: st.from_type(kind)}
    if models := peer(_MODELS):
        found["hypothesis from_type, aws-resource-validator's model"] = st.from_type(getattr(models, name))
    if node is None or "LastComputedAt" in node.members:
        return found
    if jsonschema := peer("hypothesis_jsonschema"):
        found["hypothesis-jsonschema, the shape's schema"] = jsonschema.from_schema(json_schema(node))
    if schemathesis := peer("schemathesis"):
        found["schemathesis, the shape's schema as OpenAPI"] = by_openapi(schemathesis, json_schema(node))
    return found


def by_openapi(schemathesis: Any, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What schemathesis draws for an operation that takes such a value; it draws requests alone."""
    content = {"required": True, "content": {"application/json": {"schema": schema}}}
    operation = {"requestBody": content, "responses": {"200": {"description": "OK"}}}
    api = {"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": {"/": {"post": operation}}}
    drawn: st.SearchStrategy[Any] = schemathesis.openapi.from_dict(api)["/"]["POST"].as_strategy()
    return drawn


def compare(
    question: Question, title: str, is_legal: Callable[[Any], bool], ways: dict[str, st.SearchStrategy[Any]]
) -> dict[str, list[Drawn]]:
    """Draw with each, interleaved, and print the legal examples a second, with their ratio to the first."""
    rounds, examples = question.size(15, 1), question.size(100, 10)
    drawn: dict[str, list[Drawn]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, strategy in ways.items():
            drawn[name].append(draw(strategy, is_legal, examples))
    legal = {name: statistics.median(one.legal_a_second for one in each) for name, each in drawn.items()}
    first = next(iter(legal.values()))
    rows = [
        {"name": name, "value": legal[name], "ratio": legal[name] / first if first else None, "note": said(each)}
        for name, each in drawn.items()
    ]
    question.table(title, "legal examples a second", rows, rounds=rounds)
    return drawn


def said(drawn: list[Drawn]) -> str:
    """What else there is to say of it."""
    a_second, legal, values = (statistics.median(column) for column in zip(*drawn, strict=True))
    less = f"does less: {legal / a_second:.0%} legal; " if legal < a_second else ""
    return f"{less}{values:.0f} values in one"


def draw(strategy: st.SearchStrategy[Any], is_legal: Callable[[Any], bool], examples: int) -> Drawn:
    """Draw so many; what it takes to look at them is not counted."""
    drawn: list[Any] = []

    @settings(
        database=None,
        deadline=None,
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        drawn.append(value)

    start = time.process_time()
    collect()
    seconds = time.process_time() - start
    plain = list(map(as_plain, drawn))
    legal = sum(map(is_legal, plain))
    return Drawn(len(drawn) / seconds, legal / seconds, sum(map(leaves, plain)) / len(plain))


def as_plain(value: Any) -> Any:
    """What is drawn, as dicts: of an exchange its response, of a case of schemathesis its body, of a model its dump."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(exclude_none=True)
    value = getattr(value, "response", getattr(value, "body", value))
    if isinstance(value, dict):
        return {name: each for name, each in value.items() if name != "ResponseMetadata"}
    return value


def leaves(value: Any) -> int:
    """How many values there are at the ends of it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 1 if inner is None else sum(map(leaves, inner))


def is_a(shape: str) -> Callable[[Any], bool]:
    """Whether it is a legal value of the shape."""
    return lambda value: not find(shape_node(shape), value)


def is_response(operation: str) -> Callable[[Any], bool]:
    """Whether it is a legal response of the operation."""
    return lambda value: not validate(operation, value)


if __name__ == "__main__":
    main()
