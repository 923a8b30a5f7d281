"""stubbed(): as a context manager, as a decorator, nested, re-entered, under unittest and Hypothesis."""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from asking import ask, ask_and_swallow, ids
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import CustomerProfilesStubber, Exchange, Refused, UsageError, VerdictError, stubbed, stubbing
from cp_fixtures.clients import isolated_client
from cp_fixtures.errors import clip
from cp_fixtures.options import Options, run_with

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": ids(1)}
FOUND = Exchange("batch_get_profile", request=REQUEST, response={"Profiles": [{"ProfileId": ids(1)[0]}], "Errors": []})
ANY_ERROR = Exchange("batch_get_profile", error={"Error": {"Code": "ThrottlingException", "Message": "m"}})


def test_a_block_has_a_client_of_its_own() -> None:
    """Its stubber is active, and has the exchanges."""
    with stubbed(FOUND) as stubber:
        assert isinstance(stubber, CustomerProfilesStubber)
        assert ask(stubber.client) == FOUND.response
    with pytest.raises(Refused, match="was about to leave for the network"):
        ask(stubber.client)


def test_leaving_gives_the_verdict() -> None:
    """Of stubs and of calls, be they swallowed or not."""
    with pytest.raises(VerdictError, match=r"^1 stub that the code did not use up:"), stubbed(FOUND):
        pass
    with pytest.raises(VerdictError, match=r"^1 call that nobody stubbed:"), stubbed() as stubber:
        ask_and_swallow(stubber.client)


@pytest.mark.parametrize("problem", [KeyError("own"), KeyboardInterrupt(), AssertionError("own")])
def test_an_exception_is_the_only_verdict(problem: BaseException) -> None:
    """What the block raises comes out as it is, with nothing on top of it, and the stubber is inactive."""
    client = isolated_client()
    with pytest.raises(type(problem)) as caught, stubbed(FOUND, client=client):
        raise problem
    assert caught.value is problem
    assert caught.value.__context__ is None
    with pytest.raises(Refused, match="was about to leave"):
        ask(client)


def test_a_block_lasts_until_it_is_left() -> None:
    """Also where nobody keeps it, as in the initializer of a worker; a collection of garbage is no end."""
    client = isolated_client()
    stubbed(ANY_ERROR, client=client, everywhere=True).__enter__()
    gc.collect()
    with pytest.raises(client.exceptions.ClientError):
        ask(client)
    stubbing._open.pop().__exit__(None, None, None)
    with pytest.raises(Refused, match="was about to leave"):
        ask(client)


def test_a_client_of_the_callers() -> None:
    """It is answered inside, and as it was before afterwards."""
    client = isolated_client()
    with stubbed(FOUND, client=client) as stubber:
        assert stubber.client is client
        assert ask(client) == FOUND.response
    with pytest.raises(Refused, match="was about to leave"):
        ask(client)


def test_blocks_in_each_other() -> None:
    """The inner answers first; what it has no stub for, the outer answers; each has its own verdict."""
    client = isolated_client()
    with stubbed(FOUND, client=client):
        with stubbed(ANY_ERROR, client=client), pytest.raises(client.exceptions.ClientError):
            ask(client)
        with stubbed(client=client):
            assert ask(client) == FOUND.response


def test_one_may_be_entered_again_and_inside_itself() -> None:
    """Each entry is a new stubber with all of its exchanges, and starts from the same seed."""
    again = stubbed(FOUND, seed=7)
    made = []
    for _ in range(2):
        with again as outer, again as inner:
            assert outer is not inner
            assert ask(outer.client) == ask(inner.client) == FOUND.response
            made += [each.add_batch_get_profile(3, optional=True) for each in (outer, inner)]
    assert made == [made[0]] * 4


def test_a_failed_inner_entry_leaves_the_outer() -> None:
    """An exception that the inner block raises ends the inner one alone."""
    again = stubbed(FOUND)
    with again as outer:
        with pytest.raises(ZeroDivisionError), again:
            raise ZeroDivisionError
        assert ask(outer.client) == FOUND.response


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            {"strict": "maybe"},
            "The option strict of stubbed is 'maybe'. It is true, false or warn. Give one of the three.",
        ),
        ({"ordered": 5}, "The option ordered of stubbed is 5. It is true or false. Give one of the two."),
        ({"seed": "x"}, "The option seed of stubbed is 'x'. It is a whole number. Give one, such as 7."),
        ({"ignore": 5}, 'The option ignore of stubbed is 5. It is a set of rule codes. Give one, such as {"max"}.'),
        (
            {"ignore": "max"},
            "The option ignore of stubbed is 'max'. It is a set of rule codes. Give one, such as {\"max\"}.",
        ),
    ],
)
def test_an_option_that_cannot_be_is_refused_at_once(arguments: dict[str, Any], problem: str) -> None:
    """When `stubbed` is made, and not when a test that it decorates is run."""
    with pytest.raises(UsageError) as caught:
        stubbed(**arguments)
    assert str(caught.value) == problem


