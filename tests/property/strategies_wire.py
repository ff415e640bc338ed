"""What hostile and honest servers send, and what goes into a WARC file, as Hypothesis strategies."""

from hypothesis import strategies as st

LINE_END = st.sampled_from([b"\r\n", b"\n"])
TOKEN = st.text("abcXYZ019-_", min_size=1, max_size=12)
VALUE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30)


@st.composite
def chunked(draw: st.DrawFn, payload: bytes) -> bytes:
    """The payload cut into chunks at random, with or without extensions and trailers."""
    out = bytearray()
    at = 0
    while at < len(payload):
        size = draw(st.integers(1, max(1, len(payload) - at)))
        end = draw(LINE_END)
        form = draw(st.sampled_from([b"%x", b"%X", b"0%x", b"%x ", b"%x;a=b", b'%x ; "q"']))
        out += form % size + end + payload[at : at + size] + end
        at += size
    return bytes(out) + b"0\r\n" + draw(st.sampled_from([b"", b"X-Sum: 1\r\n"])) + b"\r\n"


@st.composite
def fields(draw: st.DrawFn) -> bytes:
    """Header lines, honest and odd, none of which frames a body."""
    lines = []
    for _ in range(draw(st.integers(0, 5))):
        name = "X-" + draw(TOKEN)
        value = draw(VALUE)
        odd = draw(
            st.sampled_from(["{n}: {v}", "{n}:{v}", "{n} : {v}", "{n}: {v}\r\n\t{v}", "{n} {n}", ": {v}", " {v}x"])
        )
        lines.append(odd.format(n=name, v=value).encode("latin-1") + draw(LINE_END))
    return b"".join(lines)


@st.composite
def responses(draw: st.DrawFn) -> bytes:
    """A response of any framing, whole or broken, perhaps with interim responses before and surplus after it."""
    payload = draw(st.binary(max_size=200))
    framing, body = draw(
        st.one_of(
            st.just((b"", payload)),
            st.just((b"Content-Length: %d\r\n" % len(payload), payload)),
            st.integers(0, 300).map(lambda n: (b"Content-Length: %d\r\n" % n, payload)),
            chunked(payload).map(lambda body: (b"Transfer-Encoding: chunked\r\n", body)),
            st.just((b"Transfer-Encoding: chunked\r\n", payload)),
            st.just((b"Content-Length: -1\r\nTransfer-Encoding: gzip\r\n", payload)),
        )
    )
    interim = draw(st.sampled_from([b"", b"", b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 x\nA: b\n\n"]))
    status = draw(st.sampled_from([b"200 OK", b"204 No", b"304", b"404 \xe9", b"999 x"]))
    head = b"HTTP/1.1 " + status + draw(LINE_END) + draw(fields()) + framing + draw(LINE_END)
    cut = draw(st.sampled_from([0, 0, 0, 1, 2, 7]))
    whole = interim + head + body + draw(st.sampled_from([b"", b"", b"surplus"]))
    return whole[: len(whole) - cut]


@st.composite
def cuts(draw: st.DrawFn, data: bytes) -> list[bytes]:
    """The same bytes in pieces, empty ones among them."""
    places = sorted(draw(st.lists(st.integers(0, len(data)), max_size=12)))
    return [data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True)]


HEADER_VALUE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40
).filter(lambda value: value == value.strip())
EXTRA_FIELDS = st.lists(
    st.tuples(st.text("ABCxyz-", min_size=1, max_size=10).map("X-{}".format), HEADER_VALUE),
    max_size=4,
    unique_by=lambda field: field[0].lower(),
).map(tuple)
BLOCK = st.one_of(
    st.binary(max_size=600),
    st.sampled_from([b"", b"\r\n\r\n", b"WARC/1.1\r\n", b"\x1f\x8b\x08", b"a" * 70_000, bytes(range(256)) * 300]),
)
