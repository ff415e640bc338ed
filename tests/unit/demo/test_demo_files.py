"""The PDFs, photographs and the font that the demo makes are what they claim to be."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import datetime

import pypdfium2
import pytest
from PIL import Image, ImageFont

from archivist.demo import assets, photo, report
from archivist.demo.content import EDITIONS, Picture
from archivist.demo.pdf import Line, Page, document
from archivist.demo.site import picture_bytes

AT = datetime.fromisoformat("2026-11-16T14:00:00+01:00")


def page_lines(data: bytes) -> list[list[str]]:
    """The lines of each page, as pdfium reads them."""
    with closing(pypdfium2.PdfDocument(data)) as read:
        texts = []
        for page in read:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded().splitlines())
            text_page.close()
            page.close()
        return texts


def metadata(data: bytes) -> dict[str, str]:
    """What the file says of itself."""
    with closing(pypdfium2.PdfDocument(data)) as read:
        return {name: value for name, value in read.get_metadata_dict().items() if value}


class TestPdf:
    """The writer."""

    def test_text_is_read_back_exactly(self) -> None:
        """Brackets, backslashes, accents, dashes and quotes survive, page by page and line by line."""
        lines = ["Plain.", "(a) \\ b)", "Größe, café — “so” €5"]
        pages = tuple(Page(lines=tuple(Line(text=text) for text in part)) for part in (lines, ["Second page"]))

        assert [lines, ["Second page"]] == page_lines(document(pages, title="T", author="A", created=AT))

    def test_information_is_read_back_exactly(self) -> None:
        """Title, author, producer and both dates stand in the file."""
        page = Page(lines=(Line(text="x"),))
        data = document((page,), title="Größe (1)", author="A. U. Thor", created=AT, producer="Desk 1")

        assert data.startswith(b"%PDF-1.7\n")
        assert metadata(data) == {
            "Title": "Größe (1)",
            "Author": "A. U. Thor",
            "Producer": "Desk 1",
            "CreationDate": "D:20261116140000+01'00'",
            "ModDate": "D:20261116140000+01'00'",
        }

    def test_same_words_give_the_same_bytes(self) -> None:
        """Nothing but the arguments goes into the file."""
        page = Page(lines=(Line(text="once"),))

        first, second = (document((page,), title="T", author="A", created=AT) for _ in range(2))

        assert first == second

    def test_date_needs_a_zone(self) -> None:
        """A date without a zone is refused."""
        with pytest.raises(ValueError, match="without a zone"):
            document((), title="T", author="A", created=datetime(2026, 11, 16))  # noqa: DTZ001 - that is the point

    def test_cross_references_point_at_their_objects(self) -> None:
        """Each offset of the table is where its object begins (ISO 32000-1 7.5.4)."""
        data = report.safety_report(1)
        start = int(data.split(b"startxref\n")[1].split(b"\n")[0])
        rows = data[start:].split(b"trailer")[0].splitlines()[3:]

        assert len(rows) == 5 + 2 * 4
        for number, row in enumerate(rows, 1):
            assert data[int(row[:10]) :].startswith(b"%d 0 obj\n" % number)


class TestReport:
    """The documents of the demo."""

    def test_versions_differ_as_promised(self) -> None:
        """Two numbers on page 2, one sentence gone from page 3, a fifth page: nothing else."""
        first, second = (page_lines(report.safety_report(version)) for version in (1, 2))

        assert (len(first), len(second)) == (4, 5)
        edited = [line.replace("nine cranes", "seven cranes").replace("77 days", "54 days") for line in first[1]]
        assert edited == second[1]
        assert len([line for line in first[1] if line not in edited]) == 2
        assert [line for line in first[2] if line != report.REMOVED_SENTENCE] == second[2]
        assert report.REMOVED_SENTENCE in first[2]
        assert (first[0], first[3]) == (second[0], second[3])

    def test_metadata_tells_of_the_second_writing(self) -> None:
        """Title, author and date of creation stay; the date of change moves."""
        first, second = (metadata(report.safety_report(version)) for version in (1, 2))

        assert {"ModDate"} == {name for name in first if first[name] != second[name]}

    def test_letter_and_privacy_notice_have_one_page(self) -> None:
        """The two small documents can be read."""
        assert page_lines(report.letter())[0][0] == "Letter 4711"
        assert page_lines(report.privacy_notice())[0][0] == "Privacy"


class TestPhoto:
    """The pictures."""

    @pytest.mark.parametrize("picture", [EDITIONS[1].photo, EDITIONS[1].inset])
    def test_artist_is_embedded_twice(self, picture: Picture) -> None:
        """EXIF and XMP name the artist and the rights, and the picture has the size asked for."""
        with Image.open(io.BytesIO(picture_bytes(picture, width=640))) as image:
            exif, xmp = image.getexif(), image.info["xmp"].decode()
            assert (image.format, image.size) == ("JPEG", (640, 426))

        assert (picture.embedded_artist, picture.agency) == (exif[0x013B], exif[0x8298])
        assert f"<rdf:li>{picture.embedded_artist}</rdf:li>" in xmp
        assert f"<photoshop:Credit>{picture.agency}</photoshop:Credit>" in xmp

    def test_scenes_differ_and_repeat(self) -> None:
        """Each scene is its own picture, and the same one when drawn again."""
        scenes = ("cranes", "dusk", "monitor")
        photo.draw.cache_clear()
        first = [photo.draw(scene, width=90, artist="A", rights="R", caption="C") for scene in scenes]
        photo.draw.cache_clear()
        second = [photo.draw(scene, width=90, artist="A", rights="R", caption="C") for scene in scenes]

        assert len(scenes) == len(set(first))
        assert first == second

    def test_favicon_is_an_icon(self) -> None:
        """The favicon opens as an ICO of 32 pixels."""
        with Image.open(io.BytesIO(photo.icon())) as image:
            assert (image.format, image.size) == ("ICO", (32, 32))


def test_font_holds_the_anchor() -> None:
    """The font opens, bears its name, and draws something for the anchor and nothing for a letter."""
    font = ImageFont.truetype(io.BytesIO(assets.font()), 40)

    assert font.getname() == ("Courier Anchor", "Regular")
    assert font.getmask("⚓").getbbox() is not None
    assert font.getmask("x").getbbox() is None


def test_font_checksums_are_right() -> None:
    """The sum over the whole file is the magic number (OpenType, 'head')."""
    data = assets.font()

    assert sum(int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)) & 0xFFFFFFFF == 0xB1B0AFBA
