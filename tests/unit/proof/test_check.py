"""The steps of ``proof.check`` over bytes and values alone; whole archives are broken in ``tests/tamper``."""

from __future__ import annotations

import ast
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.errors import NotFound
from archivist.model.capture import Capture, RecordRef, Revisit, Span
from archivist.model.finding import Finding
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement
from archivist.proof.canonical import canonical
from archivist.proof.check import (
    NOT_PROVED,
    Seen,
    check_belonging,
    check_chains,
    check_identity,
    check_link,
    check_membership,
    check_statement,
)
from archivist.proof.check_capture import Expected, check_capture, examine
from archivist.proof.check_log import LogCheck, check_inclusion, check_log
from archivist.proof.check_warc import Described, Torn, check_cover, check_spans, check_torn, find_damage, torn_of
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.digest import digest, sha256_hex
from archivist.proof.merkle import leaf_hash, root
from archivist.proof.note import VerifierKey, sign_note
from archivist.proof.signing import SigningKey
from archivist.proof.tiles import bundles_after, tiles_after
from archivist.wire import warc
from archivist.wire.warc import iter_members, read_member

KEY = SigningKey.from_seed(b"\x07" * 32)
ORIGIN = "archive.example/log"
VERIFIER = VerifierKey(name=ORIGIN, public=KEY.public_bytes())  # type: ignore[arg-type]
ARCHIVE = ArchiveStatement(id="a", created="2026", origin=ORIGIN, key=str(VERIFIER), software="archivist/0")
FILE = "manifests/www.example.org/a-story-00000000/{:04d}.json"


def told(*findings: Finding | None) -> list[tuple[str, str]]:
    """State and code of each."""
    return [(finding.state, finding.code) for finding in findings if finding]


def event(**changes: Any) -> Event:
    """A small statement."""
    values: dict[str, Any] = {"archive": "a", "kind": "repair", "at": "2026", "software": {}, "said": "mended"}
    return Event(**{**values, **changes})


def snap(number: int, previous: str | None, *, archive: str = "a") -> Snapshot:
    """A small snapshot."""
    value = {
        "type": "snapshot", "version": 1, "archive": archive, "article": "https://www.example.org/", "number": number,
        "asked": {"url": "https://www.example.org/", "verb": "snap"}, "started": "2026", "ended": "2026",
        "software": {}, "reading": {}, "fingerprint": "f", "quality": {"verdict": "article"},
    }  # fmt: skip
    return replace(Snapshot.from_json(value), previous=previous)  # type: ignore[arg-type]


def seen(statement: Statement, file: str) -> Seen:
    """A statement in its file."""
    return check_statement(file, canonical(statement.to_json()), place=lambda *_: file)


def chain(*numbers: int) -> list[Seen]:
    """Snapshots that name each other."""
    found: list[Seen] = []
    for number in numbers:
        previous = found[-1].id if found else None
        found.append(seen(snap(number, previous), FILE.format(number)))
    return found


def leaves(*found: Seen) -> bytes:
    """The leaf hashes of a log of these."""
    return b"".join(leaf_hash(bytes.fromhex(each.id)) for each in found)


ROOT = seen(ARCHIVE, "manifests/archive.json")


class TestIdentity:
    """Step 1."""

    def test_a_whole_one_has_a_key(self) -> None:
        """The key of the archive's statement is the one to check with."""
        identity = check_identity(canonical(ARCHIVE.to_json()))

        assert (VERIFIER, ARCHIVE, ()) == (identity.key, identity.statement, identity.seen.findings)

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"{}", "statement-damaged"),
            (b"", "statement-damaged"),
            (canonical(event().to_json()), "archive-statement"),
            (canonical(replace(ARCHIVE, key="no key").to_json()), "archive-statement"),
            (canonical(replace(ARCHIVE, origin="another").to_json()), "archive-statement"),
            (canonical(ARCHIVE.to_json()) + b"\n", "statement-damaged"),
        ],
    )
    def test_a_damaged_one_fails(self, data: bytes, code: str) -> None:
        """What is no archive statement with a key that signs for its log fails."""
        assert [("failed", code)] == told(*check_identity(data).seen.findings)


