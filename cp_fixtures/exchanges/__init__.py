"""Outcomes in, one consistent exchange out: made, checked, and never changed."""

from __future__ import annotations

from cp_fixtures.exchanges.asking import asked
from cp_fixtures.exchanges.assembler import Assembler
from cp_fixtures.exchanges.assembly import (
    DOMAIN_NAME,
    SEGMENT_DEFINITION_NAME,
    Outcome,
    assemble,
    request_for,
    shuffled,
)
from cp_fixtures.exchanges.copying import copied, parsed
from cp_fixtures.exchanges.exchange import (
    BatchGetProfileExchange,
    Exchange,
    GetSegmentMembershipExchange,
)
from cp_fixtures.exchanges.faults import error_exchange, modelled_error
from cp_fixtures.exchanges.gate import check_wanted
from cp_fixtures.exchanges.metadata import (
    FIXED_DATE,
    check_error_status,
    is_error_status,
    renumbered,
    response_metadata,
)
from cp_fixtures.exchanges.plan import Wanted
from cp_fixtures.exchanges.reading import as_read
from cp_fixtures.exchanges.values import is_matcher

__all__ = [
    "DOMAIN_NAME",
    "FIXED_DATE",
    "SEGMENT_DEFINITION_NAME",
    "Assembler",
    "BatchGetProfileExchange",
    "Exchange",
    "GetSegmentMembershipExchange",
    "Outcome",
    "Wanted",
    "as_read",
    "asked",
    "assemble",
    "check_error_status",
    "check_wanted",
    "copied",
    "error_exchange",
    "is_error_status",
    "is_matcher",
    "modelled_error",
    "parsed",
    "renumbered",
    "request_for",
    "response_metadata",
    "shuffled",
]
