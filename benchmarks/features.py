"""What each library that stubs a client of boto3 does, found out by trying. Run it: python benchmarks/features.py.

Nothing is measured here: each row is a small test, which a library passes or not. No call can leave: what nobody
answers is sent to a port of this machine at which nobody listens.
"""

from __future__ import annotations

import copy
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import boto3
from botocore.exceptions import ClientError
from peers import DISTRIBUTIONS, Peer, installed
from side_by_side import asked

from cp_fixtures import validate

if TYPE_CHECKING:
    from collections.abc import Callable

_NOWHERE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
_IDS = ["0f" * 16, "1e" * 16]
_REQUEST: dict[str, Any] = {"DomainName": "amazon-connect-example", "ProfileIds": _IDS}
_RESPONSE: dict[str, Any] = {"Profiles": [{"ProfileId": each, "FirstName": "Ana"} for each in _IDS], "Errors": []}


def main() -> None:
    """Try."""
    with (
        asked("features", "What does each library do?", peers=DISTRIBUTIONS) as question,
        patch.dict(os.environ, _NOWHERE),
    ):
        every = installed()
        rows = {
            words: [None if peer is None else does(probe, peer) for peer in every.values()]
            for words, probe in PROBES.items()
        }
        question.matrix("in a test of code that calls batch_get_profile", list(every), rows)


def does(probe: Callable[[Peer], bool], peer: Peer) -> str | None:
    """Whether it passes, by itself or if the test asks at its end; None where it has no such calls to pass it with."""
    if probe not in (answers, keeps_buckets) and not answers(peer):
        return None
    if probe(peer):
        return "yes"
    return "if asked" if peer.asked is not None and probe(peer._replace(answers=peer.asked)) else "no"


def answers(peer: Peer) -> bool:
    """Whether it answers at all."""
    with suppress(Exception), peer.answers(_REQUEST, copy.deepcopy(_RESPONSE)) as client:
        return len(client.batch_get_profile(**_REQUEST)["Profiles"]) == len(_IDS)
    return False


def refuses_call(**params: Any) -> Callable[[Peer], bool]:
    """Whether a call with such parameters fails, where the stub would take them."""

    def probe(peer: Peer) -> bool:
        request = {**_REQUEST, **params}
        return fails(lambda: called(peer, request, answering(request), request))

    return probe


def refuses_missing(peer: Peer) -> bool:
    """Whether a call without ProfileIds fails, likewise."""
    request = {"DomainName": "amazon-connect-example"}
    return fails(lambda: called(peer, request, _RESPONSE, request))


def refuses_answer(**members: Any) -> Callable[[Peer], bool]:
    """Whether it does not take an answer whose first profile has such members."""

    def probe(peer: Peer) -> bool:
        response = copy.deepcopy(_RESPONSE)
        response["Profiles"][0].update(members)
        return fails(lambda: called(peer, _REQUEST, response, _REQUEST))

    return probe


def refuses_other_ids(peer: Peer) -> bool:
    """Whether a call for other ids than those of the stub fails."""
    return fails(lambda: called(peer, _REQUEST, _RESPONSE, {**_REQUEST, "ProfileIds": ["2d" * 16]}))


def takes_any_order(peer: Peer) -> bool:
    """Whether the same ids in another order are answered, and others are not."""
    return refuses_other_ids(peer) and not fails(
        lambda: called(peer, _REQUEST, _RESPONSE, {**_REQUEST, "ProfileIds": _IDS[::-1]})
    )


def refuses_contradiction(peer: Peer) -> bool:
    """Whether it does not take an answer about an id that was not asked for."""
    response = {"Profiles": [{"ProfileId": each} for each in (_IDS[0], "3c" * 16)], "Errors": []}
    return fails(lambda: called(peer, _REQUEST, response, _REQUEST))


def fails_if_not_used(peer: Peer) -> bool:
    """Whether a stub that no call used fails the test."""

    def test() -> None:
        with peer.answers(_REQUEST, copy.deepcopy(_RESPONSE)):
            pass

    return fails(test)


def fails_if_swallowed(peer: Peer) -> bool:
    """Whether a test fails in which the code swallows the error of a call that nobody stubbed."""

    def test() -> None:
        with peer.answers(_REQUEST, copy.deepcopy(_RESPONSE)) as client:
            client.batch_get_profile(**_REQUEST)
            with suppress(Exception):
                client.batch_get_profile(**{**_REQUEST, "ProfileIds": ["4b" * 16]})

    return fails(test)


def keeps_apart(peer: Peer) -> bool:
    """Whether what the code changes in its answer is left alone in the test's."""
    response = copy.deepcopy(_RESPONSE)
    with peer.answers(_REQUEST, response) as client:
        client.batch_get_profile(**_REQUEST)["Profiles"].clear()
    return response == _RESPONSE