def test_an_unknown_rule_is_refused_at_once() -> None:
    """With the near name."""
    with pytest.raises(UsageError, match=r"There is no rule 'patern'.* Did you mean 'pattern'"):
        stubbed(ignore=iter(["patern"]))


def test_what_is_no_exchange_is_refused_at_once() -> None:
    """A dict for one."""
    with pytest.raises(UsageError, match=r"^This is no exchange: \{'Profiles': \[\]\}\. "):
        stubbed({"Profiles": []})  # type: ignore[call-overload]


@pytest.mark.parametrize("client", [5, "customer-profiles", isolated_client])
def test_what_is_no_client_is_refused_at_once(client: Any) -> None:
    """By everybody who takes one; nothing is made or attached."""
    stubber = CustomerProfilesStubber(isolated_client())
    for take in (CustomerProfilesStubber, lambda client: stubbed(client=client), stubber.attach):
        with pytest.raises(UsageError) as caught:
            take(client)
        assert str(caught.value) == (
            f"This is no client: {clip(client)}. A stubber answers the calls of a boto3 client. "
            'Give one, boto3.client("customer-profiles") for instance, or ask for cp_stubber, which has one.'
        )


def test_a_client_has_a_name() -> None:
    """Without it, it would be taken for an exchange."""
    client: Any = isolated_client()
    with pytest.raises(UsageError) as caught:
        stubbed(client)
    assert str(caught.value) == (
        f"stubbed was given {clip(client)} to stub. "
        "What it takes without a name are exchanges. Write stubbed(client=...)."
    )


def test_a_bare_decorator_is_refused() -> None:
    """It would take the function for an exchange."""

    def function() -> None:
        """Nothing."""

    with pytest.raises(UsageError) as caught:
        stubbed(function)  # type: ignore[call-overload]
    assert str(caught.value) == (
        f"stubbed was given {clip(function)} to stub. It takes exchanges, and decorates once it has them. "
        "Write @stubbed(), with the exchanges inside."
    )


def test_ignore_may_be_any_iterable() -> None:
    """A generator too, and for every entry."""
    again = stubbed(ANY_ERROR, ignore=(code for code in ["max"]))
    for _ in range(2):
        with again as stubber, pytest.raises(stubber.client.exceptions.ClientError):
            ask(stubber.client, *range(21))


def test_the_options_are_those_of_the_running_test_but_for_its_own() -> None:
    """They are looked up at each entry."""
    lenient = stubbed(FOUND)
    with run_with(lambda: Options(assert_all_used=False, seed=5)):
        with lenient:
            pass
        with stubbed() as running, stubbed(seed=5) as same, stubbed(seed=6) as other:
            made = [each.add_batch_get_profile(optional=True) for each in (running, same, other)]
        assert made[0] == made[1] != made[2]
        with pytest.raises(VerdictError), stubbed(FOUND, assert_all_used=True):
            pass
    with pytest.raises(VerdictError), lenient:
        pass


def test_a_function_is_decorated() -> None:
    """Each call is a block of its own; arguments, result, name and docstring are the function's."""
    client = isolated_client()

    @stubbed(FOUND, client=client)
    def function(first: int, *, second: int) -> tuple[int, int, Any]:
        """Its docstring."""
        return first, second, ask(client)

    assert [function(1, second=2) for _ in range(2)] == [(1, 2, FOUND.response)] * 2
    assert (function.__name__, function.__doc__) == ("function", "Its docstring.")


def test_a_decorated_function_gets_the_stubber_that_it_asks_for() -> None:
    """By a parameter `stubber`, which its signature has no more, lest pytest looks for a fixture of that name."""

    @stubbed(FOUND)
    def function(first: int, stubber: Any) -> tuple[int, Any]:
        return first, ask(stubber.client)

    decorated: Any = function
    assert decorated(1) == (1, FOUND.response)
    assert list(inspect.signature(decorated).parameters) == ["first"]


