"""The tree of a request or a response: it has what botocore's own shapes have, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from shape_values import BOTH, structure, toy

from cp_fixtures import UsageError
from cp_fixtures.outline import Entry, outline
from cp_fixtures.service import operation_model, operations

if TYPE_CHECKING:
    from collections.abc import Iterator

Side = Literal["request", "response"]


def lines(entry: Entry) -> list[str]:
    """The entry and all below it, a line each, without depth."""
    return [str(entry), *(line for inner in entry.entries for line in lines(inner))]


def walked(shape: Any, name: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """The names and types below botocore's shape, each structure once: an oracle that knows no node."""
    yield name, shape.type_name
    if shape.type_name == "list":
        yield from walked(shape.member, "[n]", seen)
    elif shape.type_name == "map":
        yield from walked(shape.key, "[key]", seen)
        yield from walked(shape.value, "[value]", seen)
    elif shape.type_name == "structure" and shape.name not in seen:
        seen |= {shape.name} if shape.members else set()
        for inner, member in shape.members.items():
            yield from walked(member, inner, seen)


def named(entry: Entry) -> Iterator[tuple[str, str]]:
    """The names and types of a tree, in its order."""
    yield entry.name, entry.type.partition(" ")[0]
    for inner in entry.entries:
        yield from named(inner)


@pytest.fixture
def toy_lines(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The lines of the response of a toy service of these shapes."""

    def made(**shapes: Any) -> list[str]:
        monkeypatch.setattr("cp_fixtures.outline.nodes", lambda: toy(**shapes))
        return lines(outline("do"))

    return made


@pytest.mark.parametrize("of", ["request", "response"])
@pytest.mark.parametrize("operation", BOTH)
def test_the_tree_has_every_member_of_the_model(operation: str, of: Side) -> None:
    """Names and types are those of botocore's shapes, in their order."""
    model = operation_model(operation)
    shape = model.input_shape if of == "request" else model.output_shape
    assert list(named(outline(operation, of))) == list(walked(shape, of, set()))


def test_any_operation_has_its_two_trees() -> None:
    """Every operation of the service can be shown, with what it takes and what it gives."""
    for operation in operations():
        model = operation_model(operation)
        trees = outline(operation, "request"), outline(operation)
        for tree, shape in zip(trees, (model.input_shape, model.output_shape), strict=True):
            assert [each.name for each in tree.entries] == list(shape.members if shape else ())


def test_the_request_of_batch_get_profile() -> None:
    """The whole tree of a short one."""
    assert lines(outline("batch_get_profile", "request")) == [
        "request: structure BatchGetProfileRequest",
        "DomainName: string, 1 to 64 characters, a match of ^[a-zA-Z0-9_-]+$, required",
        "ProfileIds: list, 1 to 20 items, required",
        "[n]: string, a match of [a-f0-9]{32}",
    ]


def test_a_structure_is_spelled_out_once() -> None:
    """A profile's other three addresses refer to the first; a deep picture stays short."""
    tree = lines(outline("batch_get_profile"))
    assert "Address: structure Address, sensitive" in tree
    assert "BillingAddress: structure Address, sensitive, as above" in tree
    assert len([line for line in tree if line.startswith("PostalCode:")]) == 1


def test_what_contains_itself_ends(toy_lines: Any) -> None:
    """A structure inside itself is named there, and not begun again."""
    assert toy_lines(Response=structure("Next", Next="Response")) == [
        "response: structure Response",
        "Next: structure Response, required, as above",
    ]


def test_every_kind_of_limit_is_in_words(toy_lines: Any) -> None:
    """One limit, both, both alike; of characters, items, entries, bytes and numbers."""
    members = dict.fromkeys(["Least", "Most", "Both", "Same", "List", "Map", "Blob", "Number"])
    shown = toy_lines(
        Response=structure(**{name: name for name in members}),
        Least={"type": "string", "min": 1},
        Most={"type": "string", "max": 1, "pattern": "[a-z]"},
        Both={"type": "string", "min": 0, "max": 9, "enum": ["A", "B"], "sensitive": True},
        Same={"type": "string", "min": 3, "max": 3},
        List={"type": "list", "member": {"shape": "Same"}, "max": 2},
        Map={"type": "map", "key": {"shape": "Same"}, "value": {"shape": "Number"}, "min": 1},
        Blob={"type": "blob", "max": 5},
        Number={"type": "integer", "min": -1, "max": 7},
    )
    assert shown == [
        "response: structure Response",
        "Least: string, at least 1 character",
        "Most: string, at most 1 character, a match of [a-z]",
        "Both: string, 0 to 9 characters, one of A, B, sensitive",
        "Same: string, exactly 3 characters",
        "List: list, at most 2 items",
        "[n]: string, exactly 3 characters",
        "Map: map, at least 1 entry",
        "[key]: string, exactly 3 characters",
        "[value]: integer, -1 to 7",
        "Blob: blob, at most 5 bytes",
        "Number: integer, -1 to 7",
    ]


def test_an_enum_is_shown_whole(toy_lines: Any) -> None:
    """A message shows the first thirty values; the tree, which is there to be looked at, shows all."""
    values = [f"V{number}" for number in range(40)]
    shown = toy_lines(Response=structure(One="One"), One={"type": "string", "enum": values})
    assert shown[1] == f"One: string, one of {', '.join(values)}"


def test_a_union_says_so(toy_lines: Any) -> None:
    """Of a union one member is there."""
    shown = toy_lines(Response=structure(One="One"), One={**structure(A="T"), "union": True}, T={"type": "string"})
    assert shown[1:] == ["One: structure One, exactly one of its members", "A: string"]


def test_an_operation_that_takes_or_gives_nothing(toy_lines: Any) -> None:
    """There is a tree all the same, of one line; a structure without members is that, as often as it comes."""
    assert toy_lines() == ["response: nothing"]
    shown = toy_lines(Response=structure(A="Bare", B="Bare"), Bare=structure())
    assert shown[1:] == ["A: structure Bare", "B: structure Bare"]


def test_what_cannot_be_shown() -> None:
    """Another operation or another side is refused, with what there is."""
    with pytest.raises(
        UsageError, match=r"There is no operation 'batch_get_profil'\. .+ Did you mean 'batch_get_profile"
    ):
        outline("batch_get_profil")
    with pytest.raises(UsageError) as caught:
        outline("batch_get_profile", "error")  # type: ignore[arg-type]
    wanted = 'of is \'error\'. An operation has a request and a response. Give "request" or "response".'
    assert str(caught.value) == wanted
