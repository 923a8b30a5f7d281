"""Values converted by the shape that each has, wherever it is."""

from __future__ import annotations

from typing import Any

from shape_values import structure, toy

from cp_fixtures.validation import converted

TOYS = toy(
    Top=structure(Text="Text", Texts="Texts", Named="Named", Plain="Plain", Top="Top"),
    Plain=structure(Number="Number"),
    Texts={"type": "list", "member": {"shape": "Text"}},
    Named={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Texts"}},
    Text={"type": "string"},
    Number={"type": "integer"},
)
VALUE: dict[str, Any] = {
    "Text": "a",
    "Texts": ["b"],
    "Named": {"c": ["d"]},
    "Plain": {"Number": 1},
    "Top": {"Text": "e"},
    "Unknown": "f",
}


def test_what_has_a_function_is_converted_wherever_it_is() -> None:
    """In structures, lists and the values of maps; not a map's keys, nor what the model does not know."""
    assert converted(TOYS.shape("Top"), VALUE, {"string": str.upper}) == {
        "Text": "A",
        "Texts": ["B"],
        "Named": {"c": ["D"]},
        "Plain": {"Number": 1},
        "Top": {"Text": "E"},
        "Unknown": "f",
    }
    assert VALUE["Texts"] == ["b"]


def test_what_a_containers_function_gives_is_gone_into() -> None:
    """A list's own function comes before those of its items."""
    made = converted(TOYS.shape("Texts"), ("a", "b"), {"list": list, "string": str.upper})
    assert made == ["A", "B"]


def test_what_is_not_of_its_shape_stays() -> None:
    """The validator finds it where it is."""
    value = {"Texts": "b", "Named": 5, "Plain": None, "Top": []}
    assert converted(TOYS.shape("Top"), value, {"string": str.upper}) == value


def test_a_value_with_nothing_to_convert_is_not_gone_into() -> None:
    """It is the very same object, be it ever so large."""
    assert converted(TOYS.shape("Top"), VALUE, {"timestamp": str}) is VALUE
    assert converted(None, VALUE, {"string": str.upper}) is VALUE
    assert converted(TOYS.shape("Top"), VALUE, {"string": str})["Plain"] is VALUE["Plain"]
