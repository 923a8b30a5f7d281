"""What a domain answers to each operation that it knows, through a real client."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError
from botocore.validate import ParamValidator

from cp_fixtures import Domain, Refused, VerdictError, stubbed
from cp_fixtures.errors import RequestWarning
from cp_fixtures.service import method_name
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import validate, validate_request

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "0f" * 16
NOBODY = "e" * 32
DOMAIN = {"DomainName": "example"}
SEGMENT = {"SegmentDefinitionName": "vip"}
MADE: dict[str, Any] = {"DisplayName": "New", "SegmentGroups": {"Groups": []}}
OF_PROFILE = ("create_profile", "update_profile")
HAS_PREFERENCES = "EngagementPreferences" in shape_node("Profile").members

REQUESTS: dict[str, dict[str, Any]] = {
    "batch_get_profile": {**DOMAIN, "ProfileIds": [ID, NOBODY, ID]},
    "get_segment_membership": {**DOMAIN, **SEGMENT, "ProfileIds": [ID, NOBODY]},
    "search_profiles": {**DOMAIN, "KeyName": "_profileId", "Values": [ID], "MaxResults": 1},
    "create_profile": {**DOMAIN, "FirstName": "Eva"},
    "update_profile": {**DOMAIN, "ProfileId": ID, "FirstName": ""},
    "delete_profile": {**DOMAIN, "ProfileId": ID},
    "list_segment_definitions": {**DOMAIN, "MaxResults": 1},
    "get_segment_definition": {**DOMAIN, **SEGMENT},
    "create_segment_definition": {**DOMAIN, "SegmentDefinitionName": "new", **MADE},
    "get_domain": {**DOMAIN},
    "list_domains": {"MaxResults": 1},
}


@pytest.fixture
def domain() -> Domain:
    """One with a profile of every kind of member, and two segments."""
    domain = Domain("example")
    domain.put(preset="full", ProfileId=ID)
    domain.segment("vip").add(ID)
    domain.segment("lapsed")
    return domain


@pytest.fixture
def client(domain: Domain) -> Iterator[Any]:
    """A real client, answered from the domain; the verdict is asked for."""
    with stubbed(domain) as stubber:
        yield stubber.client


def said(client: Any, operation: str, **request: Any) -> Any:
    """What a call gives, without its metadata."""
    response = getattr(client, operation)(**request)
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def error(client: Any, operation: str, **request: Any) -> tuple[str, str, int]:
    """The code, the text and the status of the error in which a call ends."""
    with pytest.raises(ClientError) as caught:
        getattr(client, operation)(**request)
    problem = caught.value.response
    assert isinstance(caught.value, getattr(client.exceptions, problem["Error"]["Code"]))
    return problem["Error"]["Code"], problem["Error"]["Message"], problem["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize("operation", REQUESTS)
def test_each_answer_is_legal(client: Any, operation: str) -> None:
    """By the model's every rule, and by botocore's own validator."""
    response = said(client, operation, **REQUESTS[operation])
    assert validate(operation, response, request=REQUESTS[operation]) == []
    model = client.meta.service_model
    (name,) = (each for each in model.operation_names if method_name(each) == operation)
    report = ParamValidator().validate(response, model.operation_model(name).output_shape)
    assert report.generate_report() == ""
    assert response


@pytest.mark.parametrize("operation", [each for each in REQUESTS if each != "list_domains"])
def test_an_unknown_domain_is_not_found(client: Any, operation: str) -> None:
    """An answer like any other: the verdict does not know of it, and nothing has changed."""
    assert error(client, operation, **{**REQUESTS[operation], "DomainName": "other"}) == (
        "ResourceNotFoundException",
        "DomainName other is not found in account 123456789012",
        404,
    )


@pytest.mark.parametrize("operation", ["get_segment_membership", "get_segment_definition"])
def test_an_unknown_segment_is_not_found(client: Any, domain: Domain, operation: str) -> None:
    """Likewise; and asking does not make it."""
    for _ in range(2):
        assert error(client, operation, **{**REQUESTS[operation], "SegmentDefinitionName": "new"}) == (
            "ResourceNotFoundException",
            "SegmentDefinitionName new is not found in DomainName example",
            404,
        )
    assert [each["SegmentDefinitionName"] for each in client.list_segment_definitions(**DOMAIN)["Items"]] == [
        "lapsed",
        "vip",
    ]
    assert domain.segment("vip").members == (ID,)


@pytest.mark.parametrize("operation", ["update_profile", "delete_profile"])
def test_an_unknown_profile_is_not_found(client: Any, domain: Domain, operation: str) -> None:
    """By whoever wants to change it."""
    assert error(client, operation, **{**REQUESTS[operation], "ProfileId": NOBODY}) == (
        "ResourceNotFoundException",
        f"ProfileId {NOBODY} is not found in DomainName example",
        404,
    )
    assert domain.ids == (ID,)


def test_a_batch_has_each_id_once(client: Any, domain: Domain) -> None:
    """In the order of the request, found or failed."""
    response = said(client, "batch_get_profile", **DOMAIN, ProfileIds=[NOBODY, ID, ID, NOBODY])
    assert response == {
        "Profiles": [domain.get(ID)],
        "Errors": [{"ProfileId": NOBODY, "Code": "ResourceNotFoundException", "Message": "Profile not found"}],
    }


def test_a_membership_echoes_the_segment(client: Any, domain: Domain) -> None:
    """And has each id once; who is in brings the profile, who is not does not."""
    other = domain.put()
    response = said(client, "get_segment_membership", **DOMAIN, **SEGMENT, ProfileIds=[NOBODY, other, ID, other])
    response.pop("LastComputedAt", None)
    assert response == {
        "SegmentDefinitionName": "vip",
        "Profiles": [
            {"ProfileId": other, "QueryResult": "ABSENT"},
            {"ProfileId": ID, "QueryResult": "PRESENT", "Profile": domain.get(ID)},
        ],
        "Failures": [{"ProfileId": NOBODY, "Message": "Profile not found", "Status": 404}],
    }


def test_a_profile_is_created_of_what_is_said(client: Any, domain: Domain) -> None:
    """And of nothing more; each has an id of its own, and is there at once."""
    request = {"FirstName": "Eva", "Address": {"City": "Rome"}, "Attributes": {"tier": "gold"}}
    one, other = (said(client, "create_profile", **DOMAIN, **request)["ProfileId"] for _ in range(2))
    assert len({ID, one, other}) == 3
    assert domain.get(other) == {"ProfileId": other, **request}
    assert [each["ProfileId"] for each in client.batch_get_profile(**DOMAIN, ProfileIds=[one])["Profiles"]] == [one]


def test_the_same_code_creates_the_same_ids() -> None:
    """By the seed of the domain alone."""

    def created(seed: int) -> list[str]:
        with stubbed(Domain("example", seed=seed)) as stubber:
            return [stubber.client.create_profile(**DOMAIN)["ProfileId"] for _ in range(3)]

    assert created(1) == created(1) != created(2)


def test_an_update_keeps_what_it_does_not_say(client: Any, domain: Domain) -> None:
    """And an empty text takes away, by AWS's own words; so it does inside an address and in the attributes."""
    domain.put({
        "ProfileId": ID,
        "FirstName": "Ana",
        "LastName": "Lee",
        "Address": {"City": "Rome", "Country": "ITA"},
        "BillingAddress": {"City": "Rome"},
        "Attributes": {"tier": "gold", "beta": "True"},
    })  # fmt: skip
    changes = {
        "FirstName": "Eva",
        "LastName": "",
        "Address": {"City": "", "State": "RM"},
        "BillingAddress": {"City": ""},
        "Attributes": {"tier": "lead", "beta": "", "new": "1"},
    }
    assert said(client, "update_profile", **DOMAIN, ProfileId=ID, **changes) == {"ProfileId": ID}
    assert domain.get(ID) == {
        "ProfileId": ID,
        "FirstName": "Eva",
        "Address": {"Country": "ITA", "State": "RM"},
        "Attributes": {"tier": "lead", "new": "1"},
    }


