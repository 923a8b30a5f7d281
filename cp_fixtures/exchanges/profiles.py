"""The profiles of one exchange: of the factory's making alone, or completed from what the caller says of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from cp_fixtures.errors import clip, unknown_name
from cp_fixtures.shapes import nodes, shape_node
from cp_fixtures.validation import find
from cp_fixtures.validation.agreement import renamed

if TYPE_CHECKING:
    from cp_fixtures.exchanges.plan import Row
    from cp_fixtures.factories import ProfileFactory
    from cp_fixtures.shapes import Node

__all__ = ["Profiles"]


class Profiles:
    """Makes the profiles of one exchange, whose request has been judged.

    Args:
        factory: whoever makes them.
        preset: a preset of the factory.
        operation: what the exchange is of.
    """

    def __init__(self, factory: ProfileFactory, preset: str, operation: str) -> None:
        self._factory, self._preset = factory, preset
        self._are_judged = not factory.ignore and _takes_the_same_ids(operation)
        self._made = factory._maker(preset)  # noqa: SLF001 - it is there for this

    def is_free(self, row: Row) -> bool:
        """Whether its profile is the factory's making alone; without rules, or with what others say, it is anything."""
        # The member of an enum is a text to the model, and stands for one that is to be found in its place.
        return self._are_judged and not row.given and type(row.profile_id) is str

    def of(self, row: Row) -> dict[str, Any]:
        """The profile of a row, of whom the caller says what is given there."""
        if self.is_free(row):
            return cast("dict[str, Any]", self._made(row.profile_id))
        return self.completed(row, row.given)

    def completed(self, row: Row, given: dict[str, Any]) -> dict[str, Any]:
        """The profile of a row, of whom the caller says this.

        Raises:
            UsageError: there is no such member, or what is said breaks the model.
        """
        # These would be taken for arguments of the factory, and no keyword is anything but a text.
        for name in given:
            if name in ("preset", "self") or not isinstance(name, str):
                raise unknown_name("Profile member", name, shape_node("Profile").members, of_model=True)
        own = row.profile_id
        if not find(shape_node("Profile").members["ProfileId"], own):
            return dict(self._factory.build(self._preset, **{**given, "ProfileId": own}))
        # Only where the rule is ignored does such an id come here; the factory, which ignores none, gets a stand-in.
        stand_in = uuid.uuid5(uuid.NAMESPACE_OID, clip(own)).hex
        built = self._factory.build(self._preset, **{**given, "ProfileId": stand_in})
        whole: dict[str, Any] = renamed(built, stand_in, own)
        return whole


def _takes_the_same_ids(operation: str) -> bool:
    """Whether an id that a request may ask for is one that a profile may have."""
    request = nodes().input(operation)
    asked, own = request and request.members["ProfileIds"].item, shape_node("Profile").members["ProfileId"]
    return asked is not None and _limits(asked) == _limits(own)


def _limits(node: Node) -> tuple[object, ...]:
    return node.type, node.min, node.max, node.pattern, node.enum
