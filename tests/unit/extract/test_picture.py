"""What pictures say of themselves, in every format and by every witness."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.extract.picture import read_picture
from archivist.model.picture import PictureFacts
from tests.unit.extract import pictures as made
from tests.unit.extract.pictures import datasets, exif, iptc_segment, jpeg, packet, png, resource, webp, xmp_segment

URL = "https://courier.example/a.jpg"
XMP = packet(
    'photoshop:Credit="Northquay Pictures" photoshop:AuthorsPosition="Stringer" photoshop:City="Saltmere"'
    ' photoshop:DateCreated="2026-11-16T14:03:22+01:00" photoshop:Country="Nordland"'
    ' Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"',
    "<dc:creator><rdf:Seq><rdf:li>Mara Quill</rdf:li></rdf:Seq></dc:creator>"
    "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© Northquay 2026</rdf:li></rdf:Alt></dc:rights>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Crane 7 at Quay 4.</rdf:li></rdf:Alt></dc:description>"
    "<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>No sales.</rdf:li></rdf:Alt></xmpRights:UsageTerms>",
)
IIM = (
    (2, 5, b"KRAN7"),
    (2, 40, b"Keine Archivierung"),
    (2, 55, b"20261116"),
    (2, 60, b"140322+0100"),
    (2, 80, "Jörg Brandt".encode()),
    (2, 85, b"FRE"),
    (2, 90, b"Saltmere"),
    (2, 95, b"Nordufer"),
    (2, 101, b"Nordland"),
    (2, 105, b"Krane ohne Frist"),
    (2, 110, b"AP"),
    (2, 115, b"Hafenbild"),
    (2, 116, "© Hafenbild".encode()),
    (2, 120, b"Kran 7 am Kai 4.\rSaltmere"),
)
EXIF = {
    0x010E: "Crane 7",
    0x0131: "Kamera 2.1",
    0x013B: "Ada Brook",
    0x8298: "Ada Brook",
    0x9003: "2026:11:16 14:03:22",
    0x9011: "+01:00",
}


def read(data: bytes) -> PictureFacts:
    """The facts, which must also survive being written and read back."""
    facts = read_picture(data, url=URL, sha256="0" * 64)

    assert facts == PictureFacts.from_json(facts.to_json())
    return facts


def winners(facts: PictureFacts) -> dict[str, str]:
    """Each field as its value and where it was read."""
    found = {name: settled.values[0] for name, settled in facts.fields.items()}
    return {name: f"{each.value} < {each.evidence.witness}:{each.evidence.at}" for name, each in found.items()}


OF_XMP = {
    "credit": "Northquay Pictures < xmp:photoshop:Credit",
    "creators": "Mara Quill < xmp:dc:creator",
    "creator_title": "Stringer < xmp:photoshop:AuthorsPosition",
    "copyright": "© Northquay 2026 < xmp:dc:rights",
    "caption": "Crane 7 at Quay 4. < xmp:dc:description",
    "created": "2026-11-16T14:03:22+01:00 < xmp:photoshop:DateCreated",
    "city": "Saltmere < xmp:photoshop:City",
    "country": "Nordland < xmp:photoshop:Country",
    "usage_terms": "No sales. < xmp:xmpRights:UsageTerms",
    "digital_source": "trainedAlgorithmicMedia < xmp:Iptc4xmpExt:DigitalSourceType",
}
WITH_XMP = {
    "jpeg": jpeg(xmp_segment(XMP)),
    "png": png(made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "png behind": png(made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), is_behind=True),
    "webp": webp((b"XMP ", XMP)),
    "avif": made.avif([(b"av01", b"", b"pixels"), (b"mime", b"application/rdf+xml", XMP)]),
    "avif wide": made.avif([(b"mime", b"application/rdf+xml", XMP)], version=2),
}


@pytest.mark.parametrize("data", WITH_XMP.values(), ids=WITH_XMP)
def test_xmp_in_every_format(data: bytes) -> None:
    """The same packet says the same wherever it stands."""
    facts = read(data)

    assert OF_XMP == winners(facts)
    assert (40, 30, ()) == (facts.width, facts.height, facts.problems)


def test_iptc() -> None:
    """Every dataset that says who, what, where or whose, with its number."""
    assert {
        "title": "KRAN7 < iptc:2:5",
        "instructions": "Keine Archivierung < iptc:2:40",
        "created": "2026-11-16T14:03:22+01:00 < iptc:2:55",
        "creators": "Jörg Brandt < iptc:2:80",
        "creator_title": "FRE < iptc:2:85",
        "city": "Saltmere < iptc:2:90",
        "region": "Nordufer < iptc:2:95",
        "country": "Nordland < iptc:2:101",
        "headline": "Krane ohne Frist < iptc:2:105",
        "credit": "AP < iptc:2:110",
        "source": "Hafenbild < iptc:2:115",
        "copyright": "© Hafenbild < iptc:2:116",
        "caption": "Kran 7 am Kai 4. Saltmere < iptc:2:120",
    } == winners(read(jpeg(iptc_segment(resource(datasets(*IIM))))))


CHARSETS = {
    "declared UTF-8": ("Jörg".encode(), b"\x1b%G", "Jörg"),
    "declared UTF-8, broken": (b"J\xf6rg", b"\x1b%G", "J\ufffdrg"),
    "silent UTF-8": ("Łódź".encode(), b"", "Łódź"),
    "Latin-1": ("Jörg".encode("latin-1"), b"", "Jörg"),
    "other": ("Jörg".encode("latin-1"), b"\x1b.A", "Jörg"),
}


@pytest.mark.parametrize(("value", "charset", "name"), CHARSETS.values(), ids=CHARSETS)
def test_character_sets_of_iptc(value: bytes, charset: bytes, name: str) -> None:
    """As 1:90 says; else UTF-8 where the bytes can be, and Latin-1."""
    assert name == read(jpeg(iptc_segment(resource(datasets((2, 80, value), charset=charset))))).value("creators")


def test_resources_around_iptc() -> None:
    """It is found behind others, with names of any length, and across two segments."""
    before = resource(b"abc", number=0x03ED, name=b"odd") + resource(b"", number=0x03F3, name=b"even")
    whole = before + resource(datasets((2, 110, b"Northquay")))

    assert "Northquay" == read(jpeg(iptc_segment(whole))).value("credit")
    assert "Northquay" == read(jpeg(iptc_segment(whole[:50]), iptc_segment(whole[50:]))).value("credit")


def test_an_extended_dataset() -> None:
    """The length of a long value has a length of its own (IIM 4.2, 1.6)."""
    long = b"\x1c\x02\x78\x80\x04\0\0\0\x07Caption" + datasets((2, 110, b"AP"))
    endless = b"\x1c\x02\x78\xff\xff" + b"x" * 99

    assert ("Caption", "AP") == tuple(
        read(jpeg(iptc_segment(resource(long)))).value(name) for name in ("caption", "credit")
    )
    assert {} == winners(read(jpeg(iptc_segment(resource(endless)))))


@pytest.mark.parametrize("is_big", [False, True])
def test_exif(is_big: bool) -> None:
    """In either order of bytes, with the zone of the camera's clock."""
    expected = {
        "caption": "Crane 7 < exif:ImageDescription",
        "software": "Kamera 2.1 < exif:Software",
        "creators": "Ada Brook < exif:Artist",
        "copyright": "Ada Brook < exif:Copyright",
        "created": "2026-11-16T14:03:22+01:00 < exif:DateTimeOriginal",
    }
    structure = exif(EXIF, is_big=is_big)
    bare = structure.removeprefix(b"Exif\0\0")
    behind_offset = b"\0\0\0\x06Exif\0\0" + bare

    assert expected == winners(read(jpeg(made.segment(0xE1, b"Exif\0\0" + bare))))
    assert expected == winners(read(png(made.chunk(b"eXIf", bare))))
    assert expected == winners(read(webp((b"EXIF", bare))))
    assert expected == winners(read(made.avif([(b"Exif", b"", behind_offset)])))


