"""Two readings to one diff: what is told where, its categories and the verdict."""

from __future__ import annotations

import pytest

from archivist.diff.compare import Beside, compare
from archivist.errors import BadDocument
from archivist.model.article import Reading
from archivist.model.change import Diff
from tests.unit.diff.editions import (
    COUNT,
    END,
    LEDE,
    PHOTO,
    QUOTE,
    REPORT,
    block,
    document,
    first_edition,
    photo,
    reading,
    second_edition,
)

TEXT = tuple(map(block, (LEDE, COUNT, QUOTE, END)))


def edited(old: str, new: str) -> Diff:
    """What an edit of one block behind the lede comes to."""
    return compare(reading(block(LEDE), block(old)), reading(block(LEDE), block(new)))


def test_two_editions() -> None:
    """Quote, number, credit and document are found, and nothing else; nobody said so."""
    diff = compare(first_edition(), second_edition())
    assert (
        "credit_changed",
        "number_changed",
        "paragraph_edited",
        "pdf_text_changed",
        "quote_changed",
        "stealth_edit",
    ) == diff.categories
    assert "undeclared" == diff.verdict.kind
    assert ("4 changes", "the page still says it was last updated 2026-11-20 09:15") == diff.verdict.reasons
    assert (1, 1) == (diff.blocks[0].old_index, diff.blocks[0].new_index)


def test_same() -> None:
    """An edition held against itself is the same, and nothing is told."""
    diff = compare(first_edition(), first_edition())
    assert diff.is_empty
    assert ((), "same", ("nothing changed",)) == (diff.categories, diff.verdict.kind, diff.verdict.reasons)
    told = diff.to_json()
    assert (True, ["noise_only"], [], [], []) == tuple(
        told[name] for name in ("noise_only", "categories", "paragraphs", "metadata", "links")
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # numbers
        ("There were 100 of them in town.", "There were 102 of them in town.", {"number_changed"}),
        ("It cost 1,200 crowns in all.", "It cost 1200 crowns in all.", set()),
        ("There were 7 of them, of 9 in town.", "There were, of 9 in town, 7 of them.", set()),
        ("Some 5 boats and 7 ships came.", "Some 7 boats and 8 ships came.", {"number_changed"}),
        ("It cost 1,200 crowns in all.", "It cost 1200 to 1300 crowns in all.", set()),
        ("Some 5 boats came in at last.", "Some boats came in at last.", set()),
        # quotations
        (QUOTE, QUOTE.replace("scandal", "pity"), {"quote_changed"}),
        (QUOTE, QUOTE.replace("chairs", "leads"), set()),
        (QUOTE.replace("“", '"').replace("”", '"'), QUOTE.replace("scandal", "pity"), {"quote_changed"}),
        ("He said: «C’est une honte pour la ville».", "He said: «C’est un scandale pour la ville».", {"quote_changed"}),
        ("The mayor said “it is over and done” on Friday.", "The mayor said on Friday.", set()),
        # names
        ("A board led by Yves Herman met.", "A board led by Yves Hermann met.", {"name_changed"}),
        ("A board led by Yves Herman met.", "A board led by Jules Herman met.", {"name_changed"}),
        ("They met in town on Monday again.", "They met in town on Friday again.", set()),
        ("It rained. Boats left the town early.", "It rained. Boots left the town early.", set()),
        ("Boats came into the harbour today.", "Ships came into the harbour today.", set()),
    ],
)
def test_wording(old: str, new: str, expected: set[str]) -> None:
    """Numbers, quotations and names are told apart from other words."""
    assert expected | {"paragraph_edited", "stealth_edit"} == set(edited(old, new).categories)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (reading(*TEXT[1:]), {"paragraph_deleted", "lede_changed"}),
        (reading(block(LEDE.replace("Tuesday", "monday")), *TEXT[1:]), {"paragraph_edited", "lede_changed"}),
        (reading(*TEXT, block("One more thing.")), {"paragraph_inserted"}),
        (reading(*TEXT[:2], TEXT[3], TEXT[2]), {"paragraph_moved"}),
        (reading(*TEXT, title="A"), {"headline_changed"}),
        (reading(*TEXT, contributors="Eva Fu"), {"byline_changed"}),
        (reading(*TEXT, photos=[photo(caption="The quay")]), {"photo_changed", "caption_changed"}),
        (reading(*TEXT, block("A boat, by hand", "caption")), {"caption_changed"}),
    ],
)
def test_places(new: Reading, expected: set[str]) -> None:
    """Each place of an article has its category, and all of these are stealth edits."""
    assert expected | {"stealth_edit"} == set(compare(reading(*TEXT), new).categories)


