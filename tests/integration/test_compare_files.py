"""``archivist diff`` of files: without an archive, and against a snapshot of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from archivist.demo import site
from archivist.demo.content import SILENT_EDITS
from tests.integration.conftest import Archive, typed
from tests.press import Newsroom, Press
from tests.press import responses as r
from tests.unit.diff.sides import changed, markup
from tests.unit.extract.test_sheets import BOX, LINES, lines, pdf


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The Courier under its own name."""
    with Press() as press:
        room = Newsroom(press)
        monkeypatch.setenv("ARCHIVIST_FETCH_RESOLVE", f"{room.host}={press.address}")
        yield room


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """An old and a new page, and nothing else in the folder."""
    old, new = tmp_path / "old.html", tmp_path / "new.html"
    old.write_text(markup(), encoding="utf-8")
    new.write_text(markup(*changed(3, "14 Millionen", "41 Millionen")), encoding="utf-8")
    return old, new


def test_two_pages(pair: tuple[Path, Path]) -> None:
    """Two files are compared without any archive, and the JSON is in the published form."""
    said = typed("diff", *pair, "--json")
    told = said.json
    assert (0, ["number_changed", "paragraph_edited", "stealth_edit"]) == (said.code, told["categories"])
    assert "undeclared" == told["verdict"]["kind"]
    assert [str(path) for path in pair] == [told[side]["file"] for side in ("old", "new")]
    assert ["replace"] == [change["op"] for change in told["paragraphs"]]
    assert [] == list(pair[0].parent.glob("manifests"))


def test_same_bytes_twice(pair: tuple[Path, Path]) -> None:
    """Two runs print the same."""
    assert typed("diff", *pair, "--json").out == typed("diff", *pair, "--json").out


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("--stat", "undeclared: 1 paragraph edited; −1 +1 words"),
        ("--side-by-side", " │ "),
        ("--annotations", '"TextQuoteSelector"'),
    ],
)
def test_forms(pair: tuple[Path, Path], form: str, expected: str) -> None:
    """Every form says what it is for."""
    said = typed("diff", *pair, form)
    assert (0, True) == (said.code, expected in said.out)


