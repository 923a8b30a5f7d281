"""Faker is imported when the first person is made, not before: an import of the library costs no people."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cp_fixtures.factories
import cp_fixtures.people


def alone(code: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("module", ["people", "factories", "exchanges", "stubs", "stubbing", "intercept", "cases"])
def test_an_import_does_not_bring_faker(module: str) -> None:
    """Not one module of it."""
    code = f"import sys, cp_fixtures.{module}; print([name for name in sys.modules if name.startswith('faker')])"
    assert alone(code) == "[]\n"


@pytest.mark.parametrize("module", ["exchanges", "stubbing", "intercept"])
def test_a_client_is_stubbed_without_people(module: str) -> None:
    """Who only stubs what is written down pays for nobody's names."""
    code = f"import sys, cp_fixtures.{module}; print([name for name in sys.modules if 'cp_fixtures.people' in name])"
    assert alone(code) == "[]\n"


@pytest.mark.parametrize(
    "code",
    [
        "from cp_fixtures import ProfileFactory; ProfileFactory(seed=1).profile_id()",
        "from cp_fixtures import ProfileFactory; ProfileFactory().build('minimal')",
        "from cp_fixtures import stubbed; stubbed().__enter__()",
        "from cp_fixtures import Exchange, OMIT",
    ],
)
def test_who_makes_nobody_does_not_bring_it(code: str) -> None:
    """An id is no person; neither is a stub that was written by hand."""
    assert alone(f"{code}; import sys; print('faker' in sys.modules)") == "False\n"


@pytest.mark.parametrize(
    "code",
    [
        "from cp_fixtures import ProfileFactory; ProfileFactory().build()",
        "from cp_fixtures import ProfileFactory; ProfileFactory(locale='de_DE')",
        "from cp_fixtures.people import locales; locales()",
        "from cp_fixtures import CustomerProfilesProvider",
        "from cp_fixtures.people import PeopleProvider",
    ],
)
def test_who_needs_it_brings_it(code: str) -> None:
    """A person, the list of locales, and the providers, which are Faker's own kind."""
    assert alone(f"{code}; import sys; print('faker' in sys.modules)") == "True\n"


@pytest.mark.parametrize(("package", "name"), [("factories", "CustomerProfilesProvider"), ("people", "PeopleProvider")])
def test_a_provider_is_found_like_any_other_name(package: str, name: str) -> None:
    """By import, by dir, in `__all__`, and it is the one of its module."""
    code = f"import cp_fixtures.{package} as p; print({name!r} in dir(p), {name!r} in p.__all__, p.{name}.__module__)"
    assert alone(code) == f"True True cp_fixtures.{package}.provider\n"


@pytest.mark.parametrize("package", [cp_fixtures.factories, cp_fixtures.people])
def test_what_is_not_there_is_no_attribute(package: object) -> None:
    """It is the error that Python itself gives."""
    with pytest.raises(AttributeError) as caught:
        _ = package.nothing  # type: ignore[attr-defined]  # it is not there
    name = getattr(package, "__name__", "")
    assert str(caught.value) == f"module {name!r} has no attribute 'nothing'"
    assert (caught.value.name, caught.value.obj) == ("nothing", package)
