"""Coherent fictitious people and businesses, who reach nobody. The only importer of Faker."""

from __future__ import annotations

from cp_fixtures.people.locales import locales
from cp_fixtures.people.making import People
from cp_fixtures.people.provider import PeopleProvider
from cp_fixtures.people.records import Gender, Given, Person, PostalAddress

__all__ = ["Gender", "Given", "People", "PeopleProvider", "Person", "PostalAddress", "locales"]
