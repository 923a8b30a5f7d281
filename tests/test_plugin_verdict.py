"""The verdict: when it is given, on which test, in which words, and when it is not."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest
from pytest_runs import outcomes, report, run

SEED = """
--------------------------------- cp_fixtures ----------------------------------
The made-up data come from seed 0 and the test's name: --cp-seed=0 repeats them."""

CODE = """
import unittest
import pytest
from cp_fixtures import Exchange, Refused, VerdictError, stubbed

IDS = [f"{number:032x}" for number in range(1, 22)]

def lookup(client, operation="batch_get_profile", **params):
    try:
        return getattr(client, operation)(**{"DomainName": "d", "ProfileIds": IDS[:1]} | params)
    except Exception:
        pass
"""

WHERE = "in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
UNUSED = (
    "1 stub that the code did not use up:\n"
    "  batch_get_profile of 1 id in amazon-connect-example: 1 found, 0 refused (once; not used)\n"
    "Let the code make the call, or register its stub with optional=True, or switch the check off: "
    f"assert_all_used=False, {WHERE}"
)
UNEXPECTED = (
    "1 call that nobody stubbed:\n"
    "  call 1, batch_get_profile of 1 id in d, at test_it.py:9, in lookup\n"
    "    No stub is registered.\n"
    "Stub what the code may ask for, or correct what it asks for. Where it is to meet that error, say so: "
    f"assert_all_expected=False, {WHERE}"
)
REFUSED = (
    "1 request that the service would refuse:\n"
    "  call 1, {}, at test_it.py:9, in lookup:\n"
    "    {}\n"
    'Correct what the code asks for, or switch the check off: ignore={{"{}"}} or strict=False, ' + WHERE
)
WRONG = {
    "21 ids": (
        "lookup(cp_client, ProfileIds=IDS)",
        ("strict=False", "ignore={'max'}"),
        REFUSED.format("batch_get_profile of 21 ids in d", "ProfileIds: wanted at most 20 items, got 21 items", "max"),
    ),
    "a hyphenated id": (
        "lookup(cp_client, ProfileIds=['2f1c8e5a-63f0-4b43-9a3e-0c6d1f1b7a90'])",
        ("strict=False", "ignore={'pattern'}"),
        REFUSED.format(
            "batch_get_profile of 1 id in d",
            "ProfileIds[0]: wanted a match of [a-f0-9]{32}, got '2f1c8e5a-63f0-4b43-9a3e-0c6d1f1b7a90'",
            "pattern",
        ),
    ),
    "MaxResults": (
        "lookup(cp_client, 'get_segment_membership', SegmentDefinitionName='s', MaxResults=5)",
        ("strict=False", "ignore={'unknown'}"),
        REFUSED.format(
            "get_segment_membership of 1 id in d",
            "MaxResults: wanted a member of GetSegmentMembershipRequest "
            "(DomainName, SegmentDefinitionName, ProfileIds), got an unknown one",
            "unknown",
        ),
    ),
}


def code(source: str) -> str:
    """The tests, below what they share."""
    return CODE + dedent(source)


@pytest.mark.parametrize("name", WRONG)
def test_a_swallowed_request_that_the_service_would_refuse_fails_the_test(pytester: pytest.Pytester, name: str) -> None:
    """The test itself fails, and its report is the verdict, without any traceback, and without a seed."""
    call, _, message = WRONG[name]
    result = run(pytester, code(f"def test_it(cp_client, cp_stubber):\n    {call}"))
    result.assert_outcomes(failed=1)
    assert report(result, "test_it") == message


@pytest.mark.parametrize(("name", "switch"), [(name, switch) for name, (_, off, _) in WRONG.items() for switch in off])
def test_with_the_check_switched_off_it_passes(pytester: pytest.Pytester, name: str, switch: str) -> None:
    """Either all checks of requests, or the one rule by its code; the stub answers what it is asked."""
    source = f"""
    @pytest.mark.cp_fixtures({switch})
    def test_it(cp_client, cp_stubber):
        for operation in ("batch_get_profile", "get_segment_membership"):
            cp_stubber.add_exchange(Exchange(operation, response={{}}), optional=True)
        {WRONG[name][0]}
        [call] = cp_stubber.calls
        assert (call.fate == "answered") == ({name!r} != "MaxResults")
    """
    run(pytester, code(source)).assert_outcomes(passed=1)


