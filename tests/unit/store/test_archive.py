"""WARC files as written: read back by others and by ourselves."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from blake3 import blake3
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archivist.errors import BadWarc, DiskFailed
from archivist.model.capture import Capture
from archivist.store.archive import Archive, Original, Stored
from archivist.store.durable import RealDisk
from archivist.store.layout import Layout
from archivist.store.members import IN_MEMORY
from archivist.store.reader import ArchiveReader
from archivist.wire.exchange import Exchange, Peer, Tls
from tests.unit.store.exchanges import (
    STORY,
    chunked,
    exchange,
    gzipped,
    new_archive,
    response,
)
from tests.unit.store.faults import FaultySystem

ORACLE = Path(__file__).parents[4] / "shared" / "tools" / "oracle.py"
CHAIN = (b"leaf certificate", b"authority certificate")


def with_tls(**changes: object) -> Exchange:
    """An exchange over TLS."""
    return exchange(tls=Tls(version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256", chain=CHAIN), **changes)


def stored(archive: Archive, *exchanges: Exchange) -> Stored:
    """One call."""
    return archive.store(exchanges, snapshot="s1", page=STORY)


def records_of(root: Path, file: str) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, fields and block of each record, as warcio reads them."""
    with (root / "archives" / file).open("rb") as opened:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(opened, no_record_parse=True)
        ]


