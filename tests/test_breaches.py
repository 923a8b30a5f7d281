"""Every single fault of a legal value: it causes the violation that it names and no other, and none is left out."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from constraints import constraints, path_in
from shape_values import BOTH, NOON, full, shape_of, structure, tops, toy

from cp_fixtures.breaches import Breach, agreement_breaches, breaches, resized
from cp_fixtures.errors import UsageError, Violation, Words
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import Node, nodes, shape_node
from cp_fixtures.validation import CODES, find, rules, validate

if TYPE_CHECKING:
    from collections.abc import Iterable

A, B, C, D = (letter * 32 for letter in "abcd")
UNKNOWN = "NotInTheModel unknown/unknown"
OF_BOTH = {"outcome_missing", "outcome_unasked", "outcome_twice", "echo", "nested_id"}

LIMITED = toy(
    Text={"type": "string", "min": 2, "max": 4},
    Digits={"type": "string", "pattern": "^[0-9]+$", "min": 1, "max": 3},
    Either={"type": "string", "enum": ["ONE", "TWO"]},
    Small={"type": "integer", "min": 1, "max": 9},
    Full={"type": "integer", "min": 0, "max": 2**31 - 1},
    Whole={"type": "long"},
    Share={"type": "double", "min": 0.0, "max": 1.0},
    Real={"type": "double"},
    Single={"type": "float"},
    Truth={"type": "boolean"},
    Time={"type": "timestamp"},
    Bytes={"type": "blob", "min": 1, "max": 2},
    Stream={"type": "blob", "streaming": True},
    Few={"type": "list", "member": {"shape": "Truth"}, "min": 1, "max": 2},
    Pairs={"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Truth"}, "min": 1, "max": 2},
    Named={"type": "map", "key": {"shape": "Either"}, "value": {"shape": "Truth"}, "max": 1},
    Hidden={"type": "map", "key": {"shape": "Secret"}, "value": {"shape": "Small"}},
    Secret={"type": "string", "max": 6, "sensitive": True},
    Nothing=structure(),
    Owner=structure("Name", Name="Text"),
    Choice={**structure(Nothing="Nothing", Owner="Owner"), "union": True},
    Json={**structure(), "document": True},
    Event={**structure(Owner="Owner"), "event": True},
    Events={**structure(Event="Event"), "eventstream": True},
    Response=structure("Of", Of="Owner", Text="Text"),
)
VALUES: list[tuple[str, Any, list[str]]] = [
    ("Text", "abc", ["type/none", "type/int-for-text", "type/bytes-for-text", "unicode/lone-surrogate",
                     "min/too-short", "max/too-long"]),
    ("Digits", "12", ["type/none", "type/int-for-text", "type/bytes-for-text", "max/too-long", "pattern/mismatch",
                      "pattern/trailing-newline", "pattern/space", "pattern/other-digits"]),
    ("Either", "ONE", ["type/none", "type/int-for-text", "type/bytes-for-text", "enum/not-in-enum", "enum/other-case",
                       "enum/empty"]),
    ("Small", 5, ["type/none", "type/bool-for-int", "type/text-for-int", "type/float-for-int", "min/too-small",
                  "max/too-large"]),
    ("Full", 5, ["type/none", "type/bool-for-int", "type/text-for-int", "type/float-for-int", "min/too-small"]),
    ("Whole", 5, ["type/none", "type/bool-for-int", "type/text-for-int", "type/float-for-int", "width/too-wide",
                  "width/too-wide-negative"]),
    ("Share", 0.5, ["type/none", "type/bool-for-number", "type/text-for-number", "type/decimal-for-number",
                    "finite/nan", "min/too-small", "max/too-large"]),
    ("Real", 0.5, ["type/none", "type/bool-for-number", "type/text-for-number", "type/decimal-for-number", "finite/nan",
                   "finite/infinite", "finite/infinite-negative", "width/too-wide", "width/too-wide-negative"]),
    ("Single", 0.5, ["type/none", "type/bool-for-number", "type/text-for-number", "type/decimal-for-number",
                     "finite/nan", "finite/infinite", "finite/infinite-negative", "width/too-wide",
                     "width/too-wide-negative"]),
    ("Truth", True, ["type/none", "type/int-for-bool", "type/text-for-bool"]),
    ("Time", NOON, ["type/none", "type/text-for-timestamp", "type/int-for-timestamp", "type/date-for-timestamp",
                    "timezone/naive"]),
    ("Bytes", b"x", ["type/none", "type/text-for-bytes", "type/list-for-bytes", "min/too-short", "max/too-long"]),
    ("Stream", b"x", ["type/none", "type/text-for-bytes", "type/list-for-bytes"]),
    ("Few", [True], ["type/none", "type/tuple-for-list", "type/text-for-list", "type/dict-for-list",
                     "type/item-for-list", "min/too-few", "max/too-many", "[0] type/none", "[0] type/int-for-bool",
                     "[0] type/text-for-bool"]),
    ("Pairs", {"ab": True}, ["type/none", "type/list-for-dict", "type/text-for-dict", "min/too-few", "max/too-many",
                             "ab type/key-none", "ab type/key-int-for-text", "ab type/key-bytes-for-text",
                             "ab unicode/key-lone-surrogate", "ab min/key-too-short", "ab max/key-too-long",
                             "ab type/none", "ab type/int-for-bool", "ab type/text-for-bool"]),
    ("Owner", {"Name": "abc"}, ["type/none", "type/list-for-dict", "type/text-for-dict", "Name required/missing",
                                "NotInTheModel unknown/unknown", "Namex unknown/misspelt", "Name type/none",
                                "Name type/int-for-text", "Name type/bytes-for-text", "Name unicode/lone-surrogate",
                                "Name min/too-short", "Name max/too-long"]),
    ("Nothing", {}, ["type/none", "type/list-for-dict", "type/text-for-dict", "NotInTheModel unknown/unknown"]),
    ("Choice", {"Nothing": {}}, ["type/none", "type/list-for-dict", "type/text-for-dict",
                                 "NotInTheModel unknown/unknown", "Nothingx unknown/misspelt", "union/no-member",
                                 "Nothing type/none", "Nothing type/list-for-dict", "Nothing type/text-for-dict",
                                 "Nothing.NotInTheModel unknown/unknown"]),
    ("Json", {"a": ["b"]}, ["type/bytes-for-json", "type/tuple-for-json", "type/timestamp-for-json", "finite/nan",
                            "finite/infinite", "finite/infinite-negative", "unicode/lone-surrogate", "a type/key-none",
                            "a type/key-int-for-text", "a type/key-bytes-for-text", "a unicode/key-lone-surrogate"]),
]  # fmt: skip


def said(breach: Breach) -> str:
    """Place, rule and name of a breach in one line."""
    place = ".".join(f"[{step}]" if isinstance(step, int) else step for step in breach.steps)
    return f"{place} {breach.rule}/{breach.name}".strip()


def check_all(node: Node, value: Any, found: Iterable[Breach]) -> None:
    """Each breach breaks what it says, and leaves the legal value as it was."""
    before = copy.deepcopy(value)
    assert find(node, value) == []
    for breach in found:
        assert find(node, breach.applied(value)) == [breach.violation], said(breach)
    assert value == before


@pytest.mark.parametrize(("name", "value", "wanted"), VALUES, ids=[name for name, *_ in VALUES])
def test_the_faults_of_each_type(name: str, value: Any, wanted: list[str]) -> None:
    """Each rule is broken in each of its ways, alone; a document's parts come after the document itself."""
    node = LIMITED.shape(name)
    found = breaches(node, value)
    assert [said(breach) for breach in found][: len(wanted)] == wanted
    assert len(found) == len(wanted) or name == "Json"
    check_all(node, value, found)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, value, _ in VALUES])
