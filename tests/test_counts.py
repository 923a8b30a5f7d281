"""What is to cost little is counted, not timed: a slow-down shows on any machine, however busy.

The limits are what was counted when they were written, and a quarter more. Who exceeds one for a good reason raises it.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from counting import calls, counting, of
from first_uses import FAKER, USES, WORK

from cp_fixtures import Domain, Exchange, ProfileFactory, stubbed, validate
from cp_fixtures.validation import fast

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Generator

IDS = [f"{number:032x}" for number in range(20)]
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": IDS}
RESPONSE = {"Profiles": [{"ProfileId": each} for each in IDS], "Errors": list[Any]()}
EXCHANGE = Exchange("batch_get_profile", request=REQUEST, response=RESPONSE)
MADE = ProfileFactory(seed=1).build_batch(20, "full")


@pytest.fixture(autouse=True)
def written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check is written out as a function at once, and not when that pays: so it has been, whatever ran before."""
    monkeypatch.setattr(fast, "_PAYS", 1)


def judge(counted: Counter[str], most: int, what: str) -> None:
    """Fail where more of our functions were called than the limit says, and where the limit says nothing."""
    ours = of("cp_fixtures", counted)
    often = "\n".join(f"  {count:6} {name}" for name, count in ours.most_common(15))
    said = f"{what} takes {ours.total()} calls of our functions, and the limit is {most}.\n{often}"
    assert ours.total() <= most, (
        f"{said}\nCount the same before your change, `calls(...)` of tests/counting.py does it, and look at what grew."
    )
    assert ours.total() >= most / 2, f"{said}\nIt takes less than half: lower the limit, so that it guards."


def one_profile(preset: str) -> Callable[[], object]:
    """The first profile of a new factory."""
    return lambda: ProfileFactory(seed=1).build(preset)


def one_block(**options: Any) -> Callable[[], object]:
    """A block entered, one call in it, left with a verdict."""

    def work() -> None:
        with stubbed(EXCHANGE, **options) as stubber:
            assert len(stubber.client.batch_get_profile(**REQUEST)["Profiles"]) == 20

    return work


def made_block() -> None:
    """A block with twenty profiles made up, registered and asked for."""
    with stubbed(seed=1) as stubber:
        stubber.client.batch_get_profile(**stubber.add_batch_get_profile(20).request)


LIMITS: dict[str, tuple[Callable[[], object], int]] = {
    "a minimal profile": (one_profile("minimal"), 20),
    "a typical profile": (one_profile("typical"), 31),
    "a full profile": (one_profile("full"), 42),
    "a business": (one_profile("business"), 40),
    "a tricky profile": (one_profile("tricky"), 80),
    "20 full profiles judged": (lambda: validate("batch_get_profile", {"Profiles": MADE, "Errors": []}), 355),
    "an exchange of 20 ids": (lambda: Exchange("batch_get_profile", request=REQUEST, response=RESPONSE), 315),
    "a block with one call": (one_block(), 205),
    "the same everywhere": (one_block(everywhere=True), 235),
    "the same over the wire": (one_block(wire=True), 400),
    "a block with 20 profiles made": (made_block, 1150),
}


@pytest.mark.parametrize("what", LIMITS)
def test_work_takes_no_more_calls_than_it_took(what: str) -> None:
    """Each piece of work calls about as many of our functions as when its limit was written."""
    work, most = LIMITS[what]
    judge(calls(work), most, what)


ONCE = [
    *(f"{module}.{name}" for module, name in WORK),
    "botocore.loaders.load_file",
    "importlib._bootstrap._load_unlocked",
    "re._compiler.compile",
    # As it is called before Python 3.11.
    "sre_compile.compile",
]
"""What takes long, and is kept when it has been done."""


@pytest.mark.parametrize("what", LIMITS)
def test_what_is_done_once_is_not_done_again(what: str) -> None:
    """Done a second time it compiles neither shapes nor patterns, reads no model, asks no Faker, and loads no module.

    Over the wire it makes a client: the quota of retries is a client's own.
    """
    counted = calls(LIMITS[what][0])
    found = {name: count for name in ONCE if (count := counted[name])} | of("faker", counted)
    assert found == ({"cp_fixtures.clients._made": 1} if "wire" in what else {})


