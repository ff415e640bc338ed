"""The door: ``archivist [-C DIR] VERB``. Verbs are loaded when they are called, so that help and cron start fast.

The one place where any exception is caught: what was foreseen becomes a message, a hint and an exit code; what was
not becomes exit 70 and a request to report it, with the traceback only under ``-v``.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

import archivist
from archivist.cli.context import Context
from archivist.cli.words import COMPLETE, EXIT_CODES, SECTIONS, VERBS
from archivist.errors import ArchivistError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["cli", "main"]

INTERRUPTED = 130
_ALLOCATIONS = 20_000
"""Between two searches for circles: with Python's 700, a tenth of the time of a start is spent on finding none."""
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Verbs(click.Group):
    """A group whose commands are imported on demand, listed by section."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All verbs, in the order in which a person meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's command, imported now."""
        if name not in VERBS:
            return None
        command = importlib.import_module(f"archivist.cli.{VERBS[name].module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name, or the names that were perhaps meant."""
        name = args[0]
        if name in VERBS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        import difflib  # noqa: PLC0415  # only for mistakes

        close = difflib.get_close_matches(name, VERBS, n=3, cutoff=0.5)
        meant = f" Did you mean {' or '.join(close)}?" if close else ""
        raise click.UsageError(f"no verb {name!r}.{meant}", ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Verbs from the table, without importing one, and our own options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  # only while a person presses Tab

        verbs = [CompletionItem(name, help=verb.short) for name, verb in VERBS.items() if name.startswith(incomplete)]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The verbs by section, from the table, without importing one."""
        for section in SECTIONS:
            with formatter.section(section):
                formatter.write_dl([(name, verb.short) for name, verb in VERBS.items() if verb.section == section])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The exit codes."""
        with formatter.section("Exit codes"):
            formatter.write_dl(list(EXIT_CODES))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "ARCHIVIST"},
    invoke_without_command=True,
    subcommand_metavar="VERB …",
)
@click.option("-C", "folder", type=click.Path(file_okay=False), metavar="DIR", help="The archive's folder.")
@click.option("-q", "--quiet", is_flag=True, help="Only results and errors.")
@click.option("-v", "--verbose", is_flag=True, help="More detail; tracebacks of our own bugs.")
@click.option("--no-pager", is_flag=True, help="Print long results at once, also on a terminal.")
@click.version_option(archivist.__version__, prog_name="archivist", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, *, folder: str | None, quiet: bool, verbose: bool, no_pager: bool) -> None:
    """Keep news articles as evidence: exact bytes, every edit, proofs and citations."""
    ctx.obj = Context.of(folder=folder, quiet=quiet, verbose=verbose, has_pager=not no_pager)
    if os.environ.get("NO_COLOR") or os.environ.get("FORCE_COLOR"):
        ctx.color = not os.environ.get("NO_COLOR")
    if verbose:
        import logging  # noqa: PLC0415  # only when asked for

        logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
        logging.getLogger("urllib3").setLevel(logging.INFO)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run and leave with an exit code of the table."""
    is_whole_process = args is None
    if is_whole_process:
        gc.set_threshold(_ALLOCATIONS)
    _heed_signals()
    if COMPLETE in os.environ:
        _complete()
    verbose = "-v" in (args if args is not None else sys.argv) or "--verbose" in (args or sys.argv)
    code = _run(args, is_verbose=verbose)
    if is_whole_process:
        gc.freeze()  # what goes away with the process need not be searched for circles first, which takes 30 ms
    sys.exit(code)


def _complete() -> NoReturn:
    """Answer a shell, and say nothing else, whatever happens."""
    from archivist.cli.completing import register  # noqa: PLC0415  # only while a person presses Tab

    register()
    with suppress(Exception):
        cli.main(args=[], prog_name="archivist", complete_var=COMPLETE)
    sys.exit(0)


def _heed_signals() -> None:
    """Being asked to stop, by whatever signal that was not ignored before us, is as if a person pressed Ctrl-C."""
    with suppress(ValueError):  # a library user's thread: signals are its main thread's business
        for number in _STOPS:
            if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
                signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001  # signal's signature
    """What is under way is finished and signed; who cannot wait for that asks again."""
    for each in _STOPS:
        if signal.getsignal(each) is _stop:
            signal.signal(each, _stop_at_once)
    os.write(2, b"interrupted: finishing what is under way; once more ends it at once\n")
    raise KeyboardInterrupt


def _stop_at_once(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001  # signal's signature
    # As after a kill, which every start knows how to mend.
    os._exit(INTERRUPTED)


def _run(args: Sequence[str] | None, *, is_verbose: bool) -> int:
    try:
        result: Any = cli.main(args=args, prog_name="archivist", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except BrokenPipeError:
        # The reader of our output went away; there is nobody left to tell.
        sys.stderr.close()
        return 0
    except (click.ClickException, click.exceptions.Abort, KeyboardInterrupt, ArchivistError) as error:
        return _explained(error)
    except Exception as error:
        if is_verbose:
            raise
        bug = f"this is a bug in archivist: {type(error).__name__}: {error}"
        return _said(bug, 70, hint="run the same command with -v and report what it prints; what is stored is whole")
    return result if isinstance(result, int) else 0


def _explained(error: BaseException) -> int:
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, ArchivistError):
        return _said(str(error), error.exit_code, hint=error.hint)
    return _said("interrupted; everything acknowledged is stored", INTERRUPTED)


def _usage(error: click.ClickException) -> int:
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f"{context.command_path} --help" if context is not None else None
    said = _no_option(error) if isinstance(error, click.NoSuchOption) else error.format_message()
    return _said(said.rstrip("."), 2, hint=hint)


def _no_option(error: click.NoSuchOption) -> str:
    """What there is not, and what was perhaps meant."""
    import difflib  # noqa: PLC0415  # only for mistakes

    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    known = [name for each in params if isinstance(each, click.Option) for name in (*each.opts, *each.secondary_opts)]
    plain = {name.lstrip("-"): name for name in known}
    close = difflib.get_close_matches(error.option_name.lstrip("-"), plain, n=2, cutoff=0.6)
    meant = " or ".join(plain[name] for name in close)
    return f"no option {error.option_name}." + (f" Did you mean {meant}?" if meant else "")


def _said(message: str, code: int, *, hint: str | None = None) -> int:
    from archivist.cli.output import printable  # noqa: PLC0415  # only when something went wrong

    click.echo(f"error: {printable(message)}", err=True)
    if hint:
        click.echo(f"hint: {printable(hint)}", err=True)
    return code