class TestStatements:
    """Step 2."""

    def test_the_place_is_that_of_the_content(self) -> None:
        """A statement in another file than its content says fails, and the right place is named."""
        data = canonical(event().to_json())
        found = check_statement("manifests/events/x.json", data, place=lambda *_: "manifests/events/y.json")

        assert [("failed", "statement-place")] == told(*found.findings)
        assert "manifests/events/y.json" in found.findings[0].said

    def test_a_path_that_leaves_the_archive_is_damage(self) -> None:
        """A span of a file outside of archives/ makes the statement unreadable, with the path of the value."""
        value = event(stored=(Span(file="../../etc/passwd", offset=0, length=1, blake3=""),)).to_json()
        found = check_statement("x", canonical(value), place=lambda *_: "x")

        assert [("failed", "statement-damaged")] == told(*found.findings)
        assert "$.stored[0].file" in found.findings[0].said

    def test_a_later_version_is_not_damage(self) -> None:
        """A statement of a later archivist is unverifiable."""
        found = check_statement("x", canonical({**event().to_json(), "version": 2}), place=lambda *_: "x")

        assert [("unverifiable", "statement-newer")] == told(*found.findings)

    def test_what_the_log_has_is_not_read_whole(self) -> None:
        """Its captures are left out, what the other steps need is there; what the log has not is read to the end."""
        value = {**snap(2, "p").to_json(), "captures": [{"uri": 7}]}
        data = canonical(value)  # type: ignore[arg-type]
        place = "manifests/x/0002.json"
        logged = [leaf_hash(bytes.fromhex(sha256_hex(data)))]

        signed = check_statement(place, data, place=lambda *_: place, logged=logged)
        unsigned = check_statement(place, data, place=lambda *_: place)
        assert isinstance(signed.statement, Snapshot)
        assert ((), 2, "p", ()) == (
            signed.findings, signed.statement.number, signed.statement.previous, signed.statement.captures,
        )  # fmt: skip
        assert [("failed", "statement-damaged")] == told(*unsigned.findings)

    @pytest.mark.parametrize("data", [b"", b"[1", b"[" * 5000, b'{"type":"snapshot"}', b'{"type":"no"}', b"\xff", b"7"])
    def test_what_the_log_has_and_nobody_can_read_is_damage(self, data: bytes) -> None:
        """Whoever has the key can sign what is no statement."""
        found = check_statement("x", data, place=lambda *_: "x", logged=[leaf_hash(bytes.fromhex(sha256_hex(data)))])

        assert [("failed", "statement-damaged")] == told(*found.findings)

    def test_foreign_statements_are_named(self) -> None:
        """One foreign statement is named; where all are foreign, the archive's own is the odd one, once."""
        one = [*chain(1, 2), seen(event(archive="b"), "e")]

        assert [("failed", "statement-foreign", "e")] == [
            (each.state, each.code, each.where) for each in check_belonging(one, ARCHIVE)
        ]
        assert ["manifests/archive.json"] == [each.where for each in check_belonging(one[:2], replace(ARCHIVE, id="z"))]
        assert () == check_belonging([ROOT, *chain(1)], ARCHIVE)


class TestMembership:
    """Step 4."""

    def test_the_same_is_ok(self) -> None:
        """Every entry has its statement and every statement its entry: nothing is found."""
        found = [ROOT, *chain(1, 2)]

        assert ((), frozenset()) == (
            check_membership(found, leaves(*found)).findings,
            check_membership(found, leaves(*found)).suspect,
        )

    def test_one_more_statement_is_due(self) -> None:
        """A statement that is not in a log whose statements are all there waits for the next run."""
        found = [ROOT, *chain(1, 2)]

        assert [("unverifiable", "log-pending")] == told(*check_membership(found, leaves(*found[:2])).findings)

    def test_another_statement_is_altered(self) -> None:
        """A statement that is not in a log that misses one was altered, and is not believed."""
        found = [ROOT, *chain(1, 2)]
        membership = check_membership([*found[:2], seen(event(), "e")], leaves(*found))

        assert [("failed", "statement-altered")] == told(*membership.findings)
        assert frozenset({"e"}) == membership.suspect

    def test_a_missing_statement_is_missed(self) -> None:
        """An entry without a statement fails, with its number."""
        found = [ROOT, *chain(1, 2)]
        (finding,) = check_membership(found[:2], leaves(*found)).findings

        assert [("failed", "log-membership")] == told(finding)
        assert "statement 2 of the log is missing" in finding.said

    def test_entry_0_is_the_archive(self) -> None:
        """A log that begins with another statement fails."""
        found = [ROOT, *chain(1)]

        assert [("failed", "archive-statement")] == told(*check_membership(found, leaves(found[1], ROOT)).findings)

    @pytest.mark.parametrize(("known", "code"), [(None, "log-membership"), (b"", "log-pending")])
    def test_without_a_log_nobody_can_tell(self, known: bytes | None, code: str) -> None:
        """No log and an unreadable one are both unverifiable, and said once."""
        assert [("unverifiable", code)] == told(*check_membership([ROOT, *chain(1, 2)], known).findings)


class TestChains:
    """Step 5."""

    @pytest.mark.parametrize(("numbers", "missing"), [((1, 2, 3), []), ((2, 3), [1]), ((1, 3), [2]), ((1, 2, 9), [3])])
    def test_numbers_have_no_gap(self, numbers: tuple[int, ...], missing: list[int]) -> None:
        """The first missing number of each gap is named by its file."""
        found = chain(1, 2, 3, 4, 5, 6, 7, 8, 9)
        kept = [each for number, each in enumerate(found, 1) if number in numbers]

        assert [FILE.format(number) for number in missing] == [each.where for each in check_chains(kept, suspect=())]

    def test_links_are_held_to_ids(self) -> None:
        """A snapshot that names another one before it fails, unless its neighbour is the one not believed."""
        one, two = chain(1, 2)
        other = seen(snap(2, "0" * 64), two.file)

        assert [("failed", "chain")] == told(*check_chains([one, other], suspect=()))
        assert () == check_chains([one, other], suspect={one.file})
        assert () == check_chains([one, other], suspect={other.file})
        assert [("failed", "chain")] == told(*check_chains([seen(snap(1, "0" * 64), one.file)], suspect=()))

    def test_a_link_alone(self) -> None:
        """The same for one snapshot and the one before it."""
        one, two = chain(1, 2)

        assert [] == told(check_link(two, one), check_link(one, None))
        assert [("failed", "chain")] * 2 == told(check_link(two, None), check_link(one, two))


def log_of(*sizes: int) -> dict[str, bytes]:
    """The files of a log that was signed at these sizes."""
    files: dict[str, bytes] = {}
    entries = [index.to_bytes(32, "big") for index in range(max(sizes))]
    old = 0
    for size in sizes:
        files.update(bundles_after(old, size, entry=entries.__getitem__, read_tile=files.__getitem__))
        hashes = [*map(leaf_hash, entries)]
        files.update(tiles_after(old, size, leaf=hashes.__getitem__, read_tile=files.__getitem__))
        note = signed(size, root(hashes[:size]))
        files[f"checkpoints/{size:016d}"] = files["checkpoint"] = note
        old = size
    return files


def signed(size: int, root_hash: bytes, *, origin: str = ORIGIN, key: SigningKey = KEY) -> bytes:
    """A signed checkpoint."""
    return sign_note(Checkpoint(origin=origin, size=size, root=root_hash).to_text(), name=ORIGIN, key=key)


