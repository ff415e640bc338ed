"""``show`` of a file that is in no archive, and the evidence behind every fact of a snapshot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.demo.report import safety_report
from archivist.model.article import Attachment, Document, FormField, Signature
from archivist.sandbox import Sandbox
from tests.integration.conftest import Archive, typed
from tests.press import Press
from tests.press import responses as r
from tests.unit.extract import pictures

URL = "https://www.havnebladet.example/nyheder/2027/kran-7"
PAGE = """<!DOCTYPE html><html lang="da"><head><title>Kran 7 står stille | Havnebladet</title>
<meta property="og:site_name" content="Havnebladet">
<meta property="og:title" content="Sådan gik det kran 7">
<meta property="article:published_time" content="2027-02-03T08:15:00+01:00">
<link rel="canonical" href="/nyheder/2027/kran-7"></head>
<body><main><article><header><h1>Kran 7 står stille</h1>
<p class="byline">Af <a rel="author" href="/ida">Ida Vestergren</a></p>
<time datetime="2027-02-03T08:15">3. februar 2027 kl. 8.15</time></header>
<figure><img src="/billeder/kran.jpg" alt=""><figcaption>Kranen ved kaj 4 i går.
<span class="credit">Foto: Bo Lindqvist/Havnefoto</span></figcaption></figure>
<p>Havnens største kran har ikke løftet noget siden mandag, siger havnefogeden, og ingen ved, hvornår den gør det.</p>
<p>Det fremgår af <a href="/filer/rapport.pdf">årets rapport om kraner</a>, som byrådet fik i tirsdags.</p>
<p>Rapporten nævner også, at to af tre stillinger som inspektør har stået tomme siden sommeren, og at ingen søgte.</p>
</article></main></body></html>"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page that somebody saved, in a folder without an archive."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVIST_HOME", str(tmp_path / "none"))
    path = tmp_path / "kran.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_is_read_without_an_archive(page: Path) -> None:
    """Every value stands with its witness, place and exact text; nothing is created."""
    said = typed("show", page, "--url", URL)

    assert (0, "") == (said.code, said.err)
    assert [page] == [*page.parent.iterdir()]
    for told in (
        "Kran 7 står stille",
        "heading  /html/body/main/article/header/h1",
        "“Af Ida Vestergren”",
        "not           Sådan gik det kran 7",
        "because       the displayed headline is what readers saw",
        "https://www.havnebladet.example/billeder/kran.jpg",
        "Foto: Bo Lindqvist/Havnefoto",
        "Bo Lindqvist",
        "Havnefoto",
        "shown         yes",
        "https://www.havnebladet.example/filer/rapport.pdf",
        "read by archivist ",
    ):
        assert told in said.out
    assert "Havnens største kran" not in said.out


def test_text_is_shown_when_asked_for(page: Path) -> None:
    """``--text`` adds the article's text."""
    assert "Havnens største kran" in typed("show", page, "--url", URL, "--text").out


def test_a_page_as_json(page: Path) -> None:
    """``--json`` is the reading whole, with the reasons and the digest of the file."""
    told = typed("show", page, "--url", URL, "--json").json

    fields = told["reading"]["article"]["fields"]
    assert ["Ida Vestergren"] == [claim["value"] for claim in fields["authors"]["values"]]
    assert {"value", "witness", "at", "text"} == set(fields["authors"]["values"][0])
    assert "the displayed headline" in told["reasons"]["title"]
    assert told["reasons"]["organisations" if "organisations" in fields else "authors"].startswith("the byline")
    assert (len(PAGE.encode()), URL) == (told["bytes"], told["url"])
    assert 64 == len(told["sha256"])


def test_a_page_without_its_address(page: Path) -> None:
    """Without ``--url`` a file that is called as a page is read all the same; its own links lead nowhere."""
    told = typed("show", page.name, "--json").json

    assert told["url"].startswith("file:///")
    assert "canonical_url" not in told["reading"]["article"]["fields"]


def test_a_pdf_is_read(tmp_path: Path) -> None:
    """A PDF shows what it says of itself, and with ``--text`` its pages, too."""
    path = tmp_path / "report.pdf"
    path.write_bytes(safety_report(1))

    said = typed("show", path, "--facts", "--text")

    assert 0 == said.code
    assert "Annual Safety Report 2026" in said.out
    assert "pdf-info  Title" in said.out
    assert "Crane 7 (Quay 4) worked for 77 days." in " ".join(said.out.split())
    assert 4 == typed("show", path, "--json").json["reading"]["documents"][0]["page_count"]


