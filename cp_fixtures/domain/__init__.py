"""The domain: profiles and segments, held in memory, from which any number of calls is answered."""

from __future__ import annotations

from cp_fixtures.domain.domain import Domain
from cp_fixtures.domain.many import Domains
from cp_fixtures.domain.segments import Segment

__all__ = ["Domain", "Domains", "Segment"]
