"""Archives that are whole and signed, and say what is not so: the deep check holds manifests to the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.model.capture import Capture, Span
from archivist.model.manifest import Snapshot
from archivist.store.log import Log
from tests.tamper.small import ARTICLES, Small, checked, make, read_anew
from tests.unit.store.exchanges import ORIGIN, archive_statement, exchange, sign, snapshot

ZERO = "0" * 64

LIES: dict[str, dict[str, Any]] = {
    "address": {"uri": "https://www.example.org/other"},
    "date": {"date": "2026-11-23T12:00:00.000000Z"},
    "address connected to": {"ip": "192.0.2.99"},
    "no address connected to": {"ip": None},
    "status": {"status": 404},
    "media type": {"media_type": "text/plain"},
    "truncation": {"truncated": "time"},
    "role": {"role": "document"},
    "kind": {"kind": "font"},
    "via": {"via": "https://www.example.org/"},
    "method": {"method": "POST"},
    "duration": {"milliseconds": 1},
    "certificate": {"certificate": ZERO},
    "redirect": {"location": "https://www.example.org/other"},
    "redaction": {"redacted": ("cookie",)},
    "note": {"notes": ("lf-only",)},
}


def bent(change: Callable[[Capture], Capture], *, number: int = 1) -> Callable[[Snapshot], Snapshot]:
    """Change the first capture of one snapshot of the first article."""

    def bend(honest: Snapshot) -> Snapshot:
        if (honest.article, honest.number) != (ARTICLES[0], number):
            return honest
        return replace(honest, captures=(change(honest.captures[0]), *honest.captures[1:]))

    return bend


def assert_capture_fails(root: Path, says: str) -> None:
    """The deep check fails for this capture alone, and says why."""
    result = checked(root, is_deep=True)

    assert "failed" == result.state
    assert ["capture"] == [finding.code for finding in result.findings]
    assert says in result.findings[0].said
    assert ARTICLES[0].rpartition("/")[2] in result.findings[0].said or says == "address"


@pytest.mark.parametrize("lie", LIES)
def test_a_capture_that_lies_is_found(tmp_path: Path, lie: str) -> None:
    """Every field of a capture is held to the records."""
    make(tmp_path, bend=bent(lambda honest: replace(honest, **LIES[lie])))

    assert_capture_fails(tmp_path, "address" if lie == "address" else "the manifest")


@pytest.mark.parametrize(
    ("change", "says"),
    [({"length": 1}, "length of the payload"), ({"sha256": ZERO}, "SHA-256"), ({"blake3": ZERO}, "BLAKE3")],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_payload_that_lies_is_found(tmp_path: Path, change: dict[str, Any], says: str, number: int) -> None:
    """Length and both digests are computed again, of plain and of chunked bodies."""
    make(tmp_path, bend=bent(lambda honest: replace(honest, payload=replace(honest.payload, **change)), number=number))

    assert_capture_fails(tmp_path, says)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda ref: replace(ref, id="urn:uuid:0"), "urn:uuid:0"),
        (lambda ref: replace(ref, length=ref.length + 1), "bytes long"),
        (lambda ref: replace(ref, offset=ref.offset + 1), "no record begins"),
    ],
)
def test_a_place_that_lies_is_found(tmp_path: Path, change: Callable[[Any], Any], says: str) -> None:
    """Offset, length and id of the record are those that stand in the file."""
    make(tmp_path, bend=bent(lambda honest: replace(honest, record=change(honest.record))))

    assert "ok" == checked(tmp_path).state
    assert_capture_fails(tmp_path, says)


def revisit_of(**change: Any) -> Callable[[Snapshot], Snapshot]:
    """Change what the ferry's second snapshot, a revisit, says of its original."""

    def bend(honest: Snapshot) -> Snapshot:
        if (honest.article, honest.number) != (ARTICLES[1], 2):
            return honest
        capture = honest.captures[0]
        assert capture.revisit is not None
        return replace(honest, captures=(replace(capture, revisit=replace(capture.revisit, **change)),))

    return bend


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"uri": "https://www.example.org/x"}, "WARC-Refers-To-Target-URI"),
        ({"date": "2026-11-23T00:00:00.000000Z"}, "WARC-Refers-To-Date"),
        ({"profile": "server-not-modified"}, "WARC-Profile"),
    ],
)
def test_a_revisit_that_lies_is_found(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    """What a revisit refers to is what its record refers to, and what stands there."""
    make(tmp_path, bend=revisit_of(**change))
    result = checked(tmp_path, is_deep=True)

    assert "failed" == result.state
    assert any(says in finding.said for finding in result.findings)
    assert {"capture"} == {finding.code for finding in result.findings}


def test_a_revisit_of_another_payload_is_found(tmp_path: Path) -> None:
    """The original of a revisit holds the payload; another record in its place does not."""
    first: list[Capture] = []

    def bend(honest: Snapshot) -> Snapshot:
        first.extend(honest.captures)
        if (honest.article, honest.number) != (ARTICLES[1], 2):
            return honest
        capture = honest.captures[0]
        assert capture.revisit is not None
        wrong = replace(capture.revisit, record=first[0].record)
        return replace(honest, captures=(replace(capture, revisit=wrong),))

    make(tmp_path, bend=bend)
    said = [finding.said for finding in checked(tmp_path, is_deep=True).findings]

    assert 2 == len(said)
    assert any("SHA-256 of the payload" in each for each in said)
    assert any("WARC-Refers-To is" in each for each in said)


def one_snapshot(root: Path, bend: Callable[[Snapshot], Snapshot], *, is_first: bool = True) -> Small:
    """An archive of one snapshot, signed."""
    small = Small(root, bend)
    if is_first:
        small.write(archive_statement())
    small.start(0)
    small.snap(ARTICLES[0], exchange(uri=ARTICLES[0]))
    if not is_first:
        small.write(archive_statement())
    small.sign()
    return small


def spans(change: Callable[[Span], tuple[Span, ...]]) -> Callable[[Snapshot], Snapshot]:
    """Describe other bytes."""
    return lambda honest: replace(honest, stored=change(honest.stored[0]))


@pytest.mark.parametrize(
    ("bend", "code"),
    [
        (lambda honest: replace(honest, archive="another"), "statement-foreign"),
        (lambda honest: replace(honest, previous=ZERO), "chain"),
        (lambda honest: replace(honest, number=2), "chain"),
        (spans(lambda span: (replace(span, blake3=ZERO),)), "warc-bytes"),
        (spans(lambda span: (span, replace(span, offset=1, length=1, blake3=ZERO))), "warc-overlap"),
        (spans(lambda span: (replace(span, length=span.length + 1),)), "warc-short"),
        (spans(lambda span: (span, replace(span, file="2026-11/other.warc.gz"))), "warc-missing"),
        (spans(lambda _: ()), "warc-unknown"),
    ],
)
def test_a_signed_statement_that_lies_is_found(tmp_path: Path, bend: Callable[[Snapshot], Snapshot], code: str) -> None:
    """A signature over a wrong statement does not make it right."""
    one_snapshot(tmp_path, bend)
    result = checked(tmp_path)

    assert "ok" != result.state
    assert code in {finding.code for finding in result.findings}


def test_the_log_begins_with_the_archive(tmp_path: Path) -> None:
    """Entry 0 is the archive's own statement."""
    one_snapshot(tmp_path, lambda honest: honest, is_first=False)
    result = checked(tmp_path)

    assert ("failed", ["archive-statement"]) == (result.state, [finding.code for finding in result.findings])


def test_a_second_link_to_the_wrong_snapshot_is_found(tmp_path: Path) -> None:
    """``previous`` is the id of the snapshot before, in the whole and for one snapshot alone."""
    small = make(tmp_path, bend=lambda honest: replace(honest, previous=ZERO) if honest.number == 3 else honest)
    chosen = small.last[ARTICLES[1]][1]

    assert ["chain", "chain"] == [finding.code for finding in checked(tmp_path).findings]
    assert ["chain"] == [finding.code for finding in checked(tmp_path, snapshots=(chosen,)).findings]


def test_a_checkpoint_of_another_history_is_found(tmp_path: Path) -> None:
    """An older checkpoint that is signed, with another root, shows that the log was rewritten."""
    honest, other = tmp_path / "honest", tmp_path / "other"
    make(honest)
    make(other)
    name = f"manifests/log/checkpoints/{5:016d}"
    (honest / name).write_bytes((other / name).read_bytes())
    result = checked(honest)

    assert [("failed", "checkpoint-root", name)] == [(f.state, f.code, f.where) for f in result.findings]


def test_an_archive_without_snapshots_is_not_ok(tmp_path: Path) -> None:
    """Nothing to check is never ok."""
    small = Small(tmp_path)
    small.write(archive_statement())
    Log(small.layout, disk=small.disk).append(small.written, origin=ORIGIN, sign=sign)

    assert ["nothing"] == [finding.code for finding in checked(tmp_path).findings]
    assert "unverifiable" == checked(tmp_path).state
    assert ["nothing"] == [finding.code for finding in checked(tmp_path, snapshots=()).findings]
    assert "unverifiable" == checked(tmp_path, snapshots=()).state
    assert "unverifiable" == checked(tmp_path, snapshots=(ZERO,)).state
    assert "failed" == checked(tmp_path / "nowhere").state


def test_a_statement_of_a_later_version_is_unverifiable(tmp_path: Path) -> None:
    """What a later archivist wrote is not damaged, and not ok."""
    small = one_snapshot(tmp_path, lambda honest: honest)
    later = snapshot(number=2, previous=small.last[ARTICLES[0]][1], article=ARTICLES[0]).to_json()

    class Later:
        def to_json(self) -> Any:
            return {**later, "version": 99}

    from archivist.proof.canonical import canonical  # noqa: PLC0415

    small.layout.manifest_path(ARTICLES[0], 2).write_bytes(canonical(Later().to_json()))

    assert {"statement-newer", "log-pending", "unverifiable"} >= {f.code for f in checked(tmp_path).findings}
    assert "unverifiable" == checked(tmp_path).state


def test_chosen_snapshots_are_checked_alone(tmp_path: Path) -> None:
    """Damage elsewhere does not matter to a snapshot; damage to what it carries or revisits does."""
    small = make(tmp_path)
    ferry = [small.ledger.read(path)[0] for path in sorted(tmp_path.glob("manifests/www*/*ferry*/*.json"))]
    warcs = sorted(tmp_path.glob("archives/*/*.gz"))

    def damage(path: Path, offset: int) -> list[str]:
        data = path.read_bytes()
        path.write_bytes(data[:offset] + bytes([data[offset] ^ 1]) + data[offset + 1 :])
        states = [checked(tmp_path, snapshots=(each,)).state for each in ferry]
        path.write_bytes(data)
        return states

    history = small.ledger.history(ARTICLES[1])
    page, carried = history[0][1].captures
    assert ["ok", "ok", "ok"] == [checked(tmp_path, snapshots=(each,)).state for each in ferry]
    assert ["ok", "ok", "ok"] == damage(warcs[0], 30)
    assert ["failed", "ok", "ok"] == damage(warcs[0], carried.record.offset + 30)
    assert ["failed", "failed", "ok"] == damage(warcs[0], page.record.offset + 30)
    assert ["ok", "ok", "failed"] == damage(warcs[2], warcs[2].stat().st_size - 30)


def test_a_chosen_snapshot_that_is_gone_or_not_signed_is_not_ok(tmp_path: Path) -> None:
    """A removed manifest is missed by the log; one that is not in the log yet is unverifiable."""
    small = make(tmp_path)
    newest = small.last[ARTICLES[1]][1]
    late = small.ledger.write(snapshot(number=4, previous=newest, article=ARTICLES[1]))
    path = small.layout.manifest_path(ARTICLES[1], 3)
    data = path.read_bytes()
    assert ["log-pending"] == [finding.code for finding in checked(tmp_path, snapshots=(late.id,)).findings]
    path.unlink()
    assert ["log-membership"] == [finding.code for finding in checked(tmp_path, snapshots=(newest,)).findings]
    path.write_bytes(data)
    for name, at in (("tile/0/000.p/9", 7 * 32), ("tile/entries/000.p/9", 6 * 34 + 2), ("checkpoint", 40)):
        entry = small.layout.log / name
        kept = entry.read_bytes()
        entry.write_bytes(kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :])
        assert (name, "failed") == (name, checked(tmp_path, snapshots=(newest,)).state)
        entry.write_bytes(kept)


