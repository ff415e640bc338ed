"""What a reader brings along to judge outside witnesses, as the settings have it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from archivist.errors import BadNote, UsageError
from archivist.proof.bitcoin import BadHeader, Header, parse_headers
from archivist.proof.cosign import WitnessKey
from archivist.proof.trust import Trust
from archivist.workspace import Workspace

__all__ = ["roots_of", "trust_of"]


def trust_of(workspace: Workspace, *, headers: Path | None = None) -> Trust:
    """Roots, keys and headers: of the settings, and what is usual.

    Args:
        workspace: the archive.
        headers: a file of Bitcoin block headers, in place of the one that the settings name.

    Raises:
        UsageError: a key of a witness in the settings is none.
    """
    stamp = workspace.settings.stamp
    file = headers or (Path(stamp.bitcoin_headers) if stamp.bitcoin_headers else None)

    @cache
    def known() -> Mapping[int, Header]:
        try:
            return parse_headers(file.read_bytes()) if file else {}
        except (OSError, BadHeader) as error:
            raise UsageError(
                f"Bitcoin headers: {file} cannot be read: {getattr(error, 'strerror', None) or error}",
                hint="each line is a height and 160 hex digits: docs/format/log.md",
            ) from error

    witnesses = tuple(map(_checked, stamp.witnesses.values()))
    return Trust(roots=partial(roots_of, workspace), now=workspace.clock.now(), witnesses=witnesses, headers=known)


def roots_of(workspace: Workspace) -> bytes:
    """The certificates that a time-stamping authority's chain may end in, as PEM.

    Raises:
        UsageError: the file that the settings name cannot be read.
    """
    from archivist.fetch.authority import usual_roots  # noqa: PLC0415  # only where stamps are looked at

    usual, own = usual_roots(), workspace.settings.stamp.ca
    if not own:
        return usual
    try:
        return usual + b"\n" + Path(own).read_bytes()
    except OSError as error:
        raise UsageError(
            f"stamp.ca: {own} cannot be read: {error.strerror or error}", hint="it is a PEM file of root certificates"
        ) from error


def _checked(key: str) -> str:
    try:
        return str(WitnessKey.parse(key))
    except BadNote as error:
        raise UsageError(f"stamp.witnesses: {error}", hint="the owner of the witness publishes its key") from error
