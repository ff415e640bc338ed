"""Bytes to text: which encoding wins, what is replaced, and that nothing fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.wire.charset import Text, decode_text, read_text

RUSSIAN = "Привет, мир"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbfh\xc3\xa9", "utf-8"),
        (b"\xff\xfeh\x00\xe9\x00", "utf-16le"),
        (b"\xfe\xff\x00h\x00\xe9", "utf-16be"),
    ],
)
def test_byte_order_mark_beats_all(data: bytes, encoding: str) -> None:
    """A BOM decides against header and markup, and is not part of the text."""
    expected = Text("hé", encoding, "bom", 0)

    assert expected == decode_text(data, "text/html; charset=koi8-r")


def test_header_beats_markup() -> None:
    """The HTTP header decides against a meta element."""
    data = b"<meta charset=utf-8>" + RUSSIAN.encode("koi8-r")

    assert decode_text(data, "text/html; charset=KOI8-R") == Text(
        "<meta charset=utf-8>" + RUSSIAN, "koi8-r", "header", 0
    )


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ('text/html;charset="windows-1251"', "windows-1251"),
        ("text/html; x=y;  Charset=cp1251 ", "windows-1251"),
        ("text/html; charset=latin1", "windows-1252"),
        ("text/html; charset=ISO-8859-1", "windows-1252"),
        ("text/html; charset=us-ascii", "windows-1252"),
        ("text/html; charset=gb2312", "gb18030"),
        ("text/html; charset=GBK", "gb18030"),
        ("text/html; charset=Shift_JIS", "shift_jis"),
        ("text/html; charset=x-sjis", "shift_jis"),
        ("text/html; charset=big5-hkscs", "big5"),
        ("text/html; charset=ks_c_5601-1987", "euc-kr"),
        ("text/html; charset=iso-8859-9", "windows-1254"),
        ("text/html; charset=iso-8859-11", "windows-874"),
        ("text/html; charset=latin2", "iso-8859-2"),
        ("text/html; charset=iso8859-15", "iso-8859-15"),
        ("text/html; charset=utf-16", "utf-16le"),
        ("text/html; charset=macintosh", "macintosh"),
        ("text/html; charset=utf8", "utf-8"),
    ],
)
def test_labels_of_the_header(content_type: str, encoding: str) -> None:
    """A label means what the Encoding Standard says, which is not always what it seems to say."""
    text = decode_text(b"", content_type)

    assert (encoding, "header") == (text.encoding, text.source)


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/html", "text/html; charset=", "text/html; charset=bogus", "text/html; charset=utf-7", "; charset"],
)
def test_unknown_label_of_the_header_counts_as_none(content_type: str | None) -> None:
    """Without a known label in the header, the markup decides."""
    text = decode_text(b"<meta charset=koi8-r>", content_type)

    assert (text.encoding, text.source) == ("koi8-r", "meta")


@pytest.mark.parametrize(
    ("markup", "encoding"),
    [
        (b"<meta charset=koi8-r>", "koi8-r"),
        (b"<META CHARSET = 'KOI8-R' />", "koi8-r"),
        (b'<meta/charset="koi8-r">', "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b"<meta content='text/html;charset=\"koi8-r\"' http-equiv=content-type>", "koi8-r"),
        (b'<!-- <meta charset=big5> --><html lang="en"><head><meta charset=koi8-r>', "koi8-r"),
        (b'<a title="<meta charset=big5>"><meta charset=koi8-r>', "koi8-r"),
        (b"<meta charset=bogus><meta charset=koi8-r>", "koi8-r"),
        (b"<meta charset=koi8-r charset=big5>", "koi8-r"),
        (b"<meta charset=koi8-r><meta charset=big5>", "koi8-r"),
        (b'<meta name="x" content="charset=big5"><meta charset=koi8-r>', "koi8-r"),
        (b"<metadata charset=big5><meta charset=koi8-r>", "koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?><rss/>', "koi8-r"),
        (b"<?xml version='1.0' encoding='big5'?><html><meta charset=koi8-r>", "koi8-r"),
        (b"<meta charset=utf-16le>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<\x00?\x00x\x00m\x00l\x00", "utf-16le"),
        (b"\x00<\x00?\x00x\x00m\x00l", "utf-16be"),
    ],
)
def test_markup_is_prescanned(markup: bytes, encoding: str) -> None:
    """The first declaration that the HTML Standard's prescan would find is found."""
    text = decode_text(markup, "text/html")

    assert (encoding, "meta") == (text.encoding, text.source)


def test_prescan_ends_after_1024_bytes() -> None:
    """A declaration further down decides nothing."""
    near = decode_text(b" " * 1000 + b"<meta charset=koi8-r>", None)
    far = decode_text(b" " * 1024 + b"<meta charset=koi8-r>", None)

    assert (near.encoding, far.encoding) == ("koi8-r", "utf-8")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"plain", Text("plain", "utf-8", "default", 0)),
        ("h\xe9".encode(), Text("h\xe9", "utf-8", "default", 0)),
        (b"caf\xe9", Text("caf\xe9", "windows-1252", "default", 0)),
        (b"caf\xe9 \x93x\x94", Text("caf\xe9 “x”", "windows-1252", "default", 0)),
        (b"h\xc3\xa9 and h\xc3", Text("h\xe9 and h\ufffd", "utf-8", "default", 1)),
        (b"+ADw-script+AD4-", Text("+ADw-script+AD4-", "utf-8", "default", 0)),
        (b"", Text("", "utf-8", "default", 0)),
    ],
)
def test_default(data: bytes, expected: Text) -> None:
    """Without any declaration it is UTF-8 if it can be, and else windows-1252."""
    assert expected == decode_text(data, "text/html")


