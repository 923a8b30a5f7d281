"""What a test asserts of the log of the calls; each failure shows every call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import listed, several
from cp_fixtures.exchanges import copied
from cp_fixtures.stubs.matching import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cp_fixtures.stubs.registry import Registry
    from cp_fixtures.stubs.stub import Call

__all__ = ["Asserting", "Calls"]

_MOST_CALLS = 50


class Calls(tuple["Call", ...]):
    """The calls of the code under test, in order."""

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

    @property
    def calls(self) -> Calls:
        """Every call in order: operation, params (a copy), the exchange that answered or None, violations."""
        return Calls(self.registry.calls)

    def assert_called(self, operation: str, **params: Any) -> None:
        """Assert that the code has made such a call, at least once.

        Args:
            operation: the operation, as boto3 spells its method.
            params: some of its parameters; what is not named may be anything. Ids may come in any order.

        Raises:
            AssertionError: it has not; every call is shown.
            UsageError: no such operation.
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
            UsageError: no such operation.
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
            UsageError: no such operation.
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
            UsageError: no such operation.
        """
        __tracebackhide__ = True
        if operation is not None:
            self._known(operation)
        wanted = dict.fromkeys(profile_ids)
        asked = dict.fromkeys(each for call in self.calls.of(operation) for each in _ids(call))
        missing, extra = [each for each in wanted if each not in asked], [each for each in asked if each not in wanted]
        if missing or extra:
            faults = {"not asked for": missing, "not wanted": extra}
            told = "; ".join(f"{fault}: {several(ids)}" for fault, ids in faults.items() if ids)
            raise AssertionError(f"Other ids were asked for than the {len(wanted)} wanted; {told}. {self._shown()}")

    def _known(self, operation: str) -> object:
        raise NotImplementedError

    def _assert(self, operation: str, params: dict[str, Any], holds: Callable[[int], bool], wanted: str) -> None:
        __tracebackhide__ = True
        self._known(operation)
        count = len(self.calls.of(operation, **params))
        if not holds(count):
            named = "".join(f", {name}={value!r}" for name, value in params.items()).removeprefix(", ")
            times = {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")
            raise AssertionError(f"{operation}({named}) was to be called {wanted}, and was {times}. {self._shown()}")

    def _shown(self) -> str:
        if not self.calls:
            return "There was no call at all. Correct the code, or what the test wants."
        return f"The calls were:\n{listed(self.calls, _MOST_CALLS)}\nCorrect the code, or what the test wants."


def _has(call: Call, params: dict[str, Any]) -> bool:
    got = {name: value for name, value in call.params.items() if name in params}
    return not differences(None, copied(params), got)


def _ids(call: Call) -> list[Any]:
    ids = call.params.get("ProfileIds")
    return ids if isinstance(ids, list) else []
