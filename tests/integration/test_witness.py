"""Witnesses that cosign (C2SP tlog-witness): one on loopback that remembers, refuses forks, and lies on demand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.proof.note import KeyName, sign_note
from archivist.store.durable import RealDisk
from archivist.store.keys import load_key, seen_path
from archivist.store.layout import Layout
from archivist.store.log import Log
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r
from tests.press.cosigner import Cosigner


@pytest.fixture
def cosigner(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cosigner]:
    """One that the settings name and that knows the log of an archive with a snapshot."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"), options=("--offline",))
    with Cosigner() as cosigner:
        identity = archive.workspace.identity
        cosigner.logs[identity.origin] = identity.key
        monkeypatch.setenv("ARCHIVIST_STAMP_WITNESSES", f"{cosigner.url}={cosigner.vkey}")
        monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "5")
        yield cosigner


def cosignatures(archive: Archive) -> list[Path]:
    """Their files."""
    return sorted(archive.root.glob("manifests/log/timestamps/*/*.cosig"))


def test_cosigned_as_the_log_grows(archive: Archive, cosigner: Cosigner, press: Press) -> None:
    """The first is taken as it is; each later one with the proof that the log goes on from there."""
    assert 0 == archive("stamp").code
    for _ in range(4):
        assert 0 == archive("snap", press.url("/a")).code
    assert 5 == len(cosignatures(archive))
    assert ["/add-checkpoint"] * 5 == cosigner.asked
    said = archive("verify", "--json")
    assert (0, 5) == (said.code, said.lines[-1]["summary"]["checked"]["cosignatures"])
    assert [] == archive("status", "--json").json["stamps"]["due"]


def test_asked_by_option(archive: Archive, cosigner: Cosigner, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address and a key; without the key there is nothing to check with."""
    monkeypatch.delenv("ARCHIVIST_STAMP_WITNESSES")
    assert archive("stamp", "--witness", cosigner.url).is_clean_error(2)
    assert archive("stamp", "--witness", f"{cosigner.url}=nonsense").code == 2
    assert 0 == archive("stamp", "--witness", f"{cosigner.url}={cosigner.vkey}").code
    said = archive("verify", "--json")
    assert (4, ["stamp-witness"]) == (said.code, [line["code"] for line in said.lines[:-1]])


def test_it_remembers_more_than_we(archive: Archive, cosigner: Cosigner, press: Press) -> None:
    """Another size than we think is asked again with that one, once (409 with text/x.tlog.size)."""
    archive("stamp")
    archive("snap", press.url("/a"))
    for path in cosignatures(archive):
        path.unlink()
    archive("snap", "--offline", press.url("/a"))
    assert 0 == archive("stamp").code
    assert 4 == len(cosigner.asked)
    assert 0 == archive("verify").code


def test_rolled_back(archive: Archive, cosigner: Cosigner, press: Press, tmp_path: Path) -> None:
    """A log that is shorter than the witness has seen is not cosigned, and it is said what that means."""
    shutil.copytree(archive.root, tmp_path / "backup")
    archive("snap", press.url("/a"))
    shutil.rmtree(archive.root)
    shutil.copytree(tmp_path / "backup", archive.root)
    seen_path(archive.workspace.identity.id, environ=os.environ).unlink()
    said = archive("stamp")
    assert 5 == said.code
    assert "rolled back" in said.out
    assert [] == cosignatures(archive)


def test_forked(archive: Archive, cosigner: Cosigner, press: Press) -> None:
    """Another history, longer and signed with the same key: the witness refuses it, and there is no cosignature."""
    archive("stamp")
    identity, layout = archive.workspace.identity, archive.workspace.layout
    key = load_key(identity.id, environ=os.environ)
    assert key is not None
    shutil.rmtree(layout.log)
    log = Log(Layout(archive.root), disk=RealDisk(archive.root))
    sign = lambda text: sign_note(text, name=KeyName(identity.origin), key=key)  # noqa: E731
    for size in (2, 5):
        log.append([f"{n:064x}" for n in range(size)], origin=identity.origin, sign=sign)
        said = archive("stamp")
        assert 5 == said.code, said
        assert [] == cosignatures(archive)
        assert ("another history" if size == 2 else "does not accept the proof") in said.out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"<html>", "do not end in a newline"),
        (lambda _: b"\xff\n", "not UTF-8"),
        (lambda data: data.replace(b"witness.example/w1", b"other.example/w1"), "no cosignature"),
        (lambda data: data * 40, "signature lines"),
        (lambda _: bytes(100_000), "sends more than"),
        (lambda data: data[:40] + (b"A" if data[40:41] != b"A" else b"B") + data[41:], "not over this checkpoint"),
    ],
    ids=["page", "bytes", "name", "many", "huge", "signature"],
)
def test_wrong_answers(archive: Archive, cosigner: Cosigner, change: object, said: str) -> None:
    """None is kept, each is named."""
    cosigner.change = change  # type: ignore[assignment]
    told = archive("stamp")
    assert 5 == told.code
    assert said in told.out, told
    assert [] == cosignatures(archive)


def test_unknown_to_it(archive: Archive, cosigner: Cosigner) -> None:
    """A witness must be told of a log; it is said which key its owner needs."""
    key, cosigner.logs = dict(cosigner.logs), {}
    assert "does not know this log" in archive("stamp").out
    cosigner.logs = {origin: cosigner.vkey.replace("witness.example/w1", origin) for origin in key}
    assert "another key" in archive("stamp").out


def test_changed_cosignatures(archive: Archive, cosigner: Cosigner) -> None:
    """A changed line is found."""
    archive("stamp")
    (path,) = cosignatures(archive)
    data = path.read_bytes()
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :])
        said = archive("verify", "--json")
        assert said.code in {1, 4}, (at, said)
        assert ["stamp-witness"] == [line["code"] for line in said.lines[:-1]]
