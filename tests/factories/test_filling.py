"""Members that nobody has told us of: filled from their shape alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from cp_fixtures.factories import making, overrides
from cp_fixtures.factories.filling import filled
from cp_fixtures.shapes import Node, shape_node
from cp_fixtures.validation import find

TEXT = Node(name="Text", type="string")
NUMBER = Node(name="Number", type="integer")


def node(kind: str, **limits: Any) -> Node:
    """A node of tomorrow's model."""
    return Node(name="New", type=kind, **limits)


def tomorrow(members: dict[str, Node], preset: str = "full") -> Any:
    """A profile made for a model of which only these members are new."""
    known = shape_node("Profile")
    profile = replace(known, members={**known.members, **members}, kept={})
    made = making.made_profile(profile, "en_US", Random(0), preset=preset, overrides={}, number=1)
    assert find(profile, made) == []
    return made


@pytest.mark.parametrize(
    "value",
    [
        node("string"),
        node("string", min=3, max=5),
        node("string", min=40, max=50),
        node("string", min=10**5),
        node("string", pattern="^[a-zA-Z0-9_-]+$", min=1, max=64),
        node("string", pattern="[a-f0-9]{32}"),
        node("string", pattern=r"^\d{10}$"),
        node("string", pattern="^https://.*"),
        node("string", pattern=r"^\d{4}-\d{2}-\d{2}T.*Z$"),
        node("string", pattern="^arn:aws:.*"),
        node("string", enum=("ONE", "OTHER")),
        node("integer"),
        node("integer", min=5, max=5),
        node("integer", max=-3),
        node("long", min=10**12),
        node("float", min=0, max=1),
        node("double"),
        node("boolean"),
        node("blob", min=20),
        node("timestamp"),
        node("document"),
        node("list", item=TEXT),
        node("list", item=NUMBER, min=3, max=4),
        node("map", key=TEXT, value=NUMBER),
        node("map", key=TEXT, value=NUMBER, min=2),
        node("structure", members={"A": TEXT, "B": node("list", item=TEXT)}, required=("A",)),
        node("structure", members={"A": node("string", pattern="^never matched$"), "B": TEXT}, union=True),
        node("structure"),
    ],
    ids=repr,
)
def test_every_kind_of_shape_is_filled_legally(value: Any) -> None:
    """Whatever its limits, the validator finds nothing, and the same Random gives the same value."""
    made = [filled(value, "NewMember", Random(seed)) for seed in range(20)]
    assert all(item is not None and find(value, item) == [] for item in made)
    assert made == [filled(value, "NewMember", Random(seed)) for seed in range(20)]


def test_a_text_says_which_member_it_is_of() -> None:
    """So that one sees in a failing test where it came from."""
    assert filled(TEXT, "FavouriteColour", Random(0)).startswith("FavouriteColour-")


@pytest.mark.parametrize(
    "value",
    [
        node("string", pattern="^never matched$"),
        node("list", item=node("string", pattern="^never matched$")),
        node("map", key=TEXT, value=node("string", pattern="^never matched$")),
        node("structure", members={"A": node("string", pattern="^never matched$")}, required=("A",)),
        node("structure", members={"A": node("string", pattern="^never matched$")}, union=True),
        node("events"),
    ],
    ids=repr,
)
def test_what_cannot_be_filled_simply_is_none(value: Any) -> None:
    """Better no value than an illegal one."""
    assert filled(value, "NewMember", Random(0)) is None


def test_a_shape_within_itself_ends() -> None:
    """A tree is filled a few levels deep."""
    members: dict[str, Node] = {"Name": TEXT}
    tree = node("structure", members=members, required=("Name",))
    members["Children"] = node("list", item=tree)
    made = filled(tree, "Tree", Random(0))
    assert find(tree, made) == []
    assert made["Children"][0]["Name"].startswith("Name-")


def test_a_circle_without_an_end_is_left_out() -> None:
    """A shape that must contain itself has no value at all."""
    members: dict[str, Node] = {}
    ring = node("structure", members=members, required=("Next",))
    members["Next"] = ring
    assert filled(ring, "Ring", Random(0)) is None


@pytest.mark.parametrize(
    "value",
    [
        node("structure", members={"Deep": node("list", item=TEXT, min=1)}, required=("Deep",)),
        node("structure", members={"Deep": node("map", key=TEXT, value=TEXT, min=1)}, required=("Deep",)),
        node("structure", members={"Deep": node("structure", members={"A": TEXT}, union=True)}, required=("Deep",)),
    ],
    ids=repr,
)
def test_what_lies_too_deep_is_left_out_with_what_needs_it(value: Any) -> None:
    """From the fourth level on no list, map or union is begun that could not be empty."""
    assert filled(value, "NewMember", Random(0), depth=3) is None
    assert find(value, filled(value, "NewMember", Random(0), depth=2)) == []


@pytest.mark.parametrize("kind", ["list", "map"])
def test_what_may_be_empty_is_empty_when_it_lies_too_deep(kind: str) -> None:
    """So that a deep value still has an end."""
    assert filled(node(kind, item=TEXT, key=TEXT, value=TEXT), "NewMember", Random(0), depth=4) in ([], {})


