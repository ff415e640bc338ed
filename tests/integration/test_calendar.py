"""OpenTimestamps: a calendar on loopback made of the reference implementation, right and wrong; blocks; the gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r
from tests.press.calendar import Calendar, written


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calendar]:
    """One that the settings name."""
    with Calendar() as calendar:
        monkeypatch.setenv("ARCHIVIST_STAMP_CALENDARS", calendar.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "5")
        yield calendar


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """One snapshot, stamped by nobody."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"), options=("--offline",))
    return archive


def proofs(archive: Archive) -> dict[str, bytes]:
    """Files of calendars, by the ends of their names."""
    paths = sorted(archive.root.glob("manifests/log/timestamps/*/*.ots"))
    return {path.name.partition(".0.0.1-")[2].partition(".")[2]: path.read_bytes() for path in paths}


def test_promised_completed_verified(filled: Archive, calendar: Calendar, tmp_path: Path) -> None:
    """A promise is kept; a later run fetches the way to a block; the header of the block makes it a time."""
    said = filled("stamp", "--json")
    assert (0, ["pending"]) == (said.code, [line["state"] for line in said.lines[:-1]])
    assert ["pending.ots"] == list(proofs(filled))
    assert 1 == filled("status", "--json").json["stamps"]["pending"]
    assert ["known"] == [line["state"] for line in filled("stamp", "--json").lines[:-1]]
    calendar.height = 900_000
    before = proofs(filled)
    assert "leads to Bitcoin block 900000" in filled("stamp").out
    assert ["ots", "pending.ots"] == sorted(proofs(filled))
    assert before["pending.ots"] == proofs(filled)["pending.ots"]
    assert 0 == filled("status", "--json").json["stamps"]["pending"]
    parsed = DetachedTimestampFile.deserialize(BytesDeserializationContext(proofs(filled)["ots"]))
    assert [900_000] == [each.height for _, each in parsed.timestamp.all_attestations()]
    said = filled("verify", "--json")
    assert (0, 1) == (said.code, said.lines[-1]["summary"]["checked"]["calendar proofs"])
    assert any("blocks 900000" in each for each in said.lines[-1]["summary"]["not_proved"])
    headers = tmp_path / "headers.txt"
    headers.write_text("# of our own chain\n\n" + calendar.header(900_000))
    said = filled("verify", "--bitcoin-headers", headers, "--json")
    assert 0 == said.code
    assert not any("blocks" in each for each in said.lines[-1]["summary"]["not_proved"])
    assert any("time stamp shows" in each for each in said.lines[-1]["summary"]["not_proved"])


