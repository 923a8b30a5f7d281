"""Domain: what a test says of a world; what is refused changes nothing."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import botocore
import pytest

from cp_fixtures import OMIT, Domain, Exchange, InvalidRequest, InvalidResponse, UsageError
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cp_fixtures.types import Profile

ID = "0f" * 16
NOBODY = "e" * 32
FICTION = "Code that passes a test with it is tested with a fiction. Correct the values."
NEVER_ANSWERED = "A call with it never gets an answer. Correct it."
TIME = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.timezone.utc)


def ask(domain: Domain, *ids: str) -> Any:
    """The response to batch_get_profile."""
    exchange = domain.answer("batch_get_profile", {"DomainName": domain.name, "ProfileIds": list(ids)})
    assert exchange is not None
    return exchange.response or exchange.error


def check(domain: Domain, *ids: str, segment: str = "vip") -> Any:
    """The response to get_segment_membership."""
    request = {"DomainName": domain.name, "SegmentDefinitionName": segment, "ProfileIds": list(ids)}
    exchange = domain.answer("get_segment_membership", request)
    assert exchange is not None
    return exchange.response or exchange.error


def everything(domain: Domain) -> Any:
    """All that a domain holds, to compare; nothing of it changes any more."""
    state = deepcopy(domain.snapshot().state)
    return [getattr(state, name) for name in type(state).__slots__]


def test_a_new_one_holds_nothing() -> None:
    """And says so; its name is one like those of real instances."""
    domain = Domain()
    assert (domain.name, len(domain), domain.ids, ID in domain) == ("amazon-connect-example", 0, (), False)
    assert repr(domain) == "<Domain amazon-connect-example with 0 profiles>"


def test_put_takes_a_whole_profile_as_it_is() -> None:
    """One with a ProfileId gets nothing more, and comes back the same."""
    domain = Domain()
    profile = {"ProfileId": ID, "FirstName": "Ana", "Address": {"City": "Paris"}}
    assert domain.put(profile) == ID
    assert domain.get(ID) == profile == ask(domain, ID)["Profiles"][0]
    assert repr(domain) == "<Domain amazon-connect-example with 1 profile>"


def test_put_completes_a_profile_without_an_id() -> None:
    """By the preset, around what is said, by name or by path."""
    domain = Domain()
    made = domain.get(domain.put({"FirstName": "Ana"}, preset="business", Address__City="Paris"))
    assert (made["FirstName"], made["Address"]["City"]) == ("Ana", "Paris")
    assert made["BusinessName"]
    assert find(shape_node("Profile"), made) == []


def test_overrides_go_over_a_whole_profile() -> None:
    """Without changing the caller's; OMIT takes a member away."""
    domain, profile = Domain(), {"ProfileId": ID, "FirstName": "Ana", "LastName": "Lee", "Address": {"City": "Rome"}}
    domain.put(profile, FirstName="Eva", LastName=OMIT, Address__Country="ITA")
    assert domain.get(ID) == {"ProfileId": ID, "FirstName": "Eva", "Address": {"City": "Rome", "Country": "ITA"}}
    assert profile["FirstName"] == "Ana"


def test_put_replaces_and_keeps_the_place() -> None:
    """The newer one of two with an id; it stands where the older one stood."""
    domain = Domain()
    first, second = domain.put_many(2)
    domain.put({"ProfileId": first})
    assert domain.ids == (first, second)
    assert domain.get(first) == {"ProfileId": first}


def test_nobody_shares_a_profile() -> None:
    """Neither what was put, nor what was got, nor what was answered changes the domain."""
    domain = Domain()
    profile: dict[str, Any] = {"ProfileId": ID, "Attributes": {"tier": "gold"}}
    domain.put(profile)
    for each in (profile, domain.get(ID), ask(domain, ID)["Profiles"][0]):
        each["Attributes"]["tier"] = "lead"
        each["FirstName"] = "Eva"
    assert domain.get(ID) == {"ProfileId": ID, "Attributes": {"tier": "gold"}}


@pytest.mark.parametrize("again", [dict, lambda each: [each], lambda each: iter([each])])
def test_put_many_takes_a_number_or_profiles(again: Callable[[Any], Any]) -> None:
    """Each completed or whole, in order; from any iterable of dicts."""
    domain = Domain()
    profiles = again({"ProfileId": ID})
    made = domain.put_many([profiles, {"FirstName": "Ana"}] if isinstance(profiles, dict) else profiles)
    assert made[0] == ID
    assert list(domain.ids) == made
    assert domain.put_many(0) == domain.put_many([]) == []
    assert len(set(domain.put_many(30, preset="minimal"))) == 30