def _reading(root: Path, of: Callable[[Small], str], *, same_as: str | None = None) -> str:
    """A signed archive with one more statement, that a snapshot was read anew; the statement's file."""
    small = make(root)
    event = read_anew(of(small), same_as=same_as)
    file = small.layout.event_path(event.at, kind=event.kind, id=small.write(event)).relative_to(root).as_posix()
    small.sign()
    return file


def _first(small: Small) -> str:
    return small.last[ARTICLES[0]][1]


def test_a_reading_of_nothing_is_found(tmp_path: Path) -> None:
    """A later reading of a snapshot that is not in the archive is signed, whole and false, and named."""
    file = _reading(tmp_path, lambda _: ZERO)

    result = checked(tmp_path)

    assert "failed" == result.state
    assert [("reading", file)] == [(finding.code, finding.where) for finding in result.findings]


def test_a_reading_of_another_statement_is_found(tmp_path: Path) -> None:
    """A later reading is of a snapshot, and not of the archive itself."""
    file = _reading(tmp_path, lambda small: small.ledger.read(small.layout.archive_json)[0])

    assert [("reading", file)] == [(finding.code, finding.where) for finding in checked(tmp_path).findings]


def test_a_reading_that_nobody_holds_is_found(tmp_path: Path) -> None:
    """A later reading that refers to a statement which is not in the archive is named."""
    file = _reading(tmp_path, _first, same_as="e" * 64)

    (finding,) = checked(tmp_path).findings

    assert ("reading", file) == (finding.code, finding.where)
    assert "eeeeeeeeeeee" in finding.said


def test_a_reading_without_a_fingerprint_is_damaged(tmp_path: Path) -> None:
    """A later reading that breaks its schema is a damaged statement, and the path in it is named."""
    small = make(tmp_path)
    event = read_anew(_first(small))
    written = small.write(replace(event, details={**event.details, "fingerprint": 7}))
    small.sign()

    (finding,) = checked(tmp_path).findings

    assert "statement-damaged" == finding.code
    assert written[:12] in finding.where
    assert "$.details.fingerprint" in finding.said
