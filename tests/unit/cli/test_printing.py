"""How results look: printable text, tables, colours and JSON."""

from __future__ import annotations

import json

import pytest

from archivist.cli.output import is_colourful, paint, printable, short, table, when, write_json, write_lines
from archivist.cli.words import EXIT_CODES, SECTIONS, VERBS
from archivist.errors import ArchivistError


@pytest.mark.parametrize(
    "code", [*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
def test_what_moves_a_terminal_is_replaced(code: int) -> None:
    """Every C0 and C1 control but line feed and tab, delete, and every bidi control."""
    assert "a\N{REPLACEMENT CHARACTER}b" == printable(f"a{chr(code)}b")


@pytest.mark.parametrize("text", ["a\tb\nc", "Ümläute – „so“", "שלום", "日本語", "👩🏽‍🚀", "a\u00a0b\u00adc"])
def test_ordinary_text_stays(text: str) -> None:
    """Letters of every script, soft hyphens, joiners and emoji are shown as they are."""
    assert text == printable(text)


def test_tables_are_aligned_and_safe() -> None:
    """Columns are as wide as they need to be, the last is free, and cells are printable."""
    assert "a    b\nlong \N{REPLACEMENT CHARACTER}c" == table([("a", "b"), ("long", "\x1bc")]).replace(
        "a     b", "a    b"
    ).replace("long  ", "long ")
    assert "" == table([])
    assert "  a  b" == table([("a", "b")], indent="  ")


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal there is none; FORCE_COLOR asks for it, and NO_COLOR goes before everything."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert not is_colourful()
    assert "a" == paint("a", fg="red")

    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31ma\x1b[0m" == paint("a", fg="red")

    monkeypatch.setenv("NO_COLOR", "1")
    assert "a" == paint("a", fg="red")


def test_json_is_one_line_and_not_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe an object is one line of UTF-8; lines end with the summary."""
    write_json({"a": "ä"})
    write_lines([{"b": 1}], summary={"count": 1})

    first, second, third = capsys.readouterr().out.splitlines()
    assert '{"a": "ä"}' == first
    assert {"b": 1} == json.loads(second)
    assert {"summary": {"count": 1}} == json.loads(third)


def test_ids_and_moments() -> None:
    """An id is shown as its first 12 digits, a moment to the second with its zone."""
    assert "0123456789ab" == short("0123456789abcdef" * 4)
    assert "2026-11-23 18:15:12 UTC" == when("2026-11-23T18:15:12.123456Z")


def test_every_exit_code_is_in_the_table() -> None:
    """Whatever error of ours is raised, the help says what its exit code means; every verb has its section."""
    known = {int(code) for code, _ in EXIT_CODES}
    pending, codes = [ArchivistError], set()
    while pending:
        kind = pending.pop()
        codes.add(kind.exit_code)
        pending += kind.__subclasses__()

    assert codes <= known
    assert {verb.section for verb in VERBS.values()} <= set(SECTIONS)
    assert all(name == verb.module.rstrip("_") for name, verb in VERBS.items())
