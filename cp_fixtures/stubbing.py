"""stubbed(): client, stubber and verdict put together; every fixture is a thin use of it."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Iterable
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from botocore.client import BaseClient

from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import UsageError, clip
from cp_fixtures.exchanges import Exchange
from cp_fixtures.intercept import Guard, guarded, intercepted
from cp_fixtures.options import Options, current
from cp_fixtures.settings import updated
from cp_fixtures.stubber import CustomerProfilesStubber
from cp_fixtures.stubs import Delivery, check_is_client, check_is_exchange, is_domain
from cp_fixtures.validation import check_rule_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Literal

    import typing_extensions
    from typing_extensions import Unpack

    from cp_fixtures.domain import Domain
    from cp_fixtures.types import StubbedOptions
    from cp_fixtures.wire import CustomerProfilesWire

__all__ = ["stubbed"]

_Function = TypeVar("_Function", bound="Callable[..., Any]")
if TYPE_CHECKING:
    # Who annotates with `type[stubbed]` means that of a stubber.
    _Delivery = typing_extensions.TypeVar("_Delivery", bound=Delivery, default=CustomerProfilesStubber)
else:
    _Delivery = TypeVar("_Delivery", bound=Delivery)

# A block lasts until it is left: the initializer of a worker process enters one, and has nothing to keep it by.
_open: list[AbstractContextManager[Delivery]] = []


class stubbed(Generic[_Delivery]):  # noqa: N801 - it is used as a function is: with stubbed(exchange) as stubber
    """A stubber for a block, or for each call of a function; leaving it gives the verdict.

    Each entry makes a new stubber, which starts from the same seed, so one `stubbed` may be entered again and again,
    and inside itself; entries that overlap otherwise, in threads or tasks, need one each. Where the block ends in an
    exception, that exception is the only verdict, and so is the report of a test that has failed, or was skipped, when
    its fixture leaves the block. While it runs, a call of any other client is refused before it
    leaves the process, unless the running test's option `network` lets it out. A decorated function that has a
    parameter `stubber` is given it.

    Args:
        *exchanges_and_domains: what is stubbed from the beginning, and the domains that answer what the stubs leave
            over.
        client: the client to answer; None is an isolated one of its own, the stubber's `.client`.
        everywhere: whether it answers every client of Customer Profiles in the process, made before or after.
            `client`, if it is given, is one of them then.
        wire: whether it is a CustomerProfilesWire, which answers as HTTP, with retries and all, and no stubber.
        seed: the number that made-up data start from, an int; None is the running test's.
        locale: the locale of made-up people, one of Faker's; None is the running test's, or "en_US".
        strict: whether requests are judged as the service would; "warn" warns of them only. None for the running
            test's option, or True; likewise below.
        ordered: whether the calls have to come in the order of registering.
        assert_all_used: whether a stub that was not used up fails the block.
        assert_all_expected: whether a call that nobody stubbed fails the block, even where its error was swallowed.
        ignore: the codes of the rules that requests are not held to, such as {"max"}; `validation.CODES` has all.

    Raises:
        UsageError: an option cannot have such a value, something else than an exchange was to be stubbed, or what was
            to answer for is no client.
        VerdictError: on leaving: something in the block cannot be right.
    """

    @overload
    def __init__(
        self: stubbed[CustomerProfilesStubber],
        *exchanges_and_domains: Exchange | Domain,
        wire: Literal[False] = ...,
        **options: Unpack[StubbedOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: stubbed[CustomerProfilesWire],
        *exchanges_and_domains: Exchange | Domain,
        wire: Literal[True],
        **options: Unpack[StubbedOptions],
    ) -> None: ...

    def __init__(
        self,
        *exchanges_and_domains: Exchange | Domain,
        client: BaseClient | None = None,
        everywhere: bool = False,
        wire: bool = False,
        seed: int | None = None,
        locale: str | None = None,
        strict: bool | Literal["warn"] | None = None,
        ordered: bool | None = None,
        assert_all_used: bool | None = None,
        assert_all_expected: bool | None = None,
        ignore: Iterable[str] | None = None,
    ) -> None:
        for each in exchanges_and_domains:
            if not isinstance(each, Exchange) and not is_domain(each):
                _reject_bare_decorator(each)
                _reject_client_by_position(each)
                check_is_exchange(each)
        if client is not None:
            check_is_client(client)
        self._stubs = exchanges_and_domains
        self._client = client
        self._everywhere = everywhere
        self._wire = wire
        given = {
            "seed": seed,
            "locale": locale,
            "strict": strict,
            "ordered": ordered,
            "assert_all_used": assert_all_used,
            "assert_all_expected": assert_all_expected,
            "ignore": list(ignore) if isinstance(ignore, Iterable) and not isinstance(ignore, str) else ignore,
        }
        self._given = {name: value for name, value in given.items() if value is not None}
        if self._given:
            check_rule_codes(updated(Options(), self._given, "stubbed").ignore)
        self._entered: list[tuple[AbstractContextManager[_Delivery], _Delivery]] = []

    def __enter__(self) -> _Delivery:
        block = self.running()
        stubber = block.__enter__()
        self._entered.append((block, stubber))
        _open.append(block)
        return stubber

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        __tracebackhide__ = True
        block, stubber = self._entered.pop()
        _open.remove(block)
        block.__exit__(None, None, None)
        # A fixture is not told that its test has failed.
        if problem is None and not stubber.registry.options.spoilt:
            stubber.judge()

    @contextmanager
    def running(self) -> Iterator[_Delivery]:
        """The same block without a verdict, for a caller who gives it by himself, with the stubber's `judge`."""
        options = updated(current(), self._given, "stubbed")
        client = self._client
        if client is None:
            # The quota of retries is the client's.
            client = isolated_client(retries=options.retries, network=options.network, alone=self._wire)
        kind = _wire_kind() if self._wire else CustomerProfilesStubber
        stubber = cast("_Delivery", kind(client, options=options))
        for each in self._stubs:
            if isinstance(each, Exchange):
                stubber.add_exchange(each)
            else:
                stubber.answer_from(each)
        # Where calls may go out, not even an outer guard keeps them in.
        guard = guarded(None if options.network else Guard(stubber.registry))
        with guard, stubber, intercepted(stubber) if self._everywhere else nullcontext():
            yield stubber

    def __call__(self, function: _Function) -> _Function:
        """Decorate a function, or a coroutine function: each call of it is a block of its own.

        Raises:
            UsageError: it is a class, or a generator, whose block would end before its body has begun.
        """
        _reject_what_ends_before_it_begins(function)
        signature = _signature_without_stubber(function)

        def with_stubber(stubber: _Delivery, kwargs: dict[str, Any]) -> dict[str, Any]:
            return kwargs if signature is None else {"stubber": stubber, **kwargs}

        async def run_async(*args: Any, **kwargs: Any) -> Any:
            with self._again() as stubber:
                return await function(*args, **with_stubber(stubber, kwargs))

        def run(*args: Any, **kwargs: Any) -> Any:
            with self._again() as stubber:
                return function(*args, **with_stubber(stubber, kwargs))

        wrapper: Any = functools.wraps(function)(run_async if inspect.iscoroutinefunction(function) else run)
        if signature is not None:
            # pytest would look for a fixture of that name.
            wrapper.__signature__ = signature
        return cast("_Function", wrapper)

    def _again(self) -> stubbed[_Delivery]:
        # Calls may overlap, in threads and tasks: each has its own entry to end.
        twin = copy.copy(self)
        twin._entered = []  # noqa: SLF001 - of our own class
        return twin


