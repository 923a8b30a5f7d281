"""What each first use costs in a process, counted: modules imported, files read, shapes compiled, calls of Faker.

`python -m first_uses stub wire` does these uses in turn, and then again, and prints as JSON what each of them cost.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counting import module_of, watched

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["USES", "Count", "counted"]

IDS = ["0f" * 16, "f0" * 16]
DOMAIN = "amazon-connect-example"
REQUEST = {"DomainName": DOMAIN, "ProfileIds": IDS}
RESPONSE = {"Profiles": [{"ProfileId": each} for each in IDS], "Errors": list[Any]()}
FAKER = "a call of Faker"
WORK = {
    ("cp_fixtures.service", "service_model"): "a model looked for",
    ("cp_fixtures.shapes", "_nodes"): "the nodes of a service looked for",
    ("cp_fixtures.shapes", "_compile"): "a shape compiled",
    ("cp_fixtures.shapes", "_nodes_of"): "the nodes of a model made",
    ("cp_fixtures.validation.rules", "rules"): "the rules of a node read",
    ("cp_fixtures.validation.values", "_leaf"): "the check of a node made",
    ("cp_fixtures.validation.rules", "_maker"): "code made of rules",
    ("cp_fixtures.exchanges.copying", "written"): "code that copies made",
    ("cp_fixtures.clients", "_made"): "a client made from nothing",
    ("cp_fixtures.clients", "_session"): "a session made",
    ("cp_fixtures.people.drawing", "pattern"): "a pattern taken apart",
    ("cp_fixtures.people.letters", "email_part"): "a name romanised",
    ("cp_fixtures.people.pools", "pool"): "a pool of names filled",
}
"""What is to be done once: module and function, and what it is."""


@dataclass
class Count:
    """What one use has cost.

    Attributes:
        modules: those that it imported, by anybody.
        files: the files of botocore's data that it read, by their paths in that folder.
        work: how often it did what is to be done once: a word of `WORK`, or `FAKER`.
    """

    modules: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    work: Counter[str] = field(default_factory=Counter)


def counted(use: Callable[[], None]) -> Count:
    """What a use costs."""
    count, before = Count(), {*sys.modules}

    def seen(frame: FrameType, event: str, result: object) -> None:
        module, name = module_of(frame), frame.f_code.co_name
        if event == "return" and result is not None and (module, name) == ("botocore.loaders", "load_file"):
            count.files.append(Path(frame.f_locals["file_path"]).as_posix().partition("/botocore/data/")[2])
        if event != "call":
            return
        if (module, name) in WORK:
            count.work[WORK[module, name]] += 1
        # What Faker calls in turn is its own affair; its modules are counted where they are imported.
        if module.startswith("faker.") and module_of(frame.f_back).startswith("cp_fixtures."):
            count.work[FAKER] += 1

    with watched(seen):
        use()
    count.modules = sorted({*sys.modules} - before)
    return count


def use_botocore() -> None:
    """What is needed of botocore to read a model."""
    import botocore.loaders
    import botocore.model
    import botocore.utils  # noqa: F401 - it is imported, no more


def use_validate() -> None:
    """A response and a request judged."""
    from cp_fixtures import validate, validate_request

    assert validate("batch_get_profile", RESPONSE, request=REQUEST) == []
    assert validate_request("batch_get_profile", REQUEST) == []


def use_samples() -> None:
    """A sample read."""
    from cp_fixtures import samples

    assert samples.BATCH_GET_PROFILE.response["Profiles"]


def use_cases() -> None:
    """The cases of an operation listed."""
    from cp_fixtures import cases

    assert cases.variants("batch_get_profile")
    assert cases.invalid_responses("batch_get_profile")


def use_boto3() -> None:
    """boto3's own client, which whoever tests code with boto3 has anyway."""
    import boto3

    assert boto3.Session().client("customer-profiles", region_name="us-east-1").meta.region_name == "us-east-1"


def use_stub() -> None:
    """A call answered by a stub that is written out."""
    from cp_fixtures import Exchange, stubbed

    with stubbed(Exchange("batch_get_profile", request=REQUEST, response=RESPONSE)) as stubber:
        assert stubber.client.batch_get_profile(**REQUEST)["Profiles"]


def use_wire() -> None:
    """The same over the wire."""
    from cp_fixtures import Exchange, stubbed

    with stubbed(Exchange("batch_get_profile", request=REQUEST, response=RESPONSE), wire=True) as wire:
        assert wire.client.batch_get_profile(**REQUEST)["Profiles"]


def use_domain() -> None:
    """The same from a domain, which holds the profiles."""
    from cp_fixtures import Domain, stubbed

    domain = Domain(DOMAIN)
    for profile in RESPONSE["Profiles"]:
        domain.put(profile)
    with stubbed(domain) as stubber:
        assert stubber.client.batch_get_profile(**REQUEST)["Profiles"]


def use_id() -> None:
    """An id made up, which is nobody's."""
    from cp_fixtures import ProfileFactory

    assert ProfileFactory().profile_id()


def use_profiles() -> None:
    """Twenty profiles made up."""
    from cp_fixtures import ProfileFactory

    assert len(ProfileFactory().build_batch(20, "full")) == 20


def use_strategies() -> None:
    """A few exchanges drawn."""
    from hypothesis import given, settings

    from cp_fixtures import strategies

    @settings(database=None, deadline=None, derandomize=True, max_examples=5)
    @given(strategies.batch_get_profile_exchanges())
    def draw(exchange: Any) -> None:
        assert exchange.request

    draw()


USES = {name.removeprefix("use_"): use for name, use in [*globals().items()] if name.startswith("use_")}
"""Every use by its name."""


def main(names: list[str]) -> None:
    """Do the uses in turn, and all of them again, and print what each has cost, the first time and the second."""
    rounds = [{name: vars(counted(USES[name])) for name in names} for _ in ("first", "again")]
    print(json.dumps(rounds))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(sys.argv[1:])
