"""Runs over a watchlist are started twice, stopped and killed: no look is lost or taken twice, the next goes on."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest

from archivist.model.manifest import Snapshot
from tests.crash.runs import Going, Paper, assert_sound, evidence, going, open_archive, run
from tests.crash.test_two_runs import _gate, _in_order_of_ending
from tests.press import Pause, Press, Repeat, Reply, Send
from tests.press import responses as r

ARTICLES = 16


@pytest.fixture
def paper() -> Paper:
    """The newspaper, for as long as the test takes."""
    with Press() as press:
        yield Paper(press, articles=ARTICLES)


def _watched(root: Path, urls: list[str]) -> None:
    listed = root.with_name(f"{root.name}-list")
    listed.write_text("\n".join(urls), encoding="utf-8")
    assert 0 == run(root, "watch", "--from", listed).process.returncode


def _looks(root: Path) -> Counter[str]:
    """How often each page was looked at."""
    statements = [statement for _, _, statement in open_archive(root).statements()]
    return Counter(each.asked.url for each in statements if isinstance(each, Snapshot))


def _assert_went_on(root: Path, paper: Paper, stopped: Going) -> None:
    """The next run takes what is left, and nothing twice; what was told before is there."""
    before = evidence(root)
    over = run(root, "run", "--json")
    assert 0 == over.process.returncode, over.said
    assert Counter(paper.urls) == _looks(root)
    after = evidence(root)
    assert all(after[name].startswith(data) for name, data in before.items() if name.endswith(".json"))
    known = {each for each, _, _ in open_archive(root).statements()}
    told = [line for line in map(_parsed, stopped.lines) if "id" in line]
    assert {line["id"] for line in told} <= known
    assert_sound(root)


def _parsed(line: str) -> dict[str, str]:
    import json  # noqa: PLC0415  # beside its only use

    found: dict[str, str] = json.loads(line)
    return found


def _stop_and_go_on(root: Path, paper: Paper, *, number: signal.Signals, dice: random.Random) -> None:
    _watched(root, paper.urls)
    with going(root, "run", "--json") as under_way:
        if dice.random() < 0.3:
            under_way.after(dice.random() * 2)
        else:
            under_way.after_lines(dice.randrange(1, ARTICLES))
        under_way.kill(number=number)
    if number == signal.SIGTERM:
        # Python ends itself by SIGINT where the signal came while a text of code was being run, as dataclasses do.
        assert under_way.process.returncode in {0, 130, -signal.SIGTERM, -signal.SIGINT}, under_way.said
        assert "Traceback" not in under_way.said
    _assert_went_on(root, paper, under_way)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("turn", range(2))
def test_stopped_in_the_middle(*, turn: int, number: signal.Signals, paper: Paper, tmp_path: Path) -> None:
    """Told to stop, or killed: what was told is stored, and the next run goes on from there."""
    _stop_and_go_on(tmp_path / "archive", paper, number=number, dice=random.Random(turn))


def test_what_was_under_way_is_told(tmp_path: Path) -> None:
    """A run that is told to stop finishes, stores, tells and signs the pages that it had begun."""
    with Press() as press:
        paper = Paper(press, articles=3)
        root = tmp_path / "archive"
        _watched(root, paper.urls)
        gate = _gate(paper, "/news/1.html")
        with going(root, "run", "--json") as under_way:
            press.wait_for("/news/1.html")
            under_way.send(signal.SIGTERM, is_alone=True)
            under_way.after_words("once more")
            gate.set()
            assert 130 == under_way.wait()
        assert paper.urls[1] in {_parsed(line)["url"] for line in under_way.lines}
        _assert_went_on(root, paper, under_way)


@pytest.mark.parametrize("turn", range(2))
def test_two_runs_at_once(*, turn: int, tmp_path: Path) -> None:
    """Of two runs that start together one looks, and the other ends with 7 at once; every page is looked at once."""
    _two_at_once(tmp_path / "archive")


def _two_at_once(root: Path) -> None:
    with Press() as press:
        paper = Paper(press, articles=4)
        _watched(root, paper.urls)
        gate = _gate(paper, "/news/1.html")
        with going(root, "run", "--json") as one, going(root, "run", "--json", "--if-free") as two:
            loser, winner = _in_order_of_ending(one, two)
            gate.set()
            assert (7, 0) == (loser.wait(), winner.wait()), (loser.said, winner.said)
        assert [] == loser.lines
        assert "" == loser.said or loser is one
        assert Counter(paper.urls) == _looks(root)
        assert_sound(root)


def _hostile(press: Press, root: Path, *, pages: int, limit: str) -> Going:
    """A run over a silent host, one that never ends, one that redirects to itself, and two that are well."""
    press.serve("*", Reply.of(Pause(threading.Event())), host="silent.example")
    head = r.head(200, [("Content-Type", "text/html")])
    press.serve("*", Reply((Send(head), Repeat(b"<p>and so on</p>" * 4096))), host="endless.example")
    press.serve("*", lambda request: r.redirect(request.target), host="circle.example")
    for host in ("well.example", "fine.example"):
        press.serve(
            "*",
            r.plain(r.page(f"<article><h1>Cranes</h1>{'<p>They stand still, and nobody knows.</p>' * 9}</article>")),
            host=host,
        )
    hosts = ("silent", "endless", "circle", "well", "fine")
    _watched(root, [f"http://{host}.example/{number}" for number in range(pages) for host in hosts])
    return run(
        root,
        "run",
        "--json",
        "--at-most",
        limit,
        ARCHIVIST_FETCH_RESOLVE=" ".join(f"{host}.example={press.address}" for host in hosts),
        ARCHIVIST_FETCH_READ_TIMEOUT="1",
        ARCHIVIST_FETCH_MAX_BYTES=str(1 << 18),
    )


def _assert_served(over: Going, *, pages: int) -> None:
    told = [_parsed(line) for line in over.lines]
    new = Counter(line["url"].split("/")[2] for line in told if line.get("kind") == "new")
    assert {"well.example": pages, "fine.example": pages} == new
    assert ["silent.example"] == [each["url"] for each in told if each.get("url") == "silent.example"]
    kinds = {(line["url"].split("/")[2], line["kind"]) for line in told if "/" in line.get("url", "")}
    assert {("endless.example", "faulty"), ("circle.example", "unreachable")} <= kinds
    assert 3 == over.process.returncode, over.said


def test_hostile_watchlist(tmp_path: Path) -> None:
    """The well-behaved pages are all looked at, each failure is named, and the run ends."""
    with Press() as press:
        over = _hostile(press, tmp_path / "archive", pages=8, limit="100s")
        _assert_served(over, pages=8)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_stopped_fifty_times(paper: Paper, tmp_path: Path) -> None:
    """Fifty runs stopped or killed at any moment."""
    dice = random.Random(7)
    for turn in range(50):
        number = (signal.SIGTERM, signal.SIGKILL)[turn % 2]
        _stop_and_go_on(tmp_path / f"archive-{turn}", paper, number=number, dice=dice)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_runs_at_once_twenty_times(tmp_path: Path) -> None:
    """Twenty pairs."""
    for turn in range(20):
        _two_at_once(tmp_path / f"archive-{turn}")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_hostile_watchlist_of_ten_thousand(tmp_path: Path) -> None:
    """Ten thousand addresses and a limit of 40 seconds: the run ends within it, and says what is left."""
    import time  # noqa: PLC0415  # beside its only use

    with Press() as press:
        begun = time.monotonic()
        over = _hostile(press, tmp_path / "archive", pages=2_000, limit="40s")
        assert time.monotonic() - begun < 60
        told = [_parsed(line) for line in over.lines]
        assert 3 == over.process.returncode, over.said
        assert "silent.example" in {line.get("url") for line in told}
        assert told[-1]["summary"]["left"] > 0  # type: ignore[index]  # the last line has an object
        new = Counter(line["url"].split("/")[2] for line in told if line.get("kind") == "new")
        assert min(new["well.example"], new["fine.example"]) > 50
