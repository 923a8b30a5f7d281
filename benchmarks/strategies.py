"""Legal examples a second: ours, and Hypothesis by TypedDicts or JSON schema. Run it: python benchmarks/strategies.py.

Some newer releases of Hypothesis break hypothesis-jsonschema; `tox -e benchmarks-jsonschema` has one that does not.
"""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, __version__, given, settings
from hypothesis import strategies as st
from mypy_boto3_customer_profiles import type_defs

from cp_fixtures import strategies, validate
from cp_fixtures.shapes import nodes, shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from cp_fixtures.shapes import Node

try:
    from hypothesis_jsonschema import from_schema
except ImportError:
    from_schema = None

EXAMPLES, ROUNDS = 200, 3
QUIET = settings(
    database=None,
    deadline=None,
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def legal_a_second(strategy: st.SearchStrategy[Any], is_legal: Callable[[Any], bool]) -> float:
    """How many legal values are drawn in a second of CPU; what it takes to look at them is not counted."""
    drawn: list[Any] = []

    @QUIET
    @given(strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    start = time.process_time()
    draw()
    seconds = time.process_time() - start
    return sum(map(is_legal, drawn)) / seconds


def schema(node: Node) -> dict[str, Any]:
    """The shape as a JSON schema, as far as JSON schema has words for it."""
    if node.members:
        members = {name: schema(member) for name, member in node.members.items()}
        made: dict[str, Any] = {"type": "object", "properties": members, "additionalProperties": False}
        return {**made, "required": list(node.required)}
    if node.item:
        return {"type": "array", "items": schema(node.item), **bounds(node, "Items")}
    if node.value and node.key:
        entries = {"propertyNames": schema(node.key), "additionalProperties": schema(node.value)}
        return {"type": "object", **entries}
    if node.type != "string":
        return {"type": "integer" if node.type == "integer" else "number"}
    pattern = {"pattern": node.pattern} if node.pattern else {}
    return {"enum": list(node.enum)} if node.enum else {"type": "string", **bounds(node, "Length"), **pattern}


def bounds(node: Node, what: str) -> dict[str, float]:
    """The least and the greatest of it."""
    both = {f"min{what}": node.min, f"max{what}": node.max}
    return {name: value for name, value in both.items() if value is not None}


def compare(title: str, is_legal: Callable[[Any], bool], ways: dict[str, st.SearchStrategy[Any]]) -> None:
    """Print the legal examples a second of each way, and how many times the first's they are; the first is a peer."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, strategy in ways.items():
            rates[name].append(legal_a_second(strategy, is_legal))
    best = {name: sorted(each)[len(each) // 2] for name, each in rates.items()}
    first = next(iter(best.values()))
    print(title)
    for name, rate in best.items():
        ratio = f"{rate / first:8.1f}" if first else "     inf"
        print(f"  {name:<44} {rate:9.1f} a second   {ratio}")


def is_profile(value: Any) -> bool:
    """Whether it is a legal profile."""
    return not find(shape_node("Profile"), value)


def is_address(value: Any) -> bool:
    """Whether it is a legal address."""
    return not find(shape_node("Address"), value)


def is_answer(operation: str) -> Callable[[Any], bool]:
    """Whether it is a legal response of the operation, or an exchange with one."""
    return lambda value: not validate(operation, getattr(value, "response", value))


def is_anything(_value: Any) -> bool:
    """What is drawn to see what an example costs by itself is always legal."""
    return True


def peers(kind: Any, node: Node | None) -> dict[str, st.SearchStrategy[Any]]:
    """What others draw for a shape."""
    found: dict[str, st.SearchStrategy[Any]] = {"hypothesis from_type, the TypedDict": st.from_type(kind)}
    if from_schema is not None and node is not None:
        found["hypothesis-jsonschema, the shape's schema"] = from_schema(schema(node))
    return found


def main() -> None:
    """Compare."""
    warnings.simplefilter("ignore")
    print(f"Hypothesis {__version__}, {EXAMPLES} examples, the median of {ROUNDS} rounds")
    # However little is drawn, an example has a price; whoever compares small things mostly compares that.
    compare(
        "one integer: as fast as Hypothesis gets", is_anything, {"integers(0, 2**128 - 1)": st.integers(0, 2**128 - 1)}
    )
    compare(
        "profiles",
        is_profile,
        {
            **peers(type_defs.ProfileTypeDef, shape_node("Profile")),
            "profiles()": strategies.profiles(),
            'profiles(kind="any")': strategies.profiles(kind="any"),
            'from_shape("Profile")': strategies.from_shape("Profile"),
        },
    )
    compare(
        "addresses",
        is_address,
        {
            **peers(type_defs.AddressTypeDef, shape_node("Address")),
            "addresses()": strategies.addresses(),
            'addresses(kind="any")': strategies.addresses(kind="any"),
        },
    )
    for operation, kind in (
        ("batch_get_profile", type_defs.BatchGetProfileResponseTypeDef),
        ("get_segment_membership", type_defs.GetSegmentMembershipResponseTypeDef),
    ):
        exchanges = getattr(strategies, f"{operation}_exchanges")
        compare(
            f"responses of {operation}",
            is_answer(operation),
            {
                **peers(kind, nodes().output(operation)),
                "responses(...)": strategies.responses(operation),
                "..._exchanges(), with their requests": exchanges(),
                '..._exchanges(profiles=profiles(kind="any"))': exchanges(profiles=strategies.profiles(kind="any")),
            },
        )


if __name__ == "__main__":
    main()
