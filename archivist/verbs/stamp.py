"""Have outside witnesses of time stamp the newest checkpoint: one stamp covers every snapshot before it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import archivist
from archivist.errors import ArchivistError, NotFound
from archivist.model.json import JsonObject, without_nothing
from archivist.proof.digest import sha256_hex
from archivist.proof.note import parse_note
from archivist.store.log import Log
from archivist.store.stamps import Stamp, Stamps
from archivist.workspace import Workspace

__all__ = ["Answer", "State", "stamp"]

State: TypeAlias = Literal["stamped", "known", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking one authority."""

    authority: str
    size: int
    """Of the log."""
    state: State
    time: str | None = None
    """As the authority says, UTC."""
    said: str = ""
    """Why nothing was kept."""

    def to_json(self) -> JsonObject:
        """One line of ``stamp --json``."""
        return without_nothing(
            {"authority": self.authority, "size": self.size, "state": self.state, "time": self.time, "said": self.said}
        )


def stamp(workspace: Workspace, *, say: Callable[[Answer], None] = lambda _: None) -> tuple[Answer, ...]:
    """Each authority of the settings has stamped the newest checkpoint, or it is said why not; they are asked together.

    An answer is kept only when it is verified (``proof.authority``): a wrong one leaves nothing behind.

    Args:
        workspace: the archive.
        say: told of each answer as it comes.

    Raises:
        NotFound: nothing is signed yet.
        UsageError: the settings name certificates that cannot be read.
        DiskFailed: the disk would not.
    """
    head = Log(workspace.layout, disk=workspace.disk).head()
    if head is None:
        raise NotFound("nothing is signed yet, so there is nothing to stamp", hint="archivist snap URL")
    stamps = Stamps(workspace.layout, disk=workspace.disk)
    size, text = head.checkpoint.size, parse_note(head.note).text.encode()
    known = {each.authority for each in stamps.of(size)}
    due = [url for url in workspace.settings.stamp.authorities if _name_of(url) not in known]
    answers = [Answer(authority=name, size=size, state="known") for name in sorted(known)]
    for answer in answers:
        say(answer)
    for answer in _asked(workspace, due, text=text, size=size, stamps=stamps):
        answers.append(answer)
        say(answer)
    return tuple(answers)


def _asked(workspace: Workspace, due: Sequence[str], *, text: bytes, size: int, stamps: Stamps) -> Iterator[Answer]:
    if not due:
        return
    from archivist.fetch.authority import ask  # noqa: PLC0415  # loaded when needed
    from archivist.proof.authority import certificates_in, chain_pem, verify_token  # noqa: PLC0415
    from archivist.proof.token import Token, query  # noqa: PLC0415

    settings, clock = workspace.settings.stamp, workspace.clock
    agent = workspace.settings.fetch.agent(archivist.__version__)
    roots = certificates_in(workspace.roots())
    digest = bytes.fromhex(sha256_hex(text))

    def one(url: str) -> Answer:
        nonce, name = secrets.randbits(64), _name_of(url)
        try:
            response = ask(url, query(digest, nonce=nonce), seconds=settings.seconds, clock=clock, agent=agent)
            token = Token.of_response(response)
            chain = verify_token(token, text, roots=roots, nonce=nonce)
        except ArchivistError as error:
            return Answer(authority=name, size=size, state="failed", said=str(error))
        stamps.keep(Stamp(size=size, authority=name, response=response, chain=chain_pem(chain).encode()))
        return Answer(authority=name, size=size, state="stamped", time=f"{token.stamped.time:%Y-%m-%dT%H:%M:%SZ}")

    with ThreadPoolExecutor(len(due), thread_name_prefix="authority") as pool:
        yield from pool.map(one, due)


def _name_of(url: str) -> str:
    """The server's name, and its port where it has one: what its files are called."""
    return (urlsplit(url).netloc.rpartition("@")[2] or url).lower().replace(":", "-")