def test_exif_without_a_zone_has_none() -> None:
    """Nothing is added to what the camera wrote; a clock that was never set says nothing."""

    def taken(date: str) -> str | None:
        return read(png(made.chunk(b"eXIf", exif({0x9003: date}).removeprefix(b"Exif\0\0")))).value("created")

    assert "2026-11-16T14:03:22" == taken("2026:11:16 14:03:22")
    assert None is taken("0000:00:00 00:00:00")
    assert None is taken("    :  :     :  :  ")


def test_the_strongest_witness_wins_and_the_losers_are_kept() -> None:
    """XMP before IPTC before EXIF, whatever their order in the file."""
    bare = exif(EXIF).removeprefix(b"Exif\0\0")
    facts = read(jpeg(made.segment(0xE1, b"Exif\0\0" + bare), iptc_segment(resource(datasets(*IIM))), xmp_segment(XMP)))

    assert [("Mara Quill", "xmp")] == [(each.value, each.evidence.witness) for each in facts.fields["creators"].values]
    assert ["Jörg Brandt", "Ada Brook"] == [each.value for each in facts.fields["creators"].others]
    assert "AP" in [each.value for each in facts.fields["credit"].others]


def test_what_cameras_write_of_their_own_accord_says_nothing() -> None:
    """A caption of the factory's is none."""
    structure = exif({0x010E: "OLYMPUS DIGITAL CAMERA         "}).removeprefix(b"Exif\0\0")

    assert not read(jpeg(made.segment(0xE1, b"Exif\0\0" + structure))).says_something