def test_another_block(filled: Archive, calendar: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that does not lead to the block it names is false; who has headers does not even keep it."""
    filled("stamp")
    calendar.height = 900_000
    headers = tmp_path / "headers.txt"
    calendar.roots[7] = bytes(32)
    headers.write_text(calendar.header(7).replace("7 ", "900000 ", 1))
    monkeypatch.setenv("ARCHIVIST_STAMP_BITCOIN_HEADERS", str(headers))
    said = filled("stamp")
    assert (3, ["pending.ots"]) == (said.code, list(proofs(filled))), said
    assert "another root" in said.out
    monkeypatch.delenv("ARCHIVIST_STAMP_BITCOIN_HEADERS")
    assert 0 == filled("stamp").code
    said = filled("verify", "--bitcoin-headers", headers, "--json")
    assert ["stamp-calendar"] == [line["code"] for line in said.lines[:-1]]


def test_headers_that_are_none(filled: Archive, calendar: Calendar, tmp_path: Path) -> None:
    """The line is named."""
    filled("stamp")
    headers = tmp_path / "headers.txt"
    calendar.roots[1] = bytes(32)
    for text in ("1 00\n", "x\n", calendar.header(1).replace("7fff", "7ffe").replace("ff7f20", "ff7f00")):
        headers.write_text(text)
        said = filled("verify", "--bitcoin-headers", headers)
        assert said.is_clean_error(2), said
        assert "line 1" in said.err
    assert filled("verify", "--bitcoin-headers", tmp_path / "none").is_clean_error(2)


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (lambda _: b"<html>", 200, "not known"),
        (lambda data: data[:-1], 200, "cut short"),
        (lambda data: data + b"\x00", 200, "behind the proof"),
        (lambda _: b"\x08" * 9_000, 200, "too deep"),
        (lambda _: bytes(20_000), 200, "sends more than"),
        (lambda data: data, 503, "answered 503"),
        (lambda _: written_unknown(), 200, "leads nowhere"),
    ],
    ids=["page", "cut", "more", "deep", "huge", "503", "unknown"],
)
def test_wrong_promises(filled: Archive, calendar: Calendar, change: object, status: int, said: str) -> None:
    """Nothing is kept, the calendar is named with why."""
    calendar.change, calendar.status = change, status  # type: ignore[assignment]
    told = filled("stamp")
    assert 5 == told.code
    assert said in told.out, told
    assert "Traceback" not in told.err
    assert {} == proofs(filled)


def written_unknown() -> bytes:
    """A proof of a kind that nobody knows."""
    return b"\x00" + b"unknown!" + b"\x01x"


@pytest.mark.parametrize("change", [lambda _: b"x", lambda data: data[:-2], lambda _: bytes(20_000)])
def test_wrong_completions(filled: Archive, calendar: Calendar, change: object) -> None:
    """The promise stays, and the next time it may go well."""
    filled("stamp")
    calendar.height = 900_000
    calendar.change = change  # type: ignore[assignment]
    assert 3 == filled("stamp").code
    assert ["pending.ots"] == list(proofs(filled))
    calendar.change = lambda data: data
    assert 0 == filled("stamp").code
    assert ["ots", "pending.ots"] == sorted(proofs(filled))


def test_a_run_completes(filled: Archive, calendar: Calendar, press: Press) -> None:
    """Runs do this at their end, beside the new promise; a slow calendar keeps no snapshot from anybody."""
    filled("stamp")
    calendar.height = 900_000
    filled.snap(press.url("/a"))
    assert ["ots", "pending.ots"] == sorted(proofs(filled))
    assert 3 == len(list(filled.root.glob("manifests/log/timestamps/*/*.ots")))


def test_slow(filled: Archive, calendar: Calendar, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """No longer than the settings say, and exit 0."""
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "0.3")
    calendar.is_slow = True
    said = filled("snap", press.url("/a"), "--json")
    assert 0 == said.code
    assert ["failed"] == [each["state"] for each in said.lines[-1]["summary"]["stamps"]]


def test_late(filled: Archive, calendar: Calendar, monkeypatch: pytest.MonkeyPatch, press: Press) -> None:
    """A completion that does not come in time is asked for again; meanwhile the promise is kept, and runs succeed."""
    filled("stamp")
    calendar.height = 900_000
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "0.3")
    calendar.is_slow = True
    assert 0 == filled("snap", press.url("/a")).code
    assert 5 == filled("stamp").code
    assert ["pending.ots"] == list(proofs(filled))
    assert 0 == filled("verify").code
    calendar.is_slow = False
    calendar.delay.set()
    monkeypatch.setenv("ARCHIVIST_STAMP_SECONDS", "5")
    assert 0 == filled("stamp").code
    assert "ots" in proofs(filled)


def test_a_promise_elsewhere(filled: Archive, calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address in a promise is the calendar's word, not the person's: the gate decides about it."""
    monkeypatch.delenv("ARCHIVIST_ALLOW")
    with Calendar() as other:
        target = other.url.encode()
        calendar.change = lambda data: data.replace(calendar.url.encode(), target)
        assert 0 == filled("stamp").code
        told = filled("stamp")
        assert "does not fetch from there" in told.out
        assert [] == other.asked


def test_changed_proofs(filled: Archive, calendar: Calendar) -> None:
    """A byte changed in the part before the calendar's is found; nothing makes verification fall over."""
    filled("stamp")
    (path,) = filled.root.glob("manifests/log/timestamps/*/*.ots")
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :])
        said = filled("verify", "--json") if at % 9 == 0 else None
        assert said is None or "Traceback" not in said.err
        if said is not None and at < 64:
            assert ["stamp-calendar"] == [line["code"] for line in said.lines[:-1]], at


def test_the_reference_reads_ours(filled: Archive, calendar: Calendar) -> None:
    """What we keep is an ordinary file of OpenTimestamps over the text of the checkpoint."""
    filled("stamp")
    parsed = DetachedTimestampFile.deserialize(BytesDeserializationContext(proofs(filled)["pending.ots"]))
    assert isinstance(parsed.timestamp, Timestamp)
    assert written(parsed) == proofs(filled)["pending.ots"]
