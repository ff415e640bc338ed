"""What a person sees on a terminal: a pager, headlines of every script in their columns, no bytes of a stranger."""

from __future__ import annotations

import gzip
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.demo.report import safety_report
from archivist.diff.wrap import columns
from archivist.proof.digest import sha256_hex
from tests.integration.conftest import CHECKOUT, Archive
from tests.press import Press
from tests.press import responses as r

TEXT = "The harbour authority kept nine of its cranes at work after their yearly inspection had lapsed. " * 6
TITLES = (
    "港湾局のクレーン、点検期限を過ぎて稼働",
    "رافعات الميناء تعمل بعد انتهاء الفحص",
    "Cranes 🏗️👩🏽‍🚀 at work",
    "Straßenkräne",
)


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Types words on a terminal of 60 columns; the exit code, and what the terminal was sent."""

    def typed(*words: str | Path, **environ: str) -> tuple[int, str]:
        main, follower = pty.openpty()
        path = os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
        kept = {name: value for name, value in os.environ.items() if name not in {"PAGER", "NO_COLOR", "LESS"}}
        with os.fdopen(follower, "wb") as screen:
            done = subprocess.run(
                [sys.executable, "-m", "archivist", *map(str, words)],
                check=False,
                env={**kept, "PYTHONPATH": path, "TERM": "xterm", "COLUMNS": "60", **environ},
                stdin=subprocess.DEVNULL,
                stdout=screen,
                stderr=screen,
                timeout=100,
            )
        sent = b""
        try:
            while piece := os.read(main, 65536):
                sent += piece
        except OSError:
            pass  # the other end is closed: all was read
        finally:
            os.close(main)
        return done.returncode, sent.decode().replace("\r\n", "\n")

    return typed


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """One article in each script."""
    for number, title in enumerate(TITLES):
        page = r.page(f"<article><h1>{title}</h1><p>{TEXT}</p></article>", title=title)
        press.serve(f"/{number}", r.plain(page))
    archive.snap(*(press.url(f"/{number}") for number in range(len(TITLES))))
    return archive


def test_lists_fit_in_any_script(filled: Archive, terminal: Callable[..., tuple[int, str]]) -> None:
    """No line is wider than the terminal; what is written from right to left stays in its own place."""
    code, sent = terminal("-C", filled.root, "--no-pager", "list", NO_COLOR="1")

    assert 0 == code
    assert len(TITLES) + 1 == len(sent.splitlines())
    assert 60 >= max(map(columns, sent.splitlines()))
    assert "\u2068رافعات" in sent
    assert "…" in sent
    piped = filled("list").out
    assert all(title in piped for title in TITLES)
    assert "\u2068" not in piped


def test_a_pager_shows_what_is_long(filled: Archive, terminal: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    """$ARCHIVIST_PAGER before $PAGER, with less' own options; none with --no-pager, or where there is none."""
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "paged $1 $LESS"\ncat\n')
    pager.chmod(0o755)

    for verb in (["log", "Stra"], ["show", "Stra"], ["search", "cranes"]):
        assert "paged  FRX" in terminal("-C", filled.root, *verb, PAGER=str(pager))[1]
    words = ["-C", str(filled.root), "list"]
    assert "paged one FRX" in terminal(*words, ARCHIVIST_PAGER=f"{pager} one", PAGER="false")[1]
    assert "paged" not in terminal("--no-pager", *words, PAGER=str(pager))[1]
    for none in ("cat", "no-such-pager", "'"):
        code, sent = terminal("-C", filled.root, "list", PAGER=none)
        assert (0, True) == (code, "Straßenkräne" in sent)


def test_leaving_the_pager_early_is_no_error(filled: Archive, terminal: Callable[..., tuple[int, str]]) -> None:
    """Whoever has seen enough has seen enough."""
    code, sent = terminal("-C", filled.root, "show", "Stra", PAGER="head -1", NO_COLOR="1")

    assert (0, "Straßenkräne\n") == (code, sent)


def test_bytes_are_for_files(filled: Archive, press: Press, terminal: Callable[..., tuple[int, str]]) -> None:
    """--raw is what the manifest's hash is of, --body what a browser reads; neither goes to a terminal."""
    page = r.page("<p>\x1b[2Jcompressed</p>", title="Coded")
    press.serve("/coded", r.gzipped(page))
    filled.snap(press.url("/coded"))
    sha256 = filled.snapshot().page.payload.sha256  # type: ignore[union-attr]
    command = [sys.executable, "-m", "archivist", "-C", filled.root, "show", "@last"]
    environ = {**os.environ, "PYTHONPATH": str(CHECKOUT)}

    raw = subprocess.run([*command, "--raw"], capture_output=True, check=True, env=environ)
    body = subprocess.run([*command, "--body"], capture_output=True, check=True, env=environ)

    assert sha256 == sha256_hex(raw.stdout)
    assert b"coding gzip" in raw.stderr
    assert page == body.stdout == gzip.decompress(raw.stdout)
    for option in ("--raw", "--body"):
        code, sent = terminal("-C", filled.root, "show", "@last", option)
        assert 2 == code
        assert sent.startswith("error: the bytes of a stranger's page are not written to a terminal\nhint: ")


