"""Content codings: undone whole and in pieces, with what is told when they are damaged, false or bombs."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard

from archivist.errors import BadCoding
from archivist.wire.codings import decode, decode_stream, is_packed

TEXT = b"".join(b"<p>Paragraph %d of the article.</p>\n" % number for number in range(20_000))
GIB = 1 << 30


def raw_deflate(data: bytes) -> bytes:
    """Deflate without zlib's wrapping."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush()


def zstd(data: bytes) -> bytes:
    """One zstd frame."""
    return zstandard.ZstdCompressor().compress(data)


def br(data: bytes) -> bytes:
    """A brotli stream, quickly made."""
    return brotli.compress(data, quality=2)


CODED = {
    "gzip": (gzip.compress(TEXT), "gzip"),
    "x-gzip": (gzip.compress(TEXT), " X-GZIP "),
    "two members": (gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]), "gzip"),
    "zero padding": (gzip.compress(TEXT) + bytes(512), "gzip"),
    "zlib": (zlib.compress(TEXT), "deflate"),
    "raw deflate": (raw_deflate(TEXT), "deflate"),
    "br": (br(TEXT), "br"),
    "zstd": (zstd(TEXT), "zstd"),
    "two frames": (zstd(TEXT[:1000]) + zstd(TEXT[1000:]), "zstd"),
    "identity": (TEXT, "identity"),
    "none": (TEXT, None),
    "empty": (TEXT, ""),
    "stack": (br(gzip.compress(zstd(TEXT))), "zstd, gzip,, br"),
}


@pytest.mark.parametrize("name", CODED)
@pytest.mark.parametrize("size", [1 << 30, 1000])
def test_codings_are_undone(name: str, size: int) -> None:
    """Each coding and stack of codings gives the body back, whole or in pieces."""
    body, header = CODED[name]
    pieces = (body[at : at + size] for at in range(0, len(body), size))

    assert b"".join(decode_stream(pieces, header, max_bytes=GIB)) == TEXT
    assert decode(body, header, max_bytes=GIB).data == TEXT
    assert decode(body, header, max_bytes=GIB).problem is None


@pytest.mark.parametrize("name", ["gzip", "zlib", "raw deflate", "br", "zstd"])
def test_one_byte_at_a_time(name: str) -> None:
    """A coding whose every byte comes alone is undone the same."""
    short = TEXT[:200]
    make = {"gzip": gzip.compress, "zlib": zlib.compress, "raw deflate": raw_deflate, "br": br, "zstd": zstd}[name]
    body = make(short)

    assert (
        b"".join(decode_stream((body[at : at + 1] for at in range(len(body))), CODED[name][1], max_bytes=GIB)) == short
    )


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_empty_body_needs_no_coding(header: str) -> None:
    """No bytes are an empty body in any coding."""
    decoded = decode(b"", header, max_bytes=GIB)

    assert (decoded.data, decoded.problem) == (b"", None)


