"""What is printed: JSON that says what the text says, and nothing that a page could use to fool a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archivist.cli.words import VERBS
from archivist.demo.report import letter
from tests.integration.conftest import CHECKOUT, Archive, typed
from tests.press import Press
from tests.press import responses as r

LINES = {"config", "list", "log", "run", "search", "snap", "unwatch", "verify", "watch"}
"""Verbs that print one object on each line, and last of all a summary."""
HOSTILE = "\x1b[2J\x1b[31mCranes\x07\u202edesrever\u2066\x9b31m\x00\x7f\u200f\rOK"


@pytest.fixture
def edited(archive: Archive, press: Press) -> Archive:
    """An article in two versions."""
    page = "<h1>Cranes stood still</h1><p>{} of the cranes stood still.</p><a href='/x.pdf'>report</a>"
    press.serve("/a", *[r.plain(r.page(page.format(count), title="Cranes")) for count in ("Nine", "Seven")])
    press.serve("/x.pdf", r.pdf(letter()))
    archive.snap(press.url("/a"))
    archive.snap(press.url("/a"))
    return archive


def _words(verb: str, press: Press, folder: Path) -> list[str]:
    arguments = {"snap": [press.url("/a")], "log": ["Cranes"], "show": ["@last"], "diff": ["Cranes"], "cite": ["@last"]}
    arguments["search"] = ["cranes"]
    arguments["unwatch"] = [press.url("/watched")]
    if verb == "import":
        folder.mkdir(exist_ok=True)
        (folder / "list.txt").write_text(f"{press.url('/imported')}\n")
        arguments[verb] = [str(folder / "list.txt")]
    arguments["export"] = ["@last", "-o", str(folder / "receipt.txt")]
    return [verb, *arguments.get(verb, [str(folder)] if verb == "init" else [])]


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in {"demo", "stamp", "completion"}])
def test_json_of_every_verb(verb: str, edited: Archive, press: Press, tmp_path: Path) -> None:
    """Stdout is one object, or objects and a last summary, and nothing else."""
    if verb == "unwatch":
        edited("watch", press.url("/watched"))
    said = edited(*_words(verb, press, tmp_path), "--json")

    assert 0 == said.code
    if verb in LINES:
        assert all(isinstance(line, dict) for line in said.lines)
        assert ["summary"] == list(said.lines[-1])
        assert not any("summary" in line for line in said.lines[:-1])
    else:
        assert isinstance(said.json, dict)
        assert 1 == len(said.out.splitlines())


def test_snap_says_the_same_in_json(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headline, id, number and problems of the text stand in the JSON; unchanged snapshots keep their headline."""
    monkeypatch.setenv("ARCHIVIST_FETCH_RECHECK", "0")  # else nobody asks again for what is missing
    press.serve("/a", r.plain(r.page("<h1>Cranes stood still</h1><p>Text.</p><img src='/gone.png'>", title="Cranes")))

    for number in (1, 2):
        text, data = archive("snap", press.url("/a")), archive.snapshot()
        (line,) = archive.snap(press.url("/a"))
        assert "Cranes stood still" in text.out
        assert "Cranes stood still" == line["title"]
        assert 2 * number == line["number"]
        assert f"snapshot {archive.id(press.url('/a'))[:12]}" not in text.out
        assert [problem.to_json() for problem in data.problems] == line["problems"]
        assert all(f"{each['code']}: {each['about']}: {each['said']}" in text.out for each in line["problems"])


def test_reading_verbs_say_the_same_in_json(edited: Archive, press: Press) -> None:
    """Counts, ids, titles and verdicts of the text stand in the JSON."""
    log = edited("log", "Cranes", "--json").lines
    text = edited("log", "Cranes").out
    assert all(f"v{entry['version']}  " in text and entry["id"][:12] in text for entry in log[:-1])
    assert f"{log[-1]['summary']['versions']} versions in {log[-1]['summary']['snapshots']} snapshots" in text

    (row, summary) = edited("list", "--json").lines
    assert {"summary": {"articles": 1}} == summary
    assert row["title"] in edited("list").out

    shown, text = edited("show", "@last", "--json").json, edited("show", "@last").out
    assert f"id {shown['id']}" in text
    assert f"version {shown['version']} of {shown['versions']}" in text
    assert f"manifest {shown['path']}" in text
    manifest = json.loads((edited.root / shown["path"]).read_bytes())
    assert manifest == shown["manifest"]
    assert all(capture["uri"] in text for capture in manifest["captures"])

    compared, text = edited("diff", "Cranes", "--json").json, edited("diff", "Cranes").out
    assert all(compared[side]["id"][:12] in text for side in ("old", "new"))
    assert compared["verdict"]["reasons"][0] in " ".join(text.split())

    state, text = edited("status", "--json").json, edited("status").out
    assert f"{state['articles']} in {state['versions']} versions, {state['snapshots']} snapshots" in text

    cited = edited("cite", "@last", "--json").json
    assert edited("cite", "@last").out.strip() == cited["text"].strip()
    assert cited["citation"]["snapshot_id"] == shown["id"]

    found = {line["name"]: line for line in edited("config", "--json").lines[:-1]}
    assert "ARCHIVIST_ALLOW" == found["fetch.allow"]["source"]
    assert ["127.0.0.1"] == found["fetch.allow"]["value"]
    assert all(name in edited("config").out for name in found)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in {"demo", "stamp"}])