def test_a_decorated_function_is_judged() -> None:
    """Its end is the end of the block."""

    @stubbed(FOUND)
    def function() -> None:
        """It makes no call."""

    with pytest.raises(VerdictError):
        function()


def test_a_coroutine_function_is_decorated() -> None:
    """The block lasts as long as it runs, and calls that overlap have one each."""

    @stubbed(FOUND)
    async def function(number: int, stubber: Any) -> tuple[int, Any]:
        await asyncio.sleep(0)
        response = ask(stubber.client)
        await asyncio.sleep(0)
        return number, response

    decorated: Any = function

    async def all_of_them() -> Any:
        return await asyncio.gather(*(decorated(number) for number in range(5)))

    assert inspect.iscoroutinefunction(function)
    assert asyncio.run(all_of_them()) == [(number, FOUND.response) for number in range(5)]


def test_a_decorated_function_may_run_in_threads() -> None:
    """Each call has its own stubber."""

    @stubbed(FOUND)
    def function(_number: int, stubber: Any) -> Any:
        return ask(stubber.client)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(function, range(40))) == [FOUND.response] * 40


def generates() -> Iterator[int]:
    """A generator."""
    yield 1


async def generates_later() -> AsyncIterator[int]:
    """An asynchronous one."""
    yield 1


@pytest.mark.parametrize("function", [generates, generates_later, unittest.TestCase, 5, "function"])
def test_what_would_run_after_its_block_is_refused(function: Any) -> None:
    """Generators, classes, and what is no function."""
    with pytest.raises(UsageError) as caught:
        stubbed()(function)
    assert str(caught.value) == (
        f"stubbed cannot decorate {function!r}. "
        "It stubs for as long as a call runs, and what that call returns would run after it. "
        "Decorate a function, or write `with stubbed(...)` inside."
    )


def test_a_partial_and_a_lambda_are_decorated() -> None:
    """What can be called and ends when it returns."""
    assert stubbed()(functools.partial(int, base=2))("101") == 5
    assert stubbed()(lambda: 5)() == 5


class InUnittest(unittest.TestCase):
    """As unittest has it, from setUp on."""

    def setUp(self) -> None:
        """Enter, and leave in the cleanup."""
        stack = ExitStack()
        self.addCleanup(stack.close)
        self.stubber = stack.enter_context(stubbed())

    def test_a_call(self) -> None:
        """The verdict is given when the cleanup runs."""
        exchange = self.stubber.add_batch_get_profile()
        assert self.stubber.client.batch_get_profile(**exchange.request) == exchange.response

    @stubbed(FOUND)
    def test_decorated(self, stubber: CustomerProfilesStubber) -> None:
        """A method is decorated as a function is."""
        assert ask(stubber.client) == FOUND.response


def test_unittest_reports_the_verdict() -> None:
    """A test that leaves a stub unused has failed, in the words of the verdict."""

    class Forgetful(InUnittest):
        def test_a_call(self) -> None:
            self.stubber.add_batch_get_profile()

    result = unittest.TestResult()
    Forgetful("test_a_call").run(result)
    assert [text.splitlines()[-3] for _, text in result.failures] == [
        "cp_fixtures.errors.VerdictError: 1 stub that the code did not use up:"
    ]


@given(numbers=st.lists(st.integers(0, 99), min_size=1, max_size=20, unique=True))
def test_under_given(numbers: list[int]) -> None:
    """Each example enters one of its own; nothing is left from the one before."""
    with stubbed() as stubber:
        exchange = stubber.add_batch_get_profile(profile_ids=ids(*numbers))
        assert ask(stubber.client, *reversed(numbers)) == exchange.response
        assert len(stubber.calls) == 1


@given(number=st.integers(0, 99))
@stubbed(ANY_ERROR)
def test_between_given_and_the_test(number: int, stubber: CustomerProfilesStubber) -> None:
    """As a decorator below @given it is entered for each example."""
    with pytest.raises(stubber.client.exceptions.ClientError):
        ask(stubber.client, number)


def test_running_is_for_who_judges_by_himself() -> None:
    """It gives an active stubber for a block, and no verdict comes by itself."""
    with stubbed(FOUND).running() as stubber:
        assert stubber.violations != ()
    assert stubber.client is not None
    with pytest.raises(VerdictError):
        stubber.judge()
