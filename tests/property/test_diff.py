"""What must hold for the comparison of any two texts."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from archivist.diff.align import matches
from archivist.diff.blocks import BlockComparison, compare_blocks
from archivist.diff.compare import compare
from archivist.diff.history import histories
from archivist.diff.key import key
from archivist.diff.render import render_text
from archivist.wire.repair import repaired
from archivist.diff.seams import alike
from archivist.diff.text import compare_text
from archivist.diff.words import compare_words, tokens
from archivist.model.article import Article, Block, Reading
from archivist.model.outline import Passage

words = st.sampled_from(("the", "harbour", "board", "100", "102", "met", "“said”", "東京", "не", "é", "e\u0301", "."))
sentences = st.lists(words, max_size=12).map(" ".join) | st.text(max_size=30)
texts = st.lists(sentences, max_size=8)
letters = st.lists(st.sampled_from("abcd"), max_size=40)


def blocks(lines: list[str]) -> list[Block]:
    """The lines as paragraphs."""
    return [Block(kind="paragraph", text=line, path="p") for line in lines]


def reading(lines: list[str]) -> Reading:
    """The lines as an article."""
    return Reading(article=Article(url="https://a.example/", blocks=tuple(blocks(lines))))


def counted(comparison: BlockComparison) -> Counter[str]:
    """How many changes of each operation."""
    return Counter(change.op for change in comparison.changes)


@given(st.text())
def test_tokens_are_the_text(text: str) -> None:
    """No character is lost or made up when a text is cut into words."""
    assert text == "".join(tokens(text))


@given(sentences | st.text(), sentences | st.text())
@example("e\u0301", "e")
@example("a  b", "a b")
def test_spans_give_both_texts(old: str, new: str) -> None:
    """The spans without insertions are the old text, and without deletions the new one."""
    spans = compare_words(old, new)
    assert old == "".join(span.text for span in spans if span.op != "insert")
    assert new == "".join(span.text for span in spans if span.op != "delete")
    assert all(span.text for span in spans)
    assert all(before.op != after.op for before, after in pairwise(spans))


@given(sentences)
def test_same_text(text: str) -> None:
    """A text held against itself is one equal span."""
    assert (["equal"] if text else []) == [span.op for span in compare_words(text, text)]


@given(sentences, sentences)
def test_words_swapped(old: str, new: str) -> None:
    """Seen from the other side, what was deleted was inserted, and the reverse."""
    there, back = compare_words(old, new), compare_words(new, old)
    assert [span.text for span in there if span.op == "delete"] == [span.text for span in back if span.op == "insert"]
    assert [span.text for span in there if span.op == "equal"] == [span.text for span in back if span.op == "equal"]


@given(letters, letters)
def test_matches(old: list[str], new: list[str]) -> None:
    """Matches are equal items, rise on both sides, and are the same from the other side."""
    found = matches(old, new)
    assert all(old[i] == new[j] for i, j in found)
    assert all(i < next_i and j < next_j for (i, j), (next_i, next_j) in pairwise(found))
    assert [(j, i) for i, j in found] == matches(new, old)


@given(st.integers(200, 400), st.integers(200, 400))
def test_matches_without_anchors(old: int, new: int) -> None:
    """Long runs without a single rare item are still aligned in order."""
    found = matches(list("ab" * old + "x"), list("ba" * new + "y"))
    assert len(found) >= min(old, new)
    assert all(i < next_i and j < next_j for (i, j), (next_i, next_j) in pairwise(found))


@given(texts, texts)
def test_every_block_once(old: list[str], new: list[str]) -> None:
    """Every block of both sides is the same, moved, edited, deleted or inserted: exactly one of these."""
    comparison = compare_blocks(blocks(old), blocks(new))
    old_told = [i for i, _ in comparison.same] + [c.old_index for c in comparison.changes if c.old_index is not None]
    new_told = [j for _, j in comparison.same] + [c.new_index for c in comparison.changes if c.new_index is not None]
    assert list(range(len(old))) == sorted(old_told)
    assert list(range(len(new))) == sorted(new_told)
    for change in comparison.changes:
        assert (change.old, change.new) == (
            None if change.old_index is None else old[change.old_index],
            None if change.new_index is None else new[change.new_index],
        )


@given(texts, texts)
@example(["the board", ""], ["", *["the harbour"] * 3, "the"])
def test_blocks_swapped(old: list[str], new: list[str]) -> None:
    """Seen from the other side, what was deleted was inserted, and the reverse."""
    there, back = compare_blocks(blocks(old), blocks(new)), compare_blocks(blocks(new), blocks(old))
    assert counted(there)["delete"] == counted(back)["insert"]
    assert counted(there)["insert"] == counted(back)["delete"]
    assert counted(there)["replace"] == counted(back)["replace"]


@given(st.lists(sentences, max_size=8, unique_by=key), st.randoms(use_true_random=False))
def test_shuffled(lines: list[str], random: object) -> None:
    """Blocks that only change their order are moves, never deletions and insertions."""
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    comparison = compare_blocks(blocks(lines), blocks(shuffled))
    assert {"move"} >= set(counted(comparison))
    assert (shuffled == lines) == (not comparison.changes)


@given(texts)
def test_same_blocks(lines: list[str]) -> None:
    """An article held against itself has no change, whatever it says."""
    diff = compare(reading(lines), reading(lines))
    assert diff.is_empty
    assert ("same", ()) == (diff.verdict.kind, diff.categories)


@given(texts, texts, st.booleans())
def test_render(old: list[str], new: list[str], colour: bool) -> None:
    """Any diff is shown, in printable text, and always the same."""
    first, second = (
        render_text(compare(reading(old), reading(new)), old_label="v1", new_label="v2", colour=colour, width=40)
        for _ in range(2)
    )
    assert first == second
    if not colour:
        # The joiners of Persian, Hindi and emoji, and the soft hyphen, are let through.
        assert first.translate(dict.fromkeys(map(ord, "\n\u200c\u200d\u00ad"))).isprintable()


places = st.sampled_from(
    ("html/body/main/div/p", "html/body/main/div/div/p", "html/body/aside/p", "html/body/main/ul/li")
)
passages = st.lists(
    st.builds(
        lambda text, path, is_main, marks: Passage(
            block=Block(kind="paragraph", text=text, path=path), is_main=is_main, marks=marks
        ),
        sentences.filter(bool),
        places,
        st.booleans(),
        st.sampled_from(("", "text", "x9", "text wide")),
    ),
    max_size=10,
)


@given(passages)
def test_page_against_itself(page: list[Passage]) -> None:
    """A page held against itself shows no edit, whatever is on it."""
    assert () == compare_text(page, page).changes


@given(passages, passages)
def test_pages_are_compared_alike(old: list[Passage], new: list[Passage]) -> None:
    """Two runs tell the same; every change is of words that are on the pages, and none is told twice."""
    found, again = compare_text(old, new), compare_text(old, new)
    assert found == again
    before, after = (Counter(word for one in page for word in one.block.text.split()) for page in (old, new))
    assert not Counter(word for change in found.changes for word in (change.old or "").split()) - before
    assert not Counter(word for change in found.changes for word in (change.new or "").split()) - after
    assert 0 <= found.left_out


@given(texts, texts)
def test_seams_lose_no_word(old: list[str], new: list[str]) -> None:
    """Cut anew, both sides have the words that they had, in their order."""
    for lines, pieces in zip((old, new), alike(old, new), strict=True):
        assert "".join("".join(lines).split()) == "".join("".join(piece.text for piece in pieces).split())


@given(st.lists(texts, max_size=4))
def test_histories_end_in_the_last_version(versions: list[list[str]]) -> None:
    """The paragraphs of the last version come first, as they stand; each was first seen before it was last seen."""
    told = histories([blocks(lines) for lines in versions])
    last = versions[-1] if versions else []
    assert last == [each.text for each in told][: len(last)]
    assert all(each.first <= each.last for each in told)


@given(st.text())
def test_repair_is_stable(text: str) -> None:
    """What was mended once needs no mending of its ASCII, and plain text is left alone."""
    if text.isascii():
        assert text == repaired(text)
    assert len(repaired(text)) <= len(text)