def test_tomorrows_member_is_in_the_full_preset() -> None:
    """A member that the model gains is there the day it comes, and none of today's is lost."""
    made = tomorrow({"ShoeSize": node("integer", min=30, max=50), "Nickname": TEXT})
    assert 30 <= made["ShoeSize"] <= 50
    assert made["Nickname"].startswith("Nickname-")
    assert set(made) == set(shape_node("Profile").members) - {"FoundByItems"} | {"ShoeSize", "Nickname"}


def test_tomorrows_member_is_not_in_the_typical_preset() -> None:
    """What is typical does not change with the model."""
    assert "ShoeSize" not in tomorrow({"ShoeSize": NUMBER}, "typical")


def test_tomorrows_member_of_an_address() -> None:
    """The same within an address: in full there, in typical not."""
    address = shape_node("Address")
    wider = {"Address": replace(address, members={**address.members, "Planet": TEXT}, kept={})}
    assert tomorrow(wider)["Address"]["Planet"].startswith("Planet-")
    assert "Planet" not in tomorrow(wider, "typical")["Address"]


def test_a_narrower_model_is_obeyed() -> None:
    """Where a known member no longer takes what we know, it is filled from its shape, or left out."""
    made = tomorrow({"FirstName": node("string", max=3), "LastName": node("string", pattern="^never matched$")})
    assert len(made["FirstName"]) == 3
    assert "LastName" not in made


def test_a_narrower_model_gives_every_process_the_same_data() -> None:
    """What is filled is drawn in the order of the model, not in that of a set, which is another in each process."""
    code = """
from dataclasses import replace
from random import Random
from cp_fixtures.factories.making import made_profile
from cp_fixtures.shapes import Node, shape_node
known, short = shape_node("Profile"), Node(name="Short", type="string", pattern="^[0-9a-f]{32}$")
names = ("FirstName", "LastName", "MiddleName", "BusinessName", "BirthDate", "AccountNumber")
node = replace(known, members={**known.members, **dict.fromkeys(names, short)}, kept={})
made = made_profile(node, "en_US", Random(0), preset="full", overrides={}, number=1)
print([made[name] for name in names])
"""
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1


def test_a_member_that_is_gone_is_not_made() -> None:
    """An older model gets the members that it knows."""
    known = shape_node("Profile")
    older = replace(known, members={name: known.members[name] for name in ("ProfileId", "FirstName")}, kept={})
    made = making.made_profile(older, "en_US", Random(0), preset="full", overrides={}, number=1)
    assert list(made) == ["ProfileId", "FirstName"]


def test_merging_shares_nothing() -> None:
    """Neither the base nor the plan is changed, and the result shares no dict with them."""
    base, plan = {"A": {"B": "1"}}, {"A": {"C": ["2"]}}
    made = overrides.merged(base, plan)
    made["A"]["C"].append("3")
    assert (base, plan) == ({"A": {"B": "1"}}, {"A": {"C": ["2"]}})
    assert made == {"A": {"B": "1", "C": ["2", "3"]}}


def contacts(*names: str, **more: Node) -> Node:
    """The list of the contacts of a preference."""
    item = Node(name="Contact", type="structure", members={**dict.fromkeys(names, TEXT), **more})
    return Node(name="Contacts", type="list", item=item)


USUAL = ("KeyName", "KeyValue", "ProfileId", "ContactType")


@pytest.mark.parametrize(
    ("members", "order", "first"),
    [
        ({"Email": contacts(*USUAL), "Phone": contacts(*USUAL)}, ["Email", "Phone"], [*USUAL]),
        ({"Phone": contacts(*USUAL), "Fax": contacts("KeyName")}, ["Phone", "Fax"], [*USUAL]),
        ({"Phone": contacts("ProfileId", "KeyName")}, ["Phone"], ["ProfileId", "KeyName"]),
        ({"Phone": contacts(*USUAL, Weight=NUMBER)}, ["Phone"], [*USUAL, "Weight"]),
        ({"Phone": TEXT, "Email": contacts(*USUAL)}, ["Email"], [*USUAL]),
    ],
)
def test_preferences_of_another_kind(members: dict[str, Node], order: list[str], first: list[str]) -> None:
    """In the order of the model, with what is new filled from its shape, and what has gone left out."""
    node_of_all = Node(name="Preferences", type="structure", members=members)
    made = tomorrow({"EngagementPreferences": node_of_all})["EngagementPreferences"]
    assert [*made] == order
    assert [next([*value[0]] for value in made.values() if isinstance(value, list))] == [first]


def test_one_model_has_people_with_and_without_telephones() -> None:
    """Whoever comes first: what the one has not got, the next one has all the same."""
    known = shape_node("Profile")
    for locales in (("es_ES", "en_US", "ja_JP"), ("en_US", "ja_JP", "es_ES")):
        profile = replace(known, kept={})
        for locale in locales:
            made: Any = making.made_profile(profile, locale, Random(0), preset="full", overrides={}, number=1)
            whole: Any = making.made_profile(known, locale, Random(0), preset="full", overrides={}, number=1)
            assert repr(made) == repr(whole)
            assert sum(name.endswith("PhoneNumber") for name in made) == {"es_ES": 0, "en_US": 4, "ja_JP": 3}[locale]