def test_a_swallowed_call_that_nobody_stubbed_fails_the_test(pytester: pytest.Pytester) -> None:
    """With assert_all_expected=False it passes."""
    source = """
    def test_it(cp_client, cp_stubber):
        lookup(cp_client)

    @pytest.mark.cp_fixtures(assert_all_expected=False)
    def test_off(cp_client, cp_stubber):
        lookup(cp_client)
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"failed": 1, "passed": 1}
    assert report(result, "test_it") == UNEXPECTED
    result.stdout.fnmatch_lines(["FAILED test_it.py::test_it*"])


def test_a_stub_that_was_not_used_fails_the_test(pytester: pytest.Pytester) -> None:
    """With assert_all_used=False, or registered as optional, it passes."""
    source = """
    def test_it(cp_batch_get_profile):
        cp_batch_get_profile()

    @pytest.mark.cp_fixtures(assert_all_used=False)
    def test_off(cp_batch_get_profile):
        cp_batch_get_profile()

    def test_optional(cp_batch_get_profile):
        cp_batch_get_profile(optional=True)
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"failed": 1, "passed": 2}
    assert report(result, "test_it") == UNUSED + SEED


def test_all_that_is_wrong_is_said_at_once(pytester: pytest.Pytester) -> None:
    """One group after the other, with an empty line between."""
    source = """
    def test_it(cp_client, cp_stubber, cp_batch_get_profile):
        lookup(cp_client)
        cp_stubber.add_get_segment_membership(optional=True)
        cp_stubber.add_error("get_segment_membership", "ThrottlingException")
    """
    said = report(run(pytester, code(source)), "test_it").removesuffix(SEED).split("\n\n")
    assert [group.splitlines()[0] for group in said] == [
        "1 call that nobody stubbed:",
        "1 stub that the code did not use up:",
    ]


def test_strict_warn_only_warns(pytester: pytest.Pytester) -> None:
    """The request is answered, the test passes, and the summary of warnings has what the verdict would have said."""
    source = """
    @pytest.mark.cp_fixtures(strict="warn")
    def test_it(cp_client, cp_stubber):
        cp_stubber.add_exchange(Exchange("batch_get_profile", response={}))
        assert lookup(cp_client, ProfileIds=IDS)["ResponseMetadata"]
    """
    result = run(pytester, code(source), "-W", "default")
    result.assert_outcomes(passed=1, warnings=1)
    first, *_ = WRONG["21 ids"][2].partition("\n")
    result.stdout.fnmatch_lines(["test_it.py::test_it", f"*RequestWarning: {first}", "*wanted at most 20 items*"])


def test_a_warning_can_be_made_an_error(pytester: pytest.Pytester) -> None:
    """With a filter the test fails all the same, in its own phase."""
    source = """
    @pytest.mark.filterwarnings("error::cp_fixtures.errors.RequestWarning")
    @pytest.mark.cp_fixtures(strict="warn")
    def test_it(cp_client, cp_stubber):
        cp_stubber.add_exchange(Exchange("batch_get_profile", response={}))
        lookup(cp_client, ProfileIds=IDS)
    """
    result = run(pytester, code(source))
    result.assert_outcomes(failed=1)
    assert report(result, "test_it") == WRONG["21 ids"][2]


def test_a_warning_that_is_an_error_hides_nothing(pytester: pytest.Pytester) -> None:
    """What else cannot be right is told with it."""
    source = """
    @pytest.mark.filterwarnings("error")
    @pytest.mark.cp_fixtures(strict="warn")
    def test_it(cp_client, cp_stubber):
        cp_stubber.add_exchange(Exchange("batch_get_profile", response={}))
        lookup(cp_client, ProfileIds=IDS)
        cp_stubber.add_batch_get_profile()
    """
    result = run(pytester, code(source))
    result.assert_outcomes(failed=1)
    assert report(result, "test_it") == f"{WRONG['21 ids'][2]}\n\n{UNUSED}{SEED}"


