"""The pictures of docs/reference/shapes.md, held to botocore's own model."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args
from xml.etree import ElementTree as ET

import botocore
import pytest

from cp_fixtures.errors import UsageError
from cp_fixtures.outline import Entry
from cp_fixtures.service import operation_model, operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.model import Shape

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "reference" / "shapes.md").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"
Side = Literal["request", "response"]
TREES = [(operation, side) for operation in ("batch_get_profile", "get_segment_membership") for side in get_args(Side)]


class Row(NamedTuple):
    """A row of a card, read back from the picture."""

    name: str
    limits: str
    required: bool
    sensitive: bool


@dataclass
class Card:
    """A card, read back from the picture."""

    title: str
    x: int
    y: int
    width: int
    height: int
    rows: list[Row]

    def member(self, name: str) -> Row:
        """The row of a member."""
        return next(row for row in self.rows if row.name == name)


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module that draws, which stands in docs/."""
    monkeypatch.syspath_prepend(DOCS)
    monkeypatch.delitem(sys.modules, "_shapes", raising=False)
    return importlib.import_module("_shapes")


def cards(drawing: str) -> list[Card]:
    """The cards of a picture."""
    return [card(each) for each in read(drawing).findall(f"{SVG}g[@transform]") if has_title(each)]


def read(drawing: str) -> Any:
    """A picture, read as XML."""
    return ET.fromstring(drawing)  # noqa: S314 - it was drawn here


def has_title(group: Any) -> bool:
    """Whether a group of the picture is a card: the legend has a group, too."""
    return group.find(f"{SVG}text[@class='title']") is not None


def card(group: Any) -> Card:
    """A card from its group."""
    x, y = (int(number) for number in re.findall(r"\d+", group.get("transform")))
    box = group.find(f"{SVG}rect")
    rows = [row(each) for each in group.findall(f"{SVG}g[@class='row']")]
    return Card(group.find(f"{SVG}text").text, x, y, int(box.get("width")), int(box.get("height")), rows)


def row(group: Any) -> Row:
    """A row from its group."""
    name, *limits = group.findall(f"{SVG}text")
    star = name.find(f"{SVG}tspan") is not None
    return Row(
        name.text, " ".join(each.text for each in limits), star, group.find(f"{SVG}g[@class='lock']") is not None
    )


def ends(drawing: str) -> list[tuple[int, int]]:
    """Where each line of a picture ends."""
    heads = re.findall(r'class="head-of-edge" d="M(\d+),(\d+) ', drawing)
    return [(int(x), int(y)) for x, y in heads]


def top(operation: str, side: Side) -> Any:
    """botocore's own shape of a request or a response."""
    model = operation_model(operation)
    return model.input_shape if side == "request" else model.output_shape


def structures(shape: Any, *, sensitive: bool = False, seen: dict[tuple[str, bool], Any] | None = None) -> Any:
    """botocore's structures in a shape, each with whether it is sensitive or inside something that is."""
    seen = {} if seen is None else seen
    sensitive = sensitive or bool(shape.metadata.get("sensitive"))
    if shape.type_name == "structure" and (shape.name, sensitive) in seen:
        return seen
    if shape.type_name == "structure":
        seen[shape.name, sensitive] = shape
    for inner in inside(shape):
        structures(inner, sensitive=sensitive, seen=seen)
    return seen


def inside(shape: Any) -> Iterator[Shape]:
    """The shapes directly in a shape."""
    yield from getattr(shape, "members", {}).values()
    yield from (getattr(shape, name) for name in ("member", "key", "value") if hasattr(shape, name))


def pictured(shapes: Any, operation: str, side: Side) -> list[tuple[Card, Any, bool]]:
    """The cards of a picture, each with botocore's structure, and whether that is sensitive."""
    model = structures(top(operation, side))
    drawn = cards(shapes.drawing(operation, side))
    assert sorted(each.title for each in drawn) == sorted(name for name, _ in model)
    assert len({name for name, _ in model}) == len(model), "the tests below tell cards apart by their names"
    return [
        (each, shape, sensitive) for (name, sensitive), shape in model.items() for each in drawn if each.title == name
    ]


@pytest.mark.parametrize(("operation", "side"), TREES)
def test_every_member_of_the_model_is_in_the_picture(shapes: Any, operation: str, side: Side) -> None:
    """Each structure has a card, and this the members of the model, in its order; nothing else but what is in lists."""
    for drawn, shape, _ in pictured(shapes, operation, side):
        assert [row.name for row in drawn.rows if row.name not in ("[n]", "[key]", "[value]")] == [*shape.members]


@pytest.mark.parametrize(("operation", "side"), TREES)
def test_every_limit_is_beside_its_member(shapes: Any, operation: str, side: Side) -> None:
    """The row of a text has its greatest length, its pattern and its values; that of a list its most items."""
    checked = 0
    for drawn, shape, _ in pictured(shapes, operation, side):
        for name, member in shape.members.items():
            said = drawn.member(name).limits
            unit = "items" if member.type_name == "list" else "characters"
            assert all(limit in said for limit in limits(member, unit)), (drawn.title, name, said)
            checked += len(limits(member, unit))
    assert checked >= 2