def copies(work: Callable[[], object]) -> dict[str, int]:
    """How often a value was copied as a whole, by the way of copying; none for a way that was not taken."""
    counted = calls(work)
    # `parsed` and an Original that is made are one way, an Original that is copied another.
    ways = {"copied": "copied", "__init__": "parsed", "copy": "copied again"}
    found = {way: counted[f"cp_fixtures.exchanges.copying.{name}"] for name, way in ways.items()}
    return {way: count for way, count in {**found, "deepcopy": counted["copy.deepcopy"]}.items() if count}


@pytest.mark.parametrize("where", ["stubber", "wire"])
def test_what_is_copied_for_a_call(where: str) -> None:
    """The exchange's request for the stub, the call's parameters for the log, and the answer.

    Nobody else needs a copy of his own. Over the wire the answer is made of bytes, of which botocore reads a new one.
    """
    options: dict[str, Any] = {"wire": where == "wire"}
    with stubbed(**options) as stubber:

        def work() -> None:
            stubber.add_exchange(EXCHANGE)
            stubber.client.batch_get_profile(**REQUEST)

        assert copies(work) == {"copied": 2, "copied again": 1}


def test_what_is_copied_for_an_exchange() -> None:
    """Its request and its response, once each, the latter as botocore's parser makes it."""
    exchange = LIMITS["an exchange of 20 ids"][0]
    assert copies(exchange) == {"copied": 1, "parsed": 1}


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("a tricky profile", 1),
        ("20 full profiles judged", 1),
        ("an exchange of 20 ids", 2),
        ("a block with one call", 1),
        ("the same over the wire", 2),
        ("a block with 20 profiles made", 3),
    ],
)
def test_what_is_judged_once(what: str, most: int) -> None:
    """A tricky profile when it is made, both sides of an exchange, the parameters of a call, and its bytes on the wire.

    Where all is made up, its request before anybody is made for it, and what is around those who are.
    """
    assert 0 < calls(LIMITS[what][0])["cp_fixtures.validation.values.find"] <= most


@pytest.mark.parametrize("what", ["a minimal profile", "a typical profile", "a full profile", "a business"])
def test_what_the_model_is_proven_to_take_is_not_judged(what: str) -> None:
    """Made of people alone, a profile is legal as long as the model has room for all of them."""
    assert calls(LIMITS[what][0])["cp_fixtures.validation.values.find"] == 0


class World(NamedTuple):
    """A domain of so many profiles, and a client that it answers."""

    domain: Domain
    client: Any

    def ask(self, operation: str) -> Callable[[], object]:
        """A call about the same ids in a world of any size."""
        named: dict[str, dict[str, Any]] = {
            "batch_get_profile": {"ProfileIds": IDS},
            "get_segment_membership": {"ProfileIds": IDS, "SegmentDefinitionName": "even"},
            "search_profiles": {"KeyName": "_profileId", "Values": IDS[:1]},
        }
        return lambda: getattr(self.client, operation)(DomainName=self.domain.name, **named[operation])


@pytest.fixture
def worlds() -> Generator[tuple[World, World], None, None]:
    """A small world and a large one."""
    small, large = (Domain(f"amazon-connect-{number}") for number in (100, 3000))
    for domain, number in ((small, 100), (large, 3000)):
        for each in range(number):
            domain.put({"ProfileId": f"{each:032x}"})
        domain.segment("even").add(domain.ids[::2])
    with stubbed(small) as one, stubbed(large) as other:
        yield World(small, one.client), World(large, other.client)


@pytest.mark.parametrize(
    ("operation", "most"), [("batch_get_profile", 470), ("get_segment_membership", 1010), ("search_profiles", 370)]
)
def test_a_call_of_a_domain_costs_the_same_in_any_world(worlds: tuple[World, World], operation: str, most: int) -> None:
    """The same functions are called in a world of 100 profiles and in one of 3000, and no list of all is made."""
    small, large = (world.ask(operation) for world in worlds)
    counted = calls(small)
    judge(counted, most, f"{operation} of a domain")
    assert of("cp_fixtures", calls(large)) == of("cp_fixtures", counted)
    # A list of all would hold 8 bytes for each of them.
    assert peak(large) - peak(small) < 8 * 2900 / 2


