"""What a person types to have pages watched, and what cron and systemd are told."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from archivist.model.channel import Channel
from archivist.model.config import FetchSettings
from archivist.verbs.units import Installation, crontab, systemd
from tests.integration.conftest import Archive, typed
from tests.press import Press
from tests.press import responses as r

SENTENCE = "The biggest crane of the harbour has lifted nothing since Monday, and nobody knows for how long."
PAGE = r.page(f"<article><h1>Crane stands still</h1>{f'<p>{SENTENCE}</p>' * 5}</article>", title="Crane stands still")


def test_watch_run_unwatch(archive: Archive, press: Press) -> None:
    """From nothing: watch makes the archive, run looks in silence, watch lists, unwatch ends it."""
    press.serve("*", r.plain(PAGE))
    url = press.url("/a")
    said = archive("watch", url, "--every", "6h", "--tag", "eu", "--follow", "pdf")
    assert (0, f"watching {url}\n") == (said.code, said.out)
    assert "New archive in" in said.err
    assert (0, "", "") == ((ran := archive("run")).code, ran.out, ran.err)
    lines = archive("watch", "--json").lines
    assert {"url": url, "every": "6h", "tags": ["eu"], "state": "well", "checks": 1}.items() <= lines[0].items()
    assert {"summary": {"watched": 1, "due": 0}} == lines[1]
    assert "Crane stands still" in archive("watch", "--tag", "eu").out
    assert "" == archive("watch", "--tag", "other").out
    assert f"no longer watching {url}\n" == archive("unwatch", url).out
    assert archive("unwatch", url).is_clean_error(1)
    assert {"watched": 0} == {"watched": archive("run", "--json").lines[-1]["summary"]["watched"]}


def test_a_run_that_has_something_to_tell(archive: Archive, press: Press) -> None:
    """What failed is one line on stderr, with 3; of two hosts that fail each is named."""
    press.serve("/loop", r.redirect("/loop"))
    archive("watch", press.url("/loop"), "http://192.0.2.1/a")
    ran = archive("run")
    assert (3, "") == (ran.code, ran.out)
    lines = ran.err.splitlines()
    assert any("/loop redirects in a circle" in line for line in lines)
    assert any("192.0.2.1/a" in line for line in lines)
    assert all(line.startswith("error: ") for line in lines)


@pytest.mark.parametrize(
    "words",
    [
        ("watch", "htp:/foo"),
        ("watch", "https://a.example/", "--every", "soon"),
        ("watch", "https://a.example/", "--every", "30s"),
        ("watch", "https://a.example/", "--follow", "mp3"),
        ("watch", "--every", "6h"),
        ("unwatch",),
        ("run", "--max-urls", "0"),
    ],
)
def test_wrong_words(words: tuple[str, ...], archive: Archive) -> None:
    """2, a message, nothing made."""
    said = archive(*words)
    assert (2, "") == (said.code, said.out)
    assert said.err.startswith("error: ")
    assert not archive.root.exists() or words[0] == "run"


def test_reading_makes_nothing(archive: Archive) -> None:
    """Without an archive there is nothing to list, to run, to end; and none is made."""
    for words in (("watch",), ("run",), ("unwatch", "https://a.example/"), ("watch", "--print-crontab")):
        assert archive(*words).is_clean_error(6)
    assert not archive.root.exists()


def test_status(archive: Archive, press: Press) -> None:
    """What is due, what fails and the disk; 3 where somebody should look."""
    press.serve("*", r.plain(PAGE))
    archive.snap(press.url("/b"))
    calm = archive("status")
    assert (0, True) == (calm.code, "disk" in calm.out)
    archive("watch", press.url("/a"))
    state = json.loads(archive("status", "--json").out)
    assert {"watched": 1, "due_pages": 1, "overdue_pages": 0, "needs": []}.items() <= state.items()
    text = (archive.root / "archivist.toml").read_text(encoding="utf-8")
    (archive.root / "archivist.toml").write_text(text.replace("since = 20", "since = 19"), encoding="utf-8")
    late = archive("status")
    assert (3, True) == (late.code, "1 overdue" in late.out)


def where(root: Path, **environ: str) -> Installation:
    """An installation in a folder."""
    return Installation(
        command=["/usr/bin/archivist"], root=root, keys=root.parent / "keys", environ=environ, user="ann"
    )


def test_the_line_for_cron_runs(archive: Archive, press: Press) -> None:
    """The line is what a shell can run from anywhere, with nothing but HOME in the environment."""
    archive("watch", press.url("/a"))
    line = archive("watch", "--print-crontab").out.splitlines()[-1]
    times, _, command = line.partition("  ")
    assert 5 == len(times.split())
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, cwd="/", env={"HOME": "/nonexistent"}, timeout=60
    )
    # Of an installed archivist; in a checkout that is not installed there may be no such module.
    assert done.returncode in {0, 1, 3}, done.stderr
    assert "--if-free" in command


def test_odd_names_are_kept_whole(tmp_path: Path) -> None:
    """Blanks, quotes, percent signs and dollars in paths and settings stand in a crontab and in a unit as they are."""
    root = tmp_path / "it's 100% $new"
    line = crontab(where(root, ARCHIVIST_FETCH_USER_AGENT="a b", HOME="/x")).splitlines()[-1]
    assert "%" not in line.replace("\\%", "")
    shell = line.partition("  ")[2].replace("\\%", "%").replace("/usr/bin/archivist", "printf '%s\\n'")
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=True, encoding="utf-8")
    assert ["-q", "-C", str(root), "run"] == done.stdout.splitlines()[:4]
    assert "HOME" not in line
    unit = systemd(where(root, ARCHIVIST_FETCH_USER_AGENT="a b"), fetch=FetchSettings())
    assert f'ExecStart=/usr/bin/archivist -q -C "{str(root).replace("%", "%%").replace("$", "$$")}" run' in unit
    assert 'Environment="ARCHIVIST_FETCH_USER_AGENT=a b"' in unit


def test_a_tag_that_could_not_be_read_again(archive: Archive, press: Press) -> None:
    """It is refused, and the watchlist is as it was: one such line would stop every run."""
    press.serve("*", r.plain(PAGE))
    assert 0 == archive("watch", press.url("/a"), "--tag", "eu").code
    before = (archive.root / "archivist.toml").read_bytes()
    said = archive("watch", press.url("/b"), "--tag", "a,b")
    assert (2, "", True) == (said.code, said.out, said.err.startswith("error: tags: 'a,b' is no tag"))
    assert before == (archive.root / "archivist.toml").read_bytes()
    assert 0 == archive("run").code


def test_a_unit_waits_for_whom_a_run_tells(tmp_path: Path) -> None:
    """It is not killed while the slowest channel is being told."""
    channels = [Channel(command=("/bin/true",), timeout=dt.timedelta(seconds=each)) for each in (5, 400)]
    quiet, telling = (
        systemd(where(tmp_path), fetch=FetchSettings(), channels=each).partition("TimeoutStopSec=")[2].split()[0]
        for each in ([], channels)
    )
    assert 400 == int(telling) - int(quiet)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """``systemd-analyze verify`` has nothing to say about either file."""
    root = tmp_path / "my news 100%"
    parts = systemd(
        Installation(command=["/bin/true"], root=root, keys=tmp_path, environ={"ARCHIVIST_ALLOW": "a b"}, user="root"),
        fetch=FetchSettings(),
    ).split("# /etc/systemd/system/")[1:]
    names = []
    for part in parts:
        name, _, text = part.partition("\n")
        (tmp_path / name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    assert ["archivist-my-news-100.service", "archivist-my-news-100.timer"] == [Path(each).name for each in names]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, check=False, encoding="utf-8"
    )
    assert (0, "") == (done.returncode, done.stderr)


def test_settings_of_runs(archive: Archive, press: Press) -> None:
    """[schedule] bounds runs; the command line is stronger; [watch] is told where settings stand."""
    press.serve("*", r.plain(PAGE))
    archive("watch", press.url("/a"), press.url("/b"), press.url("/c"))
    with (archive.root / "archivist.toml").open("a", encoding="utf-8") as file:
        file.write('\n[schedule]\nmax_urls = 1\nat_most = "30m"\n')
    assert {"looked_at": 1, "left": 2}.items() <= archive("run", "--json").lines[-1]["summary"].items()
    assert 2 == archive("run", "--json", "--max-urls", "9").lines[-1]["summary"]["looked_at"]
    assert (2, True) == ((said := archive("run", "--at-most", "x")).code, "a length of time" in said.err)
    (archive.root / "archivist.toml").write_text('[watch]\nevery = "6h"\n', encoding="utf-8")
    said = archive("run")
    assert (2, True) == (said.code, "[[watch]]" in said.err)


def test_help_is_short() -> None:
    """Each of the three explains itself."""
    for verb in ("watch", "unwatch", "run"):
        said = typed(verb, "--help")
        assert 0 == said.code
        assert "archivist" in said.out
