"""Every pattern of every service that the installed botocore has, and every general category of Unicode."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from cp_fixtures.errors import UsageError
from cp_fixtures.patterns import compiled
from cp_fixtures.service import loader

# The flag m: one pattern of opsworkscm, a service that botocore 1.35 still has. Possessive quantifiers: `a?+`.
UNREADABLE = re.compile(r"^\(\?ms\)|[?*+}]\+" if sys.version_info < (3, 11) else r"^\(\?ms\)")


def patterns(service: str) -> set[str]:
    """The patterns of a service, in every version of its model."""
    models = [
        loader().load_service_model(service, "service-2", v) for v in loader().list_api_versions(service, "service-2")
    ]
    return {shape["pattern"] for model in models for shape in model["shapes"].values() if "pattern" in shape}


def refused(pattern: str) -> str:
    """Why the pattern is refused, if it is."""
    try:
        compiled(pattern)
    except UsageError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("service", loader().list_available_services("service-2"))
def test_every_pattern_is_read(service: str) -> None:
    """No pattern is refused but one with the flag m, and the possessive ones on Python 3.10; none makes `re` warn."""
    readable = sorted(pattern for pattern in patterns(service) if not UNREADABLE.search(pattern))
    assert list(filter(None, map(refused, readable))) == []


@pytest.mark.parametrize("category", ["L", "Lu", "M", "N", "Nd", "P", "S", "Z", "C", "Cc", "Cf", "Cn", "Cs"])
def test_a_category_has_all_its_characters(category: str) -> None:
    r"""`\p{..}` matches every code point of the category and no other, `\P{..}` every other and none of these."""
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    inside = [character for character in every if unicodedata.category(character).startswith(category)]
    assert list(filter(compiled(rf"\p{{{category}}}").search, every)) == inside
    assert set(filter(compiled(rf"[\P{{{category}}}]").search, every)) == {*every} - {*inside}