def test_a_warning_points_at_the_test(pytester: pytest.Pytester) -> None:
    """At its first line, and filters see its module; what `stubbed` warns of is at the line of the block."""
    source = """
    @pytest.mark.cp_fixtures(strict="warn")
    def test_it(cp_client, cp_stubber):
        cp_stubber.add_exchange(Exchange("batch_get_profile", response={}))
        lookup(cp_client, ProfileIds=IDS)

    @pytest.mark.filterwarnings("ignore::UserWarning:test_it")
    @pytest.mark.cp_fixtures(strict="warn")
    def test_filtered(cp_client, cp_stubber):
        cp_stubber.add_exchange(Exchange("batch_get_profile", response={}))
        lookup(cp_client, ProfileIds=IDS)

    def test_block():
        with stubbed(Exchange("batch_get_profile", response={}), strict="warn") as stubber:
            lookup(stubber.client, ProfileIds=IDS)
    """
    result = run(pytester, code(source), "-W", "default")
    result.assert_outcomes(passed=3, warnings=2)
    said = [line.strip().rpartition("/")[2] for line in result.outlines if "RequestWarning: " in line]
    assert [line.partition(": ")[0] for line in said] == ["test_it.py:13", "test_it.py:25"]


def test_all_who_judge_a_test_are_heard(pytester: pytest.Pytester) -> None:
    """What the client did before there was a stubber, what the stubber saw, and the guard of the run, at once."""
    pytester.makeini("[pytest]\ncp_no_network = true")
    source = """
    import boto3

    @pytest.fixture
    def early(cp_client):
        lookup(cp_client)

    def test_it(early, cp_stubber):
        cp_stubber.add_batch_get_profile()
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"failed": 1}
    said = report(result, "test_it").removesuffix(SEED).split("\n\n")
    assert said[0].startswith(UNEXPECTED.partition("    No stub")[0])
    assert said[1:] == [UNUSED]


def test_a_verdict_by_the_test_itself_is_not_the_last(pytester: pytest.Pytester) -> None:
    """Who calls `judge` and goes on is judged for what came since, stubs included; what was told is not told again."""
    source = """
    def test_it(cp_client, cp_stubber):
        cp_stubber.add_get_segment_membership()
        with pytest.raises(VerdictError, match="get_segment_membership"):
            cp_stubber.judge()
        cp_stubber.add_batch_get_profile()
    """
    result = run(pytester, code(source))
    result.assert_outcomes(failed=1)
    assert report(result, "test_it") == UNUSED + SEED


def test_xfail_takes_the_verdict_for_a_failure(pytester: pytest.Pytester) -> None:
    """Strict, by either class, and not by another."""
    source = """
    @pytest.mark.parametrize("wanted", [None, VerdictError, AssertionError, KeyError])
    def test_it(request, cp_batch_get_profile, wanted):
        request.applymarker(pytest.mark.xfail(strict=True, raises=wanted))
        cp_batch_get_profile()
    """
    # An older pytest shows the reports of -rx as they are, and has no option for it.
    result = run(pytester, code(source), "-rx", *(["--xfail-tb"] if pytest.version_tuple >= (8, 2) else []))
    result.assert_outcomes(xfailed=3, failed=1)
    assert report(result, "test_it[AssertionError]") == UNUSED


def test_xfail_that_the_verdict_does_not_meet_is_an_unexpected_pass(pytester: pytest.Pytester) -> None:
    """And nothing is said on top of it, also not where a finalizer makes a call."""
    source = """
    @pytest.fixture
    def late(cp_client, cp_stubber):
        yield
        lookup(cp_client)

    @pytest.mark.xfail(strict=True)
    def test_it(late):
        pass
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"failed": 1}
    assert report(result, "test_it") == "[XPASS(strict)] "