def test_the_same_seed_makes_the_same_people() -> None:
    """Of the name, the seed and how many were made before, and of nothing else."""

    def made(*, name: str = "one", seed: int | str = 0) -> list[Profile]:
        domain = Domain(name, seed=seed)
        return [domain.get(each) for each in (*domain.put_many(2), domain.put())]

    assert made() == made()
    assert made() != made(seed=1)
    assert made() != made(seed="1")
    assert made() != made(name="other")


def test_people_are_of_the_locale() -> None:
    """As with ProfileFactory."""
    countries = {}
    for locale in ("en_US", "de_DE"):
        domain = Domain(locale=locale)
        countries[locale] = domain.get(domain.put())["Address"]["Country"]
    assert countries == {"en_US": "US", "de_DE": "DE"}


@pytest.mark.parametrize("preset", ["minimal", "full"])
def test_nobody_is_made_up_who_is_there(preset: str) -> None:
    """A world that was loaded from what the same seed has made gets new people, whole ones."""
    ids, domain = Domain().put_many(3), Domain()
    domain.put_many([{"ProfileId": each} for each in ids[:2]])
    made = domain.put_many(3, preset=preset)
    assert len(domain) == 5
    assert ids[2] in made
    for each in ask(domain, *made)["Profiles"]:
        assert find(shape_node("Profile"), each) == []


BAD_PUTS: dict[str, tuple[Callable[[Domain], object], type[Exception], str]] = {
    "no dict": (
        lambda domain: domain.put("Ana"),  # type: ignore[arg-type]
        UsageError,
        (
            "This is no profile: 'Ana'. A profile is a dict of its members. "
            "Give a dict, or the members by name: FirstName=..., Address__City=..."
        ),
    ),
    "no list": (
        lambda domain: domain.put_many({"FirstName": "Ana"}),  # type: ignore[dict-item]
        UsageError,
        (
            "These are no profiles: {'FirstName': 'Ana'}. Several are a number of them, or a list of dicts. "
            "Give one of the two, or a single profile to put()."
        ),
    ),
    "no number": (
        lambda domain: domain.put_many(profiles=True),
        UsageError,
        "There cannot be True profiles. A batch has 0 or more. Give the number as an int.",
    ),
    "one is no dict": (
        lambda domain: domain.put_many([{}, 5]),  # type: ignore[list-item]
        UsageError,
        (
            "This is no profile: 5. A profile is a dict of its members. "
            "Give a dict, or the members by name: FirstName=..., Address__City=..."
        ),
    ),
    "unknown member": (
        lambda domain: domain.put_many([{}, {"Firstname": "Ana"}]),
        UsageError,
        (
            f"There is no Profile member 'Firstname'. botocore {botocore.__version__} knows {{members}}, and this is "
            "none of them. Did you mean 'FirstName'?"
        ),
    ),
    "unknown preset": (
        lambda domain: domain.put({"ProfileId": NOBODY}, preset="small"),
        UsageError,
        (
            "There is no preset 'small'. There are 5, and it is none of them. "
            "Use one of minimal, typical, full, business, tricky."
        ),
    ),
    "empty text": (
        lambda domain: domain.put_many([{}, {"ProfileId": NOBODY, "FirstName": "", "BirthDate": 7}]),
        InvalidResponse,
        (
            "This profile breaks the service model in 2 places:\n"
            "  FirstName: wanted at least 1 character, got 0 characters\n"
            f"  BirthDate: wanted a string, got an int\n{FICTION}"
        ),
    ),
    "no text for an id": (
        lambda domain: domain.put({"ProfileId": ["x"]}),
        InvalidResponse,
        (
            "This profile breaks the service model in 1 place:\n"
            f"  ProfileId: wanted a string, got the list ['x']\n{FICTION}"
        ),
    ),
    "no id": (
        lambda domain: domain.put(ProfileId=OMIT),
        InvalidResponse,
        (
            "This profile breaks the service model in 1 place:\n"
            f"  ProfileId: wanted an id, which every profile of a domain has, got nothing\n{FICTION}"
        ),
    ),
}


