"""The installed service model: found by name, whatever the environment says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.loaders import JSONFileLoader, Loader

from cp_fixtures.errors import UsageError
from cp_fixtures.service import SERVICE, loader, method_name, operation_model, operations, service_model

LOOK = """
import json, sys
from cp_fixtures.service import SERVICE, loader, operations, service_model
from cp_fixtures.shapes import nodes
from cp_fixtures.validation import validate
print(json.dumps({
    "operations": operations(),
    "services": len(loader().list_available_services("service-2")),
    "profile": len(nodes().shape("Profile").members),
    "legal": validate("batch_get_profile", {"Profiles": []}) == [],
    "modules": [name for name in ("boto3", "botocore.session", "botocore.client", "pytest") if name in sys.modules],
}))
"""


def look(**environment: str) -> dict[str, Any]:
    """What another Python sees, with these variables and no other but its path."""
    variables = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-c", LOOK]
    done = subprocess.run(command, env=variables | environment, capture_output=True, check=True, text=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.fixture
def false_models(tmp_path: Path) -> Path:
    """A folder as AWS_DATA_PATH may name it, with a broken model of the service, and another service."""
    for service in (SERVICE, "a-private-service"):
        folder = tmp_path / "models" / service / "2999-01-01"
        folder.mkdir(parents=True)
        (folder / "service-2.json").write_text("{ this is no JSON", "utf-8")
    return tmp_path / "models"


def test_no_environment_is_believed(false_models: Path, tmp_path: Path) -> None:
    """Broken models in AWS_DATA_PATH and in ~/.aws/models, and broken configuration, change nothing."""
    home = tmp_path / "home"
    (home / ".aws").mkdir(parents=True)
    (home / ".aws" / "models").symlink_to(false_models)
    (home / ".aws" / "config").write_text("[profile", "utf-8")
    hostile = {"AWS_DATA_PATH": str(false_models), "HOME": str(home), "AWS_PROFILE": "nobody", "AWS_REGION": "?"}
    assert look(**hostile) == look(HOME=str(tmp_path / "nowhere"))


def test_nothing_heavy_is_imported() -> None:
    """A response is validated with neither session, client nor boto3."""
    seen = look()
    assert seen["legal"]
    assert seen["modules"] == []


def test_the_two_operations_are_there() -> None:
    """Operations are named as boto3 spells its methods, in the model's order."""
    assert {"batch_get_profile", "get_segment_membership"} <= {*operations()}
    assert [operation_model(name).name for name in operations()] == list(service_model().operation_names)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("BatchGetProfile", "batch_get_profile"), ("ListS3Objects", "list_s3_objects"), ("GetURL", "get_url")],
)
def test_method_name(name: str, wanted: str) -> None:
    """An operation is spelled as boto3 spells its method."""
    assert method_name(name) == wanted


@pytest.mark.parametrize("kind", ["service-2", "waiters-2", "endpoint-rule-set-1", "nothing-1"])
def test_the_services_are_those_that_botocore_lists(kind: str) -> None:
    """One that is asked for is there if botocore's own list has it, letter by letter; and all of them are that list."""
    theirs = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    wanted, services = theirs.list_available_services(kind), loader().list_available_services(kind)
    assert (list(services), len(services)) == (wanted, len(wanted))
    inside = [path.name for path in Path(Loader.BUILTIN_DATA_PATH).iterdir()]
    names = [*inside, "CUSTOMER-PROFILES", "customer-profiles/", "", ".", None, 7]
    assert [name for name in names if name in services] == [name for name in names if name in wanted]


def test_one_service_is_found_without_a_look_at_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own folder is looked into, and that of no other."""
    seen: list[str] = []
    exists = JSONFileLoader.exists

    def noted(itself: JSONFileLoader, path: str) -> bool:
        seen.append(path)
        return exists(itself, path)

    monkeypatch.setattr(JSONFileLoader, "exists", noted)
    assert SERVICE in loader.__wrapped__().list_available_services("service-2")
    assert {Path(path).parts[-3] for path in seen} == {SERVICE}


def test_a_model_is_read_once() -> None:
    """The same model for every caller; another service has its own."""
    assert service_model() is service_model()
    assert service_model("sts").service_name == "sts"
    assert "get_caller_identity" in operations(service_model("sts"))
    assert operation_model("get_caller_identity", service_model("sts")).name == "GetCallerIdentity"


def known() -> str:
    """How the message counts the operations."""
    return f"botocore {botocore.__version__} knows {len(operations())}, and this is none of them."


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        ("batch_get_profiles", "{known} Did you mean 'batch_get_profile'"),
        ("BatchGetProfile", "An operation is named as boto3 spells its method. Use 'batch_get_profile'."),
        ("batch-get-profile", "An operation is named as boto3 spells its method. Use 'batch_get_profile'."),
        ("zzzz", "{known} Use one of "),
        (None, "{known} Use one of "),
        (["batch_get_profile"], "{known} Did you mean 'batch_get_profile'"),
    ],
    ids=["slip", "as-the-model", "as-the-aws-cli", "far", "none", "list"],
)
def test_an_unknown_operation(operation: Any, wanted: str) -> None:
    """Near names are suggested, and the model's spelling is put right."""
    with pytest.raises(UsageError) as raised:
        operation_model(operation)
    assert str(raised.value).startswith(f"There is no operation {operation!r}. {wanted.format(known=known())}")


@pytest.mark.parametrize(
    ("service", "wanted"),
    [("customer-profile", "Did you mean 'customer-profiles'"), ("", "Use one of "), (None, "Use one of ")],
)
def test_an_unknown_service(service: Any, wanted: str) -> None:
    """Near names are suggested, or the first twelve and how many more there are."""
    count = len(loader().list_available_services("service-2"))
    with pytest.raises(UsageError) as raised:
        service_model(service)
    start = f"There is no service {service!r}. botocore {botocore.__version__} knows {count}, and this is none of them."
    assert str(raised.value).startswith(f"{start} {wanted}")
    assert wanted != "Use one of " or str(raised.value).endswith(f" and {count - 12} more.")
