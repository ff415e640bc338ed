"""Requisites shared by the pages of a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from archivist.pipeline.reading import joined
from archivist.pipeline.shared import Share, Shared
from archivist.wire.codings import decode


def test_the_first_who_asks_fetches() -> None:
    """One caller gets the share as its own; all others get the same share to wait for."""
    shared = Shared()

    share, is_mine = shared.claim("https://e.example/a.css", "requisite")

    assert is_mine
    assert (share, False) == shared.claim("https://e.example/a.css", "requisite")
    other, is_mine = shared.claim("https://e.example/b.css", "requisite")
    assert is_mine
    assert other is not share


def test_one_of_many_threads_fetches() -> None:
    """However many ask at one time."""
    shared, barrier = Shared(), threading.Barrier(8)
    claims: list[tuple[Share, bool]] = []

    def ask() -> None:
        barrier.wait()
        claims.append(shared.claim("https://e.example/a.css", "requisite"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 1 == sum(is_mine for _, is_mine in claims)
    assert 1 == len({id(share) for share, _ in claims})


def test_joined_pieces_are_cut_behind_the_limit() -> None:
    """One byte more than the limit is kept, by which decoding sees that there is too much, and no piece beyond it."""
    asked = []

    def pieces() -> Iterator[bytes]:
        for piece in (b"abc", b"def", b"ghi"):
            asked.append(piece)
            yield piece

    assert b"abcde" == joined(pieces(), 4)
    assert decode(b"abcde", None, max_bytes=4).problem is not None
    assert [b"abc", b"def"] == asked
    assert b"abc" == joined([b"abc"], 3)
    assert decode(b"abc", None, max_bytes=3).problem is None
    assert b"" == joined([], 3)