@pytest.mark.parametrize("name", BAD_PUTS)
def test_a_bad_profile_changes_nothing(name: str) -> None:
    """Not even who is made up next; everything that is wrong is said."""
    put, kind, message = BAD_PUTS[name]
    domain = Domain()
    domain.put({"ProfileId": ID})
    before = everything(domain)
    with pytest.raises(kind) as caught:
        put(domain)
    assert str(caught.value) == message.replace("{members}", str(len(shape_node("Profile").members)))
    assert everything(domain) == before


@pytest.mark.skipif("EngagementPreferences" not in shape_node("Profile").members, reason="a model without them")
def test_an_id_inside_is_the_profiles_own() -> None:
    """Any other would make an answer of the domain disagree with itself."""
    with pytest.raises(InvalidResponse) as caught:
        Domain().put({"ProfileId": ID, "EngagementPreferences": {"Phone": [{"ProfileId": NOBODY}]}})
    assert str(caught.value) == (
        "This profile breaks the service model in 1 place:\n"
        f"  EngagementPreferences.Phone[0].ProfileId: wanted the profile's own id '{ID}', "
        f"got another one, a str of length 32\n{FICTION}"
    )


def test_an_iterable_that_fails_puts_nobody() -> None:
    """And may itself use the domain, for it is read before."""
    domain = Domain()

    def profiles() -> Iterator[dict[str, Any]]:
        yield {"FirstName": f"number {len(domain)}"}
        raise LookupError

    with pytest.raises(LookupError):
        domain.put_many(profiles())
    assert len(domain) == 0


@pytest.mark.parametrize("profile_id", [NOBODY, "", 5, ["x"]])
@pytest.mark.parametrize("method", ["get", "remove"])
def test_who_is_not_there_cannot_be_got_or_removed(method: str, profile_id: Any) -> None:
    """Whatever stands for the id."""
    domain = Domain()
    domain.put()
    assert profile_id not in domain
    with pytest.raises(UsageError) as caught:
        getattr(domain, method)(profile_id)
    assert str(caught.value) == (
        f"The domain has no profile {profile_id!r}. There are 1, and none has that id. Give an id that put() gave."
    )


def test_remove_lets_a_profile_go_from_everywhere() -> None:
    """From its segments too: one of that id that comes later is in none, and comes last."""
    domain = Domain()
    one, other = domain.put_many(2)
    segment = domain.segment("vip").add([one, other])
    domain.remove(one)
    assert (domain.ids, segment.members) == ((other,), (other,))
    domain.put({"ProfileId": one})
    assert (domain.ids, segment.members) == ((other, one), (other,))


def test_who_comes_again_is_discarded_no_more() -> None:
    """What was said of one who has gone is forgotten; a predicate takes the new one in."""
    domain = Domain()
    one = domain.put()
    segment = domain.segment("vip").where(lambda profile: "ProfileId" in profile).discard(one)
    assert one not in segment
    domain.remove(one)
    domain.put({"ProfileId": one})
    assert one in segment


@pytest.mark.parametrize("name", ["", "with space", "x" * 65, None])
def test_names_are_such_as_calls_can_have(name: Any) -> None:
    """Of a domain and of a segment; nothing is made."""
    with pytest.raises(InvalidRequest) as of_domain:
        Domain(name)
    assert str(of_domain.value).startswith("No call can ask for this DomainName: it breaks the service model in ")
    assert str(of_domain.value).endswith(NEVER_ANSWERED)
    domain = Domain()
    with pytest.raises(InvalidRequest, match="No call can ask for this SegmentDefinitionName"):
        domain.segment(name)
    assert everything(domain) == everything(Domain())


def test_a_name_is_refused_in_full() -> None:
    """Each rule that it breaks."""
    with pytest.raises(InvalidRequest) as caught:
        Domain("with space")
    assert str(caught.value) == (
        "No call can ask for this DomainName: it breaks the service model in 1 place:\n"
        f"  (top): wanted a match of ^[a-zA-Z0-9_-]+$, got 'with space'\n{NEVER_ANSWERED}"
    )


