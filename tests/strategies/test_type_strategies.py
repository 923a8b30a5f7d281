"""The TypedDicts of boto3's type stubs, drawn by annotations."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp_fixtures import UsageError, check, strategies
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find


def test_typed_dicts_are_drawn() -> None:
    """Once registered, every type of a shape gives legal values; a response has its ResponseMetadata."""
    stubs = pytest.importorskip("mypy_boto3_customer_profiles.type_defs")
    registered = strategies.register_type_strategies()
    assert {stubs.ProfileTypeDef, stubs.AddressTypeDef, stubs.BatchGetProfileResponseTypeDef} <= set(registered)

    @given(st.from_type(stubs.ProfileTypeDef), st.from_type(stubs.GetSegmentMembershipResponseTypeDef))
    def draw(profile: Any, response: Any) -> None:
        assert find(shape_node("Profile"), profile) == []
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 200
        check("get_segment_membership", response)

    draw()


def test_functions_are_called_with_legal_values() -> None:
    """`st.builds` fills in what is annotated."""
    stubs = pytest.importorskip("mypy_boto3_customer_profiles.type_defs")
    strategies.register_type_strategies()

    def name_of(profile: Any) -> str:
        return str(profile.get("FirstName", "?"))

    name_of.__annotations__["profile"] = stubs.ProfileTypeDef

    @given(st.builds(name_of))
    def draw(name: str) -> None:
        assert 1 <= len(name) <= 255

    draw()


def test_without_the_stubs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither package is installed it is said which to install."""

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError) as caught:
        strategies.register_type_strategies()
    assert str(caught.value) == (
        "Neither mypy_boto3_customer_profiles nor types_boto3_customer_profiles is installed. "
        "Their TypedDicts are what strategies are registered for. "
        "Install one of them: pip install mypy-boto3-customer-profiles"
    )


def test_importing_registers_nothing() -> None:
    """Hypothesis is left as it is: no type, no profile of settings."""
    script = """
from hypothesis import settings
before = repr(settings())
import cp_fixtures.strategies, sys
print(before == repr(settings()), any("mypy_boto3" in name for name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