def peak(work: Callable[[], object]) -> int:
    """The most bytes that a piece of work holds at once, beyond what was there before."""
    work()
    gc.collect()
    was_tracing = tracemalloc.is_tracing()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    work()
    most = tracemalloc.get_traced_memory()[1] - before
    if not was_tracing:
        tracemalloc.stop()
    return most


class Recorder:
    """A plugin that counts what each test of a run calls, from its set-up to its end."""

    def __init__(self) -> None:
        self.counted: list[Counter[str]] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Count one test."""
        with counting() as counted:
            result = yield
        self.counted.append(counted)
        return result


TESTS = {
    "a test that does not use us": ("def test_it(number): pass", 27),
    "a test with cp_batch_get_profile": (
        """def test_it(number, cp_client, cp_batch_get_profile):
            exchange = cp_batch_get_profile([{"FirstName": "Ana"}])
            assert cp_client.batch_get_profile(**exchange.request)["Profiles"][0]["FirstName"] == "Ana"
        """,
        590,
    ),
}


@pytest.mark.parametrize("what", TESTS)
def test_a_test_takes_no_more_calls_than_it_took(pytester: pytest.Pytester, what: str) -> None:
    """From its set-up to its verdict; the first test of a run, which prepares what all share, is not counted."""
    source, most = TESTS[what]
    pytester.makepyfile(f"import pytest\n@pytest.mark.parametrize('number', range(3))\n{source}")
    recorder = Recorder()
    run = pytester.inline_run("-p", "no:randomly", "-p", "no:cacheprovider", plugins=[recorder])
    run.assertoutcome(passed=3)
    judge(recorder.counted[-1], most, what)


class First(NamedTuple):
    """What a first use may cost.

    There is no saying how many modules of others Hypothesis brings: it loads the plugins of whatever is installed.

    Attributes:
        ours: modules of ours that are imported.
        others: modules of others; None for any number.
        shapes: shapes that are compiled.
        checks: nodes of which a check is made.
        codes: different pieces of code that these checks are made of.
    """

    ours: int
    others: int | None = 4
    shapes: int = 0
    checks: int = 0
    codes: int = 0


BARE = ["botocore", "validate", "boto3", "stub", "wire", "domain", "id", "profiles"]
WITH_HYPOTHESIS = ["botocore", "samples", "cases", "strategies"]
FIRST = {
    "validate": First(ours=16, shapes=78, checks=73, codes=9),
    "stub": First(ours=44),
    "wire": First(ours=10),
    "domain": First(ours=43, shapes=10, checks=5, codes=4),
    "id": First(ours=2),
    "profiles": First(ours=2, others=78),
    "samples": First(ours=32, others=8, shapes=113, checks=107, codes=13),
    "cases": First(ours=33, codes=20),
    "strategies": First(ours=27, others=None, shapes=3),
}
"""The order in which a process does them, so that each counts what those before it have not brought."""
BROUGHT = {"profiles": {"faker"}, "strategies": {"click", "faker", "hypothesis", "pytest", "rich"}}
HEAVY = {"boto3", "click", "faker", "hypothesis", "pytest", "rich"}

Counts = dict[str, dict[str, Any]]
"""What `first_uses` counted for each use."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counts, Counts]:
    """What each use has cost in a process of its own, the first time and the second time."""
    path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    # boto3's own client is made too, and is not to look for whoever runs the tests.
    no_aws = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "first_uses", *names],
            env={**own, **no_aws, "PYTHONPATH": path},
            cwd=tmp_path_factory.mktemp("first-uses"),
            stdout=subprocess.PIPE,
            text=True,
        )
        for names in (BARE, WITH_HYPOTHESIS)
    ]
    first: Counts = {}
    again: Counts = {}
    for process in started:
        printed, _ = process.communicate()
        assert process.returncode == 0
        one, other = json.loads(printed)
        first |= one
        again |= other
    return first, again


