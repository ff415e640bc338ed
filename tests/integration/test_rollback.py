"""A computer remembers the last checkpoint that it saw of an archive, and notices that an older copy was put back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from archivist.proof.check_log import LogCheck, check_log
from archivist.proof.check_seen import SeenBefore, check_seen
from archivist.proof.note import KeyName, VerifierKey, sign_note
from archivist.proof.signing import new_key
from archivist.store.durable import RealDisk
from archivist.store.keys import load_key, load_seen, seen_path
from archivist.store.layout import Layout
from archivist.store.log import Log
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r


@pytest.fixture
def rolled_back(archive: Archive, press: Press, tmp_path: Path) -> Archive:
    """An archive of two snapshots, of which the state with one was put back."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"))
    shutil.copytree(archive.root, tmp_path / "backup")
    archive.snap(press.url("/a"))
    shutil.rmtree(archive.root)
    shutil.copytree(tmp_path / "backup", archive.root)
    return archive


def checked(archive: Archive) -> tuple[LogCheck, VerifierKey]:
    """The log as it stands, and its key."""
    folder, key = archive.workspace.layout.log, VerifierKey.parse(archive.workspace.identity.key)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return check_log(files, lambda name: (folder / name).read_bytes(), key=key), key


def remembered(archive: Archive) -> bytes:
    """What this computer saw last."""
    note = load_seen(archive.workspace.identity.id, environ=os.environ)
    assert note is not None
    return note


def test_the_next_run_refuses(rolled_back: Archive, press: Press) -> None:
    """Nothing is added to it, nothing of it is changed; it says what to do, and goes on when that is done."""
    before = rolled_back.files()
    said = rolled_back("snap", press.url("/a"))
    assert said.is_clean_error(1), said
    assert "does not go on" in said.err
    assert {name: data for name, data in before.items() if not name.startswith(".archivist/")} == {
        name: data for name, data in rolled_back.files().items() if not name.startswith(".archivist/")
    }
    seen_path(rolled_back.workspace.identity.id, environ=os.environ).unlink()
    assert 0 == rolled_back("snap", press.url("/a")).code


def test_it_is_whole_in_itself(rolled_back: Archive) -> None:
    """Only the memory tells."""
    log, key = checked(rolled_back)
    assert () == log.findings
    assert () == check_seen([], log, key=key)
    (finding,) = check_seen([SeenBefore(where="seen", note=remembered(rolled_back))], log, key=key)
    assert ("failed", "log-rollback") == (finding.state, finding.code)


def test_a_log_that_goes_on(archive: Archive, press: Press) -> None:
    """Each checkpoint that was seen holds for every later log."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    notes = []
    for _ in range(3):
        archive.snap(press.url("/a"))
        notes.append(remembered(archive))
    log, key = checked(archive)
    assert () == check_seen([SeenBefore(where=str(n), note=note) for n, note in enumerate(notes)], log, key=key)
    assert 3 == len(set(notes))


def test_a_fork(archive: Archive, press: Press, tmp_path: Path) -> None:
    """Another history, whole and signed with the same key."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    archive.snap(press.url("/a"))
    identity = archive.workspace.identity
    note, key = remembered(archive), load_key(identity.id, environ=os.environ)
    assert key is not None
    other = Log(Layout(tmp_path / "other"), disk=RealDisk(tmp_path / "other"))
    sign = lambda text: sign_note(text, name=KeyName(identity.origin), key=key)  # noqa: E731
    other.append([f"{n:064x}" for n in range(5)], origin=identity.origin, sign=sign)
    folder = Layout(tmp_path / "other").log
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    own = VerifierKey.parse(identity.key)
    log = check_log(files, lambda name: (folder / name).read_bytes(), key=own)
    assert () == log.findings
    (finding,) = check_seen([SeenBefore(where="seen", note=note)], log, key=own)
    assert ("failed", "log-fork") == (finding.state, finding.code)


def test_what_cannot_be_told(archive: Archive, press: Press) -> None:
    """A checkpoint of somebody else, or bytes that are none, prove nothing; they are said, not passed over."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    archive.snap(press.url("/a"))
    log, key = checked(archive)
    foreign = sign_note(
        "other\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", name=KeyName("other"), key=new_key()
    )
    for note in (foreign, b"nothing"):
        (finding,) = check_seen([SeenBefore(where="seen", note=note)], log, key=key)
        assert ("unverifiable", "log-seen") == (finding.state, finding.code)
    (finding,) = check_seen([SeenBefore(where="seen", note=remembered(archive))], log, key=None)
    assert "unverifiable" == finding.state


def test_verify_remembers(rolled_back: Archive, tmp_path: Path) -> None:
    """It names what was seen and where; on another computer a checkpoint that was kept does the same."""
    note = tmp_path / "kept"
    note.write_bytes(remembered(rolled_back))
    said = rolled_back("verify", "--json")
    assert 1 == said.code
    assert ["log-rollback"] == [line["code"] for line in said.lines[:-1]]
    seen_path(rolled_back.workspace.identity.id, environ=os.environ).unlink()
    assert 0 == rolled_back("verify").code
    said = rolled_back("verify", "--consistent-with", note)
    assert 1 == said.code
    assert "rolled back" in said.out
    assert rolled_back("verify", "--consistent-with", tmp_path / "none").is_clean_error(2)
