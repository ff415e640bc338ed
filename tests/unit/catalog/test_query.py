"""What people type to search: whatever it is, it is understood or refused in words, and never an error of SQL."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.catalog.query import Query, Term, parse_query
from archivist.catalog.writer import in_memory
from archivist.errors import UsageError
from archivist.verbs.search import query_of


def test_words_phrases_and_facts() -> None:
    """Each piece stands where it belongs."""
    query = parse_query('crane "nine of its" -ravi author:brandvold removed:eleven changed:Quote after:2026-11')

    assert (
        Query(
            terms=(
                Term(text="crane"),
                Term(text="nine of its", is_exact=True),
                Term(text="brandvold", column="author"),
            ),
            without=(Term(text="ravi"),),
            removed=(Term(text="eleven"),),
            changed=("quote",),
            after="2026-11",
        )
        == query
    )
    assert query.is_of_edits


def test_stars() -> None:
    """A star before a word, behind it, or both."""
    (before, behind, both) = parse_query("*amt schutz* *hafen*").terms

    assert (True, False) == (before.is_open_before, before.is_open_behind)
    assert (False, True) == (behind.is_open_before, behind.is_open_behind)
    assert (True, True) == (both.is_open_before, both.is_open_behind)
    assert ["amt", "schutz", "hafen"] == [each.text for each in (before, behind, both)]


def test_addresses_and_times_are_words() -> None:
    """A colon makes a fact only behind a name."""
    assert ["https://courier.example/a", "12:30", "Re:"] == [
        term.text for term in parse_query("https://courier.example/a 12:30 Re:").terms
    ]


def test_marks_alone_are_nothing() -> None:
    """An ampersand between two words is passed over; curly quotation marks are as good as straight ones."""
    assert parse_query("cranes harbour") == parse_query("cranes & harbour —")
    assert parse_query('"two words"') == parse_query("“two words”")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing to search for"),
        ("—", "nothing to search for"),
        ('"open', "a quotation mark is opened and not closed"),
        ('""', "'' holds no letter"),
        ("author:", "nothing stands behind author:"),
        ("crane Author: Quill", "nothing stands behind Author:"),
        ("autor:x", "a search knows no autor:. Did you mean author?"),
        ("changed:qoute", "no edit is of the kind 'qoute'. Did you mean quote?"),
        ("after:2026-13", "after:2026-13 is no date"),
        ("before:soon", "before:soon is no date"),
        ("after:2026 after:2027", "after: stands there twice"),
        ("-cranes", "a search needs something that is there"),
        ("-after:2026 x", "- cannot stand before after:"),
        ("x " * 40, "a search for 40 things is too long"),
        ("x" * 3_000, "a search of 3,000 characters is too long"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What is wrong is named, and what would be right."""
    with pytest.raises(UsageError, match="^" + said.replace("(", "\\(")) as error:
        parse_query(text)
    assert error.value.hint


@given(
    st.text(alphabet=st.sampled_from("ab*\"-:^{}()+ANDORTE ميناء港湾\x00ßé~|\\;'"), max_size=40) | st.text(max_size=40)
)
def test_nothing_is_an_error_of_sql(text: str) -> None:
    """Any text is a query or a usage error."""
    with in_memory([]) as catalog, suppress(UsageError):
        assert () == catalog.search(parse_query(text), limit=5).hits


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["harbour", "cranes"], "harbour cranes"),
        (["nine of its", "cranes"], '"nine of its" cranes'),
        (["removed:we knew it"], 'removed:"we knew it"'),
        (["-author:Ann Oyelaran"], '-author:"Ann Oyelaran"'),
        (["author:ann site:courier"], "author:ann site:courier"),
        (['"a b" c'], '"a b" c'),
    ],
)
def test_the_shell_takes_quotation_marks(words: list[str], query: str) -> None:
    """An argument with blanks was quoted."""
    assert query == query_of(words)
