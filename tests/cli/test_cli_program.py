"""The commands as a whole: help, versions, completion, and one clear line for what cannot be done."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib import metadata

import click
import pytest
from command_line import environment, run, spawn

from cp_fixtures import cli
from cp_fixtures.cli import generating
from cp_fixtures.service import operations

REFUSED = {
    "no command": ([], "Missing command. See 'cp-fixtures --help'."),
    "an operation as the model spells it": (
        ["variants", "ListDomains"],
        "There is no operation 'ListDomains'. An operation is named as boto3 spells its method. Use 'list_domains'.",
    ),
    "no operation": (["shape"], "Missing argument 'OPERATION'. See 'cp-fixtures shape --help'."),
    "another form": (
        ["variants", "list_domains", "--format", "xml"],
        "Invalid value for '--format': 'xml' is not one of 'json', 'jsonl'. See 'cp-fixtures variants --help'.",
    ),
}


@pytest.mark.parametrize(("args", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_told_in_one_line(args: list[str], message: str) -> None:
    """On the standard error, with status 2; nothing is written to the standard output."""
    assert run(*args) == (2, "", f"cp-fixtures: {message}\n")


def test_a_mistyped_operation_is_refused_with_the_near_one() -> None:
    """How many there are is for the installed botocore to say."""
    ran = run("shape", "list_domain")
    known = f"botocore {metadata.version('botocore')} knows {len(operations())}, and this is none of them."
    assert ran.err.startswith(f"cp-fixtures: There is no operation 'list_domain'. {known} Did you mean 'list_domains'")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_mistyped_option_is_refused_with_the_near_one() -> None:
    """What click says of it comes in one line, whatever the release."""
    ran = run("generate", "batch_get_profile", "--profils", "3")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("cp-fixtures: No such option")
    assert "--profiles" in ran.err


def test_one_line_is_one_line() -> None:
    """Whatever was typed."""
    ran = run("generate", "batch_get_profile", "--two\nlines")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("name", [None, "generate", "validate", "shape", "variants"])
def test_help_says_what_there_is(name: str | None) -> None:
    """Every command, and every option of a command, is told in words."""
    context = click.Context(cli.program.program)
    command = cli.program.program if name is None else cli.program.program.commands[name]
    ran = run(*filter(None, [name]), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert "..." not in ran.out.partition("Commands:")[2]
    for option in command.get_params(context):
        assert all(f" {flag}" in ran.out for flag in option.opts if flag.startswith("-"))
        assert isinstance(option, click.Argument) or getattr(option, "help", None)


def test_version_says_whose_model_it_is() -> None:
    """The model is botocore's: its version counts as much as ours."""
    versions = [metadata.version(name) for name in ("cp-fixtures", "botocore")]
    assert run("--version").out == "cp-fixtures {}, botocore {}\n".format(*versions)


def test_help_waits_for_nothing() -> None:
    """Help, versions and what is mistyped need neither botocore nor Faker, nor what draws on terminals."""
    program = """
import sys
from cp_fixtures.cli import main
for sys.argv[1:] in (["--help"], ["generate", "--help"], ["--version"], ["no-such-command"]):
    try:
        main()
    except SystemExit:
        pass
heavy = ("boto3", "botocore", "faker", "hypothesis", "pytest", "rich.console")
print([name for name in heavy if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment(), check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("lacking", ["click", "rich"])
def test_without_the_extra_it_says_what_to_install(
    lacking: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The package is whole without the command line; who calls it then is told in one line."""
    monkeypatch.setattr(cli, "find_spec", lambda name: None if name == lacking else name)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 2
    assert capsys.readouterr() == ("", "cp-fixtures: the command line needs click and rich: pip install click rich\n")


CLOSED = {
    "output": ("shape batch_get_profile >&-", (2, b"", b"cp-fixtures: the standard output is closed.\n")),
    "errors": ("no-such-command 2>&-", (2, b"", b"")),
    "bar": ("generate batch_get_profile --profiles 2000 --preset minimal 2>&- >/dev/null", (0, b"", b"")),
    "all": ("generate batch_get_profile <&- >&- 2>&-", (2, b"", b"")),
}


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close a stream")
@pytest.mark.parametrize(("typed", "wanted"), CLOSED.values(), ids=CLOSED)
def test_a_closed_stream_is_no_traceback(typed: str, wanted: tuple[int, bytes, bytes]) -> None:
    """A closed output is told in one line; a closed stream of errors takes nothing, and the rest is as ever."""
    command = f'exec "$0" -m cp_fixtures {typed}'
    ran = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable], capture_output=True, env=environment(), check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == wanted


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close a stream")
def test_a_closed_input_is_an_empty_one() -> None:
    """It is told as one that holds nothing."""
    command = ["/bin/sh", "-c", 'exec "$0" -m cp_fixtures validate batch_get_profile <&-', sys.executable]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("cp-fixtures: <stdin> is empty. There is nothing to judge.")


def test_the_script_is_the_module() -> None:
    """`cp-fixtures` and `python -m cp_fixtures` are one program, under one name."""
    (script,) = metadata.entry_points(group="console_scripts", name="cp-fixtures")
    assert script.load() is cli.main is importlib.import_module("cp_fixtures.__main__").main
    ran = spawn("--help")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().startswith("Usage: cp-fixtures [OPTIONS] COMMAND [ARGS]...")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (["gen"], ["generate"]),
        (["generate", ""], ["batch_get_profile", "get_segment_membership"]),
        (["shape", "list_dom"], [name for name in operations() if name.startswith("list_dom")]),
        (["generate", "--preset", "t"], ["typical", "tricky"]),
        (["generate", "--locale", "de_D"], ["de_DE"]),
        (["generate", "--format", ""], ["json", "jsonl"]),
    ],
    ids=" ".join,
)
def test_shells_complete_names(typed: list[str], wanted: list[str]) -> None:
    """Commands, operations, presets, locales and formats are completed, by what there is."""
    asked = {"COMP_WORDS": " ".join(["cp-fixtures", *typed]), "COMP_CWORD": str(len(typed))}
    ran = spawn(variables={"_CP_FIXTURES_COMPLETE": "bash_complete", **asked})
    assert ran.stdout.decode().split() == [f"plain,{name}" for name in wanted]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete(shell: str) -> None:
    """The script that a shell reads names the program."""
    ran = spawn(variables={"_CP_FIXTURES_COMPLETE": f"{shell}_source"})
    assert (ran.returncode, b"cp-fixtures" in ran.stdout) == (0, True)


def test_who_stops_it_sees_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends it with the status that shells have for that."""

    def stopped(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(generating, "generate", stopped)
    ran = run("generate", "batch_get_profile")
    assert (ran.status, ran.out, ran.err.strip()) == (130, "", "cp-fixtures: stopped.")


def test_a_fault_of_ours_is_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the user can mend is told in a line: any other error keeps its traceback."""

    def broken(*_args: object, **_options: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr(generating, "generate", broken)
    with pytest.raises(ValueError, match=r"^ours$"):
        run("generate", "batch_get_profile")