def extension(data: bytes, *, guid: bytes = b"A" * 32, step: int = 300) -> list[bytes]:
    """An extended packet in pieces."""
    head = b"http://ns.adobe.com/xmp/extension/\0" + guid + len(data).to_bytes(4, "big")
    return [made.segment(0xE1, head + at.to_bytes(4, "big") + data[at : at + step]) for at in range(0, len(data), step)]


def test_extended_xmp() -> None:
    """Its pieces are put together in any order; those of another packet, or not all of them, are left out."""
    main = xmp_segment(packet(f'photoshop:Credit="Northquay" xmpNote:HasExtendedXMP="{"A" * 32}"'))
    pieces = extension(packet('photoshop:Headline="Cranes" photoshop:Credit="other"'))
    foreign = extension(packet('photoshop:City="Saltmere"'), guid=b"B" * 32)

    assert {
        "credit": "Northquay < xmp:photoshop:Credit",
        "headline": "Cranes < xmp:photoshop:Headline",
    } == winners(read(jpeg(main, *reversed(pieces), *foreign)))
    assert ["credit"] == list(winners(read(jpeg(main, *pieces[1:]))))


def test_texts_of_png() -> None:
    """The keywords of PNG itself, and what ImageMagick keeps in such texts."""
    profile = resource(datasets((2, 110, b"AP")))
    raw = f"\niptc\n{len(profile):8}\n{profile.hex()}\n".encode()
    packed = made.zlib.compress(raw)
    facts = read(
        png(
            made.chunk(b"tEXt", "Author\0Jörg Brandt".encode("latin-1")),
            made.chunk(b"zTXt", b"Copyright\0\0" + made.zlib.compress(b"Hafenbild")),
            made.chunk(b"iTXt", b"Title\0\x01\0de\0Titel\0" + made.zlib.compress("Krane – 7".encode())),
            made.chunk(b"zTXt", b"Raw profile type iptc\0\0" + packed),
            made.chunk(b"zTXt", b"Description\0\0not compressed"),
            made.chunk(b"tEXt", b"Comment\0Created with a program"),
        )
    )

    assert {
        "creators": "Jörg Brandt < png:Author",
        "copyright": "Hafenbild < png:Copyright",
        "title": "Krane – 7 < png:Title",
        "credit": "AP < iptc:2:110",
    } == winners(facts)


STORE = made.jumbf(b"x" * 70_000)
CREDENTIALS = {
    "jpeg": jpeg(
        made.segment(0xEB, b"JP\0\x01\0\0\0\x01" + STORE[:60_000]),
        made.segment(0xEB, b"JP\0\x01\0\0\0\x02" + STORE[:8] + STORE[60_000:]),
    ),
    "png": png(made.chunk(b"caBX", STORE)),
    "webp": webp((b"C2PA", STORE)),
}


@pytest.mark.parametrize("data", CREDENTIALS.values(), ids=CREDENTIALS)
def test_content_credentials_are_there(data: bytes) -> None:
    """Their presence and size are recorded, and nothing else."""
    facts = read(data)

    assert (len(STORE), {}) == (facts.credentials, dict(facts.fields))
    assert facts.says_something


def test_content_credentials_of_avif() -> None:
    """They stand in a box of their own."""
    assert read(made.avif([], credentials=b"\0\0\0\0manifest\0" + STORE)).credentials > len(STORE)


def test_the_size_of_content_credentials_is_no_lie() -> None:
    """A box that claims to be longer than the file is as long as the file at most."""
    long = b"\0\0\0\x01jumb" + b"\xff" * 8 + STORE[8:100]
    data = jpeg(made.segment(0xEB, b"JP\0\x01\0\0\0\x01" + long))

    assert len(data) == read(data).credentials


def test_other_boxes_are_no_credentials() -> None:
    """JPEG has other uses for such boxes, and other uses for the marker."""
    other = made.segment(0xEB, b"JP\0\x01\0\0\0\x01" + made.jumbf(label=b"other"))

    assert 0 == read(jpeg(other, made.segment(0xEB, b"HDR_RI"))).credentials


