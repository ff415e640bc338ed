"""``archivist key``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import write_json

__all__ = ["command"]


@click.command(
    "key",
    help=help_of(
        "The public keys of the log, oldest first: what you publish, so that others can check what this archive signs. "
        "With --rotate a new key signs from now on: both keys sign a statement that says so, and all that was signed "
        "before stays valid.",
        "archivist key",
        "archivist key --rotate",
    ),
)
@click.option("--rotate", is_flag=True, help="Have a new key follow the one that signs now.")
@json_option
@click.pass_obj
def command(context: Context, *, rotate: bool, as_json: bool) -> None:
    """Show the keys, or change the one that signs."""
    from archivist.verbs import key as verb  # noqa: PLC0415  # loaded when called

    workspace = context.read()
    known = verb.rotate(workspace) if rotate else verb.keys(workspace)
    if as_json:
        write_json(known.to_json())
        return
    for key, size in known.public:
        click.echo(key if size is None else f"{key}  signed the log up to {size} entries")
    if rotate:
        context.say(f"Keep a copy of the new private key: {known.key_path}")
    elif not known.has_key:
        context.say(f"the private key is not on this computer, in {known.key_path}: what is captured goes unsigned")
