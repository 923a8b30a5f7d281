"""The dicts of the two operations, and the options of the registering methods, as types.

A type checker takes each of them for the one of the same shape in mypy-boto3-customer-profiles and
types-boto3-customer-profiles, and the other way round: a member is optional here where it is optional there. Only the
requests have `list[str]` where those take any sequence of texts; a client of theirs is called with one all the same.
"""

# Without annotations from the future: to keep each as a text and compile it takes three times as long.
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from botocore.client import BaseClient

__all__ = [
    "Address",
    "BatchGetProfileError",
    "BatchGetProfileOptions",
    "BatchGetProfileRequest",
    "BatchGetProfileResponse",
    "ContactPreference",
    "ContactType",
    "EngagementPreferences",
    "FoundByKeyValue",
    "Gender",
    "GetSegmentMembershipOptions",
    "GetSegmentMembershipRequest",
    "GetSegmentMembershipResponse",
    "PartyType",
    "Profile",
    "ProfileQueryFailures",
    "ProfileQueryResult",
    "ProfileType",
    "QueryResult",
    "ResponseMetadata",
    "StubbedOptions",
]

ContactType = Literal[
    "PhoneNumber",
    "MobilePhoneNumber",
    "HomePhoneNumber",
    "BusinessPhoneNumber",
    "EmailAddress",
    "PersonalEmailAddress",
    "BusinessEmailAddress",
]
"""The member of a profile that a way to reach somebody is taken from."""

Gender = Literal["MALE", "FEMALE", "UNSPECIFIED"]
"""A person's gender."""

PartyType = Literal["INDIVIDUAL", "BUSINESS", "OTHER"]
"""Whether a profile is a person's or a business's."""

ProfileType = Literal["ACCOUNT_PROFILE", "PROFILE"]
"""Whether a profile is an account's or a person's."""

QueryResult = Literal["PRESENT", "ABSENT"]
"""Whether an id is in a segment."""

# A member of the same name hides its type inside the class.
_ContactType = ContactType
_Gender = Gender
_PartyType = PartyType
_ProfileType = ProfileType
_QueryResult = QueryResult


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
    ContactType: _ContactType


class EngagementPreferences(TypedDict, total=False):
    """The ways to reach somebody, by their kind."""

    Phone: list[ContactPreference]
    Email: list[ContactPreference]


_Address = Address
_EngagementPreferences = EngagementPreferences


class Profile(TypedDict, total=False):
    """A customer's profile; no member is required, and an empty text is never there."""

    ProfileId: str
    AccountNumber: str
    AdditionalInformation: str
    PartyType: _PartyType
    BusinessName: str
    FirstName: str
    MiddleName: str
    LastName: str
    BirthDate: str
    Gender: _Gender
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
    ProfileType: _ProfileType
    EngagementPreferences: _EngagementPreferences


_Profile = Profile


class _ResponseMetadata(TypedDict):
    RequestId: str
    HTTPStatusCode: int
    HTTPHeaders: dict[str, str]
    RetryAttempts: int


class ResponseMetadata(_ResponseMetadata, total=False):
    """What botocore adds to every response; a `HostId` comes from other services alone."""

    HostId: str


_Metadata = ResponseMetadata


class BatchGetProfileRequest(TypedDict):
    """The keyword arguments of batch_get_profile: 1 to 20 ids."""

    DomainName: str
    ProfileIds: list[str]


class BatchGetProfileError(TypedDict):
    """Why one id of batch_get_profile has no profile."""

    Code: str
    Message: str
    ProfileId: str


class BatchGetProfileResponse(TypedDict):
    """What batch_get_profile returns; an empty list that `omit_empty` leaves out is not there."""

    Errors: list[BatchGetProfileError]
    Profiles: list[Profile]
    ResponseMetadata: _Metadata


class GetSegmentMembershipRequest(TypedDict):
    """The keyword arguments of get_segment_membership: 1 to 100 ids."""

    DomainName: str
    SegmentDefinitionName: str
    ProfileIds: list[str]


class _ProfileQueryResult(TypedDict):
    ProfileId: str
    QueryResult: _QueryResult


class ProfileQueryResult(_ProfileQueryResult, total=False):
    """Whether one id is in the segment."""

    Profile: _Profile


class _ProfileQueryFailures(TypedDict):
    ProfileId: str
    Message: str


class ProfileQueryFailures(_ProfileQueryFailures, total=False):
    """Why nobody can say whether one id is in the segment."""

    Status: int


class GetSegmentMembershipResponse(TypedDict):
    """What get_segment_membership returns; before botocore 1.41 without LastComputedAt, else as the one above."""

    SegmentDefinitionName: str
    Profiles: list[ProfileQueryResult]
    Failures: list[ProfileQueryFailures]
    LastComputedAt: dt.datetime
    ResponseMetadata: _Metadata


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

    client: "BaseClient | None"
    everywhere: bool
    seed: int | None
    locale: str | None
    strict: bool | Literal["warn"] | None
    ordered: bool | None
    assert_all_used: bool | None
    assert_all_expected: bool | None
    ignore: Iterable[str] | None
