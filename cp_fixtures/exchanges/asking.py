"""What a call asks for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cp_fixtures.errors import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["asked"]


def asked(request: Mapping[str, Any] | None) -> str:
    """What a call asks for, in words that follow the operation's name: ` of 2 ids in amazon-connect-example`."""
    if request is None:
        return " of any request"
    ids = request.get("ProfileIds")
    count = f" of {len(ids)} id{'' if len(ids) == 1 else 's'}" if isinstance(ids, list) else ""
    domain = request.get("DomainName")
    if not isinstance(domain, str):
        return count
    # What is long, or would break the line, is shown as any other value.
    shown = clip(domain)
    return f"{count} in {domain if domain and shown[1:-1] == domain else shown}"
