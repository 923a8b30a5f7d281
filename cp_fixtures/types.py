"""The dicts of the two operations, and the options of the registering methods, as types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from botocore.client import BaseClient

__all__ = [
    "Address",
    "BatchGetProfileError",
    "BatchGetProfileOptions",
    "BatchGetProfileRequest",
    "BatchGetProfileResponse",
    "ContactPreference",
    "EngagementPreferences",
    "FoundByKeyValue",
    "GetSegmentMembershipOptions",
    "GetSegmentMembershipRequest",
    "GetSegmentMembershipResponse",
    "Profile",
    "ProfileQueryFailures",
    "ProfileQueryResult",
    "StubbedOptions",
]


class Address(TypedDict, total=False):
    """An address; each member 1 to 255 characters."""

    Address1: str
    Address2: str
    Address3: str
    Address4: str
    City: str
    County: str
    State: str
    Province: str
    Country: str
    PostalCode: str


class FoundByKeyValue(TypedDict, total=False):
    """A key by which a search found a profile, with the values that it had."""

    KeyName: str
    Values: list[str]


class ContactPreference(TypedDict, total=False):
    """A way to reach somebody, and whose it is."""

    KeyName: str
    KeyValue: str
    ProfileId: str
    ContactType: str


class EngagementPreferences(TypedDict, total=False):
    """The ways to reach somebody, by their kind."""

    Phone: list[ContactPreference]
    Email: list[ContactPreference]


# A member of the same name hides its type inside the class.
_Address = Address
_EngagementPreferences = EngagementPreferences


class Profile(TypedDict, total=False):
    """A customer's profile; no member is required, and an empty text is never there."""

    ProfileId: str
    AccountNumber: str
    AdditionalInformation: str
    PartyType: str
    BusinessName: str
    FirstName: str
    MiddleName: str
    LastName: str
    BirthDate: str
    Gender: str
    PhoneNumber: str
    MobilePhoneNumber: str
    HomePhoneNumber: str
    BusinessPhoneNumber: str
    EmailAddress: str
    PersonalEmailAddress: str
    BusinessEmailAddress: str
    Address: _Address
    ShippingAddress: _Address
    MailingAddress: _Address
    BillingAddress: _Address
    Attributes: dict[str, str]
    FoundByItems: list[FoundByKeyValue]
    PartyTypeString: str
    GenderString: str
    ProfileType: str
    EngagementPreferences: _EngagementPreferences


_Profile = Profile


class BatchGetProfileRequest(TypedDict):
    """The keyword arguments of batch_get_profile: 1 to 20 ids."""

    DomainName: str
    ProfileIds: list[str]


class BatchGetProfileError(TypedDict):
    """Why one id of batch_get_profile has no profile."""

    Code: str
    Message: str
    ProfileId: str


class BatchGetProfileResponse(TypedDict, total=False):
    """What batch_get_profile returns."""

    Errors: list[BatchGetProfileError]
    Profiles: list[Profile]
    ResponseMetadata: dict[str, Any]


class GetSegmentMembershipRequest(TypedDict):
    """The keyword arguments of get_segment_membership: 1 to 100 ids."""

    DomainName: str
    SegmentDefinitionName: str
    ProfileIds: list[str]


class _ProfileQueryResult(TypedDict):
    ProfileId: str
    QueryResult: str


class ProfileQueryResult(_ProfileQueryResult, total=False):
    """Whether one id is in the segment."""

    Profile: _Profile


class _ProfileQueryFailures(TypedDict):
    ProfileId: str
    Message: str


class ProfileQueryFailures(_ProfileQueryFailures, total=False):
    """Why nobody can say whether one id is in the segment."""

    Status: int


class GetSegmentMembershipResponse(TypedDict, total=False):
    """What get_segment_membership returns."""

    SegmentDefinitionName: str
    Profiles: list[ProfileQueryResult]
    Failures: list[ProfileQueryFailures]
    LastComputedAt: dt.datetime
    ResponseMetadata: dict[str, Any]


class _CallOptions(TypedDict, total=False):
    profile_ids: Sequence[str] | None
    left_out: int
    domain_name: str | None
    shuffle: bool
    preset: str
    messy: bool
    omit_empty: bool


class BatchGetProfileOptions(_CallOptions, total=False):
    """The keyword arguments of Assembler.batch_get_profile, which says what they mean."""

    error_code: str
    error_message: str


class GetSegmentMembershipOptions(_CallOptions, total=False):
    """The keyword arguments of Assembler.get_segment_membership, which says what they mean."""

    segment_definition_name: str | None
    profile_when_present: bool
    profile_when_absent: bool
    failure_message: str
    failure_status: Any
    last_computed_at: Any


class StubbedOptions(TypedDict, total=False):
    """The keyword arguments of `stubbed`, which says what they mean."""

    client: BaseClient | None
    everywhere: bool
    seed: int | None
    locale: str | None
    strict: bool | Literal["warn"] | None
    ordered: bool | None
    assert_all_used: bool | None
    assert_all_expected: bool | None
    ignore: Iterable[str] | None