@pytest.mark.parametrize("name", ["gzip", "zlib", "raw deflate", "br", "zstd"])
def test_cut_body_keeps_its_beginning(name: str) -> None:
    """What stands before the cut is kept, and the cut is told."""
    body, header = CODED[name]
    decoded = decode(body[: len(body) // 2], header, max_bytes=GIB)

    assert TEXT.startswith(decoded.data)
    assert len(decoded.data) > len(TEXT) // 10
    assert decoded.problem == f"{header}: cut short: the body ends inside its coding"
    with pytest.raises(BadCoding, match="cut short"):
        list(decode_stream([body[:-1]], header, max_bytes=GIB))


def test_bad_checksum_keeps_everything() -> None:
    """A wrong CRC costs none of the data, and is told."""
    body = bytearray(CODED["gzip"][0])
    body[-8] ^= 1
    decoded = decode(bytes(body), "gzip", max_bytes=GIB)

    assert decoded.data == TEXT
    assert decoded.problem is not None
    assert decoded.problem.startswith("gzip: damaged: ")


def test_damage_in_the_middle_keeps_what_stands_before_it() -> None:
    """Inflated bytes before the damaged place are kept to the last."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, 31)
    body = deflater.compress(TEXT) + deflater.flush(zlib.Z_FULL_FLUSH)
    decoded = decode(body + b"\x07", "gzip", max_bytes=GIB)

    assert decoded.data == TEXT
    assert decoded.problem is not None


def test_members_may_be_cut_anywhere() -> None:
    """The seam between two gzip members may fall into any pieces."""
    first, second = gzip.compress(TEXT[:100]), gzip.compress(TEXT[100:200])
    for cut in range(len(first) - 2, len(first) + 3):
        body = first + second
        assert b"".join(decode_stream([body[:cut], body[cut:]], "gzip", max_bytes=GIB)) == TEXT[:200]


def test_damage_behind_nothing_is_told() -> None:
    """Ten thousand empty deflate blocks and then damage are an empty body with a problem."""
    decoded = decode(gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * 10_000 + b"\x07", "gzip", max_bytes=GIB)

    assert decoded.data == b""
    assert decoded.problem is not None


def test_bytes_after_the_end_are_told() -> None:
    """A body with something else behind its coding is kept, with a problem."""
    for make, header in ((gzip.compress, "gzip"), (zlib.compress, "deflate")):
        decoded = decode(make(TEXT) + b"tail", header, max_bytes=GIB)

        assert (decoded.data, decoded.problem) == (TEXT, f"{header}: damaged: other bytes follow its end")


@pytest.mark.parametrize("header", ["gzip", "br", "zstd", "deflate", "x-made-up", "gzip, gzip, gzip, gzip"])
def test_body_that_was_never_coded_is_returned_as_it_is(header: str) -> None:
    """A false or unknown coding leaves the body alone, with a problem that names it."""
    decoded = decode(b"<html><body>Not coded at all</body></html>", header, max_bytes=GIB)

    assert decoded.data == b"<html><body>Not coded at all</body></html>"
    assert decoded.problem is not None
    with pytest.raises(BadCoding):
        list(decode_stream([b"<html>"], header, max_bytes=GIB))


def test_one_false_coding_of_two_is_passed_over() -> None:
    """Of "gzip, br" with only gzip applied, gzip is undone."""
    decoded = decode(gzip.compress(TEXT), "gzip, br", max_bytes=GIB)

    assert decoded.data == TEXT
    assert decoded.problem is not None
    assert decoded.problem.startswith("br: ")


def test_two_hundred_codings_are_refused() -> None:
    """More than three codings are not undone."""
    decoded = decode(b"x", ", ".join(["gzip"] * 200), max_bytes=GIB)

    assert decoded.data == b"x"
    assert decoded.problem == "200 content codings on one body, at most 3 are undone"


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd", None])
def test_output_is_bounded(header: str | None) -> None:
    """Exactly the allowed size passes; one byte more is told, and the allowed part kept."""
    body = next(body for body, name in CODED.values() if name == header)
    allowed = decode(body, header, max_bytes=len(TEXT))
    refused = decode(body, header, max_bytes=len(TEXT) - 1)

    assert (allowed.data, allowed.problem) == (TEXT, None)
    assert refused.data == TEXT[:-1]
    assert refused.problem == f"{header or 'identity'}: too large: more than {len(TEXT) - 1} bytes"


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_bombs_go_off_small(header: str) -> None:
    """64 MiB of zeros are stopped by the ratio with little memory used."""
    zeros = bytes(1 << 26)
    makers = {"gzip": gzip.compress, "deflate": zlib.compress, "br": br, "zstd": zstd}
    body = zeros
    for name in header.split(", "):
        body = makers[name](body)
    del zeros
    size = 0
    tracemalloc.start()
    with pytest.raises(BadCoding, match="ratio: more than 200 bytes"):  # noqa: PT012
        for piece in decode_stream([body], header, max_bytes=GIB):
            size += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size < 1 << 25
    assert peak < 24 << 20


def test_white_space_is_no_bomb() -> None:
    """Below 16 MiB of output any ratio is accepted."""
    blank = b" " * (15 << 20)

    assert decode(gzip.compress(blank), "gzip", max_bytes=GIB).data == blank


@pytest.mark.parametrize(
    ("media_type", "coding", "expected"),
    [
        ("text/html", None, False),
        ("text/html; charset=utf-8", "gzip", True),
        ("text/html", "identity", False),
        ("text/html", "BR", True),
        ("image/jpeg", None, True),
        ("IMAGE/PNG; x=y", None, True),
        ("image/svg+xml", None, False),
        ("font/woff2", None, True),
        ("application/pdf", None, True),
        ("video/mp4", None, True),
        ("application/json", "zstd", True),
        ("", None, False),
    ],
)
def test_is_packed(media_type: str, coding: str | None, expected: bool) -> None:
    """What is compressed already is known by type or coding."""
    assert expected == is_packed(media_type, coding)