SWITCHES = ("profile_when_present", "profile_when_absent", "found_by_items", "ignore_case", "shuffle", "omit_empty")


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("value", ["no", 1, None])
def test_a_switch_is_true_or_false(name: str, value: Any) -> None:
    """Nothing that Python takes for one."""
    with pytest.raises(UsageError) as caught:
        Domain(**{name: value})
    assert str(caught.value) == (
        f"{name} is {value!r}. It is a switch, and Python takes any text for yes. Give True or False."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unknown_ids": "lost"}, "unknown_ids is 'lost'. It is one of refused, left_out. Give one of them."),
        ({"bad_requests": None}, "bad_requests is None. It is one of noted, answered. Give one of them."),
        ({"unknown_ids": ["x"]}, "unknown_ids is ['x']. It is one of refused, left_out. Give one of them."),
        (
            {"seed": [1]},
            (
                "[1] is no seed. Only of a number or a text the same data can be made on any machine. "
                "Give an int or a str."
            ),
        ),
    ],
)
def test_other_options_are_of_a_few(options: dict[str, Any], message: str) -> None:
    """Which the message names."""
    with pytest.raises(UsageError) as caught:
        Domain(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [
        ("error_code", "", "at least 1 character, got 0 characters"),
        ("error_code", None, "a string, got None"),
        ("error_message", "x" * 1001, "at most 1000 characters, got 1001 characters"),
        ("failure_message", 5, "a string, got the int 5"),
        ("failure_status", "404", "an integer, got the str '404'"),
        ("failure_status", None, "an integer, got None"),
        ("last_computed_at", "today", "a datetime with a time zone, got the str 'today'"),
    ],
)
def test_an_option_is_what_an_answer_could_say(option: str, value: Any, wanted: str) -> None:
    """It is refused when the domain is made, and not when a call comes."""
    with pytest.raises(InvalidResponse) as caught:
        Domain(**{option: value})
    assert str(caught.value) == (
        f"This domain breaks the service model in 1 place:\n  {option}: wanted {wanted}\n{FICTION}"
    )


def test_a_time_has_a_zone() -> None:
    """For LastComputedAt is parsed to one that has."""
    with pytest.raises(InvalidResponse, match=r"last_computed_at: wanted a datetime with a time zone"):
        Domain(last_computed_at=TIME.replace(tzinfo=None))


def test_an_unknown_locale_is_refused() -> None:
    """With the names that there are."""
    with pytest.raises(UsageError, match=r"^There is no locale 'xx_XX'\. There are \d+, and it is none of them\."):
        Domain(locale="xx_XX")


def test_an_unknown_id_is_refused_or_left_out() -> None:
    """As the option says; either is a legal answer here."""
    asked = [NOBODY, "d" * 32]
    errors = ask(Domain(), *asked)["Errors"]
    assert errors == [
        {"ProfileId": each, "Code": "ResourceNotFoundException", "Message": "Profile not found"} for each in asked
    ]
    domain = Domain(unknown_ids="left_out")
    domain.segment("vip")
    assert (ask(domain, *asked)["Errors"], check(domain, *asked)["Failures"]) == ([], [])
    domain.refuse(NOBODY)
    assert [each["ProfileId"] for each in ask(domain, *asked)["Errors"]] == [NOBODY]


def test_what_is_said_of_an_unknown_id() -> None:
    """In each operation by options of its own; OMIT leaves the status out."""
    domain = Domain(error_code="Gone", error_message="No.", failure_message="Never.", failure_status=OMIT)
    domain.segment("vip")
    assert ask(domain, ID)["Errors"] == [{"ProfileId": ID, "Code": "Gone", "Message": "No."}]
    assert check(domain, ID)["Failures"] == [{"ProfileId": ID, "Message": "Never."}]


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize("absent", [True, False])
def test_results_bring_profiles_as_told(present: bool, absent: bool) -> None:  # noqa: FBT001 - parameters
    """Each kind by its switch."""
    domain = Domain(profile_when_present=present, profile_when_absent=absent)
    one, other = domain.put_many(2)
    domain.segment("vip").add(one)
    results = {each["QueryResult"]: each.get("Profile") for each in check(domain, one, other)["Profiles"]}
    assert results == {
        "PRESENT": domain.get(one) if present else None,
        "ABSENT": domain.get(other) if absent else None,
    }