def assert_accepted(path: Path) -> None:
    """Warcio's checker has nothing to say."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        checker = Checker(type("Args", (), {"inputs": [str(path)], "verbose": True}))
        checker.process_all()
    assert 0 == checker.exit_value, said.getvalue()


MIXED = (
    exchange(),
    exchange(raw=chunked(b"<p>in chunks</p>" * 9), uri="https://www.example.org/b"),
    exchange(raw=gzipped(b"<p>packed</p>" * 50), uri="https://www.example.org/c"),
    exchange(raw=response(b"", "Location: /b", status="302 Found"), uri="https://www.example.org/d", role="redirect"),
    exchange(raw=response(b"\x89PNG" + bytes(range(256)), kind="image/png"), uri="https://www.example.org/e.png"),
    exchange(
        raw=b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nonly this",
        uri="https://www.example.org/f",
        truncated="disconnect",
    ),
    exchange(raw="HTTP/1.1 200 Très bien\nContent-Type: text/plain\n\nx".encode("latin-1"), uri="https://h.example/g"),
    with_tls(uri="https://www.example.org/h", body=b"over tls"),
)


def test_others_accept_what_we_write(tmp_path: Path) -> None:
    """Every kind of exchange makes a file in which warcio finds nothing wrong."""
    archive = new_archive(tmp_path)
    span = stored(archive, *MIXED).span
    stored(archive, exchange(b"again", uri="https://www.example.org/z"))
    assert_accepted(tmp_path / "archives" / span.file)


@pytest.mark.skipif(not ORACLE.exists(), reason=f"the strict checker is not here: {ORACLE}")
def test_the_strict_checker_accepts(tmp_path: Path) -> None:
    """An independent checker of ISO 28500 finds neither an error nor a warning, revisits included."""
    archive = new_archive(tmp_path)
    first = stored(archive, *MIXED)
    archive.store([exchange(seconds_late=9)], snapshot="s2", page=STORY, find_original=Shelf(first.captures[0]).find)
    path = tmp_path / "archives" / first.span.file
    run = subprocess.run(
        [sys.executable, str(ORACLE), "--json", str(path)], capture_output=True, text=True, check=False
    )
    assert 0 == run.returncode, run.stdout
    said = json.loads(run.stdout)
    assert [] == (said[0] if isinstance(said, list) else said).get("warnings", [])


def test_name_of_the_file(tmp_path: Path) -> None:
    """The file is named by month and moment, with six random digits."""
    file = stored(new_archive(tmp_path), exchange()).span.file
    assert file.startswith("2026-11/20261123T120000Z-")
    assert len("2026-11/20261123T120000Z-123456.warc.gz") == len(file)


def test_order_of_records(tmp_path: Path) -> None:
    """Warcinfo comes first, then response, request and metadata of each exchange."""
    found = stored(new_archive(tmp_path), exchange(), exchange(b"other", uri=f"{STORY}/2"))
    types = [kind for kind, _, _ in records_of(tmp_path, found.span.file)]
    assert ["warcinfo", *["response", "request", "metadata"] * 2] == types


def test_blocks_equal_the_wire(tmp_path: Path) -> None:
    """The response and request blocks are the bytes of the exchange."""
    found = stored(new_archive(tmp_path), *MIXED)
    records = records_of(tmp_path, found.span.file)
    responses = [block for kind, _, block in records if kind == "response"]
    requests = [block for kind, _, block in records if kind == "request"]
    assert [b"".join(each.response.pieces()) for each in MIXED] == responses
    assert [each.request for each in MIXED] == requests


def test_records_of_one_exchange_belong_together(tmp_path: Path) -> None:
    """The date is the same, request and metadata name the response, and only the request bears its address."""
    found = stored(new_archive(tmp_path), exchange())
    _, response_record, request, metadata = (fields for _, fields, _ in records_of(tmp_path, found.span.file))
    for record in (request, metadata):
        assert response_record["WARC-Record-ID"] == record["WARC-Concurrent-To"]
        assert response_record["WARC-Date"] == record["WARC-Date"]
    uuid = response_record["WARC-Record-ID"].strip("<>").removeprefix("urn:uuid:")
    assert response_record["WARC-Target-URI"] == request["WARC-Target-URI"]
    assert f"urn:archivist:exchange:{uuid}" == metadata["WARC-Target-URI"]
    assert "2026-11-23T12:00:00.123456Z" == response_record["WARC-Date"]
    assert "192.0.2.10" == response_record["WARC-IP-Address"]


def test_span_covers_the_call(tmp_path: Path) -> None:
    """The span of a call is exactly the bytes that it appended, and so is its digest; spans follow each other."""
    archive = new_archive(tmp_path)
    spans = [stored(archive, exchange(b"%d" % n, uri=f"{STORY}/{n}")).span for n in range(3)]
    data = (tmp_path / "archives" / spans[0].file).read_bytes()
    assert [0, spans[0].length, spans[0].length + spans[1].length] == [span.offset for span in spans]
    assert len(data) == spans[2].offset + spans[2].length
    for span in spans:
        assert blake3(data[span.offset : span.offset + span.length]).hexdigest() == span.blake3


@pytest.mark.parametrize("each", MIXED, ids=lambda each: each.uri)
def test_payload_reads_back(tmp_path: Path, each: Exchange) -> None:
    """The payload, with its transfer coding undone, has the digests of the exchange."""
    capture = stored(new_archive(tmp_path), each).captures[0]
    payload = b"".join(ArchiveReader(Layout(tmp_path)).payload(capture))
    assert each.payload.sha256 == sha256(payload).hexdigest() == capture.payload.sha256
    assert each.head == ArchiveReader(Layout(tmp_path)).head(capture.record)


def test_large_response_is_streamed(tmp_path: Path) -> None:
    """A response above the limit of memory is written from its spool and reads back whole."""
    body = bytes(range(256)) * (IN_MEMORY // 256 + 1)
    found = stored(new_archive(tmp_path), exchange(body), exchange(b"small", uri=f"{STORY}/2"))
    assert_accepted(tmp_path / "archives" / found.span.file)
    reader = ArchiveReader(Layout(tmp_path))
    assert [body, b"small"] == [b"".join(reader.payload(capture)) for capture in found.captures]


def test_certificates_once(tmp_path: Path) -> None:
    """A chain is stored once in a file, as PEM under the digest of its leaf, which the captures name."""
    archive = new_archive(tmp_path)
    first = stored(archive, with_tls(), with_tls(uri=f"{STORY}/2", body=b"2"))
    stored(archive, with_tls(uri=f"{STORY}/3", body=b"3"))
    found = [(f, block) for kind, f, block in records_of(tmp_path, first.span.file) if kind == "resource"]
    leaf = sha256(CHAIN[0]).hexdigest()
    assert [f"urn:archivist:certificates:{leaf}"] == [fields["WARC-Target-URI"] for fields, _ in found]
    assert 2 == found[0][1].count(b"-----BEGIN CERTIFICATE-----\n")
    assert [leaf, leaf] == [capture.certificate for capture in first.captures]


def test_metadata_says_the_rest(tmp_path: Path) -> None:
    """The metadata record holds snapshot, page, role, digests, peer and TLS as JSON."""
    found = stored(new_archive(tmp_path), with_tls(role="requisite", kind="image", via=STORY, redacted=("cookie",)))
    said = json.loads(records_of(tmp_path, found.span.file)[-1][2])
    assert ("s1", STORY, "requisite", "image", STORY) == (
        said["snapshot"], said["page"], said["role"], said["kind"], said["via"]
    )  # fmt: skip
    assert {"ip": "192.0.2.10", "port": 443, "resolved": ["192.0.2.10"], "by": "dns"} == said["peer"]
    assert "TLSv1.3" == said["tls"]["version"]
    assert ["cookie"] == said["redacted"]
    assert found.captures[0].payload.blake3 == said["payload"]["blake3"]


class Shelf:
    """What the catalog would say about payloads that are stored already."""

    def __init__(self, *captures: Capture) -> None:
        self.captures = captures

    def find(self, exchange: Exchange) -> Original | None:
        """The response with the same payload."""
        for each in self.captures:
            if each.payload.sha256 == exchange.payload.sha256:
                return Original(record=each.original, uri=each.uri, date=each.date)
        return None


def test_revisit(tmp_path: Path) -> None:
    """A payload that is held already is a revisit: headers only, marked as cut, naming the original; it reads back."""
    archive = new_archive(tmp_path)
    first = stored(archive, exchange(b"same")).captures[0]
    later = exchange(raw=response(b"same", "X-New: 1"), seconds_late=60)
    found = archive.store([later], snapshot="s2", page=STORY, find_original=Shelf(first).find)
    kind, fields, block = records_of(tmp_path, found.span.file)[4]
    assert "revisit" == kind
    assert "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest" == fields["WARC-Profile"]
    assert f"<{first.record.id}>" == fields["WARC-Refers-To"]
    assert (STORY, first.date) == (fields["WARC-Refers-To-Target-URI"], fields["WARC-Refers-To-Date"])
    assert "length" == fields["WARC-Truncated"]
    assert f"sha256:{first.payload.sha256}" == fields["WARC-Payload-Digest"]
    assert response(b"same", "X-New: 1")[: later.head_length] == block
    assert first.record == found.captures[0].original
    assert b"same" == b"".join(ArchiveReader(Layout(tmp_path)).payload(found.captures[0]))
    assert_accepted(tmp_path / "archives" / found.span.file)


def test_revisit_never_of_a_revisit(tmp_path: Path) -> None:
    """Revisits within one call and across calls all refer to the one response."""
    archive = new_archive(tmp_path)
    first, second = stored(archive, exchange(b"same"), exchange(b"same", uri=f"{STORY}/2")).captures
    third = archive.store(
        [exchange(b"same", uri=f"{STORY}/3")], snapshot="s2", page=STORY, find_original=Shelf(second).find
    ).captures[0]
    assert first.revisit is None
    assert [first.record, first.record] == [second.original, third.original]
    assert second.revisit is not None
    assert (STORY, first.date) == (second.revisit.uri, second.revisit.date)


@pytest.mark.parametrize("each", [exchange(b""), exchange(b"cut", truncated="time")], ids=["empty", "truncated"])
def test_no_revisit_for(tmp_path: Path, each: Exchange) -> None:
    """An empty or a truncated payload is stored as it is, however often it comes."""
    found = stored(new_archive(tmp_path), each, each)
    assert [None, None] == [capture.revisit for capture in found.captures]


def test_threads_do_not_mix(tmp_path: Path) -> None:
    """Calls from many threads give spans that lie side by side, each with its own records."""
    archive = new_archive(tmp_path)
    found: dict[int, Stored] = {}

    def work(number: int) -> None:
        found[number] = stored(
            archive, *(exchange(b"%d-%d" % (number, n), uri=f"{STORY}/{number}/{n}") for n in range(5))
        )

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = ArchiveReader(Layout(tmp_path))
    at = 0
    for span in sorted((each.span for each in found.values()), key=lambda span: span.offset):
        assert at == span.offset
        at += span.length
    for number, each in found.items():
        payloads = [b"".join(reader.payload(capture)) for capture in each.captures]
        assert [b"%d-%d" % (number, n) for n in range(5)] == payloads
    assert_accepted(tmp_path / "archives" / found[0].span.file)


def test_failed_write_is_undone(tmp_path: Path) -> None:
    """When a write fails and the disk goes on, the file is cut back and the next call stores as if nothing was."""
    count = FaultySystem()
    stored(new_archive(tmp_path / "counted", disk=RealDisk(tmp_path / "counted", system=count)), exchange())
    for at in [n for n, call in enumerate(count.calls, 1) if call == "write"]:
        root = tmp_path / str(at)
        system = FaultySystem(at=at, way="half", is_deadly=False)
        archive = new_archive(root, disk=RealDisk(root, system=system))
        with pytest.raises(DiskFailed, match="failed while writing"):
            stored(archive, exchange())
        found = stored(archive, exchange())
        assert 0 == found.span.offset
        assert_accepted(root / "archives" / found.span.file)


def test_spool_that_lies(tmp_path: Path) -> None:
    """A streamed response that is not as long as it said leaves no byte, and the next call is fine."""
    archive = new_archive(tmp_path)
    stored(archive, exchange())
    body = b"x" * (IN_MEMORY + 1)

    class Short:
        length = len(response(body))

        def pieces(self, start: int = 0) -> list[bytes]:
            return [response(body)[:-5]]

        def close(self) -> None: ...

    with pytest.raises(BadWarc):
        stored(archive, exchange(body, response=Short()))
    found = stored(archive, exchange(b"next", uri=f"{STORY}/2"))
    assert_accepted(tmp_path / "archives" / found.span.file)


def test_failed_sync_ends_the_run(tmp_path: Path) -> None:
    """After a failed fsync nothing is written any more, because nobody knows what the disk holds."""
    system = FaultySystem()
    archive = new_archive(tmp_path, disk=RealDisk(tmp_path, system=system))
    stored(archive, exchange())
    system.at, system.is_deadly = len(system.calls) + 4, False
    with pytest.raises(DiskFailed, match="failed while writing"):
        stored(archive, exchange(b"two", uri=f"{STORY}/2"))
    assert "fsync" == system.calls[-1]
    with pytest.raises(DiskFailed, match="nothing more is written in this run"):
        stored(archive, exchange(b"three", uri=f"{STORY}/3"))


def test_another_record_in_its_place(tmp_path: Path) -> None:
    """A reference to the right place with the wrong id, or to a wrong place, is refused."""
    found = stored(new_archive(tmp_path), exchange(), exchange(b"2", uri=f"{STORY}/2"))
    reader = ArchiveReader(Layout(tmp_path))
    one, two = (capture.record for capture in found.captures)
    wrong_id = type(one)(file=one.file, offset=one.offset, length=one.length, id=two.id)
    wrong_length = type(one)(file=one.file, offset=one.offset, length=one.length - 1, id=one.id)
    wrong_place = type(one)(file=one.file, offset=one.offset + 1, length=one.length, id=one.id)
    for wrong in (wrong_id, wrong_length, wrong_place):
        with pytest.raises(BadWarc, match="archives/2026-11"):
            list(reader.block(wrong))


def test_the_peer_may_be_plain(tmp_path: Path) -> None:
    """Without TLS there is neither a certificate nor a cipher."""
    peer = Peer(ip="2001:db8::1", port=80, resolved=("2001:db8::1",), resolved_by="literal")
    found = stored(new_archive(tmp_path), exchange(peer=peer))
    assert (None, "2001:db8::1") == (found.captures[0].certificate, found.captures[0].ip)
    assert_accepted(tmp_path / "archives" / found.span.file)


def test_each_run_has_its_file(tmp_path: Path) -> None:
    """A second run in the same second begins another file, and the first is not touched."""
    first = stored(new_archive(tmp_path), exchange()).span.file
    before = (tmp_path / "archives" / first).read_bytes()
    second = stored(new_archive(tmp_path), exchange()).span.file
    assert first != second
    assert before == (tmp_path / "archives" / first).read_bytes()
