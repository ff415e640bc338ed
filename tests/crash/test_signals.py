"""A run that is asked to stop, by Ctrl-C or by a service manager, ends in order: nothing to mend is left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.runs import (
    CHECKOUT,
    Going,
    Paper,
    assert_kept,
    assert_sound,
    assert_untouched,
    evidence,
    going,
    has_ended,
    open_archive,
    run,
    signed_size,
)
from tests.press import Pause, Press, Reply


@pytest.fixture
def press() -> Iterator[Press]:
    """A press."""
    with Press() as press:
        yield press


def _assert_stopped(over: Going) -> None:
    assert 130 == over.process.returncode, over.said
    assert "error: interrupted; everything acknowledged is stored" in over.said
    assert "Traceback" not in over.said


def _assert_next_start_is_fine(root: Path, paper: Paper, stopped: Going) -> None:
    """Everything was signed when the run stopped, and the next start has nothing to adopt."""
    before, signed = evidence(root), signed_size(root)
    assert signed == sum(1 for _ in open_archive(root).ledger.paths())
    over = run(root, "snap", "--json", paper.urls[0])
    assert (0, "") == (over.process.returncode, over.said)
    assert_untouched(before, evidence(root), signed=signed)
    assert_kept(root, [*stopped.acknowledged, *over.acknowledged], paper=paper)
    assert_sound(root)


@pytest.mark.parametrize(
    ("number", "lines"), [(signal.SIGINT, 0), (signal.SIGINT, 17), (signal.SIGTERM, 9), (signal.SIGHUP, 1)]
)
def test_asked_to_stop(press: Press, tmp_path: Path, number: signal.Signals, lines: int) -> None:
    """The pages under way are finished, signed and whole; the exit code is 130; the next run goes on."""
    paper = Paper(press, articles=40)
    listed = tmp_path / "list"
    listed.write_text("\n".join(paper.urls[1:]), encoding="utf-8")
    root = tmp_path / "archive"
    with going(root, "snap", "--from", listed, "--json") as under_way:
        press.wait_for("/news/9.html")
        under_way.after_lines(lines)
        # To the whole group, as a terminal does: the reader must not leave in the middle of a page.
        under_way.kill(number=number)
    _assert_stopped(under_way)
    assert lines <= len(under_way.acknowledged) < len(paper.urls)
    assert [] == [problem for line in under_way.acknowledged for problem in line["problems"]]
    stored = [statement for _, _, statement in open_archive(root).statements() if hasattr(statement, "problems")]
    assert [()] * len(stored) == [statement.problems for statement in stored]
    _assert_next_start_is_fine(root, paper, under_way)


def test_told_twice(press: Press, tmp_path: Path) -> None:
    """A run that waits for a server that says nothing ends at once when it is told a second time."""
    paper = Paper(press, articles=3)
    press.serve("/silent.html", Reply.of(Pause(threading.Event())))
    root = tmp_path / "archive"
    with going(root, "snap", "--json", *paper.urls[1:], press.url("/silent.html")) as under_way:
        press.wait_for("/silent.html")
        under_way.after_lines(2)
        reader = under_way.children()
        under_way.send(signal.SIGINT)
        under_way.after_words("once more")
        under_way.kill(number=signal.SIGTERM)
    assert 130 == under_way.process.returncode
    assert all(has_ended(pid) for pid in reader)
    before, signed = evidence(root), signed_size(root)
    over = run(root, "snap", "--json", paper.urls[0])
    assert 0 == over.process.returncode
    assert_untouched(before, evidence(root), signed=signed)
    assert_kept(root, [*under_way.acknowledged, *over.acknowledged], paper=paper)
    assert_sound(root)


def test_nobody_listens_any_more(press: Press, tmp_path: Path) -> None:
    """Where the reader of its output goes away, a run finishes and signs what it had begun."""
    paper = Paper(press, articles=40)
    listed = tmp_path / "list"
    listed.write_text("\n".join(paper.urls[1:]), encoding="utf-8")
    root = tmp_path / "archive"
    with going(root, "snap", "--from", listed, "--json", listens=False) as under_way:
        under_way.wait()
    assert "Traceback" not in under_way.said
    _assert_next_start_is_fine(root, paper, under_way)


READS_A_PIPE = """
import sys
from pathlib import Path
from archivist.model.config import ReadSettings
from archivist.sandbox import Sandbox
with Sandbox(ReadSettings(seconds=1.0)) as sandbox:
    print(sandbox._child.pid, flush=True)
    sandbox.document(Path(sys.argv[1]), url="http://a.example/", sha256="0" * 64, media_type="application/pdf")
"""


def test_a_busy_reader_ends_after_its_program(tmp_path: Path) -> None:
    """A reader that would be busy for ever when its program is killed ends by itself when its time is up."""
    os.mkfifo(tmp_path / "endless.pdf")
    command = [sys.executable, "-c", READS_A_PIPE, str(tmp_path / "endless.pdf")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT) as program:
        assert program.stdout is not None
        reader = int(program.stdout.readline())
        assert not has_ended(reader, seconds=0.5)
        program.kill()
    assert has_ended(reader)


@pytest.mark.skipif(shutil.which("nohup") is None, reason="there is no nohup here")
def test_asked_to_stop_by_a_person_who_ignores_hangups(press: Press, tmp_path: Path) -> None:
    """Under nohup a run does not end when its terminal does."""
    paper = Paper(press, articles=12)
    listed = tmp_path / "list"
    listed.write_text("\n".join(paper.urls), encoding="utf-8")
    root = tmp_path / "archive"
    with going(root, "snap", "--from", listed, "--json", before=("nohup",)) as under_way:
        press.wait_for("/news/3.html")
        under_way.send(signal.SIGHUP)
        assert 0 == under_way.wait()
    assert 12 == len(under_way.acknowledged)
