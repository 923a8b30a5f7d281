"""The samples: fixed for ever, legal under every model, complete, and nobody's."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import re
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from cp_fixtures import Exchange, samples, stubbed, validate, validate_request
from cp_fixtures.service import operation_model
from cp_fixtures.shapes import nodes

OPERATIONS = ("batch_get_profile", "get_segment_membership")
ANSWERED = {name: each for name, each in samples.ALL.items() if each.error is None}
FAILED = {name: each for name, each in samples.ALL.items() if each.error is not None}

DIGESTS = {
    "BATCH_GET_PROFILE": "de1bcef3579ef8cfe4b9e69ba99430cd",
    "BATCH_GET_PROFILE_ACCESS_DENIED": "0088b19e192ee45f375f4d15ce645bda",
    "BATCH_GET_PROFILE_ALL_FOUND": "3576412d397d2d34d524579699941e2e",
    "BATCH_GET_PROFILE_ALL_REFUSED": "0a5beed45e44c53a00ee3dc077562308",
    "BATCH_GET_PROFILE_BAD_REQUEST": "96740c017a9177adcebb4bb479b3cf45",
    "BATCH_GET_PROFILE_FOUND": "618312297457a303a69e5253c75ec0d3",
    "BATCH_GET_PROFILE_INTERNAL_SERVER": "41f82c966d36c2e721ce0016da34c62f",
    "BATCH_GET_PROFILE_REFUSED": "61c3b2257a7df55e10c5ef3eb16fc4ee",
    "BATCH_GET_PROFILE_RESOURCE_NOT_FOUND": "daa94745d02506af0b47a192ca92d8e5",
    "BATCH_GET_PROFILE_THROTTLING": "ad2897606ba254a20bf4d1d6867924c0",
    "BATCH_GET_PROFILE_WITHOUT_ERRORS": "8e72f977ec53edc9bc6facc4be7faa81",
    "BATCH_GET_PROFILE_WITHOUT_PROFILES": "137046178cffab3d1c4057baf140c253",
    "GET_SEGMENT_MEMBERSHIP": "4b4dcc70f77395dd2e8419607e32c592",
    "GET_SEGMENT_MEMBERSHIP_ABSENT": "63b85c3b061e4c50761521b34943f14a",
    "GET_SEGMENT_MEMBERSHIP_ACCESS_DENIED": "4e29e48cc1828208e00b852d07934421",
    "GET_SEGMENT_MEMBERSHIP_ALL_ABSENT": "2ff032fe0f8cfd97a51f101f4c4a3a17",
    "GET_SEGMENT_MEMBERSHIP_ALL_FAILED": "a6cef44a27230f73cd8665abf8ef8fe9",
    "GET_SEGMENT_MEMBERSHIP_ALL_PRESENT": "230f7fd8e09dae6da33169f296441037",
    "GET_SEGMENT_MEMBERSHIP_BAD_REQUEST": "32b775ba1357efb7e16f3a1040ee05b9",
    "GET_SEGMENT_MEMBERSHIP_FAILED": "31ea010e630f17001837fa33d784b0a0",
    "GET_SEGMENT_MEMBERSHIP_INTERNAL_SERVER": "532090f72a208619561c407ea104a0ae",
    "GET_SEGMENT_MEMBERSHIP_PRESENT": "cc45532308e8506656517f80bef23597",
    "GET_SEGMENT_MEMBERSHIP_RESOURCE_NOT_FOUND": "7b6d1ade038218af022e299e74edb2f7",
    "GET_SEGMENT_MEMBERSHIP_THROTTLING": "48592c10b613614cd33f7d75b6bb1877",
    "GET_SEGMENT_MEMBERSHIP_WITHOUT_FAILURES": "e194b73cc773f8a93f9a04b73f564b92",
    "GET_SEGMENT_MEMBERSHIP_WITHOUT_PROFILES": "6f9668c6f74b5333b64b14999ad37f12",
}
"""The first half of the SHA-256 of what `to_json` writes of each sample."""

NEWER = ("ProfileType", "EngagementPreferences", "LastComputedAt")
"""The members that came into the model after the first that is supported."""


def strings(value: Any) -> list[str]:
    """Every string in a value, at any depth."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def ask(client: Any, exchange: Exchange) -> Any:
    """What a client answers to the request of a sample, be it an error."""
    try:
        return getattr(client, exchange.operation)(**exchange.request)
    except ClientError as error:
        return error.response


@pytest.mark.parametrize("name", samples.ALL)
def test_a_sample_never_changes(name: str) -> None:
    """To the last character, in every release: others print it in their documentation."""
    digest = hashlib.sha256(samples.ALL[name].to_json().encode()).hexdigest()[:32]
    assert name in DIGESTS, f"{name} is new: a sample may be added. Write {digest} into DIGESTS."
    assert digest == DIGESTS[name], (
        f"{name} has changed: a sample never changes, for others print it. Undo that; a new one may be added."
    )


def test_no_sample_is_ever_taken_away() -> None:
    """A name stays, once it was released."""
    assert DIGESTS.keys() - samples.ALL.keys() == set()


@pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)
def test_a_sample_is_legal(exchange: Exchange) -> None:
    """Under the installed model, and without a rule left out."""
    assert validate_request(exchange.operation, exchange.request) == []
    assert (exchange.ignore, exchange.unchecked) == (frozenset(), False)
    if exchange.response is not None:
        assert validate(exchange.operation, exchange.response, request=exchange.request) == []


@pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)
def test_botocore_has_no_objection(exchange: Exchange) -> None:
    """Its own validator knows the members, the types and what is required."""
    model: Any = operation_model(exchange.operation)
    pairs = [(exchange.request, model.input_shape)]
    if exchange.response is not None:
        pairs.append((exchange.response, model.output_shape))
    for value, shape in pairs:
        value.pop("ResponseMetadata", None)
        assert not ParamValidator().validate(value, shape).has_errors()


@pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)
def test_no_sample_has_a_member_that_an_older_model_does_not_know(exchange: Exchange) -> None:
    """So that it is legal there, too."""
    assert [member for member in NEWER if f'"{member}"' in exchange.to_json()] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_error_of_the_model_has_a_sample(operation: str) -> None:
    """By its code without the word Exception, with the model's status, and a message wherever botocore puts one."""
    of_model = {code: node.status for code, node in nodes().errors(operation).items()}
    found = {each.error_code: each for each in FAILED.values() if each.operation == operation}
    assert {code: each.error["ResponseMetadata"]["HTTPStatusCode"] for code, each in found.items()} == of_model
    for code, each in found.items():
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", str(code).removesuffix("Exception")).upper()
        assert samples.ALL[f"{operation.upper()}_{words}"] is each
        assert each.error["Message"] == each.error["Error"]["Message"] != ""
        assert each.error["ResponseMetadata"]["HTTPHeaders"]["x-amzn-errortype"] == code


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "of 3 ids in amazon-connect-example: 2 found, 1 refused"),
        ("_FOUND", "of 1 id in amazon-connect-example: 1 found, 0 refused"),
        ("_REFUSED", "of 1 id in amazon-connect-example: 0 found, 1 refused"),
        ("_ALL_FOUND", "of 3 ids in amazon-connect-example: 3 found, 0 refused"),
        ("_ALL_REFUSED", "of 3 ids in amazon-connect-example: 0 found, 3 refused"),
        ("_WITHOUT_ERRORS", "of 1 id in amazon-connect-example: 1 found, 0 refused"),
        ("_WITHOUT_PROFILES", "of 1 id in amazon-connect-example: 0 found, 1 refused"),
        ("_THROTTLING", "of 3 ids in amazon-connect-example: the error ThrottlingException"),
    ],
)
def test_what_befalls_the_ids_of_batch_get_profile(name: str, said: str) -> None:
    """Every outcome, alone and beside the others, as the sample's name has it."""
    assert repr(samples.ALL[f"BATCH_GET_PROFILE{name}"]) == f"<Exchange batch_get_profile {said}>"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "of 3 ids in amazon-connect-example: 1 present, 1 absent, 1 failed"),
        ("_PRESENT", "of 1 id in amazon-connect-example: 1 present, 0 absent, 0 failed"),
        ("_ABSENT", "of 1 id in amazon-connect-example: 0 present, 1 absent, 0 failed"),
        ("_FAILED", "of 1 id in amazon-connect-example: 0 present, 0 absent, 1 failed"),
        ("_ALL_PRESENT", "of 3 ids in amazon-connect-example: 3 present, 0 absent, 0 failed"),
        ("_ALL_ABSENT", "of 3 ids in amazon-connect-example: 0 present, 3 absent, 0 failed"),
        ("_ALL_FAILED", "of 3 ids in amazon-connect-example: 0 present, 0 absent, 3 failed"),
        ("_WITHOUT_FAILURES", "of 1 id in amazon-connect-example: 1 present, 0 absent, 0 failed"),
        ("_WITHOUT_PROFILES", "of 1 id in amazon-connect-example: 0 present, 0 absent, 1 failed"),
        ("_THROTTLING", "of 3 ids in amazon-connect-example: the error ThrottlingException"),
    ],
)
def test_what_befalls_the_ids_of_get_segment_membership(name: str, said: str) -> None:
    """Likewise."""
    assert repr(samples.ALL[f"GET_SEGMENT_MEMBERSHIP{name}"]) == f"<Exchange get_segment_membership {said}>"


@pytest.mark.parametrize("exchange", ANSWERED.values(), ids=ANSWERED)
def test_a_list_is_left_out_where_the_name_says_so(exchange: Exchange) -> None:
    """And else it is there, be it empty."""
    [name] = [name for name, each in ANSWERED.items() if each is exchange]
    refused = "Errors" if exchange.operation == "batch_get_profile" else "Failures"
    without = {each for each in ("Profiles", refused) if name.endswith(f"_WITHOUT_{each.upper()}")}
    assert {"Profiles", refused} - exchange.response.keys() == without


