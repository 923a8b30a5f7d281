"""A domain in a file: what is written is read again, and what is wrong is refused with its line."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cp_fixtures import OMIT, Domain, InvalidResponse, UsageError, strategies
from cp_fixtures.domain import world
from cp_fixtures.json_text import JsonReader
from cp_fixtures.shapes import shape_node
from cp_fixtures.validation import CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANA, EVA, NOBODY = "a" * 32, "b" * 32, "e" * 32
FORMS = ("json", "jsonl")
FICTION = "Code that passes a test with it is tested with a fiction. Correct the values."
KINDS = "A domain's file has records of the kinds domain, profile, segment, refused, each a JSON object."
LIKE_DUMP = "Give what `dump` wrote, or records like its own."
TIME = dt.datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=dt.timezone(dt.timedelta(hours=-3)))

OPTIONS: list[dict[str, Any]] = [
    {},
    {"name": "other", "seed": "a seed", "locale": "de_DE"},
    {"unknown_ids": "left_out", "bad_requests": "answered"},
    {"error_code": "Gone", "error_message": "No.", "failure_message": "Nö.", "failure_status": 500},
    {"failure_status": OMIT, "last_computed_at": OMIT},
    {"last_computed_at": TIME},
    {"profile_when_present": False, "profile_when_absent": True, "found_by_items": False},
    {"ignore_case": False, "shuffle": True, "omit_empty": True},
]


def held(domain: Domain) -> Any:
    """All that a file can hold of a domain, to compare."""
    world, state = domain._world, domain.snapshot().state
    members = {name: domain.segment(name).members for name in state.segments}
    definitions = {name: each.definition for name, each in state.segments.items()}
    return (world.name, world.seed, world.locale, world.habits), state.profiles, members, definitions, state.refusals


def written(folder: Path, text: str | bytes, form: str = "jsonl") -> Path:
    """A file with a text in it."""
    path = folder / f"world.{form}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> str:
    """What is said of a file that is refused."""
    with pytest.raises((UsageError, InvalidResponse)) as caught:
        Domain.load(path)
    return str(caught.value)


@st.composite
def worlds(draw: st.DrawFn) -> Domain:
    """Domains of any options, profiles, segments and refused ids."""
    domain = Domain(**draw(st.sampled_from(OPTIONS)))
    ids = [domain.put(each) for each in draw(st.lists(strategies.profiles(), max_size=4))]
    for name in draw(st.sets(st.sampled_from(["vip", "lapsed"]))):
        domain.segment(name).add(draw(st.sets(st.sampled_from(ids)) if ids else st.just(set())))
    message = st.none() | st.text(min_size=1, max_size=20)
    for each in draw(st.sets(strategies.profile_ids(), max_size=2)):
        domain.refuse(each, status=draw(st.none() | st.integers(400, 599)), message=draw(message))
    return domain


@given(domain=worlds(), form=st.sampled_from(FORMS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_read_again(tmp_path: Path, domain: Domain, form: str) -> None:
    """In either form; and written once more it is the same to the byte."""
    path, again = tmp_path / f"one.{form}", tmp_path / f"other.{form}"
    domain.dump(path)
    loaded = Domain.load(path)
    assert held(loaded) == held(domain)
    assert loaded.ids == domain.ids
    loaded.dump(again)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("options", OPTIONS, ids=lambda each: ",".join(each) or "none")
@pytest.mark.parametrize("form", FORMS)
def test_every_option_is_kept(tmp_path: Path, options: dict[str, Any], form: str) -> None:
    """Those that are not the default are in the file, and no others."""
    path = tmp_path / f"world.{form}"
    Domain(**options).dump(path)
    assert held(Domain.load(path)) == held(Domain(**options))
    header = json.loads(path.read_text(encoding="utf-8").splitlines()[0])["domain"] if form == "jsonl" else None
    assert header is None or header.keys() == {"name", "seed", "locale", *options}


def test_all_options_are_tried_above() -> None:
    """One that is new has to be written and read too."""
    known = {name for options in OPTIONS for name in options}
    assert known == set(Domain.__init__.__annotations__) - {"return"}


@pytest.mark.parametrize("form", FORMS)
def test_texts_of_any_letters(tmp_path: Path, form: str) -> None:
    """What ends a line elsewhere ends none here; they are written as they are."""
    domain, path = Domain(), tmp_path / f"world.{form}"
    domain.put({"ProfileId": ANA, "FirstName": "Zoë 王", "LastName": '\u2028\x85\x0c\r\n\\ud800"\ufeff'})
    domain.dump(path)
    assert Domain.load(path).get(ANA) == domain.get(ANA)
    assert "Zoë 王" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_utf8_cannot_write(tmp_path: Path, form: str) -> None:
    """Half a pair of surrogates, where the rules are off: JSON escapes it, and the rest of the file is there."""
    domain, path = Domain(), tmp_path / f"world.{form}"
    domain.put_many([{"ProfileId": ANA}, {"ProfileId": EVA}])
    request = {"DomainName": domain.name, "ProfileId": ANA, "FirstName": "\ud800A"}
    domain.answer("update_profile", request, ignore=CODES)
    domain.dump(path)
    assert "\\ud800A" in path.read_text(encoding="utf-8")
    assert "FirstName: wanted text without a lone surrogate, got a str of length 2" in refused(path)


def test_what_a_predicate_says_is_written(tmp_path: Path) -> None:
    """As it is now: its members are members by name in the file; calls that are to fail are not in it."""
    domain = Domain()
    domain.put_many([{"ProfileId": ANA, "FirstName": "Ana"}, {"ProfileId": EVA}])
    domain.segment("vip").where(lambda profile: "FirstName" in profile)
    domain.throttle(every=1)
    domain.dump(tmp_path / "world.json")
    domain.put({"ProfileId": ANA})
    loaded = Domain.load(tmp_path / "world.json")
    assert loaded.segment("vip").members == (ANA,)
    exchange = loaded.answer("get_domain", {"DomainName": loaded.name})
    assert exchange is not None
    assert exchange.error is None


@pytest.mark.parametrize("form", FORMS)
def test_a_dump_that_fails_leaves_the_file(tmp_path: Path, form: str) -> None:
    """As it was, where a predicate raises."""
    domain, path = Domain(), tmp_path / f"world.{form}"
    domain.put({"ProfileId": ANA})
    domain.dump(path)
    before = path.read_bytes()
    domain.segment("vip").where(lambda profile: profile["Gender"])
    with pytest.raises(KeyError):
        domain.dump(path)
    assert path.read_bytes() == before


def test_the_form_is_by_the_name(tmp_path: Path) -> None:
    """Of a path or a text, in any case of its letters; anything but JSON Lines is JSON."""
    domain = Domain()
    domain.put({"ProfileId": ANA})
    for name in ("a.jsonl", "b.ndjson", "c.JSONL", "d.json", "e", "f.txt"):
        domain.dump(str(tmp_path / name))
        assert held(Domain.load(tmp_path / name)) == held(Domain.load(str(tmp_path / name))) == held(domain)
    texts = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert texts["a.jsonl"] == texts["b.ndjson"] == texts["c.JSONL"] != texts["d.json"] == texts["e"] == texts["f.txt"]
    assert json.loads(texts["d.json"])["profile"] == [{"ProfileId": ANA}]


BY_HAND = f"""
{{
  "profile": [
    {{"ProfileId": "{ANA}",
      "FirstName": "Ana"}},

    {{
      "ProfileId": "{EVA}"
    }} ],
  "segment": {{"name": "vip", "members": ["{ANA}"]}},
  "refused": []
}}

