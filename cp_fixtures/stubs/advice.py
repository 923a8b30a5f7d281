"""The way out that every refusal and every verdict ends with, in the words that one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cp_fixtures.validation import CODES, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cp_fixtures.errors import Violation

__all__ = ["how_to_stub", "how_to_switch_off", "ignoring"]


def how_to_switch_off(*options: str) -> str:
    """Where an option that switches a check off is written: on a test, and outside of pytest."""
    return f"{' or '.join(filter(None, options))}, in @pytest.mark.cp_fixtures(...) or in stubbed(...)"


def ignoring(violations: Iterable[Violation]) -> str:
    """The option that leaves out just the rules that were broken, `ignore={"max", "pattern"}`; "" where none does."""
    rules = {each.rule for each in violations}
    codes = ", ".join(f'"{rule}"' for rule in sorted(rules))
    return f"ignore={{{codes}}}" if rules <= CODES.keys() else ""


def how_to_stub(operation: str) -> str:
    """The method that stubs a call of an operation: `add_batch_get_profile(...)`."""
    return f"add_{operation}(...)" if operation in OUTCOMES else f"add_response({operation!r}, ...)"