def test_a_bare_picture_says_only_its_size() -> None:
    """Most pictures on the web do."""
    lossless = io.BytesIO()
    made.image(300, 200).save(lossless, "WEBP", lossless=True)
    lossy = io.BytesIO()
    made.image(300, 200).save(lossy, "WEBP")

    assert {"url", "sha256", "media_type", "width", "height"} == set(read(jpeg()).to_json())
    for data in (jpeg(width=300, height=200), lossless.getvalue(), lossy.getvalue()):
        assert (300, 200, False) == ((facts := read(data)).width, facts.height, facts.says_something)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", b"\xff\xd8", b"\0\0\0\x18ftypisom"])
def test_other_kinds_are_not_read(data: bytes) -> None:
    """That is said, and no more."""
    assert ("the picture is of no kind that is read",) == read(data).problems


# Hostile pictures

EVERYTHING = jpeg(
    made.segment(0xE1, b"Exif\0\0" + exif(EXIF).removeprefix(b"Exif\0\0")),
    xmp_segment(packet(f'photoshop:Credit="Northquay" xmpNote:HasExtendedXMP="{"A" * 32}"')),
    *extension(packet('photoshop:Headline="Cranes"')),
    iptc_segment(resource(datasets(*IIM))),
    made.segment(0xEB, b"JP\0\x01\0\0\0\x01" + made.jumbf()),
)
SOURCES = (EVERYTHING, *WITH_XMP.values(), *CREDENTIALS.values())


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(SOURCES),
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), max_size=20),
    st.integers(0, 5_000),
)
def test_damaged_pictures_are_read_as_far_as_they_go(data: bytes, changes: list[tuple[int, int]], length: int) -> None:
    """Cut, or with other bytes, no picture raises anything."""
    damaged = bytearray(data)
    for at, byte in changes:
        damaged[at % len(damaged)] = byte

    read(bytes(damaged[:length]))
    read(bytes(damaged))


def test_a_cut_picture_says_so() -> None:
    """What stood before the cut is read."""
    facts = read(EVERYTHING[: EVERYTHING.index(b"Photoshop") + 40])

    assert ("Northquay", ("the JPEG is damaged or ends before its first scan",)) == (
        facts.value("credit"),
        facts.problems,
    )
    assert ("the PNG is damaged or ends too early",) == read(png()[:-20]).problems
    assert ("the WebP is damaged or ends too early",) == read(webp()[:-20]).problems


def directory_of_directories() -> bytes:
    """A TIFF directory whose entries all lead to itself."""
    return b"II*\0\x08\0\0\0\xff\xff" + b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0" * 65_535


BOMBS = {
    "segments": jpeg(*[made.segment(0xFE, b"")] * 100_000),
    "packets": jpeg(*[xmp_segment(XMP)] * 1_000),
    "extensions": jpeg(
        xmp_segment(packet(f'xmpNote:HasExtendedXMP="{"A" * 32}"')), *extension(b"x" * 300_000, step=60)
    ),
    "datasets": png(
        made.chunk(b"zTXt", b"Raw profile type iptc\0\0" + made.zlib.compress(b"a b " + b"1c02500000" * 500_000))
    ),
    "resources": jpeg(*[iptc_segment(resource(b"", number=1) * 5_000)] * 50),
    "directories": png(made.chunk(b"eXIf", directory_of_directories())),
    "inflated": png(*[made.chunk(b"zTXt", b"Author\0\0" + made.zlib.compress(b"a" * 50_000_000))] * 20),
    "lists": png(made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(elements="<dc:subject/>" * 200_000))),
    "depth": png(made.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + b"<a>" * 300_000)),
    "boxes": made.avif([]) + made.box(b"free") * 200_000,
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_bombs_take_little_time(data: bytes) -> None:
    """Every repetition is bounded."""
    start = time.process_time()
    read(data)

    assert time.process_time() - start < 1.0


def test_a_usual_picture_takes_no_time() -> None:
    """The pixels behind the first scan are not looked at."""
    data = jpeg(
        made.segment(0xE1, b"Exif\0\0" + exif(EXIF).removeprefix(b"Exif\0\0")),
        xmp_segment(XMP),
        iptc_segment(resource(datasets(*IIM))),
    ) + bytes(300_000)
    best = min(_seconds(data) for _ in range(20))

    assert best < 0.005


def _seconds(data: bytes) -> float:
    start = time.process_time()
    read_picture(data, url=URL, sha256="0")
    return time.process_time() - start