def test_every_rule_that_can_break_alone_is_broken(name: str, value: Any) -> None:
    """An independent walk over the shape, and the faults of a value that has every place, say the same."""
    node = LIMITED.shape(name)
    if node.type in ("structure", "list", "map") and not node.union:
        assert {spot(node, breach) for breach in breaches(node, value)} == constraints(node)
    elif not node.union and node.type != "document":
        assert {breach.rule for breach in breaches(node, value)} == {rule for _, rule in constraints(node)}


def spot(node: Node, breach: Breach) -> tuple[tuple[str, ...], str]:
    """The place in the shape and the rule; an unknown member has no place of its own."""
    steps = breach.steps[:-1] if breach.rule == "unknown" else breach.steps
    return path_in(node, steps, key=breach.name.startswith("key-")), breach.rule


@pytest.mark.parametrize(("operation", "end"), [*tops()])
def test_every_rule_of_the_two_operations(operation: str, end: str) -> None:
    """At every place of a full request and a full response, every rule that can break alone does."""
    node = nodes().input(operation) if end == "input_shape" else nodes().output(operation)
    value = full(shape_of(operation, end))
    assert node is not None
    found = breaches(node, value)
    check_all(node, value, found)
    assert {spot(node, breach) for breach in found} == constraints(node)
    assert len({(breach.steps, breach.name) for breach in found}) == len(found)


