"""Delivery as HTTP: an answer goes through botocore's own serializer, signer, retries and parser."""

from __future__ import annotations

from cp_fixtures.wire.delivering import CustomerProfilesWire
from cp_fixtures.wire.sending import Attempt

__all__ = ["Attempt", "CustomerProfilesWire"]