def test_an_empty_list_can_be_left_out() -> None:
    """So that reading it is a KeyError, as it may be of the service's."""
    domain = Domain(omit_empty=True)
    one = domain.put()
    domain.segment("vip")
    assert ask(domain, one).keys() == {"Profiles", "ResponseMetadata"}
    assert ask(domain, NOBODY).keys() == {"Errors", "ResponseMetadata"}
    assert "Failures" not in check(domain, one)
    assert "Profiles" not in check(domain, NOBODY)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("number", [2, 3, 18])
def test_shuffled_is_another_order_and_always_the_same(number: int, seed: int) -> None:
    """In every list of two or more, for chance could leave one as it was; the same question gets the same answer."""
    domain = Domain(shuffle=True, seed=seed)
    ids = domain.put_many(number)
    missing = [f"{each:032x}" for each in range(20 - number)]
    answers = [ask(domain, *ids, *missing) for _ in range(2)]
    for name, asked in (("Profiles", ids), ("Errors", missing)):
        one, other = ([each["ProfileId"] for each in answer[name]] for answer in answers)
        assert one == other
        assert sorted(one) == sorted(asked)
        assert len(asked) < 2 or one != asked


@pytest.mark.skipif(
    "LastComputedAt" not in shape_node("GetSegmentMembershipResponse").members,
    reason="a model without it",
)
def test_when_segments_were_computed() -> None:
    """In the 24 hours before the noon of 2025-01-15, by the seed; or as told, or not said at all."""

    def computed_at(**options: Any) -> Any:
        domain = Domain(**options)
        domain.segment("vip")
        answers = [check(domain, ID).get("LastComputedAt") for _ in range(2)]
        assert answers[0] == answers[1]
        return answers[0]

    fixed = dt.datetime(2025, 1, 15, 12, tzinfo=dt.timezone.utc)
    assert fixed - dt.timedelta(days=1) < computed_at() <= fixed
    assert computed_at() == computed_at() != computed_at(seed=1)
    assert computed_at(last_computed_at=TIME) == TIME
    assert computed_at(last_computed_at=OMIT) is None


def test_a_refused_id_always_fails() -> None:
    """Whether there is such a profile or not; by default as in an internal failure."""
    domain = Domain()
    one = domain.put()
    domain.segment("vip").add(one)
    domain.refuse(one)
    domain.refuse(NOBODY, code="Slow", message="Later.", status=None)
    assert ask(domain, one, NOBODY)["Errors"] == [
        {"ProfileId": one, "Code": "InternalServerException", "Message": "Internal server error"},
        {"ProfileId": NOBODY, "Code": "Slow", "Message": "Later."},
    ]
    assert check(domain, NOBODY, one)["Failures"] == [
        {"ProfileId": NOBODY, "Message": "Later."},
        {"ProfileId": one, "Message": "Internal server error", "Status": 500},
    ]


@pytest.mark.parametrize("status", [None, OMIT])
def test_a_refusal_may_have_no_status(status: Any) -> None:
    """Said in either way."""
    domain = Domain()
    domain.segment("vip")
    domain.refuse(ID, status=status)
    assert check(domain, ID)["Failures"] == [{"ProfileId": ID, "Message": "Internal server error"}]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ({"code": ""}, ["  code: wanted at least 1 character, got 0 characters"]),
        ({"code": None}, ["  code: wanted a string, got None"]),
        (
            {"status": "500", "message": ""},
            [
                "  status: wanted an integer, got the str '500'",
                "  message: wanted at least 1 character, got 0 characters",
            ],
        ),
    ],
)
def test_a_refusal_is_what_an_answer_could_say(options: dict[str, Any], lines: list[str]) -> None:
    """Or it is refused itself, at once."""
    domain = Domain()
    with pytest.raises(InvalidResponse) as caught:
        domain.refuse(ID, **options)
    places = "1 place" if len(lines) == 1 else f"{len(lines)} places"
    text = "\n".join(lines)
    assert str(caught.value) == f"This refusal breaks the service model in {places}:\n{text}\n{FICTION}"
    assert ask(domain, ID)["Errors"][0]["Code"] == "ResourceNotFoundException"


@pytest.mark.parametrize("profile_id", ["0f-1", "", None])
def test_an_id_that_no_call_can_ask_for_is_not_refused(profile_id: Any) -> None:
    """For that would never show."""
    domain = Domain()
    with pytest.raises(
        InvalidRequest,
        match=r"^No call can ask for this id: it breaks the service model in ",
    ) as caught:
        domain.refuse(profile_id)
    assert str(caught.value).endswith(NEVER_ANSWERED)
    assert everything(domain) == everything(Domain())