def test_parts_of_a_snapshot(filled: Archive, press: Press) -> None:
    """Head, text, proof and the text of a document, each alone, and each as JSON."""
    press.serve("/report.pdf", r.pdf(safety_report(1)))
    link = f"<main><article><h1>A letter</h1><p>{TEXT}<a href='/report.pdf'>the report</a></p></article></main>"
    press.serve("/letter", r.plain(r.page(link, title="A letter"), headers=[("X-Odd", "a\x1bb")]))
    filled.snap(press.url("/letter"))
    row = filled.workspace.catalog.last()
    assert row

    head, text, proof, pdf = (filled("show", "@last", *words) for words in (
        ["--headers"], ["--text"], ["--proof"], ["--pdf", "1"],
    ))  # fmt: skip

    assert head.out.startswith("HTTP/1.1 200 OK\n")
    assert "\x1b" not in head.out
    assert text.out.startswith("A letter\n")
    assert f"{TEXT}the report" in text.out.splitlines()
    assert row.id in proof.out
    assert f"archivist verify {row.id[:12]}" in proof.out
    assert "page 1 of 4" in pdf.out
    assert 200 == filled("show", "@last", "--headers", "--json").json["status"]
    assert row.id == filled("show", "@last", "--proof", "--json").json["id"]
    assert 4 == filled("show", "@last", "--pdf", "1", "--json").json["page_count"]
    for words, code in ((["--pdf", "2"], 1), (["--raw", "--json"], 2), (["--body", "--json"], 2)):
        assert filled("show", "@last", *words).is_clean_error(code)
    assert filled("show", "x.html", "--url", press.url("/a"), "--proof").is_clean_error(2)


def test_log_in_one_line_a_version(filled: Archive, press: Press) -> None:
    """The verdict, the words that went and came, the values of fields; with --stat counts, with -p the edits."""
    # Its own text: what stands in other articles of a site, too, is no part of this one.
    text = TEXT.replace("cranes", "ferries")
    old = r.page(f"<article><h1>Cranes active</h1><p>{text}</p></article>", title="Cranes active")
    new = old.replace(b"active", b"highly active").replace(b"nine", b"seven", 1)
    press.serve("/edited", r.plain(old), r.plain(new))
    filled.snap(press.url("/edited"))
    filled.snap(press.url("/edited"))
    log = ["log", press.url("/edited")]

    (line,) = [line for line in filled(*log).out.splitlines() if line.startswith("v2 ")]

    assert "⚑ undeclared −1 +1 " in " ".join(line.split())
    assert "headline: “Cranes active” → “Cranes highly active”" in line
    assert "1 paragraph edited, 1 field" in filled(*log, "--stat").out
    assert "[-nine-]{+seven+}" in filled(*log, "-p").out
    assert filled(*log).out == filled("log", "highly", "active").out
    assert "\x1b" not in filled(*log, "-p").out


def test_mistakes_are_answered_with_what_was_meant(filled: Archive) -> None:
    """Verbs, options and facts that nearly are some; ambiguous words list the articles."""
    for words, said in (
        (["serach", "x"], "no verb 'serach'. Did you mean search"),
        (["list", "--jsno"], "no option --jsno. Did you mean --json"),
        (["search", "x", "--limt", "3"], "no option --limt. Did you mean --limit"),
        (["search", "autor:x"], "a search knows no autor:. Did you mean author"),
    ):
        found = filled(*words)
        assert (2, "") == (found.code, found.out)
        assert found.err.startswith(f"error: {said}")
        assert "?\nhint: " in found.err


def test_words_of_a_headline_name_an_article(filled: Archive) -> None:
    """Where they are of one, in any script and with or without accents; else the candidates are listed."""
    assert TITLES[3] in filled("log", "strassenkrane").out
    assert TITLES[1] in filled("show", "ميناء").out
    assert TITLES[0] in filled("show", "港湾局").out

    said = filled("log", "127.0.0.1")

    assert 2 == said.code
    assert f"could be {len(TITLES)} articles:\n  http" in said.err
    assert all(title in said.err for title in TITLES)


def test_search_says_what_it_found(filled: Archive) -> None:
    """Hits for people and as JSON, 1 where there is none, words with a minus sign, and where to go on."""
    found = filled("search", "cranes", "-nowhere", "--limit", "2")
    none = filled("search", "zzz")

    assert (0, 2) == (found.code, found.out.count("v1 of 1"))
    assert "[cranes]" in found.out
    assert "there are more than these 2" in found.err
    assert (1, "") == (none.code, none.out)
    assert "hint: within longer words: archivist search '*zzz*'" in none.err
    lines = [json.loads(line) for line in filled("search", "cranes", "--json").out.splitlines()]
    assert {"hits": 4, "is_more": False} == {name: lines[-1]["summary"][name] for name in ("hits", "is_more")}
    assert filled("search", "--limit", "0", "cranes").is_clean_error(2)
    assert "Usage: archivist search" in filled("search", "-h").out