def test_page(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """The page is written where asked, and a folder that is not there is said."""
    said = typed("diff", *pair, "--page", tmp_path / "edits.html")
    assert (0, "") == (said.code, said.out)
    assert "41" in (tmp_path / "edits.html").read_text(encoding="utf-8")
    assert 8 == typed("diff", *pair, "--page", tmp_path / "none" / "edits.html").code


def test_exit_code(pair: tuple[Path, Path]) -> None:
    """With ``--exit-code``, differences are a no."""
    assert [0, 1] == [typed("diff", pair[0], other, "--exit-code").code for other in pair]


def test_two_documents(tmp_path: Path) -> None:
    """Two PDF files are compared, and text beneath a box is said loudly."""
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(pdf(lines(*LINES)))
    new.write_bytes(pdf(f"{lines(*LINES)}\n{BOX}"))
    said = typed("diff", old, new)
    assert "COVERED, NOT REDACTED" in said.out
    told = typed("diff", old, new, "--json").json
    assert (["pdf_covered_text"], True) == (told["categories"], "Arvid" in told["covered_text"][0])


def test_page_and_document(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A page is not compared with a PDF."""
    document = tmp_path / "a.pdf"
    document.write_bytes(pdf(lines(*LINES)))
    assert typed("diff", pair[0], document).is_clean_error(1)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"%PDF-1.4 broken"])
def test_unreadable(pair: tuple[Path, Path], tmp_path: Path, data: bytes) -> None:
    """A file that is neither page nor PDF is said to be none."""
    odd = tmp_path / "odd.html"
    odd.write_bytes(data)
    assert typed("diff", pair[0], odd).is_clean_error(1)


def test_no_such_file(pair: tuple[Path, Path]) -> None:
    """A name that is a file's, and none there, is told apart from a snapshot's."""
    assert typed("diff", pair[0], pair[1].with_name("none.html")).is_clean_error(1)
    assert typed("diff", pair[0]).is_clean_error(2)


def test_snapshot_and_file(archive: Archive, newsroom: Newsroom, tmp_path: Path) -> None:
    """A saved page can be held against a snapshot."""
    archive.snap(newsroom.url)
    saved = tmp_path / "saved.html"
    first = archive.snapshot().page
    assert first is not None
    page = b"".join(archive.workspace.reader.payload(first))
    saved.write_bytes(page)
    assert "same" == archive("diff", newsroom.url, saved, "--json").json["verdict"]["kind"]


def test_documents_snapped_alone(archive: Archive, press: Press, tmp_path: Path) -> None:
    """A PDF that was saved for itself is compared with its next version, and with a file."""
    url = press.url("/report.pdf")
    for text in (pdf(lines(*LINES)), pdf(f"{lines(*LINES)}\n{BOX}")):
        press.serve("/report.pdf", r.pdf(text))
        archive.snap(url)
    assert "COVERED, NOT REDACTED" in archive("diff", url).out
    assert ["pdf_covered_text"] == archive("log", url, "--json").lines[-2]["categories"]
    other = tmp_path / "other.pdf"
    other.write_bytes(pdf(f"{lines(*LINES)}\n{BOX}"))
    assert ["pdf_covered_text"] == archive("diff", f"{url}@1", other, "--json").json["categories"]
    assert "same" == archive("diff", f"{url}@2", other, "--json").json["verdict"]["kind"]


def test_what_nobody_can_read(archive: Archive, press: Press) -> None:
    """Two versions of which neither can be read are not said to be the same."""
    url = press.url("/data.csv")
    for text in (b"crane,days\n7,77\n", b"crane,days\n7,78\n"):
        press.serve("/data.csv", r.plain(text, media_type="text/csv"))
        archive.snap(url)
    assert archive("diff", url).is_clean_error(1)


def test_photo_swapped_and_saved_again(archive: Archive, newsroom: Newsroom) -> None:
    """Other bytes under one address: saved again is no edit, another picture is one."""
    archive.snap(newsroom.url)
    picture = newsroom.edition.photo
    paths = [picture.path(width) for width in (640, 1200)]
    for path in paths:
        data = site.resource(path, edition=newsroom.edition, visitors=1)
        assert data is not None
        out = BytesIO()
        Image.open(BytesIO(data.body)).save(out, "JPEG", quality=35)
        newsroom.press.serve(path, r.plain(out.getvalue(), media_type="image/jpeg"), host=newsroom.host)
    archive.snap(newsroom.url, options=("--offline",))
    assert "looks the same" in archive("diff", newsroom.url).out
    for path in paths:
        newsroom.press.serve(path, newsroom._respond, host=newsroom.host)
    newsroom.swap_photo()
    archive.snap(newsroom.url)
    told = archive("diff", newsroom.url, "--json").json
    assert ["photo_changed", "stealth_edit"] == told["categories"]
    assert ["swapped"] == [each["look"] for each in told["metadata"]]
    assert "(another picture, under the same address)" in " ".join(archive("diff", newsroom.url).out.split())


def test_typography_alone(tmp_path: Path) -> None:
    """Where nothing but marks and dashes differ, that is said."""
    old, new = tmp_path / "old.html", tmp_path / "new.html"
    old.write_text(markup(), encoding="utf-8")
    new.write_text(markup().replace("„", '"').replace("“", '"'), encoding="utf-8")
    said = typed("diff", old, new, "--exit-code")
    assert (0, True) == (said.code, "same: only typography differs" in said.out)
    assert 1 == typed("diff", old, new, "--json").json["typography"]


def test_blame(archive: Archive, newsroom: Newsroom) -> None:
    """Each paragraph is told with the version in which it was first seen."""
    archive.snap(newsroom.url)
    newsroom.edit_silently(*SILENT_EDITS[0])
    archive.snap(newsroom.url)
    said = archive("log", newsroom.url, "--blame", "--json")
    *paragraphs, summary = [json.loads(line) for line in said.out.splitlines()]
    assert 2 == len(summary["summary"]["versions"])
    assert any(each["changed"] == [2] or each["first_seen"] == 2 for each in paragraphs)
    assert "PARAGRAPH" in archive("log", newsroom.url, "--blame").out