"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("layout", [str, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "")])
def test_json_may_be_written_by_hand(tmp_path: Path, mark: str, layout: Callable[[str], str]) -> None:
    """Without a header the domain is one of no options; one record needs no list; an editor may leave its mark."""
    domain = Domain.load(written(tmp_path, mark + layout(BY_HAND), "json"))
    assert domain.ids == (ANA, EVA)
    assert domain.segment("vip").members == (ANA,)
    assert domain.name == Domain().name


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_json_lines_may_be_written_by_hand(tmp_path: Path, mark: str) -> None:
    """With empty lines, and lines that end as those of any system do."""
    lines = [
        json.dumps({"profile": {"ProfileId": ANA}}),
        "",
        "  ",
        json.dumps({"segment": {"name": "s", "members": []}}),
    ]
    domain = Domain.load(written(tmp_path, mark + "\r\n".join(lines)))
    assert domain.ids == (ANA,)
    assert domain.segment("s").members == ()


@pytest.mark.parametrize(
    ("form", "text"),
    [("jsonl", ""), ("jsonl", "\n\n"), ("json", "{}"), ("json", ' {"profile": []}')],
)
def test_a_file_may_hold_nothing(tmp_path: Path, form: str, text: str) -> None:
    """Then so does the domain."""
    assert held(Domain.load(written(tmp_path, text, form))) == held(Domain())


