"""Outside witnesses of time: a real authority on loopback, what it may do wrong, and what a stamp is worth later."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.proof.der import Der
from archivist.proof.receipt_words import WORDS
from archivist.proof.token import query
from tests.integration.conftest import CHECKOUT, Archive, typed
from tests.press import Press
from tests.press import responses as r
from tests.press.authority import Authority, Reply

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """One that the settings name and trust."""
    with Authority(tmp_path / "authority") as authority:
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", authority.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(authority.root))
        monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "5")
        yield authority


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """One article, two snapshots."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"))
    archive.snap(press.url("/a"))
    return archive


def stamps(archive: Archive) -> list[str]:
    """The files of stamps."""
    return [name for name in archive.files() if "/timestamps/" in name]


def test_stamped_and_verified(filled: Archive, authority: Authority) -> None:
    """The stamp is kept with its chain, once for a checkpoint; verification counts it, and says less is unproved."""
    said = filled("stamp")
    assert 0 == said.code, said
    assert "at the latest" in said.out
    assert ["pem", "tsr"] == sorted(name.rpartition(".")[2] for name in stamps(filled))
    assert "before" in filled("stamp").out
    result = filled("verify", "--json").lines[-1]["summary"]
    assert "ok" == result["state"]
    assert 1 == result["checked"]["time stamps"]
    assert any("time stamp" in each for each in result["not_proved"])
    said = filled("stamp", "--json")
    assert ["known"] == [line["state"] for line in said.lines[:-1]]


def test_at_the_end_of_a_run(archive: Archive, authority: Authority, press: Press) -> None:
    """Each run that signs has its checkpoint stamped; one that finds it stamped asks nobody."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    said = archive("snap", press.url("/a"))
    assert 0 == said.code
    assert "stamped by 127.0.0.1" in said.err
    assert 2 == len(stamps(archive))
    assert 0 == archive("snap", press.url("/a"), "--json").code
    assert 4 == len(stamps(archive))
    status = archive("status", "--json").json["stamps"]
    assert (3, [], True) == (status["size"], status["due"], status["is_asked"])
    assert "which were there at" in archive("status").out


def test_offline_and_what_is_due(archive: Archive, authority: Authority, press: Press) -> None:
    """Who is offline asks nobody; status says what is due, and the next run makes up for it."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"), options=("--offline",))
    assert [] == stamps(archive)
    assert 1 == len(archive("status", "--json").json["stamps"]["due"])
    assert "due: 127.0.0.1" in archive("status").out
    archive.snap(press.url("/a"))
    assert [] == archive("status", "--json").json["stamps"]["due"]
    assert ["ok"] == [line["summary"]["state"] for line in archive("verify", "--json").lines]


@pytest.mark.parametrize("kind", ["silent", "dripping", "closed", "lying"])
def test_a_capture_does_not_mind(
    archive: Archive, authority: Authority, press: Press, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whatever the authority does: the snapshot is whole, exit 0, no longer than the settings say, and it is due."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "0.5")
    pause = threading.Event()
    replies = {
        "silent": Reply(pause=pause),
        "dripping": Reply(drip=pause),
        "closed": Reply(change=lambda _: b""),
        "lying": Reply(change=lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    }
    authority.reply = replies[kind]
    before = time.monotonic()
    said = archive("snap", press.url("/a"), "--json")
    took = time.monotonic() - before
    pause.set()
    assert 0 == said.code, said
    assert took < 8
    assert ["failed"] == [each["state"] for each in said.lines[-1]["summary"]["stamps"]]
    assert "not stamped by 127.0.0.1" in said.err
    assert "Traceback" not in said.err
    assert [] == stamps(archive)
    assert 0 == archive("verify").code
    authority.reply = Reply()
    assert 0 == archive("stamp").code


def test_no_network(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An authority that is not there, or certificates that cannot be read: said, and all else works."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", "http://127.0.0.1:9/tsr")
    said = archive("snap", press.url("/a"))
    assert 0 == said.code
    assert "refused" in said.err, said
    monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(tmp_path / "none.pem"))
    said = archive("snap", press.url("/a"))
    assert 0 == said.code
    assert "stamp.ca" in said.err
    assert archive("stamp").is_clean_error(2)


def _with_another_nonce(asked: bytes) -> bytes:
    digest = Der.parse(asked).children()[1].children()[1].content
    return query(digest, nonce=7)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(ask=lambda _: query(bytes(32), nonce=7)), "stamps something else"),
        (Reply(ask=_with_another_nonce), "another request"),
        (Reply(change=lambda _: b"<html>"), "a value is cut short"),
        (Reply(change=lambda data: data[:-20]), "cut short"),
        (Reply(change=lambda data: data[:-1] + bytes([data[-1] ^ 1])), "signature is wrong"),
        (Reply(change=lambda _: bytes.fromhex("30053003020102")), "rejected"),
        (Reply(change=lambda data: data + bytes(70_000)), "sends more than"),
        (Reply(status=503), "answered 503"),
        (Reply(media_type="text/html"), "no time-stamping server"),
        (Reply(pause=threading.Event()), "did not finish its answer"),
    ],
    ids=["other hash", "other nonce", "page", "cut", "signature", "rejected", "huge", "503", "type", "silent"],
)
def test_wrong_answers(
    filled: Archive, authority: Authority, monkeypatch: pytest.MonkeyPatch, reply: Reply, said: str
) -> None:
    """Nothing is kept, the server is named with why, the archive is as it was, and the next time it may go well."""
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "0.5" if reply.pause else "20")
    before = filled.files()
    authority.reply = reply
    told = filled("stamp")
    assert 5 == told.code
    assert said in told.out, told
    assert "Traceback" not in told.err
    assert before == filled.files()
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "5")
    if reply.pause is not None:
        reply.pause.set()
    authority.reply = Reply()
    assert 0 == filled("stamp").code


