"""Revoked certificates, asked of a responder on loopback; stamps that outlast their own."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from archivist.proof.check_stamps import Lasting
from archivist.proof.renewal import Listing, not_renewed
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r
from tests.press.authority import Authority
from tests.press.revoker import Revoker

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)


@pytest.fixture
def revoker() -> Iterator[Revoker]:
    """One that waits for its authority."""
    with Revoker() as revoker:
        yield revoker


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """One snapshot, not stamped."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>Nine stood still.</p>")))
    archive.snap(press.url("/a"), options=("--offline",))
    return archive


def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """It stands in the settings."""
    monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", authority.url)
    monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(authority.root))
    return authority


def named(archive: Archive, suffix: str) -> list[Path]:
    """The files of stamps that end so."""
    return sorted(archive.root.glob(f"manifests/log/timestamps/*/*{suffix}"))


ACCESS = {"ocsp": "authorityInfoAccess = OCSP;URI:{}/ocsp", "crl": "crlDistributionPoints = URI:{}/list.crl"}


@pytest.mark.parametrize("kind", ["ocsp", "crl"])
def test_kept_and_checked(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revoker: Revoker, kind: str
) -> None:
    """The answer stands beside the stamp; without it verification says what it cannot tell; changed, it is found."""
    with Authority(tmp_path / "tsa", more=ACCESS[kind].format(revoker.url)) as authority:
        revoker.folder = trusted(authority, monkeypatch).folder
        assert 0 == filled("stamp").code
    (path,) = named(filled, f".0.{kind}")
    said = filled("verify", "--json")
    assert 0 == said.code, said
    assert not any("revoked" in each for each in said.lines[-1]["summary"]["not_proved"])
    words = ["crl", "-inform", "DER", "-in", path] if kind == "crl" else ["ocsp", "-respin", path, "-noverify"]
    assert 0 == subprocess.run(["openssl", *words], capture_output=True, check=False).returncode
    data = path.read_bytes()
    for at in range(20, len(data), 29):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        assert ["stamp-revocation"] == [each["code"] for each in filled("verify", "--json").lines[:-1]], at
    path.unlink()
    said = filled("verify", "--json")
    assert 0 == said.code
    assert any("revoked" in each for each in said.lines[-1]["summary"]["not_proved"])


@pytest.mark.parametrize("kind", ["ocsp", "crl"])
@pytest.mark.parametrize(
    ("revoked", "reason", "is_kept"),
    [
        (NOW - DAY, x509.ReasonFlags.superseded, False),
        (NOW + DAY, x509.ReasonFlags.superseded, True),
        (NOW + DAY, x509.ReasonFlags.key_compromise, False),
        (NOW + DAY, None, False),
    ],
    ids=["before", "after", "compromised", "no reason"],
)
def test_revoked(  # one parameter for each case
    filled: Archive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    revoker: Revoker,
    *,
    kind: str,
    revoked: dt.datetime,
    reason: x509.ReasonFlags | None,
    is_kept: bool,
) -> None:
    """RFC 3161 4: a stamp after the revocation is worth nothing, and none is where the key may be in other hands."""
    revoker.revoked, revoker.reason = revoked, reason
    with Authority(tmp_path / "tsa", more=ACCESS[kind].format(revoker.url)) as authority:
        revoker.folder = trusted(authority, monkeypatch).folder
        said = filled("stamp")
        assert (0 if is_kept else 5) == said.code, said
        assert is_kept == bool(named(filled, ".tsr"))
        assert is_kept or "revoked" in said.out


