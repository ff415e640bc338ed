"""Word by word inside one pair of texts."""

from __future__ import annotations

import pytest

from archivist.diff.words import compare_words, tokens


def marked(old: str, new: str) -> str:
    """The spans in one line, as ``[-deleted-]{+inserted+}``."""
    forms = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(forms[span.op].format(span.text) for span in compare_words(old, new))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose 1,200.50 today.", ["rose", " ", "1,200.50", " ", "today", "."]),
        ("don’t re-open", ["don’t", " ", "re-open"]),
        ("東京で3人", ["東", "京", "で", "3", "人"]),
        ("cafe\u0301s", ["cafe\u0301", "s"]),
        ("👩\u200d🚀!", ["👩\u200d🚀", "!"]),
        ("a  b", ["a", "  ", "b"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Numbers keep their decimals, words their apostrophes, and signs written without spaces stand alone."""
    assert expected == tokens(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("some 100 outposts", "some 102 outposts", "some [-100-]{+102+} outposts"),
        ("rose 1,200 today", "rose 1,300 today", "rose [-1,200-]{+1,300+} today"),
        ("a scandal and a disgrace", "a disgrace", "a [-scandal and a -]disgrace"),
        ("the big red boat", "the small blue boat", "the [-big red-]{+small blue+} boat"),
        ("東京で会談", "大阪で会談", "[-東京-]{+大阪+}で会談"),
        ("he said", "he “said”", "he {+“+}said{+”+}"),
    ],
)
def test_marks(old: str, new: str, expected: str) -> None:
    """Only what differs is marked, whole words at a time."""
    assert expected == marked(old, new)