@pytest.mark.parametrize("usage", ["timeStamping", "critical,timeStamping,codeSigning", "critical,codeSigning"])
def test_certificates_for_something_else(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, usage: str
) -> None:
    """RFC 3161 2.3: one purpose, and critical. openssl itself would not sign with the last."""
    try:
        other = Authority(tmp_path / "other", usage=usage)
    except AssertionError:
        pytest.skip("this openssl refuses to make it")
    with other:
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(other.root))
        told = filled("stamp", "--authority", other.url)
        assert told.code in {3, 5}
        assert [] == stamps(filled)


def test_an_expired_certificate(
    archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an authority signs after its certificate has expired is not kept, and said; the snapshot is whole."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    with Authority(tmp_path / "expired", days=-1) as expired:
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", expired.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(expired.root))
        told = archive("snap", press.url("/a"), "--json")
        assert 0 == told.code, told
        assert ["failed"] == [each["state"] for each in told.lines[-1]["summary"]["stamps"]]
        assert "not stamped by 127.0.0.1" in told.err
        before = archive.files()
        told = archive("stamp")
        assert 5 == told.code
        assert "Made-up Stamps Clock" in told.out
        assert "its own certificate expired on 2021-01-01" in told.out, told
        assert before == archive.files()
        assert [] == stamps(archive)
        assert 0 == archive("verify").code


def test_a_foreign_root(filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    """Who is not trusted is not believed; one that fails does not keep another one's stamp away: exit 3."""
    with Authority(tmp_path / "other", name="Other Stamps") as other:
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", f"{authority.url},{other.url}")
        told = filled("stamp", "--json")
        assert 3 == told.code
        assert ["failed", "stamped"] == sorted(line["state"] for line in told.lines[:-1])
        assert any("no chain" in line.get("said", "") for line in told.lines)


def test_a_root_that_is_no_longer_trusted(
    filled: Archive, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stamp that was true stays so for whoever trusts its root, who is named."""
    filled("stamp")
    monkeypatch.delenv("ARCHIVIST_STAMP_CA")
    result = filled("verify", "--json")
    assert 4 == result.code
    assert ["stamp-root"] == [line["code"] for line in result.lines[:-1]]
    assert "Made-up Stamps" in result.out


def test_changed_stamps(filled: Archive, authority: Authority) -> None:
    """A byte changed in an answer or a certificate is found, and named."""
    filled("stamp")
    for name in stamps(filled):
        path = filled.root / name
        data = path.read_bytes()
        for at in range(40, len(data), 37):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :])
            told = filled("verify", "--json")
            if name.endswith(".tsr"):
                assert told.code in {0, 1}
                assert 1 == told.code or path.suffix == ".tsr"
            else:
                assert told.code in {0, 1, 4}
            assert "Traceback" not in told.err
        path.write_bytes(data)
    (filled.root / next(name for name in stamps(filled) if name.endswith(".tsr"))).unlink()
    assert ["stamp-missing"] == [line["code"] for line in filled("verify", "--json").lines[:-1]]


def test_receipt_with_a_stamp(filled: Archive, authority: Authority, press: Press, tmp_path: Path) -> None:
    """It stands under the checkpoint that was stamped, also later; three ways to check it agree."""
    filled("stamp")
    stamped = filled.workspace.identity.key
    press.serve("/b", r.plain(r.page("<h1>Ferries</h1><p>All of them sailed.</p>")))
    filled.snap(press.url("/b"), options=("--offline",))
    path = tmp_path / "receipt.txt"
    assert 0 == filled("export", f"{press.url('/a')}@1", "-o", path).code
    assert "-----BEGIN TIMESTAMP 1-----" in path.read_text()
    assert 0 == filled("verify", path).code
    assert 0 == typed("verify", "--key", stamped, path).code
    second = [sys.executable, CHECKOUT / "scripts" / "verify_receipt.py", "--key", stamped, path]
    done = subprocess.run(second, capture_output=True, check=False, text=True)
    assert 0 == done.returncode, done
    assert "Stamped: " in done.stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    first, last = (
        WORDS[WORDS.index("  part() {") : WORDS.index("  # 4.")],
        WORDS[WORDS.index("  part 'TIMESTAMP 1'") : WORDS.index("  # 6.")],
    )
    script = f"set -e; R={path}\n{first}\n{last}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, text=True, cwd=empty)
    assert 0 == done.returncode, done
    assert "Verification: OK" in done.stdout + done.stderr
    # The newest snapshot is not covered by the stamp, and its receipt has none.
    assert 0 == filled("export", "@last", "-o", path, "--force").code
    assert "TIMESTAMP 1-----" not in path.read_text().partition("-----BEGIN MANIFEST-----")[2]


def test_nothing_to_stamp(archive: Archive, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an archive, or without an authority: said, with what to do."""
    assert archive("stamp").is_clean_error(6)
    assert 0 == archive("init", archive.root).code
    monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", "")
    assert archive("stamp").is_clean_error(2)
