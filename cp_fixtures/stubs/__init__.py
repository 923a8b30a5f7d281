"""What every delivery shares: the registering methods, the choice of the stub, the log, the verdict; one lock."""

from __future__ import annotations

from cp_fixtures.stubs.advice import how_to_switch_off
from cp_fixtures.stubs.asserting import Calls
from cp_fixtures.stubs.checks import check_is_exchange
from cp_fixtures.stubs.delivery import Delivery, check_is_client, is_domain
from cp_fixtures.stubs.matching import differences
from cp_fixtures.stubs.registry import Registry
from cp_fixtures.stubs.stub import Call, Meets, Stub, Uses
from cp_fixtures.stubs.switchboard import Coming
from cp_fixtures.stubs.verdict import tell

__all__ = [
    "Call",
    "Calls",
    "Coming",
    "Delivery",
    "Meets",
    "Registry",
    "Stub",
    "Uses",
    "check_is_client",
    "check_is_exchange",
    "differences",
    "how_to_switch_off",
    "is_domain",
    "tell",
]
