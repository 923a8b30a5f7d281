"""What some members say of one fixed person, so that the cases read like records; the rest comes from the shapes."""

from __future__ import annotations

__all__ = ["OTHER_SCRIPTS", "SEEDS", "TEXTS"]

TEXTS = {
    "AccountNumber": "100000042",
    "AdditionalInformation": "Prefers to be called in the afternoon",
    "Address1": "100 Main Street",
    "Address2": "Floor 2",
    "Address3": "Apartment 21",
    "Address4": "Rear Entrance",
    "Attributes": "Gold",
    "AttributesKey": "LoyaltyTier",
    "BirthDate": "1980-07-12",
    "BusinessEmailAddress": "mary.major@anycompany.example",
    "BusinessName": "AnyCompany",
    "BusinessPhoneNumber": "+12065550103",
    "City": "Seattle",
    "Code": "ResourceNotFoundException",
    "Country": "US",
    "County": "King",
    "DomainName": "amazon-connect-example",
    "EmailAddress": "mary.major@example.com",
    "FirstName": "Mary",
    "GenderString": "FEMALE",
    "HomePhoneNumber": "+12065550102",
    "KeyName": "_email",
    "KeyValue": "mary.major@example.com",
    "LastName": "Major",
    "Message": "Profile not found",
    "MiddleName": "Lee",
    "MobilePhoneNumber": "+12065550101",
    "PartyTypeString": "INDIVIDUAL",
    "PersonalEmailAddress": "mary@example.org",
    "PhoneNumber": "+12065550100",
    "PostalCode": "98101",
    "Province": "Washington",
    "SegmentDefinitionName": "segment-example",
    "State": "WA",
}
"""By the name of the member, and of a map with Key for its keys.

Her e-mail addresses and telephones are in ranges reserved for examples and fiction.
"""

SEEDS = (
    "arn:aws:iam::123456789012:role/example",
    "arn:aws:kms:us-east-1:123456789012:key/example",
    "arn:aws:profile:us-east-1:123456789012:domains/example",
    "example/2025-01-15T12-00-00Z",
    "09:30",
    "example",
)
"""Texts for patterns that the member's name and a number do not match."""

OTHER_SCRIPTS = "Zoë O'Brien 李小龍 שלום 😀"
"""What code trips over that thinks in bytes, in ASCII or from left to right."""