def test_nothing_is_said_on_top_of_a_failure(pytester: pytest.Pytester) -> None:
    """A test that raised, was skipped or failed as expected has its own report, and no other; its seed is said."""
    source = """
    @pytest.fixture
    def late(cp_client, cp_batch_get_profile):
        cp_batch_get_profile()
        yield
        lookup(cp_client)

    def test_failed(late): assert [1] == [2]
    def test_skipped(late): pytest.skip("on purpose")
    def test_xfailed(late): pytest.xfail("on purpose")
    def test_exited(late): raise SystemExit

    class TestCase(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def set_up(self, late): pass

        def test_case_failed(self): self.assertEqual([1], [2])
        def test_case_skipped(self): self.skipTest("on purpose")
        @unittest.expectedFailure
        def test_case_xfailed(self): self.fail()
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"failed": 3, "skipped": 2, "xfailed": 2}
    assert "nobody stubbed" not in result.stdout.str()
    assert "did not use up" not in result.stdout.str()
    assert report(result, "test_failed").endswith(SEED)


def test_what_may_be_why_stands_beside_a_failure(pytester: pytest.Pytester) -> None:
    """Code that swallows makes a test fail for what it returns; a refused call is told in a section, a stub is not."""
    source = """
REQUEST = {"DomainName": "amazon-connect-example", "ProfileIds": ["b33f1c2a-8d7e-4f60-9a51-2c3d4e5f6071"]}

def swallow(client):
    try:
        return client.batch_get_profile(**REQUEST)
    except Exception:
        return {}

def test_swallowed(cp_client, cp_stubber):
    cp_stubber.add_batch_get_profile(1)
    assert swallow(cp_client) == {"x": 1}

def test_told(cp_client, cp_stubber):
    cp_client.batch_get_profile(**REQUEST)

def test_right(cp_client, cp_stubber):
    cp_stubber.add_batch_get_profile(1)
    assert False
"""
    result = run(pytester, source)
    assert outcomes(result) == {"failed": 3}
    text = report(result, "test_swallowed")
    assert "- cp_fixtures, which may be why -" in text
    assert "1 request that the service would refuse:\n  call 1, batch_get_profile of 1 id in amazon-conn" in text
    assert "did not use up" not in text
    assert "which may be why" not in report(result, "test_told") + report(result, "test_right")


@pytest.mark.skipif(pytest.version_tuple < (9,), reason="an older pytest knows no subtests")
def test_nothing_is_said_on_top_of_a_failed_subtest(pytester: pytest.Pytester) -> None:
    """pytest's own and unittest's; where all have passed, or were skipped, the verdict is given as ever."""
    source = """
    @pytest.mark.parametrize("problem", [KeyError, pytest.skip.Exception])
    def test_it(cp_batch_get_profile, subtests, problem):
        cp_batch_get_profile()
        with subtests.test("one"):
            raise problem("on purpose")
        with subtests.test("two"):
            pass

    @pytest.mark.usefixtures("cp_batch_get_profile")
    class TestCase(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def set_up(self, cp_batch_get_profile): cp_batch_get_profile()

        def test_case(self):
            with self.subTest("one"):
                self.fail("on purpose")
    """
    result = run(pytester, code(source))
    assert "\n".join(result.outlines).count(UNUSED) == 1
    assert report(result, "test_it[Skipped]") == UNUSED + SEED
    result.stdout.fnmatch_lines(["SUBFAILED* test_it.py::test_it?KeyError?*", "SUBFAILED* test_it.py::TestCase*"])


def test_a_block_of_a_fixture_is_silent_likewise(pytester: pytest.Pytester) -> None:
    """One that a function's fixture leaves after its test has failed, or was skipped; one of a module's has its say."""
    source = """
    @pytest.fixture
    def own():
        with stubbed() as stubber:
            stubber.add_batch_get_profile()
            yield

    @pytest.fixture(scope="module")
    def shared():
        with stubbed() as stubber:
            stubber.add_batch_get_profile()
            yield

    @pytest.fixture
    def broken(own): raise KeyError("on purpose")

    def test_passed(own): pass
    def test_failed(own): assert [1] == [2]
    def test_skipped(own): pytest.skip("on purpose")
    @pytest.mark.xfail(strict=True)
    def test_xfailed(own): assert [1] == [2]
    def test_broken(broken): pass
    def test_last(own, shared): assert [1] == [2]
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"passed": 1, "failed": 2, "skipped": 1, "xfailed": 1, "errors": 3}
    said = [line for line in result.outlines if line.startswith("ERROR ")]
    assert [line.split()[1] for line in said] == [f"test_it.py::test_{name}" for name in ("passed", "broken", "last")]


