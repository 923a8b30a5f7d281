"""What cp_raises hands out: errors of a service, caught by their codes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from cp_fixtures.errors import UsageError, clip

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["raises"]


@contextmanager
def raises(code: str) -> Iterator[pytest.ExceptionInfo[ClientError]]:
    """Catch an error by its code, and give what pytest.raises gives.

    Args:
        code: the code, such as "ThrottlingException".

    Raises:
        AssertionError: no error came, or one of another code.
        UsageError: it is no code.
    """
    __tracebackhide__ = True
    if not isinstance(code, str):
        raise UsageError(
            f"cp_raises was given {clip(code)}.",
            "It catches an error of a service by its code.",
            'Give the code, "ThrottlingException" for one; any other exception is for pytest.raises.',
        )
    with pytest.raises(ClientError) as caught:  # noqa: PT012 - one statement is the block's, the other is for its end
        yield caught
        raise AssertionError(f"No error came, and {code!r} was wanted. Correct the code, or what the test wants.")
    got = caught.value.response.get("Error", {}).get("Code")
    if got != code:
        raise AssertionError(
            f"The call of {caught.value.operation_name} ended in the error {got!r}, and {code!r} was wanted. "
            "Correct the code, or what the test wants."
        ) from caught.value
