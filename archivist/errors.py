"""Every error that archivist raises on purpose, each with its exit code.

    ArchivistError                70  (a bug, when raised bare)
    ├── UsageError                 2  wrong words: option, ambiguous id, bad settings
    ├── NotFound                   1  no such article, snapshot or version
    ├── FetchError                 5  the other side refused or did not answer; nothing stored
    │   ├── Forbidden              5  the gate, the scheme or robots.txt says no
    │   ├── OutOfTime              5  the run was over before it was asked for
    │   └── Unreachable            5  no name, no route, no TLS, no answer
    ├── FormatError                1  bytes that are not what they claim to be
    │   ├── BadHttp                1  an HTTP message that cannot be framed
    │   ├── BadCoding              1  a content coding that cannot be undone within bounds
    │   ├── BadWarc                1
    │   ├── BadManifest            1  a statement that breaks its schema; the message names the path
    │   ├── BadNote                1  a signed note, key or checkpoint that cannot be parsed
    │   ├── BadDocument            1  a page or PDF that cannot be read within bounds
    │   ├── BadBundle              1  a file that left an archive and cannot be made, or read again
    │   └── RolledBack             1  a log that does not go on from where this computer saw it last
    ├── NotAnArchive               6
    ├── NewerFormat                6  written by a later archivist
    ├── Locked                     7  another archivist is writing
    └── DiskFailed                 8  full, read-only, damaged

Rule 1: a damaged archive is an answer, not an accident: verification returns findings and raises none of these.
Rule 2: foreign exceptions are translated at the edge that meets them, with ``from``.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "ArchivistError",
    "BadBundle",
    "BadCoding",
    "BadDocument",
    "BadHttp",
    "BadManifest",
    "BadNote",
    "BadWarc",
    "DiskFailed",
    "FetchError",
    "Forbidden",
    "FormatError",
    "Locked",
    "NewerFormat",
    "NotAnArchive",
    "NotFound",
    "OutOfTime",
    "RolledBack",
    "Unreachable",
    "UsageError",
]


class ArchivistError(Exception):
    """The root of the tree; ``hint`` says what the person can do."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(ArchivistError):
    """The words were wrong: option, name, ambiguous id, settings."""

    exit_code = 2


class NotFound(ArchivistError):
    """There is no such article, snapshot or version in this archive."""

    exit_code = 1


class FetchError(ArchivistError):
    """The other side refused or did not answer; nothing was stored."""

    exit_code = 5


class Forbidden(FetchError):
    """Our own rules forbid the request: scheme, address or robots.txt."""


class OutOfTime(FetchError):
    """The time of the run was up before anything was asked for: nobody's failure."""


class Unreachable(FetchError):
    """No name, no route, no TLS or no answer."""


class FormatError(ArchivistError):
    """Bytes are not what they claim to be."""

    exit_code = 1


class BadHttp(FormatError):
    """An HTTP message cannot be framed (RFC 9112)."""


class BadCoding(FormatError):
    """A content coding is unknown, damaged or exceeds its bounds."""


class BadWarc(FormatError):
    """A WARC record or its gzip member is damaged."""


class BadManifest(FormatError):
    """A statement breaks its schema; the message names the exact path."""


class BadNote(FormatError):
    """A signed note, a key or a checkpoint cannot be parsed."""


class BadDocument(FormatError):
    """A page or a PDF cannot be read within its bounds."""


class BadBundle(FormatError):
    """What leaves an archive in one file cannot be made, or is not what such a file is."""


class RolledBack(FormatError):
    """The log of an archive does not go on from where this computer saw it last."""


class NotAnArchive(ArchivistError):
    """There is no archive here."""

    exit_code = 6


class NewerFormat(ArchivistError):
    """The archive was written by a later archivist."""

    exit_code = 6


class Locked(ArchivistError):
    """Another archivist is writing to this archive."""

    exit_code = 7


class DiskFailed(ArchivistError):
    """The disk is full, read-only or damaged."""

    exit_code = 8