def test_nothing_is_said_where_the_test_was_not_run(pytester: pytest.Pytester) -> None:
    """Another fixture that fails, or skips, after a stub was registered and a call was made, is the whole report."""
    source = """
    @pytest.fixture
    def ready(cp_client, cp_batch_get_profile):
        cp_batch_get_profile()
        lookup(cp_client)

    @pytest.fixture
    def broken(ready): raise KeyError("on purpose")

    @pytest.fixture
    def skipping(ready): pytest.skip("on purpose")

    def test_broken(broken): pass
    def test_skipping(skipping): pass
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"errors": 1, "skipped": 1}
    said = report(result, "test_broken")
    assert "E   KeyError: 'on purpose'" in said
    assert said.endswith(SEED)
    assert "stubbed:" not in result.stdout.str()


def test_what_finalizers_do_is_judged_at_teardown(pytester: pytest.Pytester) -> None:
    """A call of a later fixture's finalizer that nobody stubbed is an error at teardown, and that call alone."""
    source = """
    @pytest.fixture
    def late(cp_client, cp_stubber):
        yield
        lookup(cp_client)

    def test_it(cp_client, cp_batch_get_profile, late):
        lookup(cp_client, **cp_batch_get_profile().request)
    """
    result = run(pytester, code(source))
    result.assert_outcomes(passed=1, errors=1)
    said = report(result, "test_it")
    assert said.startswith(UNEXPECTED.replace("call 1", "call 2").partition("    No stub")[0])
    assert said.endswith(SEED)


def test_a_stub_is_to_be_used_before_the_finalizers(pytester: pytest.Pytester) -> None:
    """What only a finalizer would use is registered as optional, or by the finalizer itself; then all is well."""
    source = """
    @pytest.fixture
    def late(cp_client, cp_batch_get_profile):
        early = cp_batch_get_profile(optional=True)
        yield
        for exchange in (early, cp_batch_get_profile()):
            assert lookup(cp_client, **exchange.request) == exchange.response

    def test_it(late):
        pass
    """
    run(pytester, code(source)).assert_outcomes(passed=1)


def test_unittest(pytester: pytest.Pytester) -> None:
    """A TestCase takes the fixtures by usefixtures or an autouse method; its test fails, and is judged, like others."""
    source = """
    class TestCase(unittest.TestCase):
        @pytest.fixture(autouse=True)
        def set_up(self, cp_client, cp_stubber):
            self.client, self.stubber = cp_client, cp_stubber

        def test_right(self):
            exchange = self.stubber.add_batch_get_profile()
            self.assertEqual(lookup(self.client, **exchange.request), exchange.response)

        def test_unused(self):
            self.stubber.add_batch_get_profile()

        @pytest.mark.cp_fixtures(assert_all_used=False)
        def test_off(self):
            self.stubber.add_batch_get_profile()

        @unittest.expectedFailure
        def test_expected(self):
            self.stubber.add_batch_get_profile()
            self.fail()

        @pytest.mark.xfail(raises=VerdictError, strict=True)
        def test_xfail(self):
            self.stubber.add_batch_get_profile()

    @pytest.mark.usefixtures("cp_stubber")
    class TestUsing(unittest.TestCase):
        def test_nothing(self):
            pass

    class TestEntering(unittest.TestCase):
        def test_block(self):
            block = stubbed()
            stubber = block.__enter__()
            self.addCleanup(block.__exit__, None, None, None)
            exchange = stubber.add_batch_get_profile()
            self.assertEqual(lookup(stubber.client, **exchange.request), exchange.response)
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"passed": 4, "failed": 1, "xfailed": 2}
    assert report(result, "TestCase.test_unused") == UNUSED + SEED


def test_doctest(pytester: pytest.Pytester) -> None:
    """A doctest gets the fixtures by `getfixture`, and the verdict."""
    pytester.maketxtfile(
        test_right="""
    >>> exchange = getfixture("cp_batch_get_profile")()
    >>> answer = getfixture("cp_client").batch_get_profile(**exchange.request)
    >>> answer == exchange.response
    True
    """,
        test_unused="""
    >>> _ = getfixture("cp_batch_get_profile")()
    """,
    )
    result = run(pytester, None)
    assert outcomes(result) == {"passed": 1, "failed": 1}
    assert report(result, "[doctest] test_unused.txt") == UNUSED + SEED


def test_each_parameter_is_judged_by_itself(pytester: pytest.Pytester) -> None:
    """Nothing of one test is left for the next one."""
    source = """
    @pytest.mark.parametrize("used", [False, True, False])
    def test_it(cp_client, cp_batch_get_profile, used):
        exchange = cp_batch_get_profile()
        if used:
            lookup(cp_client, **exchange.request)
    """
    result = run(pytester, code(source), "-v")
    assert [line.split()[1] for line in result.outlines if "::test_it[" in line and "%]" in line] == [
        "FAILED",
        "PASSED",
        "FAILED",
    ]


def test_a_fixture_asked_for_in_the_test_is_judged(pytester: pytest.Pytester) -> None:
    """By `getfixturevalue`, and by a fixture of the user's own."""
    source = """
    @pytest.fixture
    def own(cp_stubber):
        return cp_stubber.add_batch_get_profile

    def test_it(request):
        request.getfixturevalue("cp_stubber").add_batch_get_profile()

    def test_own(own):
        own()
    """
    result = run(pytester, code(source))
    result.assert_outcomes(failed=2)
    assert report(result, "test_it") == report(result, "test_own") == UNUSED + SEED