def test_an_update_that_says_nothing_changes_nothing(client: Any, domain: Domain) -> None:
    """Nor does an empty structure."""
    before = domain.get(ID)
    client.update_profile(**DOMAIN, ProfileId=ID)
    client.update_profile(**DOMAIN, ProfileId=ID, Address={}, Attributes={}, MiddleName="")
    before.pop("MiddleName", None)
    assert domain.get(ID) == before


@pytest.mark.skipif(not HAS_PREFERENCES, reason="a model without them")
def test_preferences_are_replaced(client: Any, domain: Domain) -> None:
    """As a whole, for their lists have no names by which to merge them."""
    wanted = {"Email": [{"KeyName": "_email", "KeyValue": "ana@example.com", "ProfileId": ID}]}
    client.update_profile(**DOMAIN, ProfileId=ID, EngagementPreferences=wanted)
    assert domain.get(ID)["EngagementPreferences"] == wanted


@pytest.mark.skipif(not HAS_PREFERENCES, reason="a model without them")
@pytest.mark.parametrize("operation", OF_PROFILE)
def test_preferences_cannot_name_somebody_else(client: Any, domain: Domain, operation: str) -> None:
    """For no answer could ever bring that profile: it is told at once, and nothing has changed."""
    own = domain.get(ID)
    request = {**REQUESTS[operation], "EngagementPreferences": {"Phone": [{"ProfileId": NOBODY}]}}
    code, text, status = error(client, operation, **request)
    assert (code, status) == ("BadRequestException", 400)
    assert text.startswith(
        "1 validation error detected: Value at 'engagementPreferences.phone.1.member.profileId' "
        "failed to satisfy constraint: Member must be the profile's own id '",
    )
    assert (domain.ids, domain.get(ID)) == ((ID,), own)


