"""What the server sent is what the WARC holds, byte for byte, through the whole program."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from warcio.archiveiterator import ArchiveIterator

from archivist.model.capture import Capture
from tests.integration.conftest import Archive
from tests.press import Press, Reply
from tests.press import responses as r
from tests.press.odd import CUT, INTERIM, ODD

PAGE = r.page("<h1>Cranes</h1><p>The cranes stood still for a day.</p>")
CHUNKINGS = (
    r.plain(PAGE),
    r.chunked(PAGE, []),
    r.chunked(PAGE, [1] * 40),
    r.chunked(PAGE, [7, 30, 2]),
    Reply.of(
        r.head(200, [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]),
        r.chunks(PAGE, [64], last=b"0\r\nX-Checksum: 1\r\n\r\n"),
    ),
)


def _path(name: str) -> str:
    return "/" + quote(name.replace(" ", "-").replace("^", ""))


def _snap(archive: Archive, press: Press, replies: dict[str, Reply], *, code: int) -> dict[str, Capture]:
    """Snapshot a page for each reply in one run, and return the page's capture by the reply's name."""
    press.serve_all({_path(name): reply for name, reply in replies.items()})
    lines = archive.snap(*(press.url(_path(name)) for name in replies), code=code, options=("--keep-errors",))
    names = {press.url(_path(name)): name for name in replies}
    found = {}
    for line in lines:
        assert line["stored"], line
        page = archive.snapshot(line["id"]).page
        assert page is not None
        found[names[line["url"]]] = page
    return found


def _by_warcio(archive: Archive, capture: Capture) -> bytes:
    """The block as another library reads it: every byte behind the record's header."""
    with (archive.root / "archives" / capture.record.file).open("rb") as file:
        file.seek(capture.record.offset)
        record = next(iter(ArchiveIterator(file, no_record_parse=True)))
        block: bytes = record.raw_stream.read()
        return block


def _final(reply: Reply) -> bytes:
    """The reply without its interim messages (they belong to no response record)."""
    data = reply.data
    while data.startswith(b"HTTP/1.1 1"):
        data = data.partition(b"\r\n\r\n")[2]
    return data


def test_every_odd_answer_is_stored_as_sent(archive: Archive, press: Press) -> None:
    """The stored blocks of all odd replies equal the sent bytes, read by us and by warcio."""
    replies = {**ODD, **INTERIM}

    captures = _snap(archive, press, replies, code=3)

    assert set(replies) == set(captures)
    for name, capture in captures.items():
        record = archive.workspace.reader.header(capture.record)
        block = archive.block(capture)
        if record.type == "revisit":
            # Of a payload that is held already, the head is stored again.
            assert _final(replies[name]).startswith(block), name
            assert block.endswith((b"\r\n\r\n", b"\n\n")), name
        else:
            assert _final(replies[name]) == block, name
        assert block == _by_warcio(archive, capture), name
        assert capture.truncated is None, name


@pytest.mark.parametrize("name", [*ODD, *INTERIM])
def test_odd_answer_alone_is_a_whole_response(name: str, archive: Archive, press: Press) -> None:
    """Where nothing of the same payload is held yet, the whole answer is one response record."""
    reply = {**ODD, **INTERIM}[name]

    (capture,) = _snap(archive, press, {name: reply}, code=-1).values()

    assert _final(reply) == archive.block(capture)
    assert press.sent(_path(name)).endswith(archive.block(capture))
    assert capture.revisit is None


def test_chunk_sizes_do_not_change_the_payload_digest(archive: Archive, press: Press) -> None:
    """One page in five chunkings has one digest; all but the first snapshot store a revisit, to the first."""
    press.serve("/page", *CHUNKINGS)

    for _ in CHUNKINGS:
        archive.snap(press.url("/page"))

    history = archive.workspace.catalog.history(press.url("/page"))
    pages = [page for row in history if (page := archive.snapshot(row.id).page)]
    assert len(CHUNKINGS) == len(pages)
    assert {pages[0].payload.sha256} == {page.payload.sha256 for page in pages}
    assert pages[0].revisit is None
    for page in pages[1:]:
        assert page.revisit is not None
        assert pages[0].record == page.revisit.record
        assert "revisit" == archive.workspace.reader.header(page.record).type
    assert [PAGE] * 5 == [b"".join(archive.workspace.reader.payload(page)) for page in pages]


def test_short_bodies_are_marked(archive: Archive, press: Press) -> None:
    """A cut body is stored to its last byte, and called truncated in the record, the manifest and the output."""
    captures = _snap(archive, press, CUT, code=3)

    assert set(CUT) == set(captures)
    for name, capture in captures.items():
        header = archive.workspace.reader.header(capture.record)
        assert "disconnect" == capture.truncated == header.truncated, name
        assert CUT[name].data == archive.block(capture), name


def test_cut_page_is_said(archive: Archive, press: Press) -> None:
    """The person is told how much of the body came, and leaves with 3."""
    press.serve("/cut", CUT["length 5000, nine bytes sent"])

    said = archive("snap", press.url("/cut"))

    assert 3 == said.code
    assert "truncated" in said.out
    assert "the body stopped after 9 of 5000 bytes: the server closed the connection" in said.out
    assert ["truncated"] == [
        problem.code for problem in archive.snapshot().problems if problem.about == press.url("/cut")
    ]
