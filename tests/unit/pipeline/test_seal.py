"""From what was stored and read to the manifest: numbering, chaining, and what is referred to instead of repeated."""

from __future__ import annotations

from dataclasses import replace

from archivist.model.article import Article, Block, Claim, Document, Evidence, LinkedDocument, Photo, Reading, Settled
from archivist.model.capture import Capture, RecordRef
from archivist.model.digest import Digests
from archivist.model.manifest import Asked, Snapshot
from archivist.model.page import PageReading
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality
from archivist.pipeline.seal import Previous, Taking, article_of, photos_of, seal, versions_of
from archivist.store.ledger import placed
from archivist.workspace import Newest

_EVIDENCE = Evidence(witness="heading", at="/h1", text="Cranes")
_TITLE = {"title": Settled(values=(Claim(value="Cranes", evidence=_EVIDENCE),))}
_PDF = LinkedDocument(url="https://e.example/a.pdf", text="report", evidence=_EVIDENCE)
ARTICLE = Article(
    url="https://e.example/a",
    fields=_TITLE,
    photos=(Photo(image="https://e.example/a.jpg"), Photo(image=None)),
    documents=(_PDF,),
    blocks=(Block(kind="paragraph", text="Nine cranes.", path="p"),),
)
DOCUMENT = Document(url=_PDF.url, sha256="pdf-1", media_type="application/pdf", page_count=1)


def _capture(uri: str, sha256: str, *, role: str = "page", location: str | None = None) -> Capture:
    base = Capture(
        uri=uri,
        role="page",
        date="2026-11-23T18:15:12.123456Z",
        milliseconds=1,
        status=200,
        payload=Digests(length=1, sha256=sha256, blake3=""),
        record=RecordRef(file="a", offset=0, length=1, id="x"),
        location=location,
    )
    return Capture.from_json({**base.to_json(), "role": role})


CAPTURES = (
    _capture("https://e.example/a", "page-1"),
    _capture("https://e.example/a.jpg", "jpg-1", role="requisite"),
    _capture("https://e.example/a.pdf", "moved", role="document", location="https://e.example/b.pdf"),
    _capture("https://e.example/b.pdf", "pdf-1", role="document"),
)
TAKING = Taking(
    archive="archive",
    article="https://e.example/a",
    asked=Asked(url="https://e.example/a", verb="snap"),
    started="2026-11-23T18:15:12.123456Z",
    ended="2026-11-23T18:15:13.123456Z",
    software={},
    stored=(),
    captures=CAPTURES,
    reading=ARTICLE,
    documents=(DOCUMENT,),
    quality=Quality(verdict="article"),
)
FIRST = seal(TAKING, previous=None)
READING = Reading(article=ARTICLE, documents=(DOCUMENT,))


def _previous(snapshot: Snapshot, *, id: str) -> Previous:  # noqa: A002
    """The snapshot as the next one sees it, read once and not anew."""
    newest = Newest(
        id=id,
        snapshot=snapshot,
        placed=placed(id, snapshot, {}.__getitem__),
        statement=id,
        held=snapshot.held,
        reading=READING,
        fingerprint=snapshot.fingerprint,
        quality=snapshot.quality,
        problems=(),
        software={},
        at=snapshot.ended,
    )
    return Previous.of(newest)


PREVIOUS = _previous(FIRST, id="first")
AGAIN = replace(TAKING, documents=(), known={"pdf-1": "first"})


def test_the_first_of_an_article() -> None:
    """Number 1, without a predecessor, with its readings whole."""
    assert (1, None) == (FIRST.number, FIRST.previous)
    assert ARTICLE == FIRST.article_reading
    assert (DOCUMENT,) == FIRST.documents
    assert FIRST.same_reading_as is None


def test_what_is_unchanged_is_referred_to() -> None:
    """The second is chained behind the first, holds no reading of its own, and is the same version."""
    second = seal(AGAIN, previous=PREVIOUS)

    assert (2, "first") == (second.number, second.previous)
    assert second.article_reading is None
    assert "first" == second.same_reading_as
    assert {"pdf-1": "first"} == second.same_documents_as
    assert FIRST.fingerprint == second.fingerprint


def test_pictures_are_read_once() -> None:
    """What a photo's file says stands in one manifest, to which the later ones refer."""
    facts = PictureFacts(url="https://e.example/a.jpg", sha256="jpg-1", width=4)
    first = seal(replace(TAKING, pictures=(facts,)), previous=None)
    before = _previous(first, id="first")
    second = seal(replace(AGAIN, known_pictures={"jpg-1": "first"}), previous=before)

    assert ((facts,), {}) == (first.pictures, first.same_pictures_as)
    assert ((), {"jpg-1": "first"}) == (second.pictures, second.same_pictures_as)
    assert {"jpg-1": "first"} == before.picture_holders
    assert {"jpg-1": "first"} == _previous(second, id="second").picture_holders
    assert FIRST.fingerprint == first.fingerprint == second.fingerprint