def read_from(files: dict[str, bytes]) -> Any:
    """What reads a log from memory."""

    def read(name: str) -> bytes:
        if name not in files:
            raise NotFound(name)
        return files[name]

    return read


def log_check(files: dict[str, bytes], *, key: VerifierKey | None = VERIFIER) -> LogCheck:
    """Step 3."""
    return check_log(files, read_from(files), key=key)


class TestLog:
    """Step 3."""

    @pytest.mark.parametrize("sizes", [(1,), (1, 2, 3), (255, 256, 257), (3, 600), (512,)])
    def test_a_whole_log_is_ok(self, sizes: tuple[int, ...]) -> None:
        """Logs of many shapes, small and of several tiles and levels."""
        files = log_of(*sizes)
        log = log_check(files)

        assert ((), max(sizes)) == (log.findings, log.size)
        assert len(sizes) + 1 == log.checkpoints

    @pytest.mark.parametrize("sizes", [(3, 5), (255, 300), (2, 600)])
    def test_every_file_is_needed_and_compared(self, sizes: tuple[int, ...]) -> None:
        """Each file removed or altered is named; only an older checkpoint may be one that was never signed."""
        files = log_of(*sizes)
        for name, data in files.items():
            removed = {other: kept for other, kept in files.items() if other != name}
            altered = {**files, name: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]}
            is_older = name.startswith("checkpoints/") and int(name[12:]) != max(sizes)
            assert ("failed" in {each.state for each in log_check(removed).findings}) is not is_older
            assert log_check(removed).findings
            assert [f"manifests/log/{name}"] == [each.where for each in log_check(altered).findings]
            assert max(sizes) == log_check(altered).size

    def test_entries_and_tiles_both_damaged_is_no_log(self) -> None:
        """Where nothing leads to the signed root, no entry is believed."""
        files = log_of(5)
        for name in ("tile/0/000.p/5", "tile/entries/000.p/5"):
            files[name] = files[name][:-1] + b"\xff"
        log = log_check(files)

        assert ([("failed", "log-root")], None) == (told(*log.findings), log.leaves)

    def test_another_key_is_said_once(self) -> None:
        """Where no checkpoint is signed by the archive's key, the key is the odd one."""
        other = VerifierKey(name=VERIFIER.name, public=SigningKey.from_seed(b"\x08" * 32).public_bytes())

        assert [("failed", "checkpoint-signature")] == told(*log_check(log_of(1, 2, 3), key=other).findings)
        assert [("unverifiable", "checkpoint-signature")] == told(*log_check(log_of(1), key=None).findings)

    @pytest.mark.parametrize(
        ("name", "note", "code"),
        [
            ("checkpoint", signed(2, b"r" * 32, origin="another/log"), "checkpoint-signature"),
            ("checkpoint", signed(2, b"r" * 32, key=SigningKey.from_seed(b"\x09" * 32)), "checkpoint-signature"),
            ("checkpoint", b"no note", "checkpoint-damaged"),
            (f"checkpoints/{1:016d}", signed(2, b"r" * 32), "checkpoint-damaged"),
            (f"checkpoints/{1:016d}", signed(1, b"r" * 32), "checkpoint-root"),
        ],
    )
    def test_a_checkpoint_of_something_else(self, name: str, note: bytes, code: str) -> None:
        """Another log, another key, another size, another root."""
        assert [("failed", code)] == told(*log_check({**log_of(1, 2), name: note}).findings)

    def test_what_an_interrupted_run_leaves_is_no_forgery(self) -> None:
        """Tiles beyond the signed size, and a checkpoint that is signed and not published."""
        beyond = {**log_of(3, 5), **{name: data for name, data in log_of(7).items() if name.startswith("tile")}}
        late = {**log_of(3, 5), "checkpoint": log_of(3)["checkpoint"]}
        first = {name: data for name, data in log_of(3).items() if name != "checkpoint"}

        assert [("unverifiable", "log-leftover")] == told(*log_check(beyond).findings)
        assert [("unverifiable", "checkpoint-copy")] == told(*log_check(late).findings)
        assert [("unverifiable", "checkpoint-copy")] == told(*log_check(first).findings)

    def test_no_log_is_empty(self) -> None:
        """Without a checkpoint there are no entries; tiles alone are left over."""
        tiles = {name: data for name, data in log_of(3).items() if name.startswith("tile")}

        assert ((), b"") == (log_check({}).findings, log_check({}).leaves)
        assert [("unverifiable", "log-leftover")] == told(*log_check(tiles).findings)

    @pytest.mark.parametrize("index", [0, 255, 256, 599])
    def test_inclusion_is_proved(self, index: int) -> None:
        """An entry is found and proved; another id is not there."""
        files = log_of(600)
        here, other = index.to_bytes(32, "big").hex(), "f" * 64
        findings, logged = check_inclusion((here, other), files, read_from(files), key=VERIFIER)

        assert ((), frozenset({here})) == (findings, logged)


