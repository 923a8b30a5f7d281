"""What a test asserts of the log of the calls; each failure shows every call."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import UsageError, clip, listed, several, unknown_name
from cp_fixtures.exchanges import copied
from cp_fixtures.stubs.matching import differences
from cp_fixtures.validation.rules import has_sensitive, type_and_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.errors import Violation
    from cp_fixtures.shapes import Node
    from cp_fixtures.stubs.registry import Registry
    from cp_fixtures.stubs.stub import Call

__all__ = ["Asserting", "Calls"]

_MOST_CALLS, _MOST_DIFFERENCES = 50, 5


class Calls(tuple["Call", ...]):
    """The calls of the code under test in order, a tuple of `stubs.Call`."""

    __slots__ = ()

    def of(self, operation: str | None = None, **params: Any) -> Calls:
        """Those of an operation, with these parameters.

        Args:
            operation: the operation, as boto3 spells its method; None for any.
            params: some of the parameters; what is not named may be anything. Ids may come in any order.
        """
        return Calls(call for call in self if operation in (None, call.operation) and _has(call, params))


class Asserting:
    """Assertions on the log: they fail with a sentence and with every call there was."""

    registry: Registry
    _known: Callable[[str], Node | None]
    """The shape of an operation's request; None where it has none. Raises UsageError for no such operation."""

    @property
    def calls(self) -> Calls:
        """Copies of all calls in order, each with operation, params, the exchange that answered or None, violations."""
        return Calls(call.copy() for call in self.registry.calls)

    def assert_called(self, operation: str, **params: Any) -> None:
        """Assert that the code has made such a call, at least once.

        Args:
            operation: the operation, as boto3 spells its method.
            params: some of its parameters; what is not named may be anything. Ids may come in any order.

        Raises:
            AssertionError: it has not; every call is shown.
            UsageError: no such operation, or no such parameter, neither in the model nor in a call.
        """
        __tracebackhide__ = True
        self._assert(operation, params, lambda count: count > 0, "at least once")

    def assert_called_once(self, operation: str, **params: Any) -> None:
        """Assert that the code has made such a call exactly once; as `assert_called` otherwise.

        Args:
            operation: the operation, as boto3 spells its method.
            params: some of its parameters.

        Raises:
            AssertionError: it has not, or several times; every call is shown.
            UsageError: no such operation, or no such parameter, neither in the model nor in a call.
        """
        __tracebackhide__ = True
        self._assert(operation, params, lambda count: count == 1, "exactly once")

    def assert_not_called(self, operation: str, **params: Any) -> None:
        """Assert that the code has made no such call; as `assert_called` otherwise.

        Args:
            operation: the operation, as boto3 spells its method.
            params: some of its parameters.

        Raises:
            AssertionError: it has; every call is shown.
            UsageError: no such operation, or no such parameter, neither in the model nor in a call.
        """
        __tracebackhide__ = True
        self._assert(operation, params, lambda count: count == 0, "never")

    def assert_ids_asked(self, profile_ids: Iterable[str], operation: str | None = None) -> None:
        """Assert that the code has asked for these ids, and for no others: over all calls, in any order.

        Args:
            profile_ids: the ids.
            operation: the operation, as boto3 spells its method; None for all that ask for ids.

        Raises:
            AssertionError: ids are missing, or there are others; every call is shown.
            UsageError: no such operation, or a single text in place of the ids.
        """
        __tracebackhide__ = True
        if isinstance(profile_ids, str):
            raise UsageError(
                f"profile_ids is {clip(profile_ids)}.", "Each of its characters would be an id.", "Give a list of ids."
            )
        if operation is not None:
            self._known(operation)
        wanted = dict.fromkeys(profile_ids)
        asked = dict.fromkeys(each for call in self.calls.of(operation) for each in _ids(call))
        missing, extra = [each for each in wanted if each not in asked], [each for each in asked if each not in wanted]
        if missing or extra:
            faults = {"not asked for": missing, "not wanted": extra}
            told = "; ".join(f"{fault}: {several(ids)}" for fault, ids in faults.items() if ids)
            raise AssertionError(f"Other ids were asked for than the {len(wanted)} wanted; {told}. {self._shown()}")

    def _assert(self, operation: str, params: dict[str, Any], holds: Callable[[int], bool], wanted: str) -> None:
        __tracebackhide__ = True
        node = self._known(operation)
        self._check_params(operation, params, node)
        count = len(self.calls.of(operation, **params))
        if not holds(count):
            named = ", ".join(f"{name}={_told(value, node, name)}" for name, value in params.items())
            times = {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
            shown = self._shown(lambda call: _why_not(call, operation, params, node))
            raise AssertionError(f"{operation}({named}) was to be called {wanted}, and was {times}. {shown}")

    def _check_params(self, operation: str, params: dict[str, Any], node: Node | None) -> None:
        # A name that is mistyped would simply never have been asked for.
        members = {} if node is None else node.members
        names = {*members, *(name for call in self.calls.of(operation) for name in call.params)}
        for name in params:
            if name not in names:
                raise unknown_name(f"parameter of {operation}", name, members)

    def _shown(self, explain: Callable[[Call], str] = str) -> str:
        if not self.calls:
            return "There was no call at all. Correct the code, or what the test wants."
        lines = listed(map(explain, self.calls), _MOST_CALLS)
        return f"The calls were:\n{lines}\nCorrect the code, or what the test wants."


def _has(call: Call, params: dict[str, Any]) -> bool:
    return not _differences(call, params, None)


def _differences(call: Call, params: dict[str, Any], node: Node | None) -> list[Violation]:
    got = {name: value for name, value in call.params.items() if name in params}
    return differences(node, copied(params), got)


def _why_not(call: Call, operation: str, params: dict[str, Any], node: Node | None) -> str:
    found = _differences(call, params, node) if call.operation == operation else []
    return f"{call}:\n{indent(listed(found, _MOST_DIFFERENCES), '  ')}" if found else str(call)


def _told(value: Any, node: Node | None, name: str) -> str:
    member = None if node is None else node.members.get(name)
    return f"<{type_and_length(value)}>" if member is None or has_sensitive(member) else clip(value)


def _ids(call: Call) -> list[str]:
    ids = call.params.get("ProfileIds")
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []
