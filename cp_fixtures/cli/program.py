"""The commands with their options and their help; what a command does is imported when it is called."""

from __future__ import annotations

import sys
from abc import abstractmethod
from importlib import metadata
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from cp_fixtures.cli.output import let_go, open_output

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["program"]

_UNUSABLE = 2
_STOPPED = 130  # as a shell has it of what Ctrl-C has ended


class _Program(click.Group):
    """A group of commands that tells what is wrong in one line, and then ends with status 2."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command; the process ends with its status."""
        try:
            status = super().main(*args, **{**settings, "standalone_mode": False})
        except click.ClickException as problem:
            status = _refused(f"{problem.format_message()}{_hint(problem)}")
        except click.Abort:
            click.echo("cp-fixtures: stopped.", err=True)
            status = _STOPPED
        except (OSError, ValueError) as problem:
            status = _refused(_own_words(problem))
        let_go()
        sys.exit(status or 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the arguments name."""
        with open_output():
            return super().invoke(ctx)


def _refused(message: str) -> int:
    click.echo(f"cp-fixtures: {' '.join(message.split())}", err=True)
    return _UNUSABLE


def _hint(problem: click.ClickException) -> str:
    context = getattr(problem, "ctx", None)
    return f" See '{context.command_path} --help'." if context else ""


def _own_words(problem: Exception) -> str:
    from cp_fixtures.errors import UsageError

    if isinstance(problem, (UsageError, OSError)):
        return str(problem)
    raise problem


class _Name(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases only
    """A name out of a list that takes time to find: nobody waits for it who asks for help."""

    @abstractmethod
    def names(self) -> Iterable[str]:
        """The names, for completion."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's own names, here and below
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Those that begin so."""
        return [CompletionItem(name) for name in self.names() if name.startswith(incomplete)]


class _Operation(_Name):
    """The name of an operation, as boto3 spells its method."""

    name = "operation"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The name itself, where the model knows it."""
        from cp_fixtures.service import operation_model

        operation_model(value)
        return str(value)

    def names(self) -> Iterable[str]:
        """All operations of the service."""
        from cp_fixtures.service import operations

        return operations()


class _OperationOfIds(_Operation):
    """The name of one of the two operations that ask for ids."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself, where it is one of the two."""
        from cp_fixtures.errors import UsageError

        operation = super().convert(value, param, ctx)
        if operation not in self.names():
            raise UsageError(
                f"{operation} cannot be generated.",
                f"generate makes calls that ask for ids: {' and '.join(self.names())}.",
                f"Use cp-fixtures variants {operation} --format jsonl.",
            )
        return operation

    def names(self) -> Iterable[str]:
        """The two."""
        from cp_fixtures.validation import OUTCOMES

        return OUTCOMES


class _Preset(_Name):
    """The name of a preset."""

    name = "preset"

    def names(self) -> Iterable[str]:
        """All presets."""
        from cp_fixtures.factories import PRESETS

        return PRESETS


class _Locale(_Name):
    """The name of a locale."""

    name = "locale"

    def names(self) -> Iterable[str]:
        """All locales."""
        from cp_fixtures.people.locales import locales

        return locales()


_COUNT = click.IntRange(min=0)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - as click calls it
    if wanted:
        click.echo(f"cp-fixtures {metadata.version('cp-fixtures')}, botocore {metadata.version('botocore')}")
        ctx.exit()


@click.group(
    cls=_Program,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the versions and exit."
)
def program() -> None:
    """Answers of Amazon Connect Customer Profiles, made up, checked and explained.

    All of it comes from the service model of the installed botocore; nothing is asked of AWS. OPERATION is spelled as
    boto3 spells its method, such as batch_get_profile.
    """


@program.command(short_help="Make calls and their answers up.")
@click.argument("operation", type=_OperationOfIds())
@click.option("--profiles", "--present", "found", type=_COUNT, metavar="N", default=1, show_default=True,
    help="Profiles found; of get_segment_membership, those in the segment.")  # fmt: skip
@click.option("--absent", type=_COUNT, metavar="N", default=0, help="Profiles that are not in the segment.")
@click.option("--errors", "--failures", "refused", type=_COUNT, metavar="N", default=0, help="Ids refused.")
@click.option("--seed", type=int, metavar="N", default=0, show_default=True,
    help="The same number gives the same data on any machine with the same versions.")  # fmt: skip
@click.option("--locale", type=_Locale(), default="en_US", show_default=True, help="Where the people live.")
@click.option("--preset", type=_Preset(), default="typical", show_default=True,
    help="What a profile has in it: minimal, typical, full, business or tricky.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]),
    help="json is one document, jsonl one exchange a line. Where nothing is said, that is json for one call and jsonl "
         "for several.")  # fmt: skip
@click.option("--only", type=click.Choice(["request", "response"]), help="Write that part of each exchange alone.")
def generate(operation: str, **options: Any) -> None:
    """Make calls of OPERATION up, each with its request and its response.

    Ids that are more than one call takes are asked for by several calls; errors are spread over all of them. Timestamps
    are written in ISO 8601. Memory does not grow with the number of profiles.

    \b
    cp-fixtures generate batch_get_profile --profiles 2 --errors 1
    cp-fixtures generate get_segment_membership --present 500 --absent 500 > calls.jsonl
    """  # noqa: D301 - click reads the sign as it stands
    from cp_fixtures.cli.generating import generate

    generate(operation, **options)


@program.command(short_help="Check responses, and tell every violation.")
@click.argument("operation", type=_Operation())
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--request", "request_file", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
    help="The parameters of the call, as JSON: each response has to agree with them.")  # fmt: skip
@click.option("--ignore", metavar="RULE", multiple=True,
    help="Leave a rule out by its code, such as pattern or outcome_missing; as often as you like.")  # fmt: skip
def validate(operation: str, files: tuple[str, ...], request_file: str | None, ignore: tuple[str, ...]) -> int:
    """Check responses of OPERATION, or whole exchanges as generate writes them, against the service model.

    A FILE is JSON, one value or an array of them, or JSON Lines; - or no FILE at all is the standard input. Every
    violation is a line: FILE:LINE: path: wanted ..., got ... The status is 1 where there is one, and 2 where something
    cannot be read.

    \b
    aws customer-profiles batch-get-profile ... | cp-fixtures validate batch_get_profile
    cp-fixtures validate batch_get_profile response.json --request request.json
    """  # noqa: D301 - as above
    from cp_fixtures.cli.validating import validate

    return validate(operation, files or ("-",), request_file, ignore)


@program.command(short_help="Show every member, with its limits.")
@click.argument("operation", type=_Operation())
@click.option("--request", "of", flag_value="request", help="The request in place of the response.")
def shape(operation: str, of: str | None) -> None:
    """Show the response of OPERATION as a tree, every member with its limits.

    \b
    cp-fixtures shape batch_get_profile --request
    """  # noqa: D301 - as above
    from cp_fixtures.cli.showing import show_shape

    show_shape(operation, "response" if of is None else "request")


@program.command(short_help="List all that a legal answer can look like.")
@click.argument("operation", type=_Operation())
@click.option("--format", "form", type=click.Choice(["json", "jsonl"]), help="Write the exchanges themselves.")
def variants(operation: str, form: str | None) -> None:
    """List all that a legal answer of OPERATION can look like, as cp_fixtures.cases.variants has it.

    \b
    cp-fixtures variants batch_get_profile --format jsonl | cp-fixtures validate batch_get_profile
    """  # noqa: D301 - as above
    from cp_fixtures.cli.showing import show_variants

    show_variants(operation, form)