def limits(shape: Any, unit: str) -> list[str]:
    """What has to be said of a shape, by its own metadata."""
    known = shape.metadata
    if known.get("min") == known.get("max") is not None:
        sizes = [f"exactly {known['max']} {unit}"]
    else:
        sizes = [f"{known['min']} to {known['max']} {unit}"] if "max" in known else []
    patterns = [f"a match of {known['pattern']}"] if "pattern" in known else []
    return [*sizes, *patterns, *getattr(shape, "enum", [])]


@pytest.mark.parametrize(("operation", "side"), TREES)
def test_what_is_required_has_a_star(shapes: Any, operation: str, side: Side) -> None:
    """The members that a structure requires have it, and no other."""
    for drawn, shape, _ in pictured(shapes, operation, side):
        assert {row.name for row in drawn.rows if row.required} == set(shape.required_members)


@pytest.mark.parametrize(("operation", "side"), TREES)
def test_what_is_sensitive_has_a_lock(shapes: Any, operation: str, side: Side) -> None:
    """The members that are marked so have it, and all that is inside one."""
    for drawn, shape, sensitive in pictured(shapes, operation, side):
        marked = [name for name, member in shape.members.items() if sensitive or member.metadata.get("sensitive")]
        assert [row.name for row in drawn.rows if row.sensitive and row.name in shape.members] == marked


@pytest.mark.parametrize(("operation", "side"), TREES)
def test_a_line_leads_to_the_card_of_each_structure_held(shapes: Any, operation: str, side: Side) -> None:
    """As many lines reach a card as members hold its structure, directly or in a list."""
    found = pictured(shapes, operation, side)
    reached = ends(shapes.drawing(operation, side))
    held = [
        getattr(member, "member", member).name
        for _, shape, _ in found
        for member in shape.members.values()
        if getattr(member, "member", member).type_name == "structure"
    ]
    for drawn, _, _ in found:
        hits = [y for x, y in reached if drawn.x <= x <= drawn.x + drawn.width and drawn.y < y < drawn.y + 28]
        assert len(hits) == held.count(drawn.title)
    assert len(reached) == len(held)


@pytest.mark.parametrize("side", get_args(Side))
@pytest.mark.parametrize("operation", operations())
def test_any_operation_can_be_drawn(shapes: Any, operation: str, side: Side) -> None:
    """However its structures refer to each other: no card lies on another, and each has its structure's members."""
    drawn = cards(shapes.drawing(operation, side))
    model = structures(top(operation, side)) if top(operation, side) else {}
    assert sorted(each.title for each in drawn) == sorted(name for name, _ in model) or not model
    for one, other in combinations(drawn, 2):
        assert one.x != other.x or one.y + one.height < other.y or other.y + other.height < one.y


def test_a_structure_that_is_sensitive_in_one_place_only_has_two_cards(
    shapes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has the locks, and the other has none."""
    both = [
        Entry(name=f"{sensitive}", type="structure Both", sensitive=sensitive, entries=(inner(sensitive=sensitive),))
        for sensitive in (True, False)
    ]
    tree = Entry(name="response", type="structure Top", entries=tuple(both))
    monkeypatch.setattr(shapes, "outline", lambda *_: tree)
    drawn = cards(shapes.drawing("any", "response"))
    assert sorted((each.title, each.rows[0].sensitive) for each in drawn) == [
        ("Both", False),
        ("Both", True),
        ("Top", True),
    ]


def inner(*, sensitive: bool) -> Entry:
    """A text in a tree."""
    return Entry(name="Text", type="string", sensitive=sensitive)


def test_a_picture_says_in_words_what_it_shows(shapes: Any) -> None:
    """Whoever does not see it hears its title, and every structure with its members."""
    tree = read(shapes.drawing("batch_get_profile", "request"))
    title, text = tree.findall(f"{SVG}title") + tree.findall(f"{SVG}desc")
    assert tree.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}"
    assert title.text == "The request of batch_get_profile"
    assert text.text == "BatchGetProfileRequest has DomainName, ProfileIds, [n]."


def test_the_page_asks_for_every_tree(shapes: Any) -> None:
    """The four pictures stand on the page, each with the same as text, and no comment is left that asks for one."""
    built = shapes.drawn_into(PAGE)
    assert "<!--" not in built
    assert built.count("<svg") == built.count("</svg>") == built.count("</details>") == len(TREES)
    assert "\nresponse: structure GetSegmentMembershipResponse\n  SegmentDefinitionName: string, 1 to 64 char" in built
    assert f">botocore {botocore.__version__}<" in built


def test_a_page_that_asks_for_no_tree_stays_as_it_is(shapes: Any) -> None:
    """A comment of another kind is no request, and text is no comment."""
    page = "# A page\n\n<!-- trees -->\nThere is\nalso <!-- tree: batch_get_profile response -->\n"
    assert shapes.drawn_into(page) == page


def test_a_tree_of_no_operation_is_refused(shapes: Any) -> None:
    """The build of the docs stops, with the name that was meant."""
    with pytest.raises(UsageError, match="batch_get_profile"):
        shapes.drawn_into("<!-- tree: batch_get_profiles request -->")
