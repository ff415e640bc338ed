"""The edits of an article as rows: between which two snapshots each lies, and of which kinds it is."""

from __future__ import annotations

import sqlite3
from typing import Final

from archivist.catalog.rows import SNAPSHOTS, SnapshotRow, snapshot_row

__all__ = ["list_edits", "untold"]

# A paywall or an error page between two versions is no edit: what is compared are the snapshots that were read.
_FOLLOWING: Final = """
    SELECT position, older, text, old_text FROM (
        SELECT position, number, text, fingerprint, lag(position) OVER each AS older, lag(text) OVER each AS old_text,
               lag(fingerprint) OVER each AS old_fingerprint
        FROM snapshots WHERE article = :article AND number BETWEEN :first AND :last AND verdict IN ('article', 'page')
        WINDOW each AS (ORDER BY number, id)
    )
    WHERE older IS NOT NULL AND fingerprint IS NOT old_fingerprint
"""


def list_edits(connection: sqlite3.Connection, article: str, *, around: int) -> None:
    """The edits before and behind a snapshot are listed; those that were told of and have changed, to be told anew."""
    first, last = connection.execute(
        """
        SELECT coalesce((SELECT max(number) FROM snapshots WHERE article = :article AND number < this.number
                         AND verdict IN ('article', 'page')), number),
               coalesce((SELECT min(number) FROM snapshots WHERE article = :article AND number > this.number
                         AND verdict IN ('article', 'page')), number)
        FROM snapshots AS this WHERE position = :position
        """,
        {"article": article, "position": around},
    ).fetchone()
    bounds = {"article": article, "first": first, "last": last}
    connection.execute(
        "DELETE FROM edits WHERE newer IN (SELECT position FROM snapshots"
        " WHERE article = :article AND number > :first AND number <= :last) OR newer = :position",
        {**bounds, "position": around},
    )
    connection.execute(f"INSERT OR REPLACE INTO edits (newer, older, new_text, old_text) {_FOLLOWING}", bounds)


def untold(connection: sqlite3.Connection, *, most: int | None) -> list[tuple[SnapshotRow, SnapshotRow]]:
    """The older and the newer snapshot of the edits whose kinds are not known yet, newest first; so many at most."""
    sql = "SELECT older, newer FROM edits WHERE categories IS NULL ORDER BY newer DESC LIMIT ?"
    pairs = connection.execute(sql, (-1 if most is None else most,)).fetchall()
    return [(_row(connection, older), _row(connection, newer)) for older, newer in pairs]


def _row(connection: sqlite3.Connection, position: int) -> SnapshotRow:
    return snapshot_row(connection.execute(SNAPSHOTS + "WHERE position = ?", (position,)).fetchone())