def test_number_in_the_headline() -> None:
    """Numbers in headline and caption count as in the text."""
    old = reading(title="Five dead, 100 hurt", photos=[photo(caption="Some 100 boats")])
    assert "number_changed" in compare(old, reading(title="Five dead, 102 hurt")).categories
    caption = reading(title="Five dead, 100 hurt", photos=[photo(caption="Some 102 boats")])
    assert "number_changed" in compare(old, caption).categories


def test_link_and_pages() -> None:
    """Changed links and inserted pages have their categories."""
    old = reading(block(LEDE, links={"board": "https://a.example/x"}))
    new = reading(block(LEDE, links={"board": "https://a.example/y"}))
    assert ("link_changed", "stealth_edit") == compare(old, new).categories
    papers = [
        Reading(article=None, documents=(document(["One."], ["Two."]),)),
        Reading(article=None, documents=(document(["One."], ["Between."], ["Two."], sha256="b" * 64),)),
    ]
    assert ("pdf_page_inserted",) == compare(*papers).categories
    assert ("pdf_page_deleted",) == compare(*reversed(papers)).categories


NOTE = block("Correction: an earlier version gave the number as 100.", "correction")
EDIT = (block(LEDE), block(COUNT.replace("100", "102")))


@pytest.mark.parametrize(
    ("old", "new", "kind", "reason"),
    [
        (None, None, "undeclared", "the page gives no date of update"),
        ("2026-11-20", "2026-11-20", "undeclared", "the page still says it was last updated 2026-11-20"),
        (
            "2026-11-20",
            "2026-11-21",
            "declared",
            "the page now says it was updated 2026-11-21, before it said 2026-11-20",
        ),
        (None, "2026-11-21", "declared", "the page now says it was updated 2026-11-21"),
        ("2026-11-20", "2026-11-19", "undeclared", "the date of update moved back from 2026-11-20 to 2026-11-19"),
        ("2026-11-20", None, "undeclared", "the page no longer says when it was updated, before it said 2026-11-20"),
    ],
)
def test_verdict_by_date(old: str | None, new: str | None, kind: str, reason: str) -> None:
    """An edit is declared when the date of update moved forward, and only then."""
    before, after = ({"updated": date} if date else {} for date in (old, new))
    diff = compare(reading(block(LEDE), block(COUNT), **before), reading(*EDIT, **after))
    assert (kind, reason) == (diff.verdict.kind, diff.verdict.reasons[-1])
    assert (kind == "undeclared") == ("stealth_edit" in diff.categories)


@pytest.mark.parametrize("new", [reading(*EDIT, NOTE), reading(*EDIT, notes=NOTE.text)])
def test_verdict_by_note(new: Reading) -> None:
    """An edit is declared when a correction note was added, in the text or beside it."""
    diff = compare(reading(block(LEDE), block(COUNT)), new)
    assert ("declared", ("2 changes", "a correction note was added")) == (diff.verdict.kind, diff.verdict.reasons)
    assert "correction_added" in diff.categories
    assert "paragraph_inserted" not in diff.categories


def test_old_note() -> None:
    """A note that stood there before declares nothing."""
    diff = compare(reading(block(LEDE), block(COUNT), NOTE), reading(*EDIT, NOTE))
    assert "undeclared" == diff.verdict.kind


@pytest.mark.parametrize("new", [reading(*EDIT), reading(*EDIT, block(NOTE.text.replace("100", "99"), "correction"))])
def test_note_undone(new: Reading) -> None:
    """A note that was taken away or rewritten declares nothing."""
    diff = compare(reading(block(LEDE), block(COUNT), NOTE), new)
    assert "undeclared" == diff.verdict.kind
    assert "correction_added" not in diff.categories


def test_note_with_the_date() -> None:
    """A correction note from which the date of update was read is still told as a note."""
    diff = compare(reading(block(LEDE)), reading(block(LEDE), NOTE, updated=NOTE.text))
    assert [("insert", "correction")] == [(change.op, change.kind) for change in diff.blocks]


def test_empty_update() -> None:
    """A date of update that moved alone is an empty update."""
    diff = compare(reading(*TEXT, updated="2026-11-20"), reading(*TEXT, updated="2026-11-21"))
    assert ("empty-update", ("date_updated",)) == (diff.verdict.kind, diff.categories)
    assert "nothing else changed" == diff.verdict.reasons[-1]