def test_all_rules_of_shapes_are_broken_somewhere() -> None:
    """Of all codes only those of two values together, and that of a value inside itself, have no fault here."""
    values = [*VALUES, ("Choice", {"Owner": {"Name": "abc"}}, [])]
    found = {breach.rule for name, value, _ in values for breach in breaches(LIMITED.shape(name), value)}
    assert found == CODES.keys() - OF_BOTH - {"depth"}


def test_a_union_gets_a_second_member_where_one_is_easy_to_make() -> None:
    """An empty structure is one; what has required members is not."""
    node, value = LIMITED.shape("Choice"), {"Owner": {"Name": "abc"}}
    (breach,) = (each for each in breaches(node, value) if each.name == "two-members")
    assert breach.applied(value) == {"Owner": {"Name": "abc"}, "Nothing": {}}
    assert str(breach.violation) == "(top): wanted exactly one of Nothing, Owner, got Owner and Nothing"
    check_all(node, value, breaches(node, value))


@pytest.mark.parametrize("value", [{"Event": {"Owner": {"Name": "abc"}}}, [{"Event": {"Owner": {"Name": "abc"}}}]])
def test_events(value: Any) -> None:
    """One event, or a list of them, is broken like structures."""
    node = LIMITED.shape("Events")
    found = breaches(node, value)
    assert {"type", "unknown", "required", "min", "max", "unicode"} == {breach.rule for breach in found}
    check_all(node, value, found)


def test_events_that_can_be_read_only_once() -> None:
    """They are left to their reader: only what is no stream at all stands in their place."""
    found = breaches(LIMITED.shape("Events"), iter([]))
    assert [breach.name for breach in found] == ["none", "text-for-events"]


@pytest.mark.parametrize("value", [None, 5, "text", [], ["a", 1.5], {"a": {"b": [True]}}], ids=str)
def test_documents(value: Any) -> None:
    """In any JSON value each part can be none, a number that JSON has not, or a text that UTF-8 has not."""
    node = LIMITED.shape("Json")
    check_all(node, value, breaches(node, value))


def test_a_union_takes_no_unknown_member_beside_its_own() -> None:
    """That would be two violations: the unknown one takes the place of the only one."""
    node = LIMITED.shape("Choice")
    (breach,) = (each for each in breaches(node, {"Nothing": {}}) if said(each) == UNKNOWN)
    assert breach.applied({"Nothing": {}}) == {"NotInTheModel": "unknown"}


def test_a_map_whose_keys_are_an_enum() -> None:
    """There are only so many legal keys: one more than the map may have is one of them."""
    node, value = LIMITED.shape("Named"), {"ONE": True}
    (breach,) = (each for each in breaches(node, value) if each.name == "too-many")
    assert breach.applied(value) == {"ONE": True, "TWO": True}
    check_all(node, value, breaches(node, value))


def test_secret_keys_are_not_shown() -> None:
    """The violation puts the key in words, while the breach knows it: one is for people, the other for finding."""
    node, value = LIMITED.shape("Hidden"), {"s3cret": 5}
    found = {breach.name: breach for breach in breaches(node, value)}
    assert found["too-large"].steps == ("s3cret",)
    assert str(found["too-large"].violation) == "[entry 0, a str of length 6]: wanted at most 9, got 10"
    assert str(found["key-too-long"].violation) == (
        "[the key of entry 0, a str of length 7]: wanted at most 6 characters, got 7 characters"
    )
    assert "s3cret" not in "".join(str(breach.violation) for breach in found.values())
    check_all(node, value, found.values())


def test_what_is_handed_out_is_nobody_else_s() -> None:
    """Whoever changes a broken value changes neither the legal one nor the next broken one."""
    node = LIMITED.shape("Response")
    value = {"Of": {"Name": "abc"}, "Text": "abc"}
    breach = next(each for each in breaches(node, value) if said(each) == "Of.NotInTheModel unknown/unknown")
    first = breach.applied(value)
    first["Of"].clear()
    assert breach.applied(value) == {"Of": {"Name": "abc", "NotInTheModel": "unknown"}, "Text": "abc"}
    assert breach.grafted(value) == breach.applied(value)
    assert value == {"Of": {"Name": "abc"}, "Text": "abc"}


def test_a_breach_is_read_without_its_data() -> None:
    """Its repr has the place, the name and the violation."""
    (breach,) = (each for each in breaches(LIMITED.shape("Owner"), {"Name": "abc"}) if each.name == "missing")
    assert repr(breach) == (
        "Breach(steps=('Name',), name='missing', violation=Violation(steps=('Name',), rule='required', "
        "wanted='a string, which Owner requires', got='nothing'))"
    )


