"""Coherent fictitious people and businesses, who reach nobody. The only importer of Faker.

Faker is imported when the first person is made, and with PeopleProvider, which is a class of Faker's kind: that one is
found when it is first asked for.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cp_fixtures.people.locales import locales
from cp_fixtures.people.making import People
from cp_fixtures.people.records import LONGEST, Gender, Given, Person, PostalAddress
from cp_fixtures.people.tricky import CAST, Role

if TYPE_CHECKING:
    from cp_fixtures.people.provider import PeopleProvider as PeopleProvider

__all__ = [
    "CAST",
    "LONGEST",
    "Gender",
    "Given",
    "People",
    "PeopleProvider",
    "Person",
    "PostalAddress",
    "Role",
    "locales",
]


def __getattr__(name: str) -> object:
    if name == "PeopleProvider":
        from cp_fixtures.people.provider import PeopleProvider  # noqa: PLC0415 - it brings Faker

        return PeopleProvider
    # With these two, Python itself suggests a near name.
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
