"""A few exchanges that never change, for documentation, doctests and Hypothesis's `@example`.

They are the same on every machine, with every version of every library, and in every release of ours to come: a release
may add one, and changes none. All of them are valid under every supported version of the service model, so they have no
member that an older one does not know, such as LastComputedAt or EngagementPreferences. Each has a request.

Nobody in them is real, and none of their e-mail addresses and telephone numbers reaches anybody.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from cp_fixtures.exchanges import Exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cp_fixtures.exchanges import BatchGetProfileExchange, GetSegmentMembershipExchange

__all__ = [
    "ALL",
    "BATCH_GET_PROFILE",
    "BATCH_GET_PROFILE_ACCESS_DENIED",
    "BATCH_GET_PROFILE_ALL_FOUND",
    "BATCH_GET_PROFILE_ALL_REFUSED",
    "BATCH_GET_PROFILE_BAD_REQUEST",
    "BATCH_GET_PROFILE_FOUND",
    "BATCH_GET_PROFILE_INTERNAL_SERVER",
    "BATCH_GET_PROFILE_REFUSED",
    "BATCH_GET_PROFILE_RESOURCE_NOT_FOUND",
    "BATCH_GET_PROFILE_THROTTLING",
    "BATCH_GET_PROFILE_WITHOUT_ERRORS",
    "BATCH_GET_PROFILE_WITHOUT_PROFILES",
    "GET_SEGMENT_MEMBERSHIP",
    "GET_SEGMENT_MEMBERSHIP_ABSENT",
    "GET_SEGMENT_MEMBERSHIP_ACCESS_DENIED",
    "GET_SEGMENT_MEMBERSHIP_ALL_ABSENT",
    "GET_SEGMENT_MEMBERSHIP_ALL_FAILED",
    "GET_SEGMENT_MEMBERSHIP_ALL_PRESENT",
    "GET_SEGMENT_MEMBERSHIP_BAD_REQUEST",
    "GET_SEGMENT_MEMBERSHIP_FAILED",
    "GET_SEGMENT_MEMBERSHIP_INTERNAL_SERVER",
    "GET_SEGMENT_MEMBERSHIP_PRESENT",
    "GET_SEGMENT_MEMBERSHIP_RESOURCE_NOT_FOUND",
    "GET_SEGMENT_MEMBERSHIP_THROTTLING",
    "GET_SEGMENT_MEMBERSHIP_WITHOUT_FAILURES",
    "GET_SEGMENT_MEMBERSHIP_WITHOUT_PROFILES",
]

# Nothing here is taken from elsewhere in the package: what changes there must not change a sample.
_DOMAIN = "amazon-connect-example"
_SEGMENT = "segment-example"

_ALICE_ID = "a11ce000000000000000000000000000"
_BOB_ID = "b0b00000000000000000000000000000"
_CAFE_ID = "cafe0000000000000000000000000000"
_BAD_IDS = (
    "bad10000000000000000000000000000",
    "bad20000000000000000000000000000",
    "bad30000000000000000000000000000",
)

_ALICE = {
    "ProfileId": _ALICE_ID,
    "AccountNumber": "1000000001",
    "FirstName": "Alice",
    "LastName": "Example",
    "BirthDate": "1985-04-12",
    "Gender": "FEMALE",
    "PhoneNumber": "+12065550101",
    "EmailAddress": "alice@example.com",
    "Address": {
        "Address1": "1 Example Street",
        "City": "Seattle",
        "State": "WA",
        "Country": "US",
        "PostalCode": "98101",
    },
    "Attributes": {"loyaltyTier": "gold", "newsletter": "True"},
    "GenderString": "FEMALE",
}
_BOB = {
    "ProfileId": _BOB_ID,
    "FirstName": "Bob",
    "LastName": "Example",
    "MobilePhoneNumber": "+12125550102",
    "PersonalEmailAddress": "bob@example.com",
}
_CAFE = {
    "ProfileId": _CAFE_ID,
    "AccountNumber": "1000000003",
    "BusinessName": "Example Cafe",
    "BusinessPhoneNumber": "+13125550103",
    "BusinessEmailAddress": "cafe@example.com",
    "BillingAddress": {
        "Address1": "3 Example Square",
        "City": "Chicago",
        "State": "IL",
        "Country": "US",
        "PostalCode": "60601",
    },
    "Attributes": {"loyaltyTier": "silver"},
    "PartyTypeString": "BUSINESS",
}


def _profiles(number: int, ids: list[str], **response: list[dict[str, Any]]) -> BatchGetProfileExchange:
    answer = {**response, "ResponseMetadata": _metadata(number, 200)}
    return Exchange("batch_get_profile", request={"DomainName": _DOMAIN, "ProfileIds": ids}, response=answer)


def _membership(number: int, ids: list[str], **response: list[dict[str, Any]]) -> GetSegmentMembershipExchange:
    request = {"DomainName": _DOMAIN, "SegmentDefinitionName": _SEGMENT, "ProfileIds": ids}
    answer = {"SegmentDefinitionName": _SEGMENT, **response, "ResponseMetadata": _metadata(number, 200)}
    return Exchange("get_segment_membership", request=request, response=answer)


def _error(number: int, like: Exchange, code: str, status: int, message: str) -> Exchange:
    error = {"Error": {"Message": message, "Code": code}, "Message": message}
    whole = {**error, "ResponseMetadata": _metadata(number, status, {"x-amzn-errortype": code})}
    return Exchange(like.operation, request=like.request, error=whole)


def _metadata(number: int, status: int, headers: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    request_id = f"00000000-0000-4000-8000-{number:012}"
    usual = {
        "date": "Wed, 15 Jan 2025 12:00:00 GMT",
        "content-type": "application/json",
        "connection": "keep-alive",
        "x-amzn-requestid": request_id,
    }
    return {"RequestId": request_id, "HTTPStatusCode": status, "HTTPHeaders": {**usual, **headers}, "RetryAttempts": 0}


def _refused(profile_id: str) -> dict[str, Any]:
    return {"Code": "ResourceNotFoundException", "Message": "Profile not found", "ProfileId": profile_id}


def _present(profile: dict[str, Any]) -> dict[str, Any]:
    return {"ProfileId": profile["ProfileId"], "QueryResult": "PRESENT", "Profile": profile}


def _absent(profile_id: str) -> dict[str, Any]:
    return {"ProfileId": profile_id, "QueryResult": "ABSENT"}


def _failed(profile_id: str) -> dict[str, Any]:
    return {"ProfileId": profile_id, "Message": "Profile not found", "Status": 404}


BATCH_GET_PROFILE: Final = _profiles(
    101, [_ALICE_ID, _BAD_IDS[0], _BOB_ID], Profiles=[_ALICE, _BOB], Errors=[_refused(_BAD_IDS[0])]
)
"""Three ids, of which the first and the last are found, and the second is refused."""

BATCH_GET_PROFILE_FOUND: Final = _profiles(102, [_ALICE_ID], Profiles=[_ALICE], Errors=[])
"""One id, which is found; the list of errors is empty."""

BATCH_GET_PROFILE_REFUSED: Final = _profiles(103, [_BAD_IDS[0]], Profiles=[], Errors=[_refused(_BAD_IDS[0])])
"""One id, which is refused; the list of profiles is empty."""

BATCH_GET_PROFILE_ALL_FOUND: Final = _profiles(
    104, [_ALICE_ID, _BOB_ID, _CAFE_ID], Profiles=[_ALICE, _BOB, _CAFE], Errors=[]
)
"""Three ids, all of which are found; two are people with few members in common, one a business without first name."""

BATCH_GET_PROFILE_ALL_REFUSED: Final = _profiles(
    105, [*_BAD_IDS], Profiles=[], Errors=[_refused(each) for each in _BAD_IDS]
)
"""Three ids, all of which are refused."""

BATCH_GET_PROFILE_WITHOUT_ERRORS: Final = _profiles(106, [_ALICE_ID], Profiles=[_ALICE])
"""One id, which is found; the response has no member `Errors`."""

BATCH_GET_PROFILE_WITHOUT_PROFILES: Final = _profiles(107, [_BAD_IDS[0]], Errors=[_refused(_BAD_IDS[0])])
"""One id, which is refused; the response has no member `Profiles`."""

BATCH_GET_PROFILE_BAD_REQUEST: Final = _error(
    111, BATCH_GET_PROFILE, "BadRequestException", 400, "The request is not valid."
)
"""The whole call ends in BadRequestException, HTTP status 400."""

BATCH_GET_PROFILE_ACCESS_DENIED: Final = _error(
    112,
    BATCH_GET_PROFILE,
    "AccessDeniedException",
    403,
    "User is not authorized to perform: profile:BatchGetProfile",
)
"""The whole call ends in AccessDeniedException, HTTP status 403."""

BATCH_GET_PROFILE_RESOURCE_NOT_FOUND: Final = _error(
    113,
    BATCH_GET_PROFILE,
    "ResourceNotFoundException",
    404,
    "DomainName amazon-connect-example is not found in account 123456789012",
)
"""The whole call ends in ResourceNotFoundException, HTTP status 404, for there is no such domain."""

BATCH_GET_PROFILE_THROTTLING: Final = _error(114, BATCH_GET_PROFILE, "ThrottlingException", 429, "Rate exceeded")
"""The whole call ends in ThrottlingException, HTTP status 429."""

BATCH_GET_PROFILE_INTERNAL_SERVER: Final = _error(
    115, BATCH_GET_PROFILE, "InternalServerException", 500, "Internal server error"
)
"""The whole call ends in InternalServerException, HTTP status 500."""

GET_SEGMENT_MEMBERSHIP: Final = _membership(
    201,
    [_ALICE_ID, _BOB_ID, _BAD_IDS[0]],
    Profiles=[_present(_ALICE), _absent(_BOB_ID)],
    Failures=[_failed(_BAD_IDS[0])],
)
"""Three ids, of which the first is in the segment, the second is not, and of the third nobody can say."""

GET_SEGMENT_MEMBERSHIP_PRESENT: Final = _membership(202, [_ALICE_ID], Profiles=[_present(_ALICE)], Failures=[])
"""One id, which is in the segment, with its profile; the list of failures is empty."""

GET_SEGMENT_MEMBERSHIP_ABSENT: Final = _membership(203, [_BOB_ID], Profiles=[_absent(_BOB_ID)], Failures=[])
"""One id, which is not in the segment, without its profile; the list of failures is empty."""

GET_SEGMENT_MEMBERSHIP_FAILED: Final = _membership(204, [_BAD_IDS[0]], Profiles=[], Failures=[_failed(_BAD_IDS[0])])
"""One id, of which nobody can say whether it is in the segment; the list of profiles is empty."""

GET_SEGMENT_MEMBERSHIP_ALL_PRESENT: Final = _membership(
    205, [_ALICE_ID, _BOB_ID, _CAFE_ID], Profiles=[_present(_ALICE), _present(_BOB), _present(_CAFE)], Failures=[]
)
"""Three ids, all of which are in the segment, with the profiles of two people and a business."""

GET_SEGMENT_MEMBERSHIP_ALL_ABSENT: Final = _membership(
    206, [_ALICE_ID, _BOB_ID, _CAFE_ID], Profiles=[_absent(_ALICE_ID), _absent(_BOB_ID), _absent(_CAFE_ID)], Failures=[]
)
"""Three ids, none of which is in the segment."""

GET_SEGMENT_MEMBERSHIP_ALL_FAILED: Final = _membership(
    207,
    [*_BAD_IDS],
    Profiles=[],
    Failures=[
        _failed(_BAD_IDS[0]),
        {"ProfileId": _BAD_IDS[1], "Message": "Internal server error", "Status": 500},
        {"ProfileId": _BAD_IDS[2], "Message": "Profile not found"},
    ],
)
"""Three ids, of none of which anybody can say; `Status` is 404, 500 and, for it is optional, not there."""

GET_SEGMENT_MEMBERSHIP_WITHOUT_FAILURES: Final = _membership(208, [_ALICE_ID], Profiles=[_present(_ALICE)])
"""One id, which is in the segment; the response has no member `Failures`."""

GET_SEGMENT_MEMBERSHIP_WITHOUT_PROFILES: Final = _membership(209, [_BAD_IDS[0]], Failures=[_failed(_BAD_IDS[0])])
"""One id, of which nobody can say whether it is in the segment; the response has no member `Profiles`."""

GET_SEGMENT_MEMBERSHIP_BAD_REQUEST: Final = _error(
    211, GET_SEGMENT_MEMBERSHIP, "BadRequestException", 400, "The request is not valid."
)
"""The whole call ends in BadRequestException, HTTP status 400."""

GET_SEGMENT_MEMBERSHIP_ACCESS_DENIED: Final = _error(
    212,
    GET_SEGMENT_MEMBERSHIP,
    "AccessDeniedException",
    403,
    "User is not authorized to perform: profile:GetSegmentMembership",
)
"""The whole call ends in AccessDeniedException, HTTP status 403."""

GET_SEGMENT_MEMBERSHIP_RESOURCE_NOT_FOUND: Final = _error(
    213,
    GET_SEGMENT_MEMBERSHIP,
    "ResourceNotFoundException",
    404,
    "DomainName amazon-connect-example is not found in account 123456789012",
)
"""The whole call ends in ResourceNotFoundException, HTTP status 404, for there is no such domain."""

GET_SEGMENT_MEMBERSHIP_THROTTLING: Final = _error(
    214, GET_SEGMENT_MEMBERSHIP, "ThrottlingException", 429, "Rate exceeded"
)
"""The whole call ends in ThrottlingException, HTTP status 429."""

GET_SEGMENT_MEMBERSHIP_INTERNAL_SERVER: Final = _error(
    215, GET_SEGMENT_MEMBERSHIP, "InternalServerException", 500, "Internal server error"
)
"""The whole call ends in InternalServerException, HTTP status 500."""

ALL: Final[Mapping[str, Exchange]] = MappingProxyType(
    {name: value for name, value in tuple(globals().items()) if isinstance(value, Exchange)}
)
"""Every sample by its name, for `pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)`."""
