"""Outside witnesses as the settings name them, what is asked of them, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from archivist.model.json import JsonObject, without_nothing
from archivist.proof.note import parse_note
from archivist.store.stamps import Stamps, file_name_of
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.fetch.ask import Asker

__all__ = ["Answer", "Kind", "Proof", "Round", "State", "Witness", "witnesses_of"]

Kind: TypeAlias = Literal["authority", "calendar", "witness"]
State: TypeAlias = Literal["stamped", "pending", "known", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking one witness."""

    kind: Kind
    by: str
    """The server's name."""
    size: int
    """Of the log."""
    state: State
    time: str | None = None
    """Until when the log had this size at the latest, as the witness says; UTC."""
    said: str = ""
    """Why nothing was kept, or what is missing."""

    def to_json(self) -> JsonObject:
        """One line of ``stamp --json``."""
        return {
            "kind": self.kind,
            "by": self.by,
            "size": self.size,
            "state": self.state,
            **without_nothing({"time": self.time, "said": self.said}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A server that the settings name."""

    kind: Kind
    url: str
    key: str = ""
    """Of a witness that cosigns."""

    @property
    def name(self) -> str:
        """What its files are called."""
        return file_name_of(self.url)

    @property
    def files(self) -> tuple[str, ...]:
        """One of these stands there when it has been asked with success."""
        return tuple(f"{self.name}{suffix}" for suffix in _SUFFIXES[self.kind])


_SUFFIXES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "authority": (".tsr",),
    "calendar": (".pending.ots", ".ots"),
    "witness": (".cosig",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is true and to be kept."""

    size: int
    """Of the log."""
    files: tuple[tuple[str, bytes], ...]
    """Names and bytes, in the order in which they are written."""
    extras: tuple[tuple[str, bytes], ...] = ()
    """What is good to have beside them."""
    answer: Answer | None = None
    """Told when they are durable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time of asking."""

    workspace: Workspace
    asker: Asker
    stamps: Stamps
    size: int
    """Of the log under the newest checkpoint."""
    note: bytes
    """The checkpoint with its signatures."""
    roots: bytes
    """That an authority's chain may end in, as PEM."""
    until: float
    """On the monotonic clock."""

    @property
    def text(self) -> bytes:
        """What is stamped: the checkpoint without its signatures."""
        return parse_note(self.note).text.encode()


def witnesses_of(workspace: Workspace) -> tuple[Witness, ...]:
    """The servers that the settings name."""
    settings = workspace.settings.stamp
    return (
        *(Witness(kind="authority", url=url) for url in settings.authorities),
        *(Witness(kind="calendar", url=url) for url in settings.calendars),
        *(Witness(kind="witness", url=url, key=key) for url, key in settings.witnesses.items()),
    )