def test_saved_again() -> None:
    """A linked document that was saved again and reads the same is told, and is no edit."""
    old, new = (
        Reading(article=reading(documents=[REPORT]).article, documents=(document(["One."], sha256=mark * 64),))
        for mark in "ab"
    )
    diff = compare(old, new)
    assert not diff.is_empty
    assert ("same", ()) == (diff.verdict.kind, diff.categories)
    assert "a linked document has other bytes and reads the same" == diff.verdict.reasons[-1]


def test_told_once() -> None:
    """Blocks that only repeat headline, date line, caption or credit are told by their fields and photos."""
    old = reading(
        block("A", "heading"),
        block("Updated 9:15"),
        block("The quay", "caption"),
        block("Photo: M. Quill", "credit"),
        photos=[photo(caption="The quay", shot_by="Photo: M. Quill")],
        title="A",
        updated="Updated 9:15",
    )
    new = reading(
        block("B", "heading"),
        block("Updated 9:20"),
        block("The mole", "caption"),
        block("Photo: J. Ash", "credit"),
        photos=[photo(caption="The mole", shot_by="Photo: J. Ash")],
        title="B",
        updated="Updated 9:20",
    )
    diff = compare(old, new)
    assert ((), ["title", "updated"]) == (diff.blocks, [change.field for change in diff.fields])
    assert ["caption", "credit"] == [change.what for change in diff.photos]


def test_hashes_are_used() -> None:
    """Hashes of images and documents show what addresses hide."""
    page = reading(photos=[photo()], documents=[REPORT])
    diff = compare(
        page,
        page,
        beside_old=Beside(documents={REPORT: "a" * 64}, images={PHOTO: "a" * 64}),
        beside_new=Beside(documents={REPORT: "b" * 64}, images={PHOTO: "b" * 64}),
    )
    assert (["image"], ["replaced"]) == ([p.what for p in diff.photos], [d.what for d in diff.documents])
    assert "2 changes" == diff.verdict.reasons[0]


@pytest.mark.parametrize("is_new", [True, False])
def test_no_article(is_new: bool) -> None:
    """A page that was not read as an article is not taken for one that lost all its text."""
    pair = (reading(*TEXT), Reading(article=None))
    with pytest.raises(BadDocument, match="newer" if is_new else "older"):
        compare(*(pair if is_new else reversed(pair)))


def test_json() -> None:
    """The diff in JSON has every change, by the names that people who study edits use."""
    told = compare(first_edition(), second_edition()).to_json()
    assert ("archivist-diff-1", False) == (told["schema"], told["noise_only"])
    assert {
        "field": "credit",
        "image": PHOTO,
        "what": "credit",
        "old": "Photo: Mara Quill/Harbour Press",
        "new": "Photo: Jon Ash/Harbour Press",
    } == told["metadata"][0]
    assert [None, None, REPORT] == [change.get("document") for change in told["paragraphs"]]
    (paper,) = told["documents"]
    assert ("replaced", "a" * 64, "b" * 64, True) == tuple(
        paper[name] for name in ("what", "old_sha256", "new_sha256", "is_read")
    )
    links = {"board": "https://a.example/x", "heard": "https://a.example/z"}
    old, new = (
        reading(block(LEDE.replace("hear", "heard"), links=links)),
        reading(block(LEDE.replace("hear", "heard"), links={"board": "https://a.example/y"}), title="A"),
    )
    rest = compare(old, new).to_json()
    assert [("headline", "title", None, "A")] == [
        tuple(change[name] for name in ("field", "name", "old", "new")) for change in rest["metadata"]
    ]
    assert [{"old": "https://a.example/x", "new": "https://a.example/y", "text": "board"}] == rest["links"]
    assert [{"old": "https://a.example/z", "new": None, "text": "heard"}] == rest["linked"]


def test_rewritten_page() -> None:
    """A page on which nothing stayed is an edited page where the number of pages is the same."""
    old, new = (
        Reading(article=None, documents=(document([text], sha256=mark * 64),))
        for mark, text in (("a", "Once."), ("b", "Quite other words."))
    )
    assert ("pdf_text_changed",) == compare(old, new).categories


def test_block_quotation() -> None:
    """A block that is a quotation needs no quotation marks."""
    old, new = (
        reading(block(LEDE), block(f"It was a {word} for the whole town.", "quote")) for word in ("joy", "pity")
    )
    assert ("paragraph_edited", "quote_changed", "stealth_edit") == compare(old, new).categories
