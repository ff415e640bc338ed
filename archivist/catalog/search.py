"""Searching the catalog: versions of articles that hold some words, or edits that took them out or put them in."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from archivist.catalog.hits import Found, LookUp
from archivist.catalog.query import Query
from archivist.catalog.search_edits import find_edits
from archivist.catalog.search_texts import find_texts
from archivist.catalog.texts import count_waiting

__all__ = ["run_query"]


def run_query(connection: sqlite3.Connection, query: Query, *, limit: int) -> Found:
    """What the catalog holds of it.

    Raises:
        UsageError: a word with a star stands for too many words.
    """
    look = LookUp(connection, query)
    found = find_edits(look, limit=limit) if query.is_of_edits else find_texts(look, limit=limit)
    return replace(found, unindexed=count_waiting(connection))