def test_every_use_is_limited() -> None:
    """All that `first_uses` does has a limit, but for what is others' own."""
    assert {*FIRST} == {*USES} - {"botocore", "boto3"} == {*BARE, *WITH_HYPOTHESIS} - {"botocore", "boto3"}


@pytest.mark.parametrize("use", FIRST)
def test_a_first_use_imports_what_it_needs(rounds: tuple[Counts, Counts], use: str) -> None:
    """Few modules of ours, hardly any of others, and of the heavy ones those alone that the use is about."""
    modules = rounds[0][use]["modules"]
    ours = [name for name in modules if name.partition(".")[0] == "cp_fixtures"]
    others = [name for name in modules if name not in ours]
    assert HEAVY & {*others} <= BROUGHT.get(use, set())
    assert len(ours) <= FIRST[use].ours, f"{use} imports {len(ours)} modules of ours: {ours}"
    most = FIRST[use].others
    assert most is None or len(others) <= most, f"{use} imports {len(others)} modules of others: {others}"


@pytest.mark.parametrize("use", FIRST)
def test_a_first_use_compiles_what_it_needs(rounds: tuple[Counts, Counts], use: str) -> None:
    """The shapes of its operations, each once; what a use before it has compiled is there."""
    work = rounds[0][use]["work"]
    whats = ("a shape compiled", "the check of a node made", "code made of rules")
    shapes, checks, codes = (work.get(what, 0) for what in whats)
    assert shapes <= FIRST[use].shapes, f"{use} compiles {shapes} shapes"
    assert checks <= FIRST[use].checks, f"{use} makes the checks of {checks} nodes"
    assert codes <= FIRST[use].codes, f"{use} makes {codes} pieces of code"


@pytest.mark.parametrize("names", [BARE, WITH_HYPOTHESIS], ids=["bare", "with-hypothesis"])
def test_a_file_of_botocore_s_is_read_once(rounds: tuple[Counts, Counts], names: list[str]) -> None:
    """The service model by whoever comes first, the rest by the first client, and by none after it."""
    files = [file for name in names if name != "boto3" for file in rounds[0][name]["files"]]
    assert sorted(files) == sorted({*files})
    assert [file.rpartition("/")[2] for file in files][:1] == ["service-2"]
    assert [file for file in files if file.endswith("service-2")] == files[:1]


def test_faker_is_asked_for_the_pools_alone(rounds: tuple[Counts, Counts]) -> None:
    """Four hundred draws for each of five lists of names fill the pool of a locale; no profile asks again."""
    asked = rounds[0]["profiles"]["work"][FAKER]
    assert 5 * 400 <= asked <= 2020
    assert rounds[0]["profiles"]["work"]["a pool of names filled"] == 1
    assert not [use for use in FIRST if FAKER in rounds[1][use]["work"]]


def test_all_is_done_once_in_a_process(rounds: tuple[Counts, Counts]) -> None:
    """Each use again, with new clients, stubbers and factories: it imports, reads, compiles and fills nothing.

    A wire has a client of its own, and the cases make a few nodes that are nobody's.
    """
    again = {use: {what: found for what, found in rounds[1][use].items() if found} for use in FIRST}
    assert again.pop("wire") == {"work": {"a client made from nothing": 1}}
    [(what, count)] = again.pop("cases")["work"].items()
    assert (what, count <= 12) == ("the rules of a node read", True)
    assert [use for use, found in again.items() if found] == []


@pytest.mark.parametrize(
    ("what", "users"),
    [
        ("a session made", ["stub"]),
        ("a client made from nothing", ["stub", "wire"]),
        ("a model looked for", ["validate", "samples"]),
        ("the nodes of a service looked for", ["validate", "samples"]),
        ("the nodes of a model made", ["validate", "samples"]),
        ("a pool of names filled", ["profiles", "strategies"]),
    ],
)
def test_whoever_comes_first_makes_it(rounds: tuple[Counts, Counts], what: str, users: list[str]) -> None:
    """Once in each of the two processes; a wire alone has a client that is no clone of the first."""
    made = {use: count["work"][what] for use, count in rounds[0].items() if what in count["work"]}
    assert made == dict.fromkeys(users, 1)
