"""What a search finds, in the scripts that newspapers are written in, and through the versions of an article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archivist.catalog.fold import tokens
from archivist.catalog.hits import Found
from archivist.catalog.indexing import Indexer
from archivist.catalog.query import parse_query
from archivist.catalog.reader import Catalog
from archivist.catalog.writer import CatalogWriter, in_memory
from archivist.errors import UsageError
from archivist.model.article import Article, Block, Document, Page, Photo
from archivist.model.quality import Quality
from tests.unit.catalog.statements import CRANE, Numbered, article, capture, claim, document, numbered, snapshot


def _article(*paragraphs: str, **facts: str) -> Article:
    blocks = tuple(Block(kind="paragraph", text=text, path="article/p") for text in paragraphs)
    return replace(article(**facts), blocks=blocks)


def _versions(*articles: Article, url: str = CRANE) -> list[Numbered]:
    """One snapshot a version, on consecutive days."""
    return [
        numbered(
            snapshot(
                url,
                number,
                fingerprint=f"{number}",
                started=f"2026-11-{number:02}T10:00:00.000000Z",
                reading=replace(each, url=url),
            )
        )
        for number, each in enumerate(articles, start=1)
    ]


def _of(*texts: str) -> list[Numbered]:
    """An article for each text, called by its number."""
    return [
        each
        for number, text in enumerate(texts)
        for each in _versions(_article(text), url=f"https://courier.example/{number}")
    ]


def _found(statements: list[Numbered], query: str, *, limit: int = 20) -> Found:
    with in_memory(statements) as catalog:
        return catalog.search(parse_query(query), limit=limit)


def _numbers(statements: list[Numbered], query: str) -> set[int]:
    return {int(hit.row.article.rpartition("/")[2]) for hit in _found(statements, query).hits}


@pytest.mark.parametrize(
    ("text", "queries", "others"),
    [
        (
            "Der Präsident des Verfassungsschutzes",
            "präs* *schutz* verfassungsschutz PRÄSIDENT prasident",
            "schutz",
        ),
        ("Bundesamt für Straßenbau", "*amt strassenbau STRASSENBAU bundes* *bau", "amt *xamt*"),
        ("The naïve façade of Zoë’s café", "naive facade zoe CAFÉ cafe", "nai fac"),
        ("Łódź, Århus, Ærø, Ðakovo, Ístanbul ısı", "lodz arhus aero dakovo istanbul isi", "lod"),
        ("cranes and harbours", 'crane harbour cranes "cranes"', '"crane" ran'),
        ("أُغلِق الْمِينَاءُ أمسِ", 'ميناء الميناء اغلق أغلق "الميناء" مـيناء', 'مين "ميناء"'),
        ("إلى آخر الطريق في القاهرة", "اخر آخر الى إلي القاهره قاهرة", "خر"),
        ("בְּרֵאשִׁית בנמל", "בראשית נמל", "מל"),
        ("東京都港湾局のクレーンが停止", "港湾局 東京 クレーン 停 湾 港湾局のクレーン", "港局 京港 レン"),
        ("上海港口的起重机停了", "港口 起重机 上海港 机", "港重 上港"),
        ("항만은 오늘 닫혔다", "항만 오늘 닫혔", "만오"),
        ("ท่าเรือกรุงเทพปิด", "กรุงเทพ ท่าเรือ", "กเทพ"),
        ("हिन्दी में समाचार।", "हिन्दी समाचार", "हिन"),
        ("Краны порта, ёлка", "кран порт елка ЁЛКА", "ран"),
        ("Η Ελλάδα και ο άνεμος", "ελλαδα ανεμος ΆΝΕΜΟΣ", "λαδα"),
        ("ＦＵＬＬ ｗｉｄｔｈ ﬁnance ٢٠٢٦ don’t", "full width finance 2026 don't", "ull"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth", "hyphen"),
    ],
)
def test_scripts(text: str, queries: str, others: str) -> None:
    """Each of the words finds the text, and none of the others does."""
    statements = _of(text, "nothing of it")

    for query in queries.split():
        assert {0} == _numbers(statements, query), query
    for query in others.split():
        assert set() == _numbers(statements, query), query


def test_runs_are_found_in_phrases() -> None:
    """A piece of a script without blanks may stand beside a word of another."""
    statements = _of("昨日、ABC社の東京支店が", "東京 ABC")

    assert {0} == _numbers(statements, '"ABC社の東"')
    assert {0, 1} == _numbers(statements, "東京 abc")
    assert {1} == _numbers(statements, '"東京 abc"')


def test_every_word_must_stand() -> None:
    """All words, the phrases as they are, and none of those with a minus sign."""
    statements = _of("nine of its cranes", "its nine cranes", "nine ferries")

    assert {0, 1} == _numbers(statements, "nine cranes")
    assert {0} == _numbers(statements, '"nine of its"')
    assert {1, 2} == _numbers(statements, 'nine -"nine of"')
    assert {2} == _numbers(statements, "nine -cranes")


def test_headlines_come_first() -> None:
    """A word of a headline says more than one of the text."""
    statements = [
        *_versions(_article("A crane, seen from afar.", title="The harbour"), url="https://courier.example/1"),
        *_versions(_article("It fell.", title="Crane falls"), url="https://courier.example/2"),
    ]

    hits = _found(statements, "crane").hits

    assert ["https://courier.example/2", "https://courier.example/1"] == [hit.row.article for hit in hits]


def test_facts() -> None:
    """Author, credit, headline, site and dates are asked for by name."""
    photo = Photo(image=None, credit=claim("Photo: Mirela Falkner/Northquay").values[0])
    one = replace(
        _article("Nine cranes.", title="Harbour", authors="Ottilie Brandvold", site_name="The Courier"),
        photos=(photo,),
    )
    two = _article("Brandvold and Falkner met.", title="Ferry", published="2026-10-03")
    statements = [
        *_versions(one, url="https://courier.example/1"),
        *_versions(two, url="https://gazette.example/2"),
    ]

    assert {1} == _numbers(statements, "author:brandvold")
    assert {1, 2} == _numbers(statements, "brandvold")
    assert {1} == _numbers(statements, "credit:falkner")
    assert {2} == _numbers(statements, "text:falkner")
    assert {1} == _numbers(statements, "title:harbour")
    assert {2} == _numbers(statements, "site:gazette.example")
    assert {1} == _numbers(statements, 'site:"the courier"')
    assert {2} == _numbers(statements, "published:2026-10")
    assert set() == _numbers(statements, "courier"), "the name of a site stands in all that it publishes"
    assert {1, 2} == _numbers(statements, "after:2026-11-01 before:2026-11-02")
    assert set() == _numbers(statements, "after:2026-11-02")


def test_versions_of_a_hit() -> None:
    """A hit names the versions that hold the words, and its newest snapshot of them."""
    statements = _versions(
        _article("Nine cranes stood."), _article("Seven cranes."), _article("Nine cranes stood."), _article("None.")
    )

    (hit,) = _found(statements, "nine").hits
    (other,) = _found(statements, "before:2026-11-02 nine").hits

    assert ((1, 3), 4, 3) == (hit.versions, hit.total, hit.row.number)
    assert (1,) == other.versions


def test_a_text_is_kept_once() -> None:
    """Snapshots that only differ in where things were read share one text."""
    first = _article("Nine cranes.", title="Harbour")
    moved = replace(first, blocks=(replace(first.blocks[0], path="main/div/p"),))
    with in_memory(_versions(first, moved)) as catalog:
        assert 1 == sum(row[0] == "texts" for row in catalog.dump())
        (hit,) = catalog.search(parse_query("cranes"), limit=5).hits
    assert (1, 2) == hit.versions


def test_documents() -> None:
    """A linked PDF is searched as well; the hit names it and its page."""
    pdf = b"%PDF"
    read = replace(
        document(pdf, title="Safety report"),
        pages=(Page(number=1, paragraphs=("Foreword.",)), Page(number=2, paragraphs=("Seventy-seven days.",))),
    )
    made = snapshot(
        captures=(capture(), capture(f"{CRANE}/report.pdf", payload=pdf, role="document", offset=100)),
        reading=_article("Nine cranes."),
        documents=(read,),
    )

    (hit,) = _found([numbered(made)], '"seventy-seven"').hits

    assert f"{CRANE}/report.pdf" == hit.document
    assert hit.snippet
    assert "page 2" == hit.snippet.where
    assert [("Seventy-seven", True), (" days.", False)] == [*hit.snippet.parts]
    assert CRANE == hit.row.article


def test_edits() -> None:
    """What was taken out and put in: the two versions, and the place where it stood."""
    statements = _versions(
        _article("The minister allegedly lied.", title="Minister"),
        _article("The minister allegedly lied, twice.", title="Minister"),
        _article("The minister lied, twice.", title="Minister"),
    )

    (gone,) = _found(statements, "removed:allegedly").hits
    (came,) = _found(statements, "added:twice minister").hits

    assert (2, 3) == gone.versions
    assert gone.older
    assert (2, 3) == (gone.older.version, gone.row.version)
    assert gone.snippet
    assert ("allegedly", True) in gone.snippet.parts
    assert (1, 2) == came.versions
    for query in ("removed:minister", "added:allegedly", "removed:allegedly nowhere", "removed:allegedly -twice"):
        assert () == _found(statements, query).hits, query
    assert () == _found(statements, "removed:allegedly after:2026-11-04").hits


def test_a_paywall_removes_nothing() -> None:
    """A page that could not be read stands between two versions and is none of them."""
    one, two, three = _versions(_article("Nine cranes."), _article("Subscribe."), _article("Seven cranes."))
    wall = replace(two[2], quality=Quality(verdict="paywall"))  # type: ignore[type-var]

    found = _found([one, numbered(wall), three], "removed:nine")

    assert [(1, 3)] == [hit.versions for hit in found.hits]


def test_kinds_of_edits(tmp_path: Path) -> None:
    """The kinds come after the rows; until then a search says how many are missing."""
    statements = _versions(_article("Nine."), _article("Seven."), _article("Six."))
    path = tmp_path / "catalog.db"
    with CatalogWriter(path) as writer:
        writer.rebuild(statements)
        with Catalog(path) as catalog:
            assert 2 == catalog.search(parse_query("changed:number"), limit=5).untold
        told = writer.tell(lambda old, new: ["number_changed"] if new.version == 2 else ["quote_changed"])
        assert (2, 0) == (told, writer.tell(lambda old, new: ["never"]))

    with Catalog(path) as catalog:
        (number,) = catalog.search(parse_query("changed:number"), limit=5).hits
        assert ((1, 2), ("number_changed",)) == (number.versions, number.categories)
        assert () == catalog.search(parse_query("changed:number changed:quote"), limit=5).hits
        assert 1 == len(catalog.search(parse_query("changed:quote removed:seven"), limit=5).hits)


def test_limits() -> None:
    """One hit an article, as many as are asked for, and word of it where there are more."""
    statements = _of(*["cranes"] * 5)

    found = _found(statements, "cranes", limit=3)

    assert (3, True) == (len(found.hits), found.is_more)
    assert not _found(statements, "cranes", limit=5).is_more


def test_stars_have_bounds() -> None:
    """A star before one or two letters is refused, with a way on; behind them it finds words that begin so."""
    statements = _of("amt am amtlich")

    assert {0} == _numbers(statements, "am*")
    with pytest.raises(UsageError, match="too short"):
        _found(statements, "*am")


def test_snippets_are_short_and_marked() -> None:
    """Around the first place, cut at blanks, every place marked, also where letters fold to several."""
    text = f"{'vor ' * 60}die Straße und die Strasse {'nach ' * 60}"

    (hit,) = _found(_of(text), "strasse").hits

    assert hit.snippet
    assert ["Straße", "Strasse"] == [part for part, is_hit in hit.snippet.parts if is_hit]
    assert hit.snippet.is_cut_before
    assert hit.snippet.is_cut_behind
    assert 230 > len(hit.snippet.text)
    assert hit.snippet.text.startswith("vor ")


def test_tokens_of_a_run() -> None:
    """Pairs of neighbours, and the last letter alone."""
    assert ["港湾", "湾局", "局", "2026"] == [*tokens("港湾局 2026")]


def test_hostile_text() -> None:
    """Quotation marks, controls and endless words are text like any other."""
    statements = _of('a" OR "b \x00 \x1b[31m ' + "x" * 5_000 + " crane", "ok")

    (hit,) = _found(statements, "crane").hits

    assert hit.snippet
    assert set() == _numbers(statements, "x" * 1_900)


def test_rebuilt_equals_live(tmp_path: Path) -> None:
    """Texts, words and edits are the same however they came to be there."""
    statements = _versions(_article("Nine cranes."), _article("Seven cranes."), _article("Nine cranes."))
    with CatalogWriter(tmp_path / "live.db") as writer:
        for each in statements:
            writer.add(*each)
    with Indexer(tmp_path / "live.db") as indexer:
        assert len(statements) - 1 == indexer.index_some()
    with Catalog(tmp_path / "live.db") as live, in_memory(statements) as made:
        assert made.dump() == live.dump()
        for query in ("nine", "removed:nine", "*ran*"):
            assert made.search(parse_query(query), limit=9) == live.search(parse_query(query), limit=9)


def test_document_type() -> None:
    """A document without a page is none that could be found, and no error."""
    bare = Document(url=f"{CRANE}/a.pdf", sha256="0" * 64, media_type="application/pdf")

    assert () == _found([numbered(snapshot(reading=_article("x"), documents=(bare,)))], "nothing").hits


def test_a_star_may_stand_for_very_many_words() -> None:
    """Hundreds of compounds: found, barred, and seen to go, the newest first."""
    compounds = [f"{chr(97 + number // 26)}{chr(97 + number % 26)}schutz" for number in range(300)]
    statements = _of(" ".join(compounds), "hafenschutz und kran", "nur ein kran")

    assert {0, 1} == _numbers(statements, "*schutz")
    assert {1} == _numbers(statements, "*schutz kran")
    assert {0} == _numbers(statements, "*schutz -kran")
    assert {2} == _numbers(statements, "kran -*schutz")
    assert {0, 1} == _numbers(statements, "*schutz after:2026-11-01")
    assert set() == _numbers(statements, "*schutz after:2026-11-02")
    edited = _versions(_article(" ".join(compounds)), _article("nichts"))
    assert [(1, 2)] == [hit.versions for hit in _found(edited, "removed:*schutz").hits]


def test_edits_of_documents() -> None:
    """What a document of one address no longer says was removed, too; what another document says is no matter."""

    def version(number: int, *texts: str) -> Numbered:
        read = [
            Document(
                url=f"{CRANE}/{place}.pdf",
                sha256=f"{number}{place}" * 32,
                media_type="application/pdf",
                pages=(Page(number=1, paragraphs=(text,)),),
            )
            for place, text in enumerate(texts)
        ]
        captures = [
            replace(capture(each.url, role="document"), payload=replace(capture().payload, sha256=each.sha256))
            for each in read
        ]
        return numbered(
            snapshot(
                number=number,
                fingerprint=f"{number}",
                started=f"2026-11-0{number}T10:00:00.000000Z",
                captures=(capture(), *captures),
                reading=_article("Cranes."),
                documents=tuple(read),
            )
        )

    statements = [version(1, "Nine cranes.", "Nine ferries."), version(2, "Seven cranes.", "Nine ferries.")]

    (gone,) = _found(statements, "removed:nine").hits
    (came,) = _found(statements, "added:seven ferries").hits

    assert (f"{CRANE}/0.pdf", (1, 2)) == (gone.document, gone.versions)
    assert (1, 2) == came.versions
    assert () == _found(statements, "removed:ferries").hits
    assert () == _found(statements, "removed:nine -seven").hits