def test_a_deleted_profile_is_nowhere(client: Any, domain: Domain) -> None:
    """Not in a batch, nor in a segment, nor in a search."""
    assert said(client, "delete_profile", **DOMAIN, ProfileId=ID) == {"Message": "OK"}
    assert client.batch_get_profile(**DOMAIN, ProfileIds=[ID])["Profiles"] == []
    failures = client.get_segment_membership(**DOMAIN, **SEGMENT, ProfileIds=[ID])["Failures"]
    assert [each["ProfileId"] for each in failures] == [ID]
    assert client.search_profiles(**DOMAIN, KeyName="_profileId", Values=[ID])["Items"] == []
    assert domain.segment("vip").members == ()


def test_segments_are_listed_by_their_names(client: Any, domain: Domain) -> None:
    """Page by page, each once, though others come and go in between."""
    for number in range(5):
        domain.segment(f"s{number}")
    request: dict[str, Any] = {**DOMAIN, "MaxResults": 2}
    names = []
    while True:
        page = client.list_segment_definitions(**request)
        names += [each["SegmentDefinitionName"] for each in page["Items"]]
        domain.segment("a-newcomer")
        if "NextToken" not in page:
            break
        request["NextToken"] = page["NextToken"]
    assert names == ["lapsed", "s0", "s1", "s2", "s3", "s4", "vip"]
    assert "a-newcomer" in [
        each["SegmentDefinitionName"] for each in client.list_segment_definitions(**DOMAIN)["Items"]
    ]


def test_a_created_segment_says_what_it_was_made_of(client: Any, domain: Domain) -> None:
    """It has nobody in it, for who belongs to it only the service can say; the test may say so."""
    made = {**MADE, "Description": "Who came last.", "Tags": {"team": "care"}}
    answer = said(client, "create_segment_definition", **DOMAIN, SegmentDefinitionName="new", **made)
    whole = said(client, "get_segment_definition", **DOMAIN, SegmentDefinitionName="new")
    assert {**whole, **answer} == whole
    assert {name: whole[name] for name in made} == made
    assert whole["SegmentDefinitionArn"] == (
        "arn:aws:profile:us-east-1:123456789012:domains/example/segment-definitions/new"
    )
    request = {**DOMAIN, "SegmentDefinitionName": "new", "ProfileIds": [ID]}
    for result in ("ABSENT", "PRESENT"):
        assert client.get_segment_membership(**request)["Profiles"][0]["QueryResult"] == result
        domain.segment("new").add(ID)


def test_a_definition_is_nobody_elses(domain: Domain) -> None:
    """What becomes of the log of the calls, or of an answer, does not change it."""
    with stubbed(domain) as stubber:
        client = stubber.client
        request = {**DOMAIN, "SegmentDefinitionName": "new", **MADE, "Tags": {"team": "care"}}
        client.create_segment_definition(**request)
        stubber.registry.calls[0].params["Tags"]["team"] = "none"
        client.get_segment_definition(**DOMAIN, SegmentDefinitionName="new")["Tags"]["team"] = "none"
        definition = client.get_segment_definition(**DOMAIN, SegmentDefinitionName="new")
    assert definition["Tags"] == {"team": "care"}


def test_a_segment_is_created_once(client: Any, domain: Domain) -> None:
    """The second is a bad request that fits the model, so the verdict says nothing of it."""
    assert error(client, "create_segment_definition", **DOMAIN, **SEGMENT, **MADE) == (
        "BadRequestException",
        "SegmentDefinitionName vip already exists in DomainName example",
        400,
    )
    assert domain.segment("vip").members == (ID,)


