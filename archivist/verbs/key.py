"""The keys that sign the log: what they are, and how one follows another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.clock import utc_text
from archivist.errors import UsageError
from archivist.model.json import JsonObject
from archivist.model.manifest import Event
from archivist.proof.log_keys import KEY, sign_change
from archivist.store.keys import load_key, make_key
from archivist.store.log import Log
from archivist.workspace import Workspace, software

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["Keys", "keys", "rotate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of an archive."""

    public: tuple[tuple[str, int | None], ...]
    """Each verifier key, and the entries of the log that it has signed; None of the one that signs now."""
    key_path: Path
    """Of the private key that signs now."""
    has_key: bool
    """Whether it is on this computer."""

    def to_json(self) -> JsonObject:
        """As printed by ``key --json``."""
        return {
            "keys": [{"key": key, **({} if size is None else {"until": size})} for key, size in self.public],
            "key_path": str(self.key_path),
            "has_key": self.has_key,
        }


def keys(workspace: Workspace) -> Keys:
    """The keys that signed the log, oldest first; the last signs now."""
    known = workspace.log_keys
    sizes: list[int | None] = [change.size for change in known.changes]
    return Keys(
        public=tuple((str(key), size) for key, size in zip(known.all, [*sizes, None], strict=True)),
        key_path=workspace.key_path,
        has_key=workspace.has_key,
    )


def rotate(workspace: Workspace) -> Keys:
    """A new key signs the log from now on, and the old one has said so in a statement.

    The new key is durable before anything names it; a statement that an interruption left alone is signed for by the
    next run, with the new key.

    Raises:
        UsageError: the key that signs now is not on this computer, so that nobody could say that another follows.
        Locked: another archivist is writing.
        DiskFailed: the disk would not.
    """
    from archivist.pipeline.run import Run  # noqa: PLC0415  # reading keys needs none of it

    old = load_key(workspace.identity.id, environ=workspace.environ, later=workspace.later_key)
    if old is None:
        raise UsageError(
            f"the key that signs now is not on this computer, in {workspace.key_path}",
            hint="put it back from its copy; where it is lost, see docs/guides/keys.md: nobody can change it then",
        )
    with Run(workspace, verb="key") as run:
        _say(run)
    return keys(workspace)


def _say(run: Run) -> None:
    workspace, origin = run.workspace, run.identity.origin
    old = load_key(run.identity.id, environ=workspace.environ, later=workspace.later_key)
    assert old is not None  # it was there before the lock was
    new = make_key(run.identity.id, environ=workspace.environ, log=origin)
    size = Log(workspace.layout, disk=workspace.disk).size
    change = sign_change(old, new, name=origin, size=size)
    event = Event(
        archive=run.identity.id,
        kind=KEY,
        at=utc_text(workspace.clock.now()),
        software=software(),
        said=f"another key signs the log from entry {size} on",
        details={"note": change.note.decode()},
    )
    run.record(workspace.ledger.write(event), event)
