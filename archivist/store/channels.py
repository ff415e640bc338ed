"""Who is told of edits: the ``[[notify]]`` tables of ``archivist.toml``."""

from __future__ import annotations

from pathlib import Path

from archivist.errors import UsageError
from archivist.model.channel import Channel, WrongChannel, read_channel
from archivist.store.settings import FILE, read_toml
from archivist.store.watches import place_of

__all__ = ["read_channels"]


def read_channels(root: Path) -> tuple[Channel, ...]:
    """Every ``[[notify]]`` of the archive in this folder, in the order of the file.

    Raises:
        UsageError: the file is no TOML, a table is no channel, or two cannot be told apart; the message names the line.
    """
    path = root / FILE
    tables = read_toml(path).get("notify", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{FILE}: notify should be tables, [[notify]]", hint='command = ["/path/to/program"]')
    channels: dict[str, Channel] = {}
    for number, table in enumerate(tables):
        try:
            channel = read_channel(table)
        except WrongChannel as error:
            where = place_of(path, number, error.key, table="notify")
            raise UsageError(f"{where}: {error}", hint=error.hint) from error
        if channel.key in channels:
            where = place_of(path, number, "name", table="notify")
            raise UsageError(
                f"{where}: there is such a channel already", hint='give each a name of its own: name = "…"'
            )
        channels[channel.key] = channel
    return tuple(channels.values())
