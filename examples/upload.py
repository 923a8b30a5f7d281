"""Ids out of an upload, which people have typed: a wrong one is told at once, not by the service at night."""

from __future__ import annotations

import re

PROFILE_ID = re.compile(r"[0-9a-f]{32}")


def wrong(profile_ids: list[object]) -> list[object]:
    """Those that are no ids of profiles."""
    return [each for each in profile_ids if not (isinstance(each, str) and PROFILE_ID.fullmatch(each))]
