"""What is read of a PDF file as bytes."""

from __future__ import annotations

import pytest

from archivist.extract import pdf_file
from archivist.extract.pdf_file import updates_of


def test_both_ends_of_a_large_file_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added to a file stands at its end, however long its middle is."""
    monkeypatch.setattr(pdf_file, "MAX_SEARCHED", 400)
    part = b"1 0 obj\n<<>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"

    assert 1 == updates_of(part + part)
    assert 1 == updates_of(part + bytes(10_000) + part)