def codes(domain: Domain, number: int) -> list[str]:
    """How so many calls end, one after the other: the code of the error, or "" for none."""
    answers = (ask(domain, ID) for _ in range(number))
    return [each["Error"]["Code"] if "Error" in each else "" for each in answers]


def test_one_call_in_so_many_is_throttled() -> None:
    """Counted from when it is said, over all operations; 0 ends it."""
    domain = Domain()
    assert codes(domain, 2) == ["", ""]
    domain.throttle(every=3)
    assert codes(domain, 6) == ["", "", "ThrottlingException"] * 2
    domain.answer("list_domains", {})
    assert codes(domain, 2) == ["", "ThrottlingException"]
    domain.throttle(every=1)
    assert codes(domain, 2) == ["ThrottlingException"] * 2
    domain.throttle(every=0)
    assert codes(domain, 3) == [""] * 3


@pytest.mark.parametrize("every", [-1, True, 1.5, "3", None])
def test_throttling_is_by_a_number(every: Any) -> None:
    """A whole one; what was said before stays."""
    domain = Domain()
    domain.throttle(every=1)
    with pytest.raises(UsageError) as caught:
        domain.throttle(every)
    assert str(caught.value) == f"every is {every!r}. One call in so many is throttled. Give 0 or more."
    assert codes(domain, 1) == ["ThrottlingException"]


def test_the_next_calls_of_an_operation_fail() -> None:
    """As often as said, the first said first; those of other operations do not."""
    domain = Domain()
    domain.fail_next("batch_get_profile", "InternalServerException", times=2)
    domain.fail_next("batch_get_profile", "AccessDeniedException")
    domain.fail_next("list_domains", "ThrottlingException")
    domain.segment("vip")
    assert "Failures" in check(domain, ID)
    assert codes(domain, 4) == ["InternalServerException"] * 2 + ["AccessDeniedException", ""]
    listed = [domain.answer("list_domains", {}) for _ in range(2)]
    assert [each.error_code for each in listed if each is not None] == ["ThrottlingException", None]


