"""The public names: which there are, where they come from, and what it costs to ask for them."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys

import pytest

import cp_fixtures


def alone(code: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", cp_fixtures.__all__)
def test_a_public_name_is_its_modules_own(name: str) -> None:
    """Each is found, is the one object of the module that it lives in, and stands in that module's `__all__`."""
    [home] = [home for home, names in cp_fixtures._HOMES.items() if name in names]
    module = importlib.import_module(f"cp_fixtures.{home}")
    assert getattr(cp_fixtures, name) is getattr(module, name)
    assert name in module.__all__


def test_the_names_are_sorted_and_few() -> None:
    """At most 20, each once, and all of them have a home."""
    names = cp_fixtures.__all__
    assert len({*names}) == len(names) <= 20
    assert sorted(names, key=lambda name: (not name.isupper(), name)) == names
    assert sorted(names) == sorted(name for names in cp_fixtures._HOMES.values() for name in names)


def test_dir_tells_the_names() -> None:
    """Before any was asked for, so that a shell can complete them."""
    assert (
        alone("import cp_fixtures as c; print({*c.__all__} - {*dir(c)}, {*c.__all__} & {*vars(c)})") == "set() set()\n"
    )


@pytest.mark.parametrize(("name", "first"), [("cases", "Case"), ("samples", "ALL"), ("strategies", "addresses")])
def test_a_room_is_found_by_its_name(name: str, first: str) -> None:
    """`import cp_fixtures` is enough to say `cp_fixtures.strategies.profiles()`, and a shell completes it."""
    said = alone(f"""
import sys, cp_fixtures
print("{name}" in dir(cp_fixtures), "cp_fixtures.{name}" in sys.modules)
print(cp_fixtures.{name}.__all__[0], cp_fixtures.{name} is sys.modules["cp_fixtures.{name}"])
""")
    assert said == f"True False\n{first} True\n"


def test_a_name_is_looked_for_once() -> None:
    """Asked for again, it is an attribute like any other."""
    counted = "import cp_fixtures as c; print('validate' in vars(c)); c.validate; print('validate' in vars(c))"
    assert alone(counted) == "False\nTrue\n"


def test_a_star_import_gets_all_names() -> None:
    """And nothing else."""
    names: dict[str, object] = {}
    exec("from cp_fixtures import *", names)  # noqa: S102 - a star import is allowed at a module's top alone
    assert sorted(names.keys() - {"__builtins__"}) == sorted(cp_fixtures.__all__)


def test_an_unknown_name() -> None:
    """It is the error that Python itself gives, so that hasattr, getattr and import say what they always say."""
    with pytest.raises(AttributeError) as caught:
        _ = cp_fixtures.ProfilFactory
    assert str(caught.value) == "module 'cp_fixtures' has no attribute 'ProfilFactory'"
    assert (caught.value.name, caught.value.obj) == ("ProfilFactory", cp_fixtures)
    assert not hasattr(cp_fixtures, "nothing")
    with pytest.raises(ImportError, match="cannot import name 'ProfilFactory' from 'cp_fixtures'"):
        from cp_fixtures import ProfilFactory  # noqa: F401 - it is not there


def test_python_suggests_a_near_name() -> None:
    """What a mistyped name should have been."""
    said = alone("import cp_fixtures; cp_fixtures.ProfilFactory")
    assert said.endswith("has no attribute 'ProfilFactory'. Did you mean: 'ProfileFactory'?\n")


def test_the_import_alone_brings_nothing() -> None:
    """Neither a module of ours nor anybody's."""
    said = alone("""
import sys
import importlib, typing, __future__
before = {*sys.modules}
import cp_fixtures
print(sorted({*sys.modules} - before))
""")
    assert said == "['cp_fixtures']\n"


@pytest.mark.parametrize(
    ("name", "unneeded"),
    [
        ("Violation", ("boto3", "faker", "hypothesis", "pytest")),
        ("validate", ("boto3", "faker", "hypothesis", "pytest")),
        ("Exchange", ("boto3", "hypothesis", "pytest")),
        ("ProfileFactory", ("boto3", "hypothesis", "pytest")),
        ("stubbed", ("hypothesis", "pytest")),
        ("cases", ("boto3", "hypothesis", "pytest")),
        ("samples", ("boto3", "faker", "hypothesis", "pytest")),
        ("strategies", ("boto3", "faker")),
    ],
)
def test_a_name_brings_no_more_than_it_needs(name: str, unneeded: tuple[str, ...]) -> None:
    """A script that validates needs no people, and none of ours needs pytest."""
    assert alone(f"import sys; from cp_fixtures import {name}; print({{*{unneeded}}} & {{*sys.modules}})") == "set()\n"


def test_classes_can_be_pickled() -> None:
    """What pytest-xdist and multiprocessing send around is found again by its own name."""
    for name in ("Exchange", "ProfileFactory", "Violation", "VerdictError", "stubbed"):
        assert pickle.loads(pickle.dumps(getattr(cp_fixtures, name))) is getattr(cp_fixtures, name)  # noqa: S301 - ours