@pytest.mark.parametrize("kind", ["ocsp", "crl"])
def test_learned_later(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revoker: Revoker, kind: str
) -> None:
    """An answer that speaks against a stamp makes it false, whenever it came to stand beside it."""
    with Authority(tmp_path / "tsa", more=ACCESS[kind].format(revoker.url)) as authority:
        revoker.folder = trusted(authority, monkeypatch).folder
        assert 0 == filled("stamp").code
    revoker.revoked = NOW - DAY
    named(filled, f".{kind}")[0].write_bytes(revoker.ocsp() if kind == "ocsp" else revoker.crl())
    assert ["stamp"] == [each["code"] for each in filled("verify", "--json").lines[:-1]]


@pytest.mark.parametrize("change", [lambda _: b"<html>", lambda data: data[:-5], lambda _: bytes(2 << 20)])
def test_wrong_answers(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revoker: Revoker, change: object
) -> None:
    """They are not kept, and the stamp is: nobody said that it was revoked."""
    revoker.change = change  # type: ignore[assignment]
    with Authority(tmp_path / "tsa", more=ACCESS["ocsp"].format(revoker.url)) as authority:
        revoker.folder = trusted(authority, monkeypatch).folder
        assert 0 == filled("stamp").code
    assert ["/ocsp"] == revoker.asked
    assert [] == named(filled, ".ocsp")


def test_the_gate_decides(filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revoker: Revoker) -> None:
    """What a certificate names is not what the settings name: nobody is led to a private address by one."""
    monkeypatch.delenv("ARCHIVIST_ALLOW")
    with Authority(tmp_path / "tsa", more=ACCESS["crl"].format(revoker.url)) as authority:
        revoker.folder = trusted(authority, monkeypatch).folder
        assert 0 == filled("stamp").code
    assert [] == revoker.asked


def test_warned_and_renewed(filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year before a chain expires status says so; renewed, every older stamp is under a newer one, and listed."""
    with Authority(tmp_path / "short", days=30) as short, Authority(tmp_path / "long", days=3000, name="Long") as long:
        trusted(short, monkeypatch)
        filled("stamp")
        state = filled("status", "--json").json["stamps"]
        assert (1, f"{NOW + 30 * DAY:%Y-%m-%d}") == (state["expiring"], state["expires"])
        assert "stamp --renew" in filled("status").out
        trusted(long, monkeypatch)
        roots = tmp_path / "roots.pem"
        roots.write_bytes(short.root.read_bytes() + long.root.read_bytes())
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(roots))
        said = filled("stamp", "--renew")
        assert 0 == said.code, said
        assert "2 files of older stamps" in said.err
        assert 0 == filled("status", "--json").json["stamps"]["expiring"]
        assert 0 == filled("verify").code
    path = named(filled, ".tsr")[0]
    data = path.read_bytes()
    path.unlink()
    codes = [each["code"] for each in filled("verify", "--json").lines[:-1]]
    assert "stamp-listed" in codes
    path.write_bytes(data)
    assert 0 == filled("verify").code


def test_what_renews_what() -> None:
    """A stamp is covered by a good one over a log that lists it, made before its certificates expired; in a chain."""

    def lasting(name: str, size: int, time: int, until: int) -> Lasting:
        return Lasting(name=name, size=size, time=NOW + time * DAY, until=NOW + until * DAY)

    old, middle, new = lasting("old", 5, -900, -500), lasting("mid", 9, -600, -100), lasting("new", 20, -200, 100)
    first = Listing(file="a", index=7, digests={"old": ""})
    second = Listing(file="b", index=15, digests={"mid": ""})
    assert () == not_renewed([old, middle, new], [first, second], now=NOW)
    assert (old,) == not_renewed([old, middle, new], [second], now=NOW)
    assert (old, middle) == not_renewed([old, middle, new], [first], now=NOW)
    late = lasting("mid", 9, -400, -100)
    assert (old,) == not_renewed([old, late, new], [first, second], now=NOW)
    before = Listing(file="a", index=9, digests={"old": ""})
    assert (old,) == not_renewed([old, middle, new], [before, second], now=NOW)
    assert (old, middle, new) == not_renewed([old, middle, new], [first, second], now=NOW + 200 * DAY)