URI = "https://www.example.org/"
DATE = "2026-11-23T12:00:00.000000Z"
BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Harbour</p>"


def written(
    *, date: str = DATE, ip: str = "192.0.2.1", block: bytes = BLOCK, body: str = "<p>Harbour</p>",
    digest_of: bytes | None = None, truncated: Any = None, as_resource: bool = False,
) -> bytes:  # fmt: skip
    """A response record (or a resource) as a gzip member."""
    shown = warc.Block(record_id="urn:uuid:1", length=len(block), sha256=sha256_hex(digest_of or block))
    origin = warc.Origin(date=date, uri=URI, ip=ip)
    fields = warc.response_fields(origin, shown, payload_sha256=sha256_hex(body.encode()), truncated=truncated)
    if as_resource:
        fields = warc.resource_fields(origin, shown, content_type="text/html")
    return warc.member(fields, block, packed=False)


def revisit_record(profile: Any = "identical-payload-digest") -> bytes:
    """A revisit record as a gzip member."""
    original = warc.Original(record_id="urn:uuid:0", uri=URI, date=DATE, payload_sha256=sha256_hex(b"<p>Harbour</p>"))
    head = BLOCK[: BLOCK.index(b"<p>")]
    shown = warc.Block(record_id="urn:uuid:1", length=len(head), sha256=sha256_hex(head))
    origin = warc.Origin(date=DATE, uri=URI, ip="192.0.2.1")
    return warc.member(warc.revisit_fields(origin, shown, original=original, profile=profile), head, packed=False)


def capture_in(record: bytes, **changes: Any) -> Expected:
    """The capture that ``written()`` holds."""
    values: dict[str, Any] = {
        "uri": URI, "role": "page", "date": DATE, "milliseconds": 1, "status": 200, "media_type": "text/html",
        "payload": digest(b"<p>Harbour</p>"), "ip": "192.0.2.1",
        "record": RecordRef(file="f", offset=0, length=len(record), id="urn:uuid:1"),
    }  # fmt: skip
    return Expected(capture=Capture(**{**values, **changes}), by="m $.captures[0]")


def capture_faults(record: bytes, expected: Expected) -> str:
    """What is found, as text; empty for nothing."""
    finding = check_capture(expected, examine(read_member(io.BytesIO(record).read)))
    return finding.said if finding else ""


def described(offset: int, length: int, *, blake3: str = "") -> Described:
    """Bytes of one file."""
    return Described(span=Span(file="f", offset=offset, length=length, blake3=blake3), by="m")