def reaches_made_inside(peer: Peer) -> bool:
    """Whether a client is answered that the code under test makes for itself."""

    def test() -> None:
        with peer.everywhere(_REQUEST, copy.deepcopy(_RESPONSE)):  # type: ignore[misc] # asked below
            inside = boto3.client("customer-profiles", region_name="us-east-1")
            assert inside.batch_get_profile(**_REQUEST)["Profiles"]

    return peer.everywhere is not None and not fails(test)


def reaches_made_before(peer: Peer) -> bool:
    """Whether a client is answered that was made before, out of the test's reach."""
    before = boto3.client("customer-profiles", region_name="us-east-1")

    def test() -> None:
        with peer.everywhere(_REQUEST, copy.deepcopy(_RESPONSE)):  # type: ignore[misc] # asked below
            assert before.batch_get_profile(**_REQUEST)["Profiles"]

    return peer.everywhere is not None and not fails(test)


def has_status(peer: Peer) -> bool:
    """Whether an error has the HTTP status of the model by itself."""
    with peer.refuses("ThrottlingException") as client:
        try:
            client.batch_get_profile(**_REQUEST)
        except ClientError as error:
            return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 429
        except Exception:  # noqa: BLE001 - not the class that code of boto3 catches
            return False
    return False


def makes_legal_answers(peer: Peer) -> bool:
    """Whether it makes an answer up, and a legal one."""
    if peer.makes_up is None:
        return False
    request = {"DomainName": "amazon-connect-example", "ProfileIds": _IDS[:1]}
    with peer.makes_up() as client:
        return not validate("batch_get_profile", client.batch_get_profile(**request), request=request)


def retries(peer: Peer) -> bool:
    """Whether a call that is throttled goes through botocore's own retries."""
    if peer.retried is None:
        return False
    with peer.retried(_REQUEST, copy.deepcopy(_RESPONSE)) as client:
        return int(client.batch_get_profile(**_REQUEST)["ResponseMetadata"]["RetryAttempts"]) == 1


def keeps_profiles(peer: Peer) -> bool:
    """Whether a profile that the code creates is there for its next call."""
    if peer.world is None:
        return False
    with peer.world() as client:
        made = client.create_profile(DomainName="amazon-connect-example", FirstName="Ana")["ProfileId"]
        answer = client.batch_get_profile(DomainName="amazon-connect-example", ProfileIds=[made])
    return [each["FirstName"] for each in answer["Profiles"]] == ["Ana"]


def keeps_buckets(peer: Peer) -> bool:
    """Whether it stands in for S3 as well: a bucket that the code creates is there for its next call."""

    def test() -> None:
        with peer.answers(_REQUEST, copy.deepcopy(_RESPONSE)):
            client: Any = boto3.client("s3", region_name="us-east-1")
            client.create_bucket(Bucket="example")
            assert [each["Name"] for each in client.list_buckets()["Buckets"]] == ["example"]

    return not fails(test)


def called(peer: Peer, stubbed: dict[str, Any], response: dict[str, Any], request: dict[str, Any]) -> None:
    """A test that makes one call."""
    with peer.answers(stubbed, copy.deepcopy(response)) as client:
        client.batch_get_profile(**request)


def answering(request: dict[str, Any]) -> dict[str, Any]:
    """An answer that has each id of a request."""
    return {"Profiles": [{"ProfileId": each} for each in request["ProfileIds"]], "Errors": []}


def fails(test: Callable[[], None]) -> bool:
    """Whether it does, with whatever exception."""
    try:
        test()
    except Exception:  # noqa: BLE001 - each library has its own
        return True
    return False


PROBES: dict[str, Callable[[Peer], bool]] = {
    "answers a call of batch_get_profile": answers,
    "refuses a parameter that there is not": refuses_call(Colour="red"),
    "refuses a call without a required parameter": refuses_missing,
    "refuses 21 ids, one more than the service takes": refuses_call(ProfileIds=[f"{each:032x}" for each in range(21)]),
    "refuses an id with hyphens": refuses_call(ProfileIds=["b33f1c2a-8d7e-4f60-9a51-2c3d4e5f6071"]),
    "refuses a call for other ids than stubbed": refuses_other_ids,
    "and takes its own in any order": takes_any_order,
    "refuses an answer with a member that there is not": refuses_answer(FirstNames="Ana"),
    "refuses an answer with a value that is too long": refuses_answer(FirstName="a" * 256),
    "refuses an answer about an id that was not asked for": refuses_contradiction,
    "the code's changes of an answer do not reach the test's": keeps_apart,
    "fails the test if a stub was never used": fails_if_not_used,
    "fails the test if the error of an unexpected call was swallowed": fails_if_swallowed,
    "answers a client that the code makes for itself": reaches_made_inside,
    "answers a client made before, out of reach": reaches_made_before,
    "gives an error the HTTP status of the model": has_status,
    "lets botocore retry a call that is throttled": retries,
    "makes legal answers up": makes_legal_answers,
    "keeps the profiles that the code creates": keeps_profiles,
    "keeps the S3 buckets that the code creates": keeps_buckets,
}


if __name__ == "__main__":
    main()
