"""A synthetic newspaper: the same bytes for the same arguments, so that every run measures the same work.

What is served lives here; how it is served lives in ``site``, and nothing here knows of the network.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

__all__ = ["TEXT_OF_REPORT", "Body", "Stream", "digests", "newspaper", "report", "spread"]

TEXT_OF_REPORT = "The report, with all that belongs to it"
"""What stands on the one page of every PDF."""
PAGES_OF_SECTION = 40
PAGES_OF_REPORT = 10
"""Every tenth page links a PDF."""
WORDS = 5_800
"""Of an article, if nothing else is said: nearly all of the page is text, the most that a reader can be given."""
_PARAGRAPH = 72
"""Words of one, on average."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands at an address."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A body too large to be held: a head, filling made on the fly, a tail."""

    media_type: str
    head: bytes
    filling: int
    """Bytes between head and tail."""
    tail: bytes

    @property
    def length(self) -> int:
        """Bytes in all."""
        return len(self.head) + self.filling + len(self.tail)

    def pieces(self) -> Iterator[bytes]:
        """The body, a megabyte at a time; no two megabytes are equal."""
        yield self.head
        noise = Random(1).randbytes(_BLOCK - 8)
        for number in range(-(-self.filling // _BLOCK)):
            block = number.to_bytes(8, "big") + noise
            yield block[: min(_BLOCK, self.filling - number * _BLOCK)]
        yield self.tail


def newspaper(
    pages: int, *, edition: int = 0, pictures: int = 3, largest: int = 18_000, words: int = WORDS
) -> dict[str, Body]:
    """Every address of a news site of that many articles, by path; the articles are those under ``/news/``.

    Args:
        pages: articles.
        edition: another has the same addresses, and other articles, pictures and reports.
        pictures: of one article.
        largest: bytes of a picture, at most; the smallest has 8,000.
        words: of an article, about; where they are fewer, scripts make the page as large as it is by itself.
    """
    bodies = {
        f"/style/section-{section}.css": Body(media_type="text/css", data=_sheet(section))
        for section in range(-(-pages // PAGES_OF_SECTION))
    }
    for number in range(pages):
        random = Random(edition * pages + number)
        shown = [f"/pictures/{number}-{place}.jpg" for place in range(pictures)]
        for path in shown:
            bodies[path] = Body(media_type="image/jpeg", data=_picture(random, largest=largest))
        document = f"/reports/{number}.pdf" if number % PAGES_OF_REPORT == 0 else None
        if document:
            bodies[document] = Body(media_type="application/pdf", data=_pdf(random))
        sheet = f"/style/section-{number // PAGES_OF_SECTION}.css"
        page = _page(random, number=number, pictures=shown, sheet=sheet, document=document, words=words)
        bodies[f"/news/{number}.html"] = Body(media_type="text/html; charset=utf-8", data=page)
    return bodies


def spread(requisites: int, *, hosts: Sequence[str]) -> dict[str, Body]:
    """A page whose pictures stand on several hosts in turn; every host has all the paths."""
    random = Random(0)
    bodies = {f"/pictures/{n}.jpg": Body(media_type="image/jpeg", data=_picture(random)) for n in range(requisites)}
    pictures = [f"http://{host}{path}" for host, path in zip(itertools.cycle(hosts), bodies, strict=False)]
    page = _page(random, number=0, pictures=pictures, sheet=None, document=None)
    return {"/news/0.html": Body(media_type="text/html; charset=utf-8", data=page), **bodies}


def report(length: int) -> dict[str, Body | Stream]:
    """An article that links a PDF of about that length: one page of text and one large attached stream."""
    head, offsets = _pdf_parts([*_PDF_TEXT, (b"<< /Length %d >>\nstream\n" % length, b"")])
    tail = b"\nendstream\nendobj\n"
    pdf = Stream(media_type="application/pdf", head=head, filling=length, tail=tail)
    tail += _pdf_end(offsets, at=pdf.length)
    pdf = Stream(media_type="application/pdf", head=head, filling=length, tail=tail)
    page = _page(Random(0), number=0, pictures=[], sheet=None, document="/reports/0.pdf")
    return {"/news/0.html": Body(media_type="text/html; charset=utf-8", data=page), "/reports/0.pdf": pdf}


# Text.


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    random = Random(1815)
    sounds = [first + second for first in "bcdfghklmnprstvw" for second in ("a", "e", "i", "o", "u", "ea", "or")]
    words = sorted({"".join(random.choices(sounds, k=random.randint(1, 4))) for _ in range(6000)})
    random.shuffle(words)
    # Zipf's law, as in any newspaper: it decides how well a page compresses.
    return words, list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))


def _words(random: Random, count: int) -> str:
    words, weights = _vocabulary()
    return " ".join(random.choices(words, cum_weights=weights, k=count))


def _sentences(random: Random, count: int) -> str:
    return " ".join(f"{_words(random, random.randint(8, 24)).capitalize()}." for _ in range(count))


def _page(
    random: Random,
    *,
    number: int,
    pictures: Sequence[str],
    sheet: str | None,
    document: str | None,
    words: int = WORDS,
) -> bytes:
    usual = random.randint(45, 115)
    paragraphs = max(3, usual * words // WORDS)
    title = _words(random, 8).capitalize()
    author = _words(random, 2).title()
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "author": [{"@type": "Person", "name": author}],
        "datePublished": f"2026-0{number % 9 + 1}-{number % 28 + 1:02d}T08:00:00Z",
        "publisher": {"@type": "NewsMediaOrganization", "name": "The Synthetic Courier"},
    }
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
            f'<link rel="stylesheet" href="{sheet}">' if sheet else "",
            f'<script type="application/ld+json">{json.dumps(described)}</script></head><body>',
            *_navigation(random),
            f'<main><article><h1>{title}</h1><p class="byline">By {author}</p>',
            *(_figure(random, picture) for picture in pictures),
            *(f"<p>{_sentences(random, random.randint(3, 6))}</p>" for _ in range(paragraphs)),
            f'<p>The <a href="{document}">report as a PDF</a> was published.</p>' if document else "",
            "</article></main>",
            *_teasers(random),
            *(_script(random) for _ in range(usual - paragraphs)),
            "</body></html>",
        ]
    ).encode()


def _script(random: Random) -> str:
    """As many bytes as a paragraph has."""
    names = _words(random, _PARAGRAPH * 4 // 5).split()
    return f"<script>window.q=window.q||[];{''.join(f'q.push({name!r});' for name in names[::2])}</script>"


def _navigation(random: Random) -> Iterator[str]:
    yield '<nav class="site-navigation"><ul>'
    for place in range(120):
        name = _words(random, 1)
        yield (
            f'<li class="site-navigation__item site-navigation__item--level-{place % 3}">'
            f'<a class="site-navigation__link" href="/section/{name}/">{name.title()}</a></li>'
        )
    yield "</ul></nav>"


def _figure(random: Random, picture: str) -> str:
    caption, credit = _words(random, 12).capitalize(), _words(random, 2).title()
    return (
        f'<figure><img src="{picture}" alt="{caption}" width="160" height="100">'
        f"<figcaption>{caption}. Photo: {credit}</figcaption></figure>"
    )


def _teasers(random: Random) -> Iterator[str]:
    yield '<aside class="teasers"><h2>More news</h2>'
    for place in range(60):
        yield (
            f'<div class="teaser teaser--size-small teaser--position-{place}" data-component="teaser" '
            f'data-tracking="click:teaser:{random.getrandbits(64):016x}"><h3 class="teaser__headline">'
            f'<a class="teaser__link" href="/section/{random.getrandbits(32):08x}/">{_words(random, 7)}</a></h3>'
            f'<p class="teaser__text">{_words(random, 20)}</p></div>'
        )
    yield "</aside>"


def _sheet(section: int) -> bytes:
    random, text = Random(f"sheet {section}"), ""
    while len(text) < 57_000:
        name = "-".join(_words(random, 2).split())
        text += (
            f".{name} {{ color: #{random.getrandbits(24):06x}; margin: {random.randint(0, 40)}px; "
            f"padding: {random.randint(0, 9)}px {random.randint(0, 9)}px; display: block; }}\n"
        )
    return text.encode()


# Pictures and documents.


@cache
def _noise_picture() -> bytes:
    from PIL import Image  # noqa: PLC0415  # from the checkout's environment, which the programs enter first

    file = io.BytesIO()
    Image.frombytes("L", (130, 80), Random(0).randbytes(130 * 80)).save(file, "JPEG", quality=65)
    return file.getvalue()


def _picture(random: Random, *, largest: int = 18_000) -> bytes:
    """A valid JPEG of 8 KB or more: one picture, made another one by a comment (ITU T.81 B.2.4.5)."""
    jpeg = _noise_picture()
    comment = random.randbytes(max(0, random.randint(8_000, largest) - len(jpeg)) + 16)
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


_PDF_LINE = f"BT /F1 14 Tf 72 720 Td ({TEXT_OF_REPORT}) Tj ET".encode()
_PDF_FONTS = b"/Resources << /Font << /F1 5 0 R >> >>"
_PDF_TEXT: tuple[tuple[bytes, bytes], ...] = (
    (b"<< /Type /Catalog /Pages 2 0 R >>", b"\n"),
    (b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"\n"),
    (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % _PDF_FONTS, b"\n"),
    (b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_PDF_LINE), _PDF_LINE), b"\n"),
    (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"\n"),
)
"""The objects of a PDF of one page (ISO 32000-1 7.5), each with what ends it; none: it is left open."""


def _pdf_parts(objects: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, list[int]]:
    data, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, (content, end) in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s" % (number, content) + (end + b"endobj\n" if end else b"")
    return data, offsets


def _pdf_end(offsets: Sequence[int], *, at: int) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, at)
    return b"xref\n0 %d\n0000000000 65535 f \n" % size + rows + trailer


def _pdf(random: Random) -> bytes:
    """A valid PDF of 300 KB."""
    noise = random.randbytes(300_000)
    data, offsets = _pdf_parts([*_PDF_TEXT, (b"<< /Length %d >>\nstream\n%s\nendstream" % (len(noise), noise), b"\n")])
    return data + _pdf_end(offsets, at=len(data))


def digests(bodies: Mapping[str, Body | Stream]) -> dict[str, str]:
    """The SHA-256 of every body, by path."""
    found = {}
    for path, body in bodies.items():
        digest = hashlib.sha256()
        for piece in (body.data,) if isinstance(body, Body) else body.pieces():
            digest.update(piece)
        found[path] = digest.hexdigest()
    return found
