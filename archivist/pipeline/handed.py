"""A file that somebody hands over, held against what was captured: as it was sent, and with its coding undone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from archivist.errors import ArchivistError, UsageError
from archivist.model.capture import Capture
from archivist.pipeline.reading import recorded
from archivist.store.reader import ArchiveReader
from archivist.wire.codings import decode_stream

__all__ = ["Form", "Handed", "hold_against"]

Form: TypeAlias = Literal["payload", "decoded", "other", "unreadable"]
"""The bytes that the server sent; the same with their content coding undone, as browsers save them; other bytes; no
answer, because the archive's own copy cannot be read."""

_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What a file is."""

    path: Path
    size: int
    sha256: str
    form: Form
    capture: Capture
    """Which it is, or which it should have been."""
    coding: str | None = None
    """The content coding of the capture, where it has one."""
    expected: str = ""
    """SHA-256 of the form that the file comes nearest to."""
    expected_size: int = 0
    differs_at: int | None = None
    """The first byte that is another, from 0: at the end of the shorter one where the rest is missing."""
    problem: str | None = None
    """Why the archive's own copy cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    sha256: str
    size: int
    differs_at: int | None


def hold_against(path: Path, captures: Sequence[Capture], *, reader: ArchiveReader, max_bytes: int) -> Handed:
    """Which of the captures the file is.

    Args:
        path: the file.
        captures: the cited one first; at least one.
        reader: the WARC files.
        max_bytes: of a decoded body.

    Raises:
        UsageError: the file cannot be read.
    """
    size, sha256 = _digest(path)
    for capture in captures:
        if capture.payload.sha256 == sha256:
            return Handed(path=path, size=size, sha256=sha256, form="payload", capture=capture, expected=sha256)
    nearest: Handed | None = None
    for capture in captures:
        found = _nearest(path, capture, size=size, sha256=sha256, reader=reader, max_bytes=max_bytes)
        if found.form == "decoded":
            return found
        nearest = nearest or found
    assert nearest is not None
    return nearest


def _nearest(path: Path, capture: Capture, *, size: int, sha256: str, reader: ArchiveReader, max_bytes: int) -> Handed:
    try:
        coding = recorded(capture, reader).coding
        forms = [("payload", _compared(path, reader.payload(capture)))]
        if coding:
            decoded = decode_stream(reader.payload(capture), coding, max_bytes=max_bytes)
            forms.append(("decoded", _compared(path, decoded)))
    except ArchivistError as error:
        return Handed(path=path, size=size, sha256=sha256, form="unreadable", capture=capture, problem=str(error))
    name, best = max(forms, key=lambda each: size if each[1].differs_at is None else each[1].differs_at)
    is_it = best.differs_at is None
    return Handed(
        path=path,
        size=size,
        sha256=sha256,
        form="decoded" if is_it and name == "decoded" else "other",
        capture=capture,
        coding=coding if name == "decoded" else None,
        expected=best.sha256,
        expected_size=best.size,
        differs_at=best.differs_at,
    )


def _compared(path: Path, pieces: Iterable[bytes]) -> _Compared:
    """The pieces to their end, beside the file."""
    hasher, size, differs_at = hashlib.sha256(), 0, None
    with _opened(path) as file:
        for piece in pieces:
            hasher.update(piece)
            if differs_at is None:
                other = file.read(len(piece))
                if other != piece:
                    differs_at = size + _first_difference(piece, other)
            size += len(piece)
        if differs_at is None and file.read(1):
            differs_at = size
    return _Compared(sha256=hasher.hexdigest(), size=size, differs_at=differs_at)


def _first_difference(one: bytes, other: bytes) -> int:
    return next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))


def _digest(path: Path) -> tuple[int, str]:
    hasher, size = hashlib.sha256(), 0
    with _opened(path) as file:
        for piece in _pieces(file):
            hasher.update(piece)
            size += len(piece)
    return size, hasher.hexdigest()


def _opened(path: Path) -> BinaryIO:
    try:
        if not path.is_file():
            raise UsageError(f"{path} is no file", hint="--against FILE")
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}", hint="--against FILE") from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(_PIECE), b"")