class TestWarc:
    """Step 6."""

    @pytest.mark.parametrize(
        ("size", "spans", "codes", "gaps"),
        [
            (9, [(0, 4), (4, 5)], [], []),
            (9, [(4, 5), (0, 4)], [], []),
            (None, [(0, 4)], ["warc-missing"], []),
            (8, [(0, 4), (4, 5)], ["warc-short"], []),
            (12, [(0, 4), (4, 5)], [], [(9, 12)]),
            (12, [(2, 2), (6, 6)], [], [(0, 2), (4, 6)]),
            (9, [(0, 5), (4, 5)], ["warc-overlap"], []),
            (9, [(0, 9), (2, 2)], ["warc-overlap"], []),
            (3, [(5, 4)], ["warc-short"], [(0, 3)]),
        ],
    )
    def test_spans_cover_a_file_exactly(
        self, size: int | None, spans: list[tuple[int, int]], codes: list[str], gaps: list[tuple[int, int]]
    ) -> None:
        """Gaps, overlaps, ends and missing files."""
        cover = check_cover("f", size=size, described=[described(*span) for span in spans])

        assert codes == [finding.code for finding in cover.findings]
        assert gaps == [*cover.gaps]

    def test_wrong_spans_are_told_by_the_run(self) -> None:
        """Damaged spans that follow each other are one finding, with what is known of the first."""
        spans = [described(at, 1, blake3="right") for at in range(5)]
        found = check_spans("f", spans, found=["right", "wrong", "wrong", "right", "wrong"], damage={1: "a record"})

        assert [("archives/f, byte 1", True), ("archives/f, byte 4", False)] == [
            (finding.where, "a record" in finding.said) for finding in found
        ]

    @pytest.mark.parametrize(
        ("id_", "at", "says"),
        [
            ("urn:uuid:2", 0, f"stands where the record of {URI} (urn:uuid:2) should"),
            ("urn:uuid:1", 7, f"the record at byte 7 (urn:uuid:1, {URI}) is not at its place"),
            ("urn:uuid:1", 0, "each record in it reads as whole"),
        ],
    )
    def test_a_record_in_the_place_of_another_is_named(self, id_: str, at: int, says: str) -> None:
        """Records that are whole, and not those that the manifest names there."""
        record = written()
        known = {at: (RecordRef(file="f", offset=at, length=len(record), id=id_), URI)}
        span = described(0, len(record)).span

        assert says in find_damage(iter_members(io.BytesIO(record)), span=span, known=known)

    def test_torn_ends_are_kept(self) -> None:
        """Missing, another length, other bytes."""
        torn = Torn(kept=Span(file="f.torn", offset=0, length=3, blake3="b"), by="e")

        assert [] == told(check_torn(torn, size=3, blake3="b"))
        assert [("failed", "torn-missing")] == told(check_torn(torn, size=None, blake3=""))
        assert [("failed", "torn-changed")] == told(check_torn(torn, size=2, blake3="b"))
        assert [("failed", "torn-changed")] == told(check_torn(torn, size=3, blake3="c"))

    def test_a_repair_is_read_as_foreign(self) -> None:
        """What a repair says is checked like everything else."""
        good = {"torn": [{"file": "f", "offset": 1, "length": 3, "kept": "f.torn"}]}
        evil = {"torn": [{"file": "f", "offset": 1, "length": 3, "kept": "../f.torn"}]}

        assert ("f.torn", 3) == (
            torn_of(event(details=good), "e")[0][0].kept.file,
            torn_of(event(details=good), "e")[0][0].kept.length,
        )
        assert ((), [("failed", "statement-damaged")]) == (
            torn_of(event(details=evil), "e")[0],
            told(*torn_of(event(details=evil), "e")[1]),
        )