def test_a_test_that_is_run_again_is_judged_afresh(pytester: pytest.Pytester) -> None:
    """As plugins do that repeat flaky tests: the stubs and the calls of the first run are not held against the next."""
    pytester.makeconftest("""
    from _pytest.runner import runtestprotocol

    def pytest_runtest_protocol(item, nextitem):
        for _ in range(3):
            for report in runtestprotocol(item, nextitem=nextitem, log=False):
                print(f"{report.when}={report.outcome}")
            item._initrequest()
        return True
    """)
    source = """
    TIMES = []

    @pytest.fixture
    def late(cp_stubber):
        if len(TIMES) == 2:
            cp_stubber.add_batch_get_profile()
            raise KeyError

    def test_it(cp_client, cp_batch_get_profile, late):
        TIMES.append(1)
        exchange = cp_batch_get_profile()
        if len(TIMES) > 1:
            lookup(cp_client, **exchange.request)
    """
    said = [line for line in run(pytester, code(source), "-s").outlines if "=" in line and " " not in line]
    first, second, third = said[:3], said[3:6], said[6:]
    assert [line.rpartition("call=")[2] for line in first][1] == "failed"
    assert second == ["setup=passed", "call=passed", "teardown=passed"]
    assert third == ["setup=failed", "teardown=passed"]


def test_the_stubbers_of_tests_that_have_ended_are_let_go(pytester: pytest.Pytester) -> None:
    """A long run does not keep the data of all its tests."""
    source = """
    import gc
    from cp_fixtures import CustomerProfilesStubber
    COUNTS = set()

    @pytest.mark.parametrize("time", range(4))
    def test_it(cp_client, cp_batch_get_profile, time):
        lookup(cp_client, **cp_batch_get_profile().request)
        gc.collect()
        COUNTS.add(sum(type(each) is CustomerProfilesStubber for each in gc.get_objects()))
        assert len(COUNTS) == 1
    """
    run(pytester, code(source)).assert_outcomes(passed=4)


def test_fixtures_of_a_wider_scope_are_built_with_stubbed(pytester: pytest.Pytester) -> None:
    """Such a fixture gives its verdict when it ends: an error at the teardown of its last test."""
    source = """
    @pytest.fixture(scope="module", params=["module"])
    def shared():
        with stubbed() as stubber:
            stubber.add_batch_get_profile(times=2)
            yield stubber

    def test_first(shared):
        lookup(shared.client, **shared.registry.stubs[0].reply({}).request)

    def test_last(shared):
        pass
    """
    result = run(pytester, code(source))
    result.assert_outcomes(passed=2, errors=1)
    said = report(result, "test_last[module]")
    assert ">       with stubbed() as stubber:\n" in said
    assert "VerdictError: 1 stub that the code did not use up:" in said
    assert "verdict.py" not in said
    assert said.endswith(SEED)


