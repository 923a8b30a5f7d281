"""What a domain refuses before it changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cp_fixtures.domain.state import Refusal, Snapshot
from cp_fixtures.errors import InvalidRequest, InvalidResponse, UsageError, Violation, clip
from cp_fixtures.exchanges import DOMAIN_NAME, Exchange, modelled_error
from cp_fixtures.factories import OMIT
from cp_fixtures.shapes import nodes, shape_node
from cp_fixtures.validation import find, validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cp_fixtures.domain.state import State
    from cp_fixtures.shapes import Node

__all__ = [
    "CORRECT_REQUEST",
    "CORRECT_RESPONSE",
    "as_profile",
    "as_profiles",
    "check_count",
    "check_name",
    "check_profile",
    "check_said",
    "checked_refusal",
    "error_of",
    "held_in",
]


CORRECT_REQUEST = "A call with it never gets an answer. Correct it."
CORRECT_RESPONSE = "Code that passes a test with it is tested with a fiction. Correct the values."
"""What to do with what a domain cannot hold: it leaves no rule out."""


def check_count(name: str, number: object, least: int, why: str) -> None:
    """Refuse what is no whole number, or less than it can be.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise UsageError(f"{name} is {clip(number)}.", why, f"Give {least} or more.")


def check_name(operation: str, member: str, name: object) -> None:
    """Refuse a name of a domain or a segment that no call can ask for.

    Raises:
        InvalidRequest: it breaks the shape that the member of the operation has.
    """
    node = nodes().input(operation)
    if node is not None and (found := find(node.members[member], name)):
        raise InvalidRequest(f"No call can ask for this {member}: it breaks the service model", found, CORRECT_REQUEST)


def as_profile(profile: object) -> dict[str, Any]:
    """The members of a profile, in a dict that may be changed.

    Raises:
        UsageError: it is no dict.
    """
    if not isinstance(profile, Mapping):
        raise UsageError(
            f"This is no profile: {clip(profile)}.",
            "A profile is a dict of its members.",
            "Give a dict, or the members by name: FirstName=..., Address__City=...",
        )
    return dict(profile)


def as_profiles(profiles: object) -> list[dict[str, Any]]:
    """Several of them; read to the end before anything is done with one.

    Raises:
        UsageError: one is no dict, or these are not several things.
    """
    if not isinstance(profiles, Iterable) or isinstance(profiles, (str, Mapping)):
        raise UsageError(
            f"These are no profiles: {clip(profiles)}.",
            "Several are a number of them, or a list of dicts.",
            "Give one of the two, or a single profile to put().",
        )
    return [as_profile(each) for each in profiles]


def check_profile(profile: dict[str, Any], ignore: Collection[str] = ()) -> None:
    """Refuse a profile that no answer could bring.

    Args:
        profile: the profile.
        ignore: codes of rules that it is not held to.

    Raises:
        InvalidResponse: it breaks the model, has no id, or has that of another inside.
    """
    if found := [each for each in _of_profile(profile) if each.rule not in ignore]:
        raise InvalidResponse("This profile breaks the service model", found, CORRECT_RESPONSE)


def _of_profile(profile: dict[str, Any]) -> Iterator[Violation]:
    if "ProfileId" not in profile:
        yield Violation(("ProfileId",), "required", "an id, which every profile of a domain has", "nothing")
    if "EngagementPreferences" not in profile:
        yield from find(shape_node("Profile"), profile)
        return
    # Ids are inside, which a response has to agree with.
    for each in validate("batch_get_profile", {"Profiles": [profile]}):
        yield Violation(each.steps[2:], each.rule, each.wanted, each.got)


def check_said(what: str, **said: tuple[Node, object]) -> None:
    """Refuse what no answer could say.

    Args:
        what: what says it.
        **said: each thing that is said, by its name here, with the shape of the member that it will be.

    Raises:
        InvalidResponse: it breaks the shape.
    """
    if found := [each.under(name) for name, (node, value) in said.items() for each in find(node, value)]:
        raise InvalidResponse(f"{what} breaks the service model", found, CORRECT_RESPONSE)


def checked_refusal(profile_id: object, *, code: object, status: object, message: object) -> Refusal:
    """Why an id always fails; None, or OMIT, is a status for none, and None a message that fits the code.

    Raises:
        InvalidRequest: no call can ask for the id.
        InvalidResponse: no answer can say this.
    """
    if found := validate_request("batch_get_profile", {"DomainName": DOMAIN_NAME, "ProfileIds": [profile_id]}):
        raise InvalidRequest("No call can ask for this id: it breaks the service model", found, CORRECT_REQUEST)
    error, failure = shape_node("BatchGetProfileError").members, shape_node("ProfileQueryFailures").members
    said = {
        "code": (error["Code"], code),
        "status": (failure["Status"], None if status is OMIT else status),
        "message": (error["Message"], message),
    }
    check_said("This refusal", **{name: each for name, each in said.items() if each[1] is not None or name == "code"})
    return Refusal(str(code), said["status"][1], None if message is None else str(message))


def held_in(snapshot: object, domain: object, world: object) -> State:
    """What a snapshot holds.

    Args:
        snapshot: the snapshot.
        domain: the domain that is to hold it again.
        world: its world.

    Raises:
        UsageError: it is no snapshot of this domain.
    """
    if not isinstance(snapshot, Snapshot) or snapshot.world is not world:
        raise UsageError(
            f"This is no snapshot of {domain!r}: {clip(snapshot)}.",
            "A domain holds again what it has held itself.",
            "Give what its own snapshot() gave.",
        )
    return snapshot.state


def error_of(operation: str, error: object) -> dict[str, Any]:
    """The error that calls of an operation are to end in, by its code or in an exchange.

    Raises:
        UsageError: the model lists no such error for the operation, or it is no exchange with one.
    """
    what = f"The error is {clip(error)}."
    made = error
    if isinstance(error, str):
        made = modelled_error(operation, error, what=what, otherwise="Of any other give an Exchange with the error.")
    if not isinstance(made, Exchange) or made.operation != operation or made.error is None:
        raise UsageError(
            what,
            f"It is to be one of {operation}.",
            "Give a code of the model, or an Exchange with an error of that operation.",
        )
    found: dict[str, Any] = made.error
    return found