def line(kind: str, **record: Any) -> str:
    """A line of JSON Lines."""
    return json.dumps({kind: record})


def test_all_violations_are_told_with_their_lines(tmp_path: Path) -> None:
    """Those of every record; and not what misses a profile that was refused itself."""
    lines = [
        line("profile", ProfileId=ANA, FirstName="", Address={"City": 5}),
        line("profile", ProfileId=EVA, Attributes={"tier": ""}),
        line("profile", FirstName="Leo"),
        line("segment", name="not a name", members=[]),
        line("segment", name="vip", members=[ANA]),
        line("segment", name="new", members=[], definition={"DisplayName": ""}),
        line("refused", ProfileId="x", Code="", Status=None, Message=None),
        line("refused", ProfileId=EVA, Code="", Status="5", Message=None),
    ]
    assert refused(written(tmp_path, "\n".join(lines))) == (
        "This domain breaks the service model in 9 places:\n"
        "  [line 1].FirstName: wanted at least 1 character, got 0 characters\n"
        "  [line 1].Address.City: wanted a string, got an int\n"
        "  [line 2].Attributes[entry 0, a str of length 4]: wanted at least 1 character, got 0 characters\n"
        "  [line 3].ProfileId: wanted an id, which every profile of a domain has, got nothing\n"
        "  [line 4]: wanted a match of ^[a-zA-Z0-9_-]+$, got 'not a name'\n"
        "  [line 6].DisplayName: wanted at least 1 character, got 0 characters\n"
        "  [line 7].ProfileIds[0]: wanted a match of [a-f0-9]{32}, got 'x'\n"
        "  [line 8].code: wanted at least 1 character, got 0 characters\n"
        "  [line 8].status: wanted an integer, got the str '5'\n"
        f"{FICTION}"
    )


def test_a_line_is_counted_in_json_too(tmp_path: Path) -> None:
    """However it is laid out: a record's is the one on which it begins."""
    text = refused(written(tmp_path, BY_HAND.replace(f'"{EVA}"\n', '"b"\n'), "json"))
    assert "  [line 7].ProfileId: wanted a match of [a-f0-9]{32}, got " in text


@pytest.mark.skipif("EngagementPreferences" not in shape_node("Profile").members, reason="a model without them")
def test_the_id_of_another_is_refused(tmp_path: Path) -> None:
    """As `put` refuses it."""
    record = line("profile", ProfileId=ANA, EngagementPreferences={"Phone": [{"ProfileId": EVA}]})
    assert refused(written(tmp_path, record)).splitlines()[1] == (
        f"  [line 1].EngagementPreferences.Phone[0].ProfileId: wanted the profile's own id '{ANA}', "
        "got another one, a str of length 32"
    )


PROFILE = line("profile", ProfileId=ANA)

