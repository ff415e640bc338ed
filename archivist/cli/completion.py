"""``archivist completion``."""

from __future__ import annotations

import os
from pathlib import PurePath

import click

from archivist.cli.completing import SHELLS, register
from archivist.cli.options import help_of
from archivist.cli.words import COMPLETE
from archivist.errors import UsageError

__all__ = ["command"]


@click.command(
    "completion",
    help=help_of(
        "Print the lines with which your shell completes verbs, options, ids and addresses when you press Tab. "
        "SHELL is bash, zsh or fish; the one in use where nothing is said.",
        'eval "$(archivist completion bash)"     in ~/.bashrc; for zsh likewise in ~/.zshrc',
        "archivist completion fish > ~/.config/fish/completions/archivist.fish",
    ),
)
@click.argument("shell", metavar="[SHELL]", required=False, type=click.Choice(SHELLS))
def command(shell: str | None) -> None:
    """Print the completion of a shell."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  # loaded when called

    register()
    name = shell or PurePath(os.environ.get("SHELL", "")).name
    made = get_completion_class(name) if name in SHELLS else None
    if made is None:
        raise UsageError("which shell this is cannot be told", hint=f"archivist completion {'|'.join(SHELLS)}")
    root = click.get_current_context().find_root()
    click.echo(made(root.command, {}, "archivist", COMPLETE).source())