def test_a_block_in_a_test_shows_its_line(pytester: pytest.Pytester) -> None:
    """The verdict of `stubbed` in a test's own code names the block, and none of our own lines."""
    source = """
    def test_it():
        with stubbed() as stubber:
            pass
        with stubbed() as stubber:
            stubber.add_batch_get_profile()
    """
    said = report(run(pytester, code(source), "--tb=short"), "test_it")
    assert said.startswith(
        "test_it.py:16: in test_it\n    with stubbed() as stubber:\nE   cp_fixtures.errors.VerdictError: 1"
    )
    assert said.count("test_it.py:") == 1


def test_a_failing_test_that_only_used_a_wider_fixture_says_the_seed(pytester: pytest.Pytester) -> None:
    """Also the second test, which found the fixture made; not a test that has seen nothing of ours."""
    source = """
    @pytest.fixture(scope="module")
    def shared():
        with stubbed(seed=None) as stubber:
            yield stubber.add_batch_get_profile(optional=True)

    def test_first(shared): pass
    def test_second(shared): assert [1] == [2]
    def test_other(): assert [1] == [2]
    """
    result = run(pytester, code(source))
    assert outcomes(result) == {"passed": 1, "failed": 2}
    assert report(result, "test_second").endswith(SEED)
    assert "cp_fixtures" not in report(result, "test_other")


def test_no_call_phase_no_verdict(pytester: pytest.Pytester) -> None:
    """--setup-only and --setup-plan run no test, so there is nothing to judge."""
    source = code("""
    @pytest.fixture
    def ready(cp_batch_get_profile): cp_batch_get_profile()
    def test_it(ready): pass
    """)
    for option in ("--setup-only", "--setup-plan"):
        assert run(pytester, source, option).ret == pytest.ExitCode.OK


REFUSED = """
import unittest
from cp_fixtures import stubbed

def test_refused(cp_client, cp_stubber):
    cp_client.batch_get_profile(DomainName="d", ProfileIds=["0f" * 16] * 21)

def test_misused(cp_stubber):
    cp_stubber.add_batch_get_profile(-1)

class TestOfUnittest(unittest.TestCase):
    def test_refused(self):
        with stubbed() as stubber:
            stubber.client.batch_get_profile(DomainName="d", ProfileIds=["1e" * 16] * 21)
"""


def test_traceback_ends_at_the_line_that_is_wrong(pytester: pytest.Pytester) -> None:
    """What botocore and we did on the way to an error of ours is left out, but with --full-trace."""
    short, whole = (run(pytester, REFUSED, *options).stdout.str() for options in ((), ("--full-trace",)))
    for line in ("cp_client.batch_get", "cp_stubber.add_batch_get_profile(-1)", "stubber.client.batch_get"):
        assert re.search(rf"^> +{re.escape(line)}.*\nE  ", short, re.MULTILINE)
        assert line in whole
    assert ("botocore/" in short, "cp_fixtures/" in short) == (False, False)
    assert ("botocore/" in whole, "cp_fixtures/" in whole) == (True, True)


def test_traceback_of_another_error_is_whole(pytester: pytest.Pytester) -> None:
    """Where botocore itself refuses what is asked, its lines are there as ever."""
    source = """
def test_unknown(cp_client, cp_stubber):
    cp_client.batch_get_profile(Nobody="d")
"""
    assert "botocore/" in run(pytester, source).stdout.str()


def test_error_of_a_fixture_of_ours_is_found_in_that_fixture(pytester: pytest.Pytester) -> None:
    """No line of the test has caused it: ours stay, and pytest leaves its own out."""
    source = code("""
    @pytest.mark.cp_fixtures(locale="xx")
    def test_it(cp_profile_factory): pass
    """)
    said = run(pytester, source, "--tb=short").stdout.str()
    assert "in cp_profile_factory\n    return ProfileFactory(" in said
    assert "_pytest/" not in said