def test_any_other_error_is_given_as_an_exchange() -> None:
    """One that the model does not list, with its status; every member of it comes through."""
    domain = Domain()
    error = {"Error": {"Code": "Odd", "Message": "No."}, "ResponseMetadata": {"HTTPStatusCode": 418}}
    domain.fail_next("batch_get_profile", Exchange("batch_get_profile", error=error))
    answer = ask(domain, ID)
    assert (answer["Error"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (error["Error"], 418)


KNOWN = (
    "batch_get_profile, get_segment_membership, search_profiles, create_profile, update_profile, delete_profile, "
    "list_segment_definitions, get_segment_definition, create_segment_definition, get_domain, list_domains"
)


@pytest.mark.parametrize(
    ("operation", "error", "times", "message"),
    [
        (
            "get_workflow",
            "ThrottlingException",
            1,
            (
                "There is no operation of a domain 'get_workflow'. There are 11, and it is none of them. "
                f"Use one of {KNOWN}."
            ),
        ),
        (
            "get_domain",
            5,
            1,
            (
                "The error is 5. It is to be one of get_domain. "
                "Give a code of the model, or an Exchange with an error of that operation."
            ),
        ),
        (
            "get_domain",
            Exchange("batch_get_profile", response={}),
            1,
            (
                "The error is <Exchange batch_get_profile of any request: 0 found, 0 refused>. "
                "It is to be one of get_domain. "
                "Give a code of the model, or an Exchange with an error of that operation."
            ),
        ),
        ("get_domain", "ThrottlingException", 0, "times is 0. It counts the calls that fail. Give 1 or more."),
        ("get_domain", "ThrottlingException", True, "times is True. It counts the calls that fail. Give 1 or more."),
        ("get_domain", "ThrottlingException", None, "times is None. It counts the calls that fail. Give 1 or more."),
    ],
)
def test_a_failure_is_one_that_can_be(operation: str, error: Any, times: Any, message: str) -> None:
    """Of an operation that the domain answers, with an error of it; else nothing fails."""
    domain = Domain()
    with pytest.raises(UsageError) as caught:
        domain.fail_next(operation, error, times=times)
    assert str(caught.value) == message
    assert everything(domain) == everything(Domain())


@pytest.mark.parametrize(
    ("operation", "error", "beginning"),
    [
        ("get_nothing", "ThrottlingException", "There is no operation 'get_nothing'. botocore "),
        (
            "get_domain",
            "Throttling",
            (
                "The error is 'Throttling'. The model lists AccessDeniedException, BadRequestException, "
                "InternalServerException, ResourceNotFoundException, ThrottlingException for get_domain. "
                "Did you mean 'ThrottlingException'? Of any other give an Exchange with the error."
            ),
        ),
    ],
)
def test_names_that_the_model_does_not_know(operation: str, error: str, beginning: str) -> None:
    """Are refused as everywhere."""
    with pytest.raises(UsageError) as caught:
        Domain().fail_next(operation, error)
    assert str(caught.value).startswith(beginning)


def test_a_snapshot_can_be_gone_back_to() -> None:
    """Any number of times, to all that the domain held: profiles, segments, failures, and who comes next."""
    domain = Domain()
    one = domain.put()
    domain.segment("vip").add(one).where(lambda profile: "FirstName" not in profile)
    domain.throttle(every=7)
    domain.fail_next("batch_get_profile", "ThrottlingException", times=2)
    before, snapshot, seen = everything(domain), domain.snapshot(), []
    for _ in range(2):
        assert codes(domain, 3)[:2] == ["ThrottlingException"] * 2
        seen.append(domain.get(domain.put()))
        domain.segment("lapsed")
        domain.segment("vip").discard(one).where(None)
        domain.refuse(NOBODY)
        domain.remove(one)
        domain.rollback(snapshot)
        assert everything(domain) == before
    assert seen[0] == seen[1]
    assert repr(snapshot) == "<Snapshot of 1 profile>"


def test_what_one_finds_goes_back_too() -> None:
    """A search after a rollback finds whom it found before, and nobody else."""
    domain = Domain()
    domain.put({"ProfileId": ID, "EmailAddress": "ana@example.com"})
    request = {"DomainName": domain.name, "KeyName": "_email", "Values": ["ana@example.com", "eva@example.com"]}

    def found() -> list[str]:
        exchange = domain.answer("search_profiles", request)
        return [] if exchange is None else [each["ProfileId"] for each in exchange.response["Items"]]

    with domain.preserved():
        domain.put({"ProfileId": NOBODY, "EmailAddress": "eva@example.com"})
        domain.remove(ID)
        assert found() == [NOBODY]
    assert found() == [ID]


def test_preserved_goes_back_however_the_block_ends() -> None:
    """And hands out the domain."""
    domain = Domain()
    one = domain.put()

    def remove_twice() -> None:
        with domain.preserved() as same:
            same.remove(one)
            domain.remove(one)

    with pytest.raises(UsageError):
        remove_twice()
    assert domain.ids == (one,)
    with domain.preserved(), domain.preserved():
        domain.put_many(3)
    assert domain.ids == (one,)


@pytest.mark.parametrize("snapshot", [None, 5, Domain().snapshot().state])
def test_no_snapshot_is_refused(snapshot: Any) -> None:
    """And changes nothing."""
    domain = Domain()
    one = domain.put()
    with pytest.raises(UsageError, match=r"^This is no snapshot of <Domain amazon-connect-example with 1 profile>: "):
        domain.rollback(snapshot)
    assert domain.ids == (one,)


def test_a_snapshot_of_another_domain_is_refused() -> None:
    """Its ids and segments would be strangers here."""
    with pytest.raises(UsageError) as caught:
        Domain("one").rollback(Domain("other").snapshot())
    assert str(caught.value) == (
        "This is no snapshot of <Domain one with 0 profiles>: <Snapshot of 0 profiles>. "
        "A domain holds again what it has held itself. Give what its own snapshot() gave."
    )


def test_a_segment_is_there_once_it_is_asked_for() -> None:
    """The same by the same name; before that, it is unknown to calls."""
    domain = Domain()
    assert check(domain, ID)["Error"]["Code"] == "ResourceNotFoundException"
    assert repr(domain.segment("vip")) == "<Segment vip>"
    one = domain.put()
    domain.segment("vip").add(one)
    assert domain.segment("vip").members == (one,)
    assert check(domain, one)["Profiles"][0]["QueryResult"] == "PRESENT"
