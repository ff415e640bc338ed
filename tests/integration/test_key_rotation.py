"""A key that follows another: both say so, the log goes on, and what was signed before stays signed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archivist.proof.log_keys import KeyChange, LogKeys, linked, sign_change
from archivist.proof.note import BadNote, VerifierKey, parse_note, sign_note
from archivist.proof.signing import SignatureFailed, SigningKey
from archivist.store.keys import load_key
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r

NAME = "archive.example/log"
KEYS = [SigningKey.from_seed(bytes([number]) * 32) for number in range(4)]
PUBLIC = [VerifierKey.of(NAME, key) for key in KEYS]


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """One snapshot."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"))
    return archive


def test_a_new_key_signs(filled: Archive, press: Press, tmp_path: Path) -> None:
    """Old and new checkpoints verify, each with its key; the old private key is needed no more."""
    old = filled.workspace.identity.key
    said = filled("key", "--rotate", "--json").json
    assert [old] == [each["key"] for each in said["keys"] if each.get("until") == 2]
    new = said["keys"][-1]["key"]
    assert old != new
    assert new == filled("key").out.splitlines()[-1] == filled("status", "--json").json["key"]
    (tmp_path / "keys" / f"{filled.workspace.identity.id}.pem").unlink()
    filled.snap(press.url("/a"))
    assert 0 == filled("verify").code
    assert 0 == filled("verify", "@last").code
    said = filled("key", "--rotate", "--json").json
    assert 3 == len(said["keys"])
    filled.snap(press.url("/a"))
    result = filled("verify", "--json")
    assert (0, 6) == (result.code, result.lines[-1]["summary"]["checked"]["checkpoints"])


def test_the_old_key_cannot_go_on(filled: Archive, press: Press) -> None:
    """Who still has the old key, and signs a longer log with it, is found out; so is a forged change."""
    identity = filled.workspace.identity
    old = load_key(identity.id, environ=os.environ)
    assert old is not None
    filled("key", "--rotate")
    copies = sorted(filled.root.glob("manifests/log/checkpoints/*"))
    text = parse_note(copies[-1].read_bytes()).text
    for path in (copies[-1], filled.root / "manifests/log/checkpoint"):
        path.write_bytes(sign_note(text, name=identity.origin, key=old))
    said = filled("verify", "--json")
    assert 1 == said.code
    assert "checkpoint-signature" in {line["code"] for line in said.lines[:-1]}
    assert "did not sign then" in said.out


def test_a_change_that_is_removed_or_bent(filled: Archive, press: Press) -> None:
    """Without the statement the new key signs for nobody; a bent one is named."""
    filled("key", "--rotate")
    filled.snap(press.url("/a"))
    (path,) = filled.root.glob("manifests/events/*/*-key-*.json")
    data = path.read_bytes()
    at = data.index(b"\\n2\\n") + 2
    path.write_bytes(data[:at] + b"3" + data[at + 1 :])
    codes = {line["code"] for line in filled("verify", "--json").lines[:-1]}
    assert {"key-change", "checkpoint-signature"} <= codes
    path.unlink()
    assert 1 == filled("verify").code
    path.write_bytes(data)
    assert 0 == filled("verify").code


def test_a_lost_key(filled: Archive, tmp_path: Path) -> None:
    """Nobody can change a key that is not there: said, with where to read on; nothing is written."""
    (path,) = (tmp_path / "keys").glob("*.pem")
    path.unlink()
    before = filled.files()
    said = filled("key", "--rotate")
    assert said.is_clean_error(2)
    assert before == filled.files()
    assert "not on this computer" in filled("key").err


def test_receipts_from_before_and_after(filled: Archive, press: Press, tmp_path: Path) -> None:
    """Each holds for whoever trusts a key that led to the one that signed it."""
    old = filled.workspace.identity.key
    before, after = tmp_path / "before.txt", tmp_path / "after.txt"
    assert 0 == filled("export", "@last", "-o", before).code
    new = filled("key", "--rotate", "--json").json["keys"][-1]["key"]
    filled.snap(press.url("/a"))
    assert 0 == filled("export", "@last", "-o", after).code
    for path in (before, after):
        assert 0 == filled("verify", path).code
        assert 0 == filled("verify", "--key", old, path).code
    assert 0 == filled("verify", "--key", new, after).code


def test_chains() -> None:
    """Changes are put in order; one that leads on from nobody, two from one, and sizes that shrink are refused."""
    one = sign_change(KEYS[0], KEYS[1], name=NAME, size=5)
    two = sign_change(KEYS[1], KEYS[2], name=NAME, size=9)
    keys = linked(PUBLIC[0], [two, one])
    assert [PUBLIC[0], PUBLIC[0], PUBLIC[1], PUBLIC[1], PUBLIC[2]] == [keys.at(size) for size in (1, 5, 6, 9, 10)]
    assert PUBLIC[2] == keys.newest
    assert LogKeys(first=PUBLIC[0]).newest == PUBLIC[0]
    for wrong in (
        [two],
        [one, sign_change(KEYS[0], KEYS[3], name=NAME, size=5)],
        [one, sign_change(KEYS[1], KEYS[2], name=NAME, size=4)],
    ):
        with pytest.raises(BadNote):
            linked(PUBLIC[0], wrong)


def test_forged_changes() -> None:
    """Both keys sign, for two keys of one log, in one spelling."""
    true = sign_change(KEYS[0], KEYS[1], name=NAME, size=5)
    assert true == KeyChange.parse(true.note)
    text, lines = true.note.decode().split("\n\n")
    first, second = lines.splitlines(keepends=True)
    other = sign_change(KEYS[2], KEYS[1], name=NAME, size=5).note.decode().split("\n\n")[1].splitlines(keepends=True)
    for bent in (
        f"{text}\n\n{first}",
        f"{text}\n\n{second}{first}",
        f"{text}\n\n{first}{second}{other[0]}",
        f"{text}\n\n{other[0]}{second}",
        true.note.decode().replace("\n5\n", "\n6\n"),
        true.note.decode().replace("v1", "v2"),
    ):
        with pytest.raises((BadNote, SignatureFailed)):
            KeyChange.parse(bent.encode())
    with pytest.raises(BadNote):
        sign_change(KEYS[0], KEYS[0], name=NAME, size=5)