@pytest.mark.parametrize(
    ("name", "value", "mended"),
    [
        ("Few", [True], {"tuple-for-list"}),
        ("Time", NOON, {"text-for-timestamp", "int-for-timestamp", "naive"}),
        ("Bytes", b"x", set()),
        ("Stream", b"x", {"text-for-bytes"}),
        ("Real", 0.5, {"decimal-for-number"}),
        ("Text", "abc", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_botocore_mends_is_no_fault_of_a_request(name: str, value: Any, mended: set[str]) -> None:
    """A tuple for a list arrives as a list; a text of four letters for two bytes stays too long."""
    node = LIMITED.shape(name)
    as_seen, as_sent = breaches(node, value), breaches(node, value, sent=True)
    assert {breach.name for breach in as_seen} - {breach.name for breach in as_sent} == mended
    assert [breach for breach in as_seen if breach.name not in mended] == as_sent


def test_the_same_every_time() -> None:
    """Two lists of one value are equal, in the same order."""
    node, value = nodes().output("batch_get_profile"), full(shape_of("batch_get_profile", "output_shape"))
    assert node is not None
    assert breaches(node, value) == breaches(node, value)


def test_a_type_that_nobody_knows() -> None:
    """It is named, as the validator names it."""
    with pytest.raises(UsageError, match="The shape Strange is of the type 'bigInteger'"):
        breaches(Node(name="Strange", type="bigInteger"), 5)


RESIZED: list[tuple[dict[str, Any], Any, int, Any]] = [
    ({"type": "string"}, "Mary", 6, "Maryyy"),
    ({"type": "string"}, "Mary", 1, "M"),
    ({"type": "string"}, "Mary", 0, ""),
    ({"type": "string"}, "", 2, "aa"),
    ({"type": "string", "pattern": "^[a-z]+-[0-9]$"}, "ab-1", 6, "abbb-1"),
    ({"type": "string", "pattern": "^[a-z]+-[0-9]$"}, "ab-1", 3, "a-1"),
    ({"type": "string", "pattern": "^[a-z]+-[0-9]$"}, "ab-1", 2, None),
    ({"type": "string", "pattern": "^[a-z]+(-[0-9])*-x$"}, "ab-1-2-x", 3, "a-x"),
    ({"type": "string", "pattern": "^[0-9]{2}$"}, "12", 3, None),
    ({"type": "blob"}, b"ab", 3, b"aba"),
    ({"type": "blob"}, b"", 3, None),
    ({"type": "blob"}, b"ab", -1, None),
]


@pytest.mark.parametrize(("shape", "value", "length", "wanted"), RESIZED)
def test_a_value_of_another_length(shape: dict[str, Any], value: Any, length: int, wanted: Any) -> None:
    """It is made of what is there, and matches what it has matched; where no simple way leads, there is none."""
    node = toy(Shape=shape).shape("Shape")
    assert resized(node, value, length, lambda text: all(rule.holds(text) for rule in rules(node))) == wanted


def test_a_map_of_another_length() -> None:
    """New keys are made of the first one and a number, and are as legal as it is."""
    tags = toy(
        Key={"type": "string", "max": 3}, Value={"type": "boolean"},
        Tags={"type": "map", "key": {"shape": "Key"}, "value": {"shape": "Value"}},
    ).shape("Tags")  # fmt: skip
    assert resized(tags, {"abc": 1, "d": 2}, 1, bool) == {"abc": 1}
    assert [*resized(tags, {"abc": 1}, 12, bool)] == ["abc", "ab0", *(f"ab{n}" for n in range(1, 10)), "a10"]
    assert resized(tags, {}, 2, bool) is None


REQUEST = {"DomainName": "example", "SegmentDefinitionName": "vip", "ProfileIds": [A, B, C]}


def batch() -> dict[str, Any]:
    """A response of batch_get_profile: two found, one refused."""
    return {
        "Profiles": [{"ProfileId": A, "FirstName": "Mary"}, {"ProfileId": B}],
        "Errors": [{"ProfileId": C, "Code": "C", "Message": "M"}],
    }


def membership() -> dict[str, Any]:
    """A response of get_segment_membership: one with its Profile, one without, one failed."""
    profile: dict[str, Any] = {"ProfileId": A}
    if "EngagementPreferences" in shape_node("Profile").members:
        profile["EngagementPreferences"] = {"Email": [{"ProfileId": A}]}
    return {
        "SegmentDefinitionName": "vip",
        "Profiles": [
            {"ProfileId": A, "QueryResult": "PRESENT", "Profile": profile},
            {"ProfileId": B, "QueryResult": "ABSENT"},
        ],
        "Failures": [{"ProfileId": C, "Message": "M"}],
    }


RESPONSES = {"batch_get_profile": batch, "get_segment_membership": membership}


@pytest.mark.parametrize("operation", BOTH)
def test_disagreements_are_one_violation_each(operation: str) -> None:
    """The validator finds in each the one that it names, and in the legal response nothing."""
    response = RESPONSES[operation]()
    assert validate(operation, response, request=REQUEST) == []
    for breach in agreement_breaches(operation, REQUEST, response):
        assert validate(operation, breach.applied(response), request=REQUEST) == [breach.violation], said(breach)
    assert response == RESPONSES[operation]()


def test_the_disagreements_of_batch_get_profile() -> None:
    """Each entry is left out, there twice, and in the other list too; each list has one that nobody asked for."""
    found = agreement_breaches("batch_get_profile", REQUEST, batch())
    assert [said(breach) for breach in found] == [
        "Profiles.[0] outcome_missing/left-out", "Profiles.[1] outcome_missing/left-out",
        "Errors.[0] outcome_missing/left-out", "Profiles.[2] outcome_unasked/not-asked-for",
        "Errors.[1] outcome_unasked/not-asked-for", "Profiles.[0] outcome_twice/twice",
        "Profiles.[1] outcome_twice/twice", "Errors.[0] outcome_twice/twice", "Profiles.[0] outcome_twice/refused-too",
        "Profiles.[1] outcome_twice/refused-too", "Errors.[0] outcome_twice/found-too",
    ]  # fmt: skip


def test_the_disagreements_of_get_segment_membership() -> None:
    """There the name is to be repeated, and an id stands inside a profile too: every rule is broken."""
    found = agreement_breaches("get_segment_membership", REQUEST, membership())
    assert {breach.rule for breach in found} == OF_BOTH
    assert {said(breach) for breach in found if breach.rule in ("echo", "nested_id")} >= {
        "Profiles.[0].Profile.ProfileId nested_id/another-id",
        "SegmentDefinitionName echo/absent",
        "SegmentDefinitionName echo/another-name",
    }


def test_an_entry_for_another_id_is_of_one_piece() -> None:
    """The ids inside it are changed with its own: one fault and no more."""
    response = {**membership(), "Failures": []}
    del response["Profiles"][1]
    found = agreement_breaches("get_segment_membership", {**REQUEST, "ProfileIds": [A]}, response)
    (breach,) = (each for each in found if each.name == "not-asked-for")
    assert breach.steps == ("Profiles", 1)
    assert breach.violation.got == f"'{'f' * 32}'"
    assert A not in repr(breach.applied(response)["Profiles"][1])


@pytest.mark.parametrize("response", [{}, {"Profiles": [], "Errors": []}], ids=str)
def test_nothing_to_disagree_with(response: dict[str, Any]) -> None:
    """A list without an entry has no example of one; such a response has no fault of outcomes to show."""
    assert agreement_breaches("batch_get_profile", {"ProfileIds": []}, response) == []


def test_other_operations_do_not_disagree() -> None:
    """Only the two operations have outcomes for ids."""
    assert agreement_breaches("get_domain", {"DomainName": "example"}, {}) == []
    assert operation_model("get_domain").name == "GetDomain"


def test_an_attribute_may_have_the_name_of_an_id() -> None:
    """A key of Attributes is the customer's own: what stands there need not be the profile's id."""
    response = {"Profiles": [{"ProfileId": A, "Attributes": {"ProfileId": "another"}}]}
    found = agreement_breaches("batch_get_profile", {"ProfileIds": [A]}, response)
    assert {breach.rule for breach in found} == {"outcome_missing", "outcome_unasked", "outcome_twice"}


def test_the_id_that_nobody_asked_for_is_none_of_the_request() -> None:
    """Even where the request asks for the likeliest one."""
    request = {"ProfileIds": ["f" * 32]}
    found = agreement_breaches("batch_get_profile", request, {"Profiles": [{"ProfileId": "f" * 32}]})
    assert [breach.violation.got for breach in found if breach.rule == "outcome_unasked"] == [f"'{'f' * 31}e'"]


def test_violations_are_plain_records() -> None:
    """They compare equal to those that are written by hand."""
    found = breaches(LIMITED.shape("Pairs"), {"ab": True})
    assert next(each for each in found if each.name == "key-too-short").violation == Violation(
        (Words("the key 'a'"),), "min", "at least 2 characters", "1 character"
    )
