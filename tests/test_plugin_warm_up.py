"""What is slow once is done before Hypothesis measures an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def test_first_example_is_no_slower_than_the_second(pytester: pytest.Pytester) -> None:
    """The fixture has made a client and a person: the first block runs no more functions than any other."""
    pytester.makepyfile(
        """
        import sys

        def functions_run(stubbed):
            count = 0

            def seen(frame, event, argument):
                nonlocal count
                count += event == "call"

            sys.setprofile(seen)
            try:
                with stubbed() as stubber:
                    stubber.client.batch_get_profile(**stubber.add_batch_get_profile().request)
            finally:
                sys.setprofile(None)
            return count

        def test_block(cp_stubbed):
            first, second = functions_run(cp_stubbed), functions_run(cp_stubbed)
            assert first < 2 * second
        """
    )
    pytester.runpytest_subprocess("-q").assert_outcomes(passed=1)