@pytest.mark.parametrize(
    ("name", "data", "code", "why"),
    [
        ("photo.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 2, "neither a web page nor a PDF"),
        ("words.html", b"Nine cranes worked.", 2, "neither a web page nor a PDF"),
        ("empty.html", b"", 2, "neither a web page nor a PDF"),
        ("torn.pdf", b"%PDF-1.7\nnothing", 1, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, code: int, why: str) -> None:
    """A file of another kind is a wrong word, a damaged one is no document; neither is a bug."""
    path = tmp_path / name
    path.write_bytes(data)

    said = typed("show", path, "--url", URL)

    assert (code, "") == (said.code, said.out)
    assert why in said.err
    assert name in said.err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and a wrong address are wrong words."""
    assert typed("show", tmp_path / "none.html", "--url", URL).is_clean_error(2)
    assert typed("show", tmp_path, "--url", URL).is_clean_error(2)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert 2 == typed("show", tmp_path / "a.html", "--url", "ftp://example.org/").code


def test_facts_of_a_snapshot(archive: Archive, press: Press) -> None:
    """``--facts`` tells of a snapshot what is told of a file, and leaves the captures out."""
    press.serve("/kran", r.plain(PAGE.encode()))
    archive.snap(press.url("/kran"), code=-1)

    said = archive("show", "@last", "--facts")

    assert 0 == said.code
    for told in (
        "“Af Ida Vestergren”",
        "not           Sådan gik det kran 7",
        "because ",
        "Foto: Bo Lindqvist",
        "problem ",
    ):
        assert told in said.out
    assert "SHA-256" not in said.out
    assert "SHA-256" in archive("show", "@last").out


@pytest.fixture
def whole(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """A snapshot whose photo says whose it is, and whose document is signed, encrypted, filled in and added to."""
    read = Sandbox.document

    def document(self: Sandbox, source: bytes | Path, **how: Any) -> Document:
        return replace(
            read(self, source, **how),
            is_encrypted=True,
            updates=2,
            annotations=3,
            form_fields=(FormField(name="kaj", kind="text", value="4"), FormField(name="dato", kind="text", value="")),
            signatures=(Signature(signer="Ida Vestergren", time="2027-02-03"),),
            attachments=(Attachment(name="bilag.xml", length=7, sha256=None),),
        )

    monkeypatch.setattr(Sandbox, "document", document)
    about = 'photoshop:Credit="Havnefoto" photoshop:City="Aarhus"'
    press.serve("/kran", r.plain(PAGE.encode()))
    press.serve("/filer/rapport.pdf", r.plain(safety_report(1), media_type="application/pdf"))
    photo = pictures.jpeg(pictures.xmp_segment(pictures.packet(about)))
    press.serve("/billeder/kran.jpg", r.plain(photo, media_type="image/jpeg"))
    archive.snap(press.url("/kran"))
    return archive


def test_what_a_document_holds_is_said_in_short(whole: Archive) -> None:
    """Without ``--facts`` as well: what is signed, filled in, attached and added, and that nobody checked it."""
    out = whole("show", "@last").out

    for told in (
        "/filer/rapport.pdf, 4 pages, encrypted\n  authors: Saltmere Harbour Authority\n",
        "  added to after it was first written: 2 times\n",
        "  notes and marks over its pages: 3\n",
        "  fields of a form: 2, filled in: 1\n",
        "  signed: Ida Vestergren, 2027-02-03 (nothing of it was checked)\n",
        "  attached: bilag.xml, 7 bytes\n",
    ):
        assert told in out


def test_what_a_photo_says_of_itself_is_shown(whole: Archive) -> None:
    """In short, with its evidence, and in JSON."""
    short, facts = whole("show", "@last").out, whole("show", "@last", "--facts").out

    assert "/billeder/kran.jpg, 40 × 30\n" in short
    assert "  credit: Havnefoto\n" in short
    assert "  city: Aarhus\n" in short
    assert "xmp  photoshop:City" in facts
    (picture,) = whole("show", "@last", "--json").json["reading"]["pictures"]
    assert "Havnefoto" == picture["fields"]["credit"]["values"][0]["value"]


def test_a_page_cannot_steer_the_terminal(page: Path) -> None:
    """Escape sequences and turned writing directions are shown, not obeyed."""
    page.write_text(PAGE.replace("Ida Vestergren", "Ida &#x1b;[31m&#x202e;Vestergren"), encoding="utf-8")

    out = typed("show", page, "--url", URL).out

    assert "\x1b" not in out
    assert "\u202e" not in out