def _wire_kind() -> type[CustomerProfilesWire]:
    from cp_fixtures.wire import CustomerProfilesWire  # noqa: PLC0415 - most tests never come near HTTP

    return CustomerProfilesWire


def _signature_without_stubber(function: Callable[..., Any]) -> inspect.Signature | None:
    """The signature, where there is a parameter `stubber`, without it; None where there is none."""
    try:
        signature = inspect.signature(function)
    except ValueError:
        return None
    rest = [each for name, each in signature.parameters.items() if name != "stubber"]
    return None if len(rest) == len(signature.parameters) else signature.replace(parameters=rest)


def _reject_bare_decorator(function: object) -> None:
    if inspect.isroutine(function) or inspect.isclass(function):
        raise UsageError(
            f"stubbed was given {clip(function)} to stub.",
            "It takes exchanges, and decorates once it has them.",
            "Write @stubbed(), with the exchanges inside.",
        )


def _reject_client_by_position(client: object) -> None:
    if isinstance(client, BaseClient):
        raise UsageError(
            f"stubbed was given {clip(client)} to stub.",
            "What it takes without a name are exchanges.",
            "Write stubbed(client=...).",
        )


def _reject_what_ends_before_it_begins(function: object) -> None:
    is_generator = inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)
    if is_generator or inspect.isclass(function) or not callable(function):
        raise UsageError(
            f"stubbed cannot decorate {clip(function)}.",
            "It stubs for as long as a call runs, and what that call returns would run after it.",
            "Decorate a function, or write `with stubbed(...)` inside.",
        )