def test_who_is_present_comes_with_a_profile_and_who_is_absent_without() -> None:
    """As a careful user of the service has it."""
    results = [result for each in ANSWERED.values() for result in each.response.get("Profiles", ())]
    assert {(result["QueryResult"], "Profile" in result) for result in results if "QueryResult" in result} == {
        ("PRESENT", True),
        ("ABSENT", False),
    }


def test_the_same_id_is_the_same_person_everywhere() -> None:
    """Samples can be told together, as one story."""
    people: dict[str, Any] = {}
    for each in ANSWERED.values():
        for entry in each.response.get("Profiles", ()):
            profile = entry.get("Profile", entry)
            if "QueryResult" not in profile:
                assert people.setdefault(profile["ProfileId"], profile) == profile
    assert [person.get("FirstName") for person in people.values()] == ["Alice", "Bob", None]


def test_nobody_is_real() -> None:
    """E-mail in example.com, numbers of the range that is kept for fiction, 555-0100 to 555-0199."""
    texts = [text for each in ANSWERED.values() for text in strings(each.response)]
    addresses = {text for text in texts if "@" in text}
    phones = {text for text in texts if text.startswith("+")}
    assert addresses == {f"{name}@example.com" for name in ("alice", "bob", "cafe")}
    assert len(phones) == 3
    assert all(re.fullmatch(r"\+1[2-9]\d\d55501\d\d", phone) for phone in phones)


def test_every_request_id_is_another() -> None:
    """A page can show two calls after each other; nothing else tells a sample's answer from that of a real service."""
    metadata = [(each.response or each.error)["ResponseMetadata"] for each in samples.ALL.values()]
    assert len({each["RequestId"] for each in metadata}) == len(samples.ALL)
    assert all(each["RequestId"] == each["HTTPHeaders"]["x-amzn-requestid"] for each in metadata)
    assert {each["HTTPHeaders"]["date"] for each in metadata} == {"Wed, 15 Jan 2025 12:00:00 GMT"}


@pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)
def test_the_code_gets_a_sample_as_it_is(exchange: Exchange) -> None:
    """Each time, to the last header."""
    with stubbed() as stubber:
        stubber.add_exchange(exchange, times=2)
        assert [ask(stubber.client, exchange) for _ in range(2)] == [exchange.response or exchange.error] * 2


@pytest.mark.parametrize("exchange", samples.ALL.values(), ids=samples.ALL)
def test_the_code_gets_a_sample_over_the_wire(exchange: Exchange) -> None:
    """Likewise, but for how often botocore has tried."""
    with stubbed(exchange, wire=True) as wire:
        got, wanted = ask(wire.client, exchange), exchange.response or exchange.error
    for metadata in (got["ResponseMetadata"], wanted["ResponseMetadata"]):
        del metadata["RetryAttempts"]
        metadata.pop("MaxAttemptsReached", None)
    assert got == wanted


def test_throttled_and_then_answered() -> None:
    """An error and an answer of the same operation have the same request, so that one can follow the other."""
    with stubbed(samples.BATCH_GET_PROFILE_THROTTLING, samples.BATCH_GET_PROFILE) as stubber:
        first, second = (ask(stubber.client, samples.BATCH_GET_PROFILE) for _ in range(2))
    assert (first["Error"]["Code"], len(second["Profiles"])) == ("ThrottlingException", 2)


def test_the_names_are_constants_and_all_of_them_in_the_mapping() -> None:
    """What an editor completes is what parametrize gets, and nothing can be put in."""
    assert {*samples.__all__} - {"ALL"} == samples.ALL.keys() <= {*dir(samples)}
    assert all(getattr(samples, name) is each for name, each in samples.ALL.items())
    assert all(name.startswith(each.operation.upper()) for name, each in samples.ALL.items())
    with pytest.raises(TypeError):
        samples.ALL["MINE"] = samples.BATCH_GET_PROFILE  # type: ignore[index]


def test_every_name_has_a_docstring() -> None:
    """An editor and the pages show it; Sphinx would take what stands before a colon for a type."""
    body = ast.parse(inspect.getsource(samples)).body
    told = {
        ast.unparse(node.target): ast.literal_eval(after.value)
        for node, after in pairwise(body)
        if isinstance(node, ast.AnnAssign) and isinstance(after, ast.Expr)
    }
    assert told.keys() == {*samples.__all__}
    assert [name for name, text in told.items() if ": " in text] == []
    of_profiles = [text for name, text in told.items() if name.startswith("BATCH_GET_PROFILE")]
    assert len({*of_profiles}) == len(of_profiles)


def test_python_suggests_a_near_name() -> None:
    """What a mistyped name should have been."""
    code = "from cp_fixtures import samples; samples.BATCH_GET_PROFILE_FUOND"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.endswith(
        "module 'cp_fixtures.samples' has no attribute 'BATCH_GET_PROFILE_FUOND'. "
        "Did you mean: 'BATCH_GET_PROFILE_FOUND'?\n"
    )


def test_what_is_changed_changes_no_sample() -> None:
    """They are exchanges: what they hand out are copies."""
    samples.BATCH_GET_PROFILE.response["Profiles"].clear()
    assert json.loads(samples.BATCH_GET_PROFILE.to_json())["response"]["Profiles"] != []
