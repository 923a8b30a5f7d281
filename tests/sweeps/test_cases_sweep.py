"""The finite lists of every operation of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from case_checks import (
    LISTS,
    check_faults_are_single,
    check_faults_reach_all,
    check_ids,
    check_variants_are_legal,
    check_variants_show_all,
)

from cp_fixtures.service import operations

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKS = [check_variants_are_legal, check_variants_show_all, check_faults_are_single, check_faults_reach_all]


@pytest.mark.parametrize("operation", operations())
@pytest.mark.parametrize("check", CHECKS)
def test_every_operation(check: Callable[[str], None], operation: str) -> None:
    """What the suite asks of a few operations holds for all."""
    check(operation)


@pytest.mark.parametrize("operation", operations())
def test_every_id(operation: str) -> None:
    """Of every list of every operation."""
    for cases in LISTS:
        check_ids(cases, operation)