MISFITS: dict[str, tuple[list[str], str]] = {
    "an id twice": (
        [PROFILE, "", PROFILE],
        f"Line 3 is the profile {{'ProfileId': '{ANA}'}}. The id '{ANA}' is there twice. Correct the line.",
    ),
    "a segment twice": (
        [line("segment", name="vip", members=[])] * 2,
        ("Line 2 is the segment {'name': 'vip', 'members': []}. The segment 'vip' is there twice. Correct the line."),
    ),
    "a refused id twice": (
        [line("refused", ProfileId=ANA, Code="C", Status=1, Message="M")] * 2,
        (
            "Line 2 is the refused {'ProfileId': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'Code': 'C', 'Status': 1, '... "
            f"(91 characters). The id '{ANA}' is there twice. Correct the line."
        ),
    ),
    "a member that is not there": (
        [line("segment", name="vip", members=[ANA]), PROFILE],
        (
            "Line 1 is the segment {'name': 'vip', 'members': ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']}. "
            f"The member '{ANA}' is no profile that stands before it. Correct the line."
        ),
    ),
    "a member that is no id": (
        [line("segment", name="vip", members=[["x"]])],
        (
            "Line 1 is the segment {'name': 'vip', 'members': [['x']]}. "
            "The member ['x'] is no profile that stands before it. Correct the line."
        ),
    ),
    "members that are no list": (
        [line("segment", name="vip", members="abc")],
        "Line 1 is the segment {'name': 'vip', 'members': 'abc'}. Its members are no list of ids. Correct the line.",
    ),
    "a segment without members": (
        [line("segment", name="vip")],
        "Line 1 is the segment {'name': 'vip'}. It has no 'members'. Correct the line.",
    ),
    "a segment with more": (
        [line("segment", name="vip", members=[], where="x")],
        (
            "Line 1 is the segment {'name': 'vip', 'members': [], 'where': 'x'}. "
            "It has 'where', and can have name, members, definition. Correct the line."
        ),
    ),
    "a definition that is none": (
        [line("segment", name="vip", members=[], definition=5)],
        (
            "Line 1 is the segment {'name': 'vip', 'members': [], 'definition': 5}. "
            "Its definition is no object. Correct the line."
        ),
    ),
    "a refusal with too little": (
        [line("refused", ProfileId=ANA)],
        f"Line 1 is the refused {{'ProfileId': '{ANA}'}}. It has no 'Code'. Correct the line.",
    ),
    "a second domain": (
        [line("domain", name="one"), line("domain", name="two")],
        (
            "Line 2 is the domain {'name': 'two'}. It is a second domain, or comes after other records. "
            "Correct the line."
        ),
    ),
    "a domain that comes late": (
        [PROFILE, line("domain", name="two")],
        (
            "Line 2 is the domain {'name': 'two'}. It is a second domain, or comes after other records. "
            "Correct the line."
        ),
    ),
    "an unknown kind": (
        [line("person", ProfileId=ANA)],
        f"Line 1 is {{'person': {{'ProfileId': '{ANA}'}}}}. {KINDS} {LIKE_DUMP}",
    ),
    "a record that is no object": ([PROFILE, '{"profile": 5}'], f"Line 2 is {{'profile': 5}}. {KINDS} {LIKE_DUMP}"),
    "a line that is no object": (["[1]"], f"Line 1 is [1]. {KINDS} {LIKE_DUMP}"),
    "a line of two": (['{"a": 1, "b": 2}'], f"Line 1 is {{'a': 1, 'b': 2}}. {KINDS} {LIKE_DUMP}"),
    "a line that is no JSON": (
        [PROFILE, "{oops"],
        (
            "Line 2 is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1). "
            f"{KINDS} {LIKE_DUMP}"
        ),
    ),
    "an unknown option": (
        ["", line("domain", nam="x")],
        (
            "Line 2: There is no option 'nam'. A domain has name, seed, locale, unknown_ids, error_code, "
            "error_message, "
            "failure_message, failure_status, profile_when_present, profile_when_absent, found_by_items, ignore_case, "
            "shuffle, omit_empty, last_computed_at, bad_requests. Correct it."
        ),
    ),
    "an option of another kind": (
        [line("domain", shuffle="no")],
        "Line 1: shuffle is 'no'. It is a switch, and Python takes any text for yes. Give True or False.",
    ),
    "a time that is none": (
        [line("domain", last_computed_at="today")],
        "Line 1: last_computed_at is 'today'. A file has it in ISO 8601. Write 2025-01-14T12:00:00+00:00.",
    ),
    "a name that is none": (
        [line("domain", name="not a name")],
        (
            "This domain breaks the service model in 1 place:\n"
            f"  [line 1]: wanted a match of ^[a-zA-Z0-9_-]+$, got 'not a name'\n{FICTION}"
        ),
    ),
    "an option that no answer could say": (
        [line("domain", error_code="", last_computed_at=5)],
        (
            "This domain breaks the service model in 2 places:\n"
            "  [line 1].error_code: wanted at least 1 character, got 0 characters\n"
            f"  [line 1].last_computed_at: wanted a datetime with a time zone, got the int 5\n{FICTION}"
        ),
    ),
}


