"""Harmless AWS settings: there in the block, gone afterwards, and never in the place of real ones by silence."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from cp_fixtures.environment import harmless_environment, kept_default_session, put_aside

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own are none of these tests' business."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)


def aws() -> dict[str, str]:
    """The AWS settings of the environment."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_")}


def default_session() -> Any:
    """boto3's default session."""
    return vars(boto3)["DEFAULT_SESSION"]


def test_settings_are_there_for_the_block() -> None:
    """With all that botocore would otherwise look for elsewhere, and nothing afterwards."""
    with harmless_environment():
        assert aws() == SETTINGS
    assert aws() == {}


def test_real_settings_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are replaced and those that are taken away, also where the block ends in an exception."""
    before = {
        "AWS_PROFILE": "work",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_REGION": "eu-west-1",
        "AWS_CA_BUNDLE": "x",
    }
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    with suppress(KeyError), harmless_environment():
        assert aws() == {**SETTINGS, "AWS_CA_BUNDLE": "x"}
        os.environ["AWS_PROFILE"] = "set inside"
        raise KeyError
    assert aws() == before


@pytest.mark.parametrize(
    ("real", "said"),
    [
        ({}, ""),
        (SETTINGS, ""),
        ({"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1"}, ""),
        ({"AWS_PROFILE": "work"}, "AWS_PROFILE of the environment is put aside until the end."),
        (
            {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "s3cr3t"},
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment are put aside until the end.",
        ),
        (
            {"AWS_CONFIG_FILE": "/work/config", "AWS_SHARED_CREDENTIALS_FILE": "/work/credentials"},
            "AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE of the environment are put aside until the end.",
        ),
    ],
)
def test_what_is_put_aside(monkeypatch: pytest.MonkeyPatch, real: dict[str, str], said: str) -> None:
    """Credentials are named, never shown; a region is no secret, and harmless ones are no loss."""
    for name, value in real.items():
        monkeypatch.setenv(name, value)
    assert put_aside() == said
    with harmless_environment():
        assert not put_aside()


def test_a_client_needs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Region and credentials are found in the settings alone, though files have others."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        "[default]\naws_access_key_id = REAL\naws_secret_access_key = REAL\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    with harmless_environment():
        client: Any = boto3.client("customer-profiles")
        assert client.meta.region_name == "us-east-1"
        assert client._request_signer._credentials.access_key == "testing"


@pytest.mark.parametrize("block", [harmless_environment, kept_default_session])
@pytest.mark.parametrize("before", [None, "a session"])
def test_the_default_session_is_as_it_was(block: Any, before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the block does with it; harmless settings begin without one, which may have real credentials."""
    session = None if before is None else boto3.Session(region_name="eu-west-3")
    monkeypatch.setitem(vars(boto3), "DEFAULT_SESSION", session)
    with block():
        assert default_session() is (None if block is harmless_environment else session)
        boto3.setup_default_session(region_name="us-east-1")
    assert default_session() is session


def test_blocks_may_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of threads do: the session from before the first comes back with the end of the last."""
    monkeypatch.setitem(vars(boto3), "DEFAULT_SESSION", None)
    first, second = kept_default_session(), kept_default_session()
    first.__enter__()
    boto3.setup_default_session(region_name="us-east-1")
    second.__enter__()
    first.__exit__(None, None, None)
    assert default_session() is not None
    second.__exit__(None, None, None)
    assert default_session() is None


LATE = """
import sys
from cp_fixtures.environment import harmless_environment
with harmless_environment():
    assert "boto3" not in sys.modules
    import boto3
    boto3.setup_default_session()
assert boto3.DEFAULT_SESSION is None
"""


def test_boto3_may_be_imported_later() -> None:
    """The settings do not import it, and what it is given inside is taken away again."""
    subprocess.run([sys.executable, "-c", LATE], check=True, timeout=120)