class TestCaptures:
    """Step 7."""

    def test_a_capture_that_is_so_is_ok(self) -> None:
        """A response, and a revisit, as the manifest says."""
        revisit = Revisit(record=RecordRef(file="f", offset=9, length=9, id="urn:uuid:0"), uri=URI, date=DATE)

        assert "" == capture_faults(written(), capture_in(written()))
        assert "" == capture_faults(revisit_record(), capture_in(revisit_record(), revisit=revisit))

    @pytest.mark.parametrize(
        ("record", "says"),
        [
            (written(date="2026-11-23T12:00:01.000000Z"), "date is"),
            (written(ip="192.0.2.2"), "WARC-IP-Address is"),
            (written(body="another"), "WARC-Payload-Digest is"),
            (written(digest_of=b"another"), "WARC-Block-Digest"),
            (written(truncated="time"), "WARC-Truncated is"),
            (written(block=BLOCK.replace(b"200", b"404")), "status is"),
            (written(block=BLOCK.replace(b"html", b"xml;")), "media type is"),
            (written(block=BLOCK + b"!"), "SHA-256 of the payload"),
            (written(block=b"no HTTP"), "holds no HTTP response"),
            (written(as_resource=True), "type is resource"),
            (revisit_record(), "type is revisit"),
        ],
    )
    def test_a_record_that_is_otherwise_is_found(self, record: bytes, says: str) -> None:
        """Each field of the record is held to the manifest."""
        assert says in capture_faults(record, capture_in(record))

    def test_a_revisit_refers_to_its_original(self) -> None:
        """Another original, and a profile that was not written."""
        revisit = Revisit(record=RecordRef(file="f", offset=9, length=9, id="urn:uuid:7"), uri="http://a/", date="x")
        said = capture_faults(
            revisit_record("server-not-modified"), capture_in(revisit_record("server-not-modified"), revisit=revisit)
        )

        for name in ("WARC-Refers-To is", "WARC-Refers-To-Target-URI is", "WARC-Refers-To-Date is", "WARC-Profile is"):
            assert name in said

    @pytest.mark.parametrize(
        ("record", "says"),
        [
            (written(), ""),
            (written(date="2026-11-23T12:00:01.000000Z"), "date is"),
            (written(block=BLOCK + b"!"), "BLAKE3 of the payload"),
            (written(block=b"no HTTP"), "the original of a revisit holds no HTTP response"),
            (revisit_record(), "is a revisit record, which holds no payload"),
        ],
    )
    def test_the_original_of_a_revisit_holds_the_payload(self, record: bytes, says: str) -> None:
        """The record that a revisit stands for is a response with that payload."""
        ref = RecordRef(file="f", offset=0, length=len(record), id="urn:uuid:1")
        expected = capture_in(record, revisit=Revisit(record=ref, uri=URI, date=DATE))
        said = capture_faults(record, replace(expected, is_original=True))

        assert (says in said) if says else said == ""

    def test_a_body_stored_with_its_chunks_undone_is_read(self) -> None:
        """Other writers undo the chunked coding and keep the field that announces it."""
        block = BLOCK.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n") + b"\n"
        record = written(block=block, body="<p>Harbour</p>\n")

        assert "" == capture_faults(record, capture_in(record, payload=digest(b"<p>Harbour</p>\n")))


def test_what_is_not_proved_is_said() -> None:
    """Three things that no archive can show of itself."""
    assert 3 == len(NOT_PROVED)


def test_every_code_is_documented() -> None:
    """Each code that stands in the source has a row in docs/reference/findings.md, and no row is without source."""
    top = Path(__file__).parents[3]
    sources = [
        *top.glob("archivist/proof/check*.py"),
        *top.glob("archivist/bundle/*.py"),
        top / "archivist/verbs/verify_citation.py",
        top / "archivist/store/fixity.py",
        top / "archivist/store/records.py",
        top / "archivist/verbs/verify.py",
        top / "archivist/proof/report.py",
        top / "archivist/proof/receipt.py",
        top / "archivist/proof/renewal.py",
    ]
    strings = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    rows = set(re.findall(r"^\| `([a-z-]+)` \|", (top / "docs/reference/findings.md").read_text(), re.MULTILINE))
    rows -= {"ok", "failed", "unverifiable"}
    families = r"(statement|log|checkpoint|warc|torn|stamp|receipt|bundle|citation)-[a-z-]+|"
    families += "archive-statement|stray-file|chain|capture|unreadable"

    assert rows - strings == set()
    assert {each for each in strings if re.fullmatch(families, each)} - rows == set()