def test_undefined_bytes_of_windows_1252_are_controls() -> None:
    """The five bytes that windows-1252 leaves open become C1 controls, and nothing is replaced."""
    text = decode_text(b"\x80\x81\x8d\x8f\x90\x9d", "text/plain; charset=windows-1252")

    assert text == Text("€\x81\x8d\x8f\x90\x9d", "windows-1252", "header", 0)


def test_undefined_bytes_above_are_replaced() -> None:
    """A byte that a single-byte encoding leaves open above the controls is replaced and counted."""
    text = decode_text(b"a\xaab\xd2", "text/plain; charset=windows-1253")

    assert (text.text, text.replaced) == ("a\ufffdb\ufffd", 2)


def test_replacements_are_counted_without_those_sent() -> None:
    """A U+FFFD that the sender wrote is none of ours."""
    text = decode_text("x\ufffdy".encode() + b"\xff\xfe", "text/plain; charset=utf-8")

    assert (text.text, text.replaced) == ("x\ufffdy\ufffd\ufffd", 2)


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16be"])
def test_multi_byte_encodings_are_decoded(encoding: str) -> None:
    """Text in the East Asian encodings comes out, and damage in it is replaced and counted."""
    sign = {"euc-kr": "한", "utf-16be": "é"}.get(encoding, "日")
    coded = sign.encode(encoding)
    whole = decode_text(coded, f"text/html; charset={encoding}")
    torn = decode_text(
        coded + coded[:1] if encoding != "iso-2022-jp" else coded + b"\xff", f"text/html; charset={encoding}"
    )

    assert (whole.text, whole.replaced) == (sign, 0)
    assert torn.text.startswith(sign)
    assert torn.replaced > 0


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "utf-16", "big5", "gbk", "euc-jp", "iso-2022-jp", "sjis", "euc-kr", "cp1253", "x"]),
)
def test_any_bytes_are_text(data: bytes, label: str | None) -> None:
    """Decoding never fails."""
    text = decode_text(data, f"text/html; charset={label}")

    assert text.replaced >= 0


@given(st.text(max_size=100))
def test_utf_8_round_trip(text: str) -> None:
    """Text sent as UTF-8 and declared so comes back."""
    data = text.encode("utf-8", "ignore")
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert decode_text(data, "text/plain; charset=utf-8").text == data.decode()


DUTCH = "<p>Vijfentwintig coëfficiënten, één café, zeeën vol ideeën.</p>"
PERSIAN = "<p>کشتی‌ها در بندر ایستاده‌اند</p>"


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "windows-1251", "big5", "euc-jp", "utf-16"])
@pytest.mark.parametrize("text", [DUTCH, PERSIAN])
def test_utf_8_is_read_as_such_whatever_is_declared(label: str, text: str) -> None:
    """The bytes of UTF-8 cannot be anything else; a wrong declaration is seen through, in header and in markup."""
    sent = read_text(text.encode(), f"text/html; charset={label}")
    marked = read_text(f"<meta charset={label}>{text}".encode(), None)

    assert (text, "utf-8", 0) == (sent.text, sent.encoding, sent.replaced)
    assert marked.text.endswith(text)


def test_a_damaged_character_leaves_utf_8_what_it_is() -> None:
    """One torn character among many is replaced, whatever else is declared."""
    text = read_text((PERSIAN * 3).encode() + b"\xd8 <p>", "text/html; charset=gb2312")

    assert (text.encoding, text.source, text.replaced) == ("utf-8", "bytes", 1)


@pytest.mark.parametrize(
    ("markup", "text", "codec"),
    [
        ("<html><p>{}", "Grüße aus Köln", "cp1252"),
        ("<html lang=ru><p>{}", "Краны стоят", "cp1251"),
        ("<html class=a lang='pl-PL'><p>{}", "żółć w Łodzi", "iso8859_2"),
        ("<html lang=ja><p>{}", "岸壁のクレーン", "shift_jis"),
        ("<html lang=zh-TW><p>{}", "碼頭起重機", "big5"),
        ("<meta charset=koi8-r><p>{}", "Краны стоят", "koi8-r"),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "text/html"])
def test_what_is_no_utf_8_is_not_read_as_such(markup: str, text: str, codec: str, content_type: str) -> None:
    """The other declaration, or what is usual for the page's language, or windows-1252."""
    read = read_text(markup.format(text).encode(codec), content_type)

    assert read.text.endswith(text)
    assert read.replaced == 0


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfh\xc3\xa9", b"<meta charset=koi8-r>\xd2\xd4", b"plain", b"caf\xe9", "één".encode(), b""]
)
def test_a_right_declaration_is_believed(data: bytes) -> None:
    """Where nothing speaks against it, reading is what decoding is."""
    assert decode_text(data, None) == read_text(data, None)


def test_language_and_bytes_must_agree() -> None:
    """The usual encoding of the language is not taken where the bytes are none of it."""
    assert read_text(b"<html lang=ja>caf\xe9 \x93x\x94", None).text.endswith("café “x”")


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "big5", "iso-2022-jp", "cp1253", "x"]))
def test_any_bytes_are_read(data: bytes, label: str | None) -> None:
    """Reading never fails."""
    assert read_text(data, f"text/html; charset={label}").replaced >= 0