def test_photos_of_the_article() -> None:
    """Those that came whole, by the address in the page; without an article there are none."""
    broken = replace(CAPTURES[1], truncated="length")

    assert {"https://e.example/a.jpg": CAPTURES[1]} == photos_of(CAPTURES, article=ARTICLE)
    assert {} == photos_of((CAPTURES[0], broken), article=ARTICLE)
    assert {} == photos_of(CAPTURES, article=None)


def test_references_go_to_the_holder() -> None:
    """The third refers to the first, which holds the reading, not to the second, which refers itself."""
    second = seal(AGAIN, previous=PREVIOUS)
    third = seal(AGAIN, previous=_previous(second, id="second"))

    assert ("second", "first") == (third.previous, third.same_reading_as)
    assert {"pdf-1": "first"} == _previous(second, id="second").document_holders


def test_an_edit_is_another_version() -> None:
    """Another word, another photo's bytes and another document's bytes each make a new fingerprint."""
    edited = replace(ARTICLE, blocks=(Block(kind="paragraph", text="Seven cranes.", path="p"),))
    versions = [
        FIRST,
        seal(replace(TAKING, reading=edited), previous=PREVIOUS),
        seal(
            replace(TAKING, captures=(CAPTURES[0], _capture(CAPTURES[1].uri, "jpg-2"), *CAPTURES[2:])),
            previous=PREVIOUS,
        ),
        seal(replace(TAKING, captures=(*CAPTURES[:3], _capture(CAPTURES[3].uri, "pdf-2"))), previous=PREVIOUS),
    ]

    assert 4 == len({version.fingerprint for version in versions})


def test_the_page_itself_is_no_version() -> None:
    """Other bytes of a page that reads the same are no edit: counters and advertisements change with every visit."""
    other = seal(replace(AGAIN, captures=(_capture(CAPTURES[0].uri, "page-2"), *CAPTURES[1:])), previous=PREVIOUS)

    assert FIRST.fingerprint == other.fingerprint


def test_unread_pages_are_told_apart_by_their_bytes() -> None:
    """Where nothing was read, the page's digest decides."""
    unread = replace(TAKING, reading=None, documents=())
    changed = replace(unread, captures=(_capture(CAPTURES[0].uri, "page-2"), *CAPTURES[1:]))

    assert seal(unread, previous=None).fingerprint == seal(unread, previous=PREVIOUS).fingerprint
    assert seal(unread, previous=None).fingerprint != seal(changed, previous=None).fingerprint
    assert seal(unread, previous=PREVIOUS).same_reading_as is None


def test_damaged_predecessor() -> None:
    """Of a manifest that cannot be read the number, id and fingerprint are enough to go on; nothing refers to it."""
    damaged = Previous(id="first", number=7, fingerprint="ab")

    following = seal(TAKING, previous=damaged)

    assert (8, "first") == (following.number, following.previous)
    assert ARTICLE == following.article_reading


def test_versions_of_what_the_article_shows() -> None:
    """Documents and photos by the address in the page, through their redirects; what was not captured is left out."""
    assert ({_PDF.url: "pdf-1"}, {"https://e.example/a.jpg": "jpg-1"}) == versions_of(CAPTURES, article=ARTICLE)
    assert ({}, {}) == versions_of(CAPTURES[:1], article=ARTICLE)
    assert ({}, {}) == versions_of(CAPTURES, article=None)


def test_what_is_out_of_reach_was_not_edited() -> None:
    """Without the photo's or the document's bytes it is the same version; an error page is none of them."""
    without = [capture for capture in CAPTURES if not capture.uri.endswith(("a.jpg", "b.pdf"))]
    broken = Capture.from_json({**CAPTURES[1].to_json(), "status": 503, "sha256": "error"})
    cut = Capture.from_json({**CAPTURES[3].to_json(), "truncated": "disconnect", "sha256": "half"})

    for captures in (tuple(without), (*without, broken, cut)):
        silent = seal(replace(AGAIN, captures=captures), previous=PREVIOUS)
        assert FIRST.fingerprint == silent.fingerprint
        after = _previous(silent, id="second")
        assert FIRST.fingerprint == seal(AGAIN, previous=after).fingerprint
        changed = (*CAPTURES[:3], _capture(CAPTURES[3].uri, "pdf-2", role="document"))
        assert FIRST.fingerprint != seal(replace(TAKING, captures=changed), previous=after).fingerprint


def test_what_is_no_longer_linked_was_edited() -> None:
    """An article that links one document less is another version, also where its text is the same."""
    unlinked = seal(replace(TAKING, reading=replace(ARTICLE, documents=())), previous=PREVIOUS)

    assert FIRST.fingerprint != unlinked.fingerprint


def test_possible_documents_are_confirmed_by_their_answers() -> None:
    """A possible document that was captured joins the article's; others, and other roles, do not."""
    links = [
        LinkedDocument(url=f"https://e.example/{name}", text="x", evidence=_EVIDENCE)
        for name in ("b.pdf", "a.jpg", "c")
    ]
    reading = PageReading(article=ARTICLE, quality=Quality(verdict="article"), possible=tuple(links))

    found = article_of(reading, CAPTURES)

    assert found is not None
    assert (_PDF, links[0]) == found.documents
    assert article_of(None, CAPTURES) is None
    assert article_of(PageReading(article=None, quality=Quality(verdict="page")), CAPTURES) is None