@pytest.mark.parametrize("name", MISFITS)
def test_a_bad_file_is_refused(tmp_path: Path, name: str) -> None:
    """By the line on which it goes wrong, and with what to do."""
    lines, message = MISFITS[name]
    assert refused(written(tmp_path, "\n".join(lines))) == message


def test_a_definition_is_one_that_the_model_knows(tmp_path: Path) -> None:
    """And says neither the segment's name nor its address, which are the domain's to say."""
    for name in ("SegmentDefinitionArn", "SegmentDefinitionName", "Nonsense"):
        text = refused(written(tmp_path, line("segment", name="vip", members=[], definition={name: "x"})))
        assert f"Its definition has '{name}', and can have DisplayName, Description, SegmentGroups, " in text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "The file is no JSON: Expecting value: line 1 column 1 (char 0)."),
        ("{", "The file is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        ("[]", "The file has []."),
        ("5", "The file has 5."),
        ('{"profile": 5}', "Line 1 is {'profile': 5}."),
        ('{"profile":\n [{},\n\n 5]}', "Line 4 is {'profile': 5}."),
        ('{\n"profile": [[]]}', "Line 2 is {'profile': []}."),
        ('{\n"person": []}', "Line 2 is of the kind 'person'."),
        ('{"ProfileId": "x"}', "Line 1 is of the kind 'ProfileId'."),
    ],
)
def test_bad_json_is_refused(tmp_path: Path, text: str, what: str) -> None:
    """Likewise; a list of an unknown kind with nothing in it is refused too."""
    assert refused(written(tmp_path, text, "json")) == f"{what} {KINDS} {LIKE_DUMP}"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_utf8_is_refused(tmp_path: Path, form: str) -> None:
    """With the place, as Python tells it."""
    text = refused(written(tmp_path, b'{"profile": {"ProfileId": "\xff"}}', form))
    assert text == (
        "The file is no UTF-8: 'utf-8' codec can't decode byte 0xff in position 27: invalid start byte. "
        f"{KINDS} {LIKE_DUMP}"
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is Python's own error."""
    with pytest.raises(FileNotFoundError):
        Domain.load(tmp_path / "none.json")


@pytest.mark.parametrize("form", FORMS)
def test_thousands_are_each_read_once(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each profile is checked once, and no text is searched twice for the ends of its lines."""
    number = 3000
    domain, path = Domain(), tmp_path / f"world.{form}"
    domain.put_many({"ProfileId": f"{each:032x}", "FirstName": "Ana"} for each in range(number))
    domain.segment("vip").add(domain.ids)
    domain.dump(path)
    checked: list[Any] = []

    def check(profile: Any, *_args: Any) -> None:
        checked.append(profile)

    monkeypatch.setattr(world, "check_profile", check)
    read: list[int] = []

    line_at = JsonReader._line_at

    def counted(self: JsonReader, place: int) -> int:
        read.append(place - self._counted)
        return line_at(self, place)

    monkeypatch.setattr(JsonReader, "_line_at", counted)
    assert Domain.load(path).segment("vip").members == domain.ids
    assert len(checked) == number
    assert sum(read) <= path.stat().st_size


def test_who_loads_and_asks_imports_no_faker(tmp_path: Path) -> None:
    """Nor Hypothesis, nor pytest; and stubbing imports no domain."""
    path = tmp_path / "world.jsonl"
    domain = Domain()
    domain.put({"ProfileId": ANA})
    domain.segment("vip").add(ANA)
    domain.dump(path)
    program = f"""
import sys
import cp_fixtures.stubbing
assert not [each for each in sys.modules if each.startswith("cp_fixtures.domain")]
from cp_fixtures import Domain, stubbed
with stubbed(domain := Domain.load({str(path)!r})) as stubber:
    request = {{"DomainName": domain.name, "ProfileIds": [{ANA!r}]}}
    assert stubber.client.batch_get_profile(**request)["Profiles"]
    assert stubber.client.get_segment_membership(SegmentDefinitionName="vip", **request)["Profiles"]
    assert stubber.client.search_profiles(DomainName=domain.name, KeyName="_profileId", Values=[{ANA!r}])["Items"]
print(sorted({{"faker", "hypothesis", "pytest"}} & sys.modules.keys()))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