def test_pipes_get_no_escape_codes(verb: str, edited: Archive, press: Press, tmp_path: Path) -> None:
    """Where stdout is no terminal, there is no colour."""
    said = edited(*_words(verb, press, tmp_path / "new"))

    assert "\x1b" not in said.out + said.err


def _on_a_terminal(*words: str | Path, **environ: str) -> str:
    """What a terminal is sent."""
    main, follower = pty.openpty()
    path = os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with os.fdopen(follower, "wb") as terminal:
        subprocess.run(
            [sys.executable, "-m", "archivist", *map(str, words)],
            check=True,
            env={**os.environ, "PYTHONPATH": path, "TERM": "xterm", "ARCHIVIST_PAGER": "cat", **environ},
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=terminal,
            timeout=60,
        )
    sent = b""
    try:
        while piece := os.read(main, 65536):
            sent += piece
    except OSError:
        pass  # the other end is closed: all was read
    finally:
        os.close(main)
    return sent.decode()


def test_colour_on_a_terminal_only_where_wanted(edited: Archive) -> None:
    """A terminal gets colour, unless NO_COLOR is set."""
    assert "\x1b[" in _on_a_terminal("-C", edited.root, "log", "Cranes")
    assert "\x1b" not in _on_a_terminal("-C", edited.root, "log", "Cranes", NO_COLOR="1")


def test_progress_on_a_terminal_only(archive: Archive, press: Press) -> None:
    """One line says how far the run is and is wiped away; with -q, and where nobody looks, there is none."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Text.</p>", title="Cranes")))
    words = ("-C", archive.root, "snap", press.url("/a"))

    said = _on_a_terminal(*words)

    assert re.search(r"\r\x1b\[K0 of 1 pages · \d+ B · 127\.0\.0\.1", said)
    assert said.endswith("\r\x1b[K")
    assert " of 1 pages" not in _on_a_terminal("-q", *words)
    assert "" == archive("snap", press.url("/a")).err


def test_hostile_headline_does_not_reach_the_terminal(archive: Archive, press: Press) -> None:
    """Control and bidi characters of a page are shown as replacement characters, by every verb."""
    body = f"<h1>{HOSTILE}</h1><p>{HOSTILE} nine</p><a href='/x.pdf'>{HOSTILE}</a>".encode()
    replies = [
        r.plain(r.page().replace(b"<p>Good morning, Saltmere.</p>", body.replace(b"nine", word)))
        for word in (b"nine", b"seven")
    ]
    press.serve("/a", *replies)
    press.serve("/x.pdf", r.pdf(letter()))
    outputs = [archive("snap", press.url("/a")), archive("snap", press.url("/a"))]
    outputs += [
        archive(*words)
        for words in (
            ["list"],
            ["log", press.url("/a")],
            ["show", "@last"],
            ["show", "@last", "--text"],
            ["show", "@last", "--facts", "--text"],
            ["show", "@last", "--headers"],
            ["show", "@last", "--proof"],
            ["show", "@last", "--pdf", "1"],
            ["log", press.url("/a"), "-p"],
            ["search", "nine"],
            ["search", "removed:nine"],
            ["diff", press.url("/a")],
            ["cite", "@last"],
            ["cite", "@last", "--style", "bibtex"],
            ["status"],
            ["verify"],
        )
    ]

    for said in outputs:
        assert [] == re.findall(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", said.out + said.err
        )
    assert "\ufffd" in outputs[0].out
    terminal = _on_a_terminal("-C", archive.root, "show", "@last", "--text")
    assert not re.search("\x1b\\[2J|\x07|\u202e", terminal)


def test_hostile_address_does_not_reach_the_terminal(archive: Archive) -> None:
    """Nor do those of an address or a word that a person was made to paste."""
    for words in (
        ["snap", f"http://example.org:x/{HOSTILE}"],
        [HOSTILE],
        ["show", HOSTILE],
        ["-C", f"/nowhere{HOSTILE}", "list"],
    ):
        said = archive(*words)
        assert 0 != said.code
        assert "\x1b" not in said.err
        assert "\u202e" not in said.err


def test_quiet_says_only_results(archive: Archive, press: Press) -> None:
    """-q leaves stderr empty where nothing went wrong."""
    press.serve("/a", r.plain())

    said = typed("-q", "-C", archive.root, "snap", press.url("/a"), press.url("/a?x=1"))

    assert "" == said.err
    assert "snapshot" in said.out
