from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cp_fixtures.cases import Case, invalid_requests
from upload import wrong

if TYPE_CHECKING:
    from cp_fixtures import ProfileFactory

WRONG_IDS = [case for case in invalid_requests("batch_get_profile") if case.id.startswith("ProfileIds[0]")]


@pytest.mark.parametrize("case", WRONG_IDS, ids=str)
def test_every_wrong_id_is_told(case: Case[dict[str, Any]]) -> None:
    ids = case.value["ProfileIds"]
    assert wrong(ids) == ids[:1]


def test_right_ids_pass(cp_profile_factory: ProfileFactory) -> None:
    assert wrong([cp_profile_factory.profile_id() for _ in range(20)]) == []