def test_a_domain_counts_its_profiles(client: Any, domain: Domain) -> None:
    """As they are now; nothing reads the clock."""
    for number in (1, 3):
        answer = client.get_domain(**DOMAIN)
        assert (answer["DomainName"], answer["Stats"]["ProfileCount"]) == ("example", number)
        assert answer["CreatedAt"].isoformat() == "2025-01-15T12:00:00+00:00"
        domain.put_many(2, preset="minimal")


def test_all_domains_are_listed() -> None:
    """By their names, page by page; a broken token is a bad request."""
    with stubbed(Domain("b"), Domain("c"), Domain("a")) as stubber:
        client = stubber.client
        first = client.list_domains(MaxResults=2)
        last = client.list_domains(MaxResults=2, NextToken=first["NextToken"])
        assert [each["DomainName"] for page in (first, last) for each in page["Items"]] == ["a", "b", "c"]
        assert "NextToken" not in last
        assert error(client, "list_domains", NextToken="x") == ("BadRequestException", "Invalid NextToken", 400)


BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "too many ids": (
        "batch_get_profile",
        {**DOMAIN, "ProfileIds": [f"{number:032x}" for number in range(21)]},
        "Value at 'profileIds' failed to satisfy constraint: Member must have length less than or equal to 20",
    ),
    "an id with hyphens": (
        "get_segment_membership",
        {**DOMAIN, **SEGMENT, "ProfileIds": [ID, "0f-0f"]},
        (
            "Value at 'profileIds.2.member' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: [a-f0-9]{32}"
        ),
    ),
    "a long text": (
        "update_profile",
        {**DOMAIN, "ProfileId": ID, "Address": {"City": "x" * 256}},
        "Value at 'address.city' failed to satisfy constraint: Member must have length less than or equal to 255",
    ),
    "too many on a page": (
        "search_profiles",
        {**DOMAIN, "KeyName": "_email", "Values": ["x"], "MaxResults": 101},
        "Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ),
    "no such operator": (
        "search_profiles",
        {**DOMAIN, "KeyName": "_email", "Values": ["x"], "LogicalOperator": "XOR"},
        "Value at 'logicalOperator' failed to satisfy constraint: Member must satisfy enum value set: [AND, OR]",
    ),
    "no such name": (
        "get_domain",
        {"DomainName": "not a name"},
        (
            "Value at 'domainName' failed to satisfy constraint: "
            "Member must satisfy regular expression pattern: ^[a-zA-Z0-9_-]+$"
        ),
    ),
    "too many domains": (
        "list_domains",
        {"MaxResults": 101},
        "Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_request_that_breaks_the_model_is_a_bad_one(domain: Domain, name: str) -> None:
    """In the service's kind of words, as an error that the code may handle; and the verdict says it all the same."""
    operation, request, text = BAD[name]
    before = domain.ids
    with stubbed(domain).running() as stubber:
        found = error(stubber.client, operation, **request)
        (call,) = stubber.calls
        with pytest.raises(VerdictError, match=r"^1 request that the service would refuse:\n  call 1, "):
            stubber.judge()
    assert found == ("BadRequestException", f"1 validation error detected: {text}", 400)
    assert (call.fate, call.exchange is not None, domain.ids) == ("answered", True, before)


@pytest.mark.parametrize("name", BAD)
def test_it_can_be_a_bad_one_and_no_more(name: str) -> None:
    """Where the code is tested for what it does then."""
    operation, request, text = BAD[name]
    with stubbed(Domain("example", bad_requests="answered")) as stubber:
        assert error(stubber.client, operation, **request)[1] == f"1 validation error detected: {text}"
        assert stubber.calls[0].violations == ()


def test_all_that_is_wrong_is_said() -> None:
    """Counted, in the order of the request; no value of a profile is shown."""
    with stubbed(Domain("example", bad_requests="answered")) as stubber:
        request = {**DOMAIN, "FirstName": "Ana" * 100, "Attributes": {"tier": "x" * 256}, "Gender": "other"}
        text = error(stubber.client, "create_profile", **request)[1]
    assert text == (
        "3 validation errors detected: "
        "Value at 'firstName' failed to satisfy constraint: Member must have length less than or equal to 255; "
        "Value at 'attributes.member' failed to satisfy constraint: Member must have length less than or equal to 255; "
        "Value at 'gender' failed to satisfy constraint: "
        "Member must satisfy enum value set: [MALE, FEMALE, UNSPECIFIED]"
    )


def test_what_botocore_refuses_itself_never_comes_to_the_domain() -> None:
    """A missing parameter is botocore's own error; the verdict knows of it, whatever the domain notes."""
    for noted in ("noted", "answered"):
        with stubbed(Domain("example", bad_requests=noted)).running() as stubber:
            with pytest.raises(ParamValidationError):
                stubber.client.batch_get_profile(**DOMAIN)
            with pytest.raises(VerdictError, match="ProfileIds: wanted "):
                stubber.judge()


@pytest.mark.parametrize("options", [{"strict": False}, {"ignore": {"max"}}])
def test_where_it_is_allowed_it_is_answered(options: dict[str, Any]) -> None:
    """As any other request: each id has its outcome."""
    domain = Domain("example")
    ids = domain.put_many(21, preset="minimal")
    with stubbed(domain, **options) as stubber:
        assert [
            each["ProfileId"] for each in stubber.client.batch_get_profile(**DOMAIN, ProfileIds=ids)["Profiles"]
        ] == ids
        found = stubber.client.search_profiles(**DOMAIN, KeyName="_profileId", Values=ids, MaxResults=200)
        assert len(found["Items"]) == 21
        stubber.client.update_profile(**DOMAIN, ProfileId=ids[0], FirstName="x" * 256)
        assert len(stubber.client.batch_get_profile(**DOMAIN, ProfileIds=ids[:1])["Profiles"][0]["FirstName"]) == 256


def test_a_warning_is_a_warning() -> None:
    """The call is answered, and the verdict warns."""
    domain = Domain("example")
    ids = domain.put_many(21, preset="minimal")
    with pytest.warns(RequestWarning, match="1 request that the service would refuse"):  # noqa: SIM117
        with stubbed(domain, strict="warn") as stubber:
            assert len(stubber.client.batch_get_profile(**DOMAIN, ProfileIds=ids)["Profiles"]) == 21


def test_an_operation_that_the_domain_does_not_know() -> None:
    """Is a call that nobody stubbed, and is said to be unknown to the domain; the verdict says it too."""
    with stubbed(Domain("example")).running() as stubber:
        with pytest.raises(Refused) as caught:
            stubber.client.list_workflows(**DOMAIN)
        with pytest.raises(VerdictError, match="1 call that nobody stubbed"):
            stubber.judge()
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("Nobody stubbed call 1, list_workflows in example, at test_domain_answers.py:")
    assert lines[1:] == [
        "  No stub is registered.",
        "  No domain answers list_workflows.",
        (
            "Stub it with add_response('list_workflows', ...), or correct what the code asks for. Where the code is to "
            "meet this error, say so: assert_all_expected=False, in @pytest.mark.cp_fixtures(...) or in stubbed(...)."
        ),
    ]


def test_a_bad_request_of_an_operation_that_it_does_not_know() -> None:
    """Is refused as without a domain."""
    with stubbed(Domain("example")).running() as stubber:
        with pytest.raises(Refused, match="The service would refuse this request of list_workflows"):
            stubber.client.list_workflows(DomainName="not a name")
        with suppress(VerdictError):
            stubber.judge()


def test_each_answer_has_a_request_id_of_its_own(client: Any) -> None:
    """Also two that are the same."""
    answers = [client.get_domain(**DOMAIN)["ResponseMetadata"] for _ in range(3)]
    assert len({each["RequestId"] for each in answers}) == 3
    assert {each["HTTPStatusCode"] for each in answers} == {200}


def test_complaints_name_every_kind_of_rule() -> None:
    """The smallest length and value, and what has no words of its own."""
    requests: list[tuple[str, dict[str, Any]]] = [
        ("batch_get_profile", {**DOMAIN, "ProfileIds": []}),
        ("search_profiles", {**DOMAIN, "KeyName": "_email", "Values": ["x"], "MaxResults": 0}),
        ("get_domain", {}),
        ("get_domain", {"DomainName": 5}),
    ]
    made = [Domain().refusal(name, request, validate_request(name, request)) for name, request in requests]
    assert [str(each.error["Error"]["Message"]).split(": ", 2)[2] for each in made if each is not None] == [
        "Member must have length greater than or equal to 1",
        "Member must have value greater than or equal to 1",
        "Member must not be null",
        "Member must be a string",
    ]
