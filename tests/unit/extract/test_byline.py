"""The visible byline, and those who are thanked."""

from __future__ import annotations

import time

import pytest

from archivist.extract.byline import byline_claims
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page, pairs, story


def found(markup: str) -> list[tuple[str, str]]:
    """What the witness says of a page."""
    html = page(markup)
    return pairs(byline_claims(html, main_text(html)))


MARA = [("authors", "Mara Quill")]
BOTH = [("authors", "Mara Quill"), ("authors", "Jo Finch")]
BYLINES = {
    '<p class="byline">By Mara Quill</p>': MARA,
    '<p class="byline">Mara Quill</p>': MARA,
    '<div class="article-author">Von Mara Quill</div>': MARA,
    '<span itemprop="author">Mara Quill</span>': MARA,
    '<a rel="author" href="/mq">Mara Quill</a>': MARA,
    "<p>By Mara Quill</p>": MARA,
    '<div class="share-byline"><div>By Mara Quill</div></div>': MARA,
    '<p class="byline">By Mara Quill and Jo Finch</p>': BOTH,
    '<p class="byline">By <a>Mara Quill</a> and <a>Jo Finch</a></p>': BOTH,
    '<div class="byline"><span>Mara Quill</span><span>Jo Finch</span></div>': BOTH,
    '<div class="byline">By <b>Mara Quill</b> <i>Posted May 24, 2026 10:05 am</i> <i>4 min read</i></div>': MARA,
    '<div class="byline">By Mara Quill<br>The Associated Press</div>': [
        *MARA,
        ("organisations", "The Associated Press"),
    ],
    '<div class="byline">Reuters</div>': [("organisations", "Reuters")],
    '<div class="byline"><script>var a = "Jo Finch"</script>By Mara Quill</div>': MARA,
    '<div class="byline">Mara Quill <span>Mara Quill</span></div>': MARA,
    "<p>By the end of the day nobody knew.</p>": [],
    '<p class="byline"></p>': [],
    '<p class="byline">Published on 17 November 2026</p>': [],
    "": [],
}


@pytest.mark.parametrize(("markup", "claims"), BYLINES.items(), ids=range(len(BYLINES)))
def test_bylines(markup: str, claims: list[tuple[str, str]]) -> None:
    """Persons and bodies are told apart; roles, dates and labels fall away."""
    assert claims == found(story(above=markup))


ELSEWHERE = (
    '<aside><p class="byline">By Ada Brook</p></aside>',
    '<div class="related"><p class="byline">By Ada Brook</p></div>',
    '<div class="comments"><span class="author">Ada Brook</span></div>',
    '<figure><figcaption><span itemprop="author">Ada Brook</span></figcaption></figure>',
    '<div class="author-bio">Ada Brook reports on the port.</div>',
    "<section><h2>More</h2><ul><li><h3>Ferries</h3><p>By Ada Brook</p></li></ul></section>",
    "<article><h2><a href='/f'>Ferries</a></h2><p class='byline'>By Ada Brook</p></article>",
    "</article><footer><p class='byline'>By Ada Brook</p></footer>",
)


@pytest.mark.parametrize("markup", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_bylines_of_others_are_not_heard(markup: str) -> None:
    """Those of related stories, comments, pictures and portraits are not the article's."""
    assert found(story(below=markup)) == []
    assert found(story(below=markup, above='<p class="byline">By Mara Quill</p>')) == MARA


def test_a_byline_outside_the_article_is_found() -> None:
    """Where the article itself has none, one elsewhere on the page is heard."""
    markup = story().replace("<main>", '<div id="heading"><a rel="author" href="/mq">Mara Quill</a></div><main>')

    assert found(markup) == MARA


def test_evidence_is_the_whole_byline() -> None:
    """The text is what stands at the place that the claim names."""
    html = page(story(above='<p class="byline">By <a>Mara Quill</a></p>'))
    [(_, claim)] = byline_claims(html, main_text(html))

    assert ("byline", "By Mara Quill") == (claim.evidence.witness, claim.evidence.text)
    [element] = html.root.getroottree().xpath(claim.evidence.at)
    assert element.get("class") == "byline"


def test_without_main_text_the_page_is_searched() -> None:
    """A page of a byline only is still heard."""
    html = page('<h1>Cranes</h1><p class="byline">By Mara Quill</p>')

    assert pairs(byline_claims(html, None)) == MARA


@pytest.mark.parametrize("markup", ["<div>" * 100_000 + "By Mara Quill", '<i class="author">Mara Quill</i>' * 20_000])
def test_floods_are_bounded(markup: str) -> None:
    """Neither depth nor number makes the search long."""
    html = page(story(above=markup))
    main = main_text(html)
    start = time.process_time()
    list(byline_claims(html, main))

    assert time.process_time() - start < 2


ONE_CANDIDATE = {
    # rel, microdata, classes and test ids of various systems
    '<address><a href="/team/mq">Mara Quill</a></address>': MARA,
    '<div data-testid="byline-name">Mara Quill</div>': MARA,
    '<span class="c1"><a href="/autor/mara-quill-12.html">Mara Quill</a></span>': MARA,
    '<div class="css-1x"><a href="/author/mq">Mara Quill</a> and <a href="/author/jf">Jo Finch</a></div>': BOTH,
    '<ul class="c1"><li>Von: <a href="/mq">Mara Quill</a>, <a href="/jf">Jo Finch</a></li></ul>': BOTH,
    '<div class="reporter_name">홍길동 기자</div>': [("authors", "홍길동")],
    "<p>記者王小明／台北報導</p>": [("authors", "王小明")],
    '<p class="c1">文｜张三</p>': [("authors", "张三")],
    '<div class="author"><span>Mara</span> <span>Quill</span></div>': MARA,
    '<div class="author"><b hidden>Ada Brook</b>Mara Quill</div>': MARA,
    '<div class="byline">Text: <b>Mara Quill</b> Fotos: <b>Ada Brook</b></div>': MARA,
    '<div class="byline">Mara Quill <a>Follow</a> <a>Whats App</a> <a>Copy Link</a></div>': MARA,
    '<div class="meta-footer"><span class="author">Mara Quill</span></div>': MARA,
    '<div class="byline_and_comments"><a class="byline">Mara Quill</a></div>': MARA,
    '<aside><div class="author">Mara Quill</div></aside>': MARA,
    '<a rel="author" href="/eddie">Eddie</a>': [("authors", "Eddie")],
    # who is no author
    '<div class="photo-author">Ada Brook</div>': [],
    '<figure><figcaption class="author">Ada Brook</figcaption></figure>': [],
    '<div class="author">Photo: Ada Brook</div>': [],
    '<div class="byline">Edited by Ada Brook</div>': [],
    '<p>More on <a href="/people/ada-brook">Ada Brook</a> and the long quarrel about the western quay, which began '
    "twenty years ago when the council sold the crane to her.</p>": [],
    '<ul><li><a href="/f"><b>The ferries sail again after ninety days at the quay, and nobody knows for how long</b> '
    "<span>Von Ada Brook</span></a></li></ul>": [],
}


@pytest.mark.parametrize(("markup", "claims"), ONE_CANDIDATE.items(), ids=range(len(ONE_CANDIDATE)))
def test_marks_between_headline_and_text(markup: str, claims: list[tuple[str, str]]) -> None:
    """What calls itself a byline, announces itself, or leads to an author's page; pictures and teasers do not."""
    assert claims == [pair for pair in found(story(above=markup)) if pair[0] == "authors"]


SIGNATURES = {
    "<p><strong>Mara Quill</strong></p>": MARA,
    '<p style="text-align:right">Mara Quill</p>': MARA,
    "<p>— Mara Quill</p>": MARA,
    "<p>(Mara Quill)</p>": MARA,
    "<p>Von Mara Quill</p>": MARA,
    '<div class="author-box"><h3>About the author</h3><a class="author-name">Mara Quill</a></div>': MARA,
    '<footer><span class="author">Mara Quill</span></footer>': MARA,
    "<p><em>Mara Quill is a harbour pilot. Jo Finch is a lawyer in Brest.</em></p>": BOTH,
    "<p>本文讲完了。</p><p>（记者 李明）</p>": [("authors", "李明")],
    "<p>港湾局が火曜日に発表した。【山田太郎】</p>": [("authors", "山田太郎")],
    "<p>Mara Quill</p>": [],
    "<p>Mara Quill is a harbour pilot.</p>": [],
    "<p><strong>Why it matters</strong></p>": [],
}


@pytest.mark.parametrize(("markup", "claims"), SIGNATURES.items(), ids=range(len(SIGNATURES)))
def test_signatures_below_the_text(markup: str, claims: list[tuple[str, str]]) -> None:
    """The last line, set apart, or a mark below the text, where nothing above it names anybody."""
    html = page(story(below=markup))
    said = list(byline_claims(html, main_text(html)))

    assert claims == pairs(said)
    assert {"signature"} >= {claim.evidence.witness for _, claim in said}


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="byline">By Mara Quill. Additional reporting by Jo Finch</p>',
        '<p class="byline">By Mara Quill, with additional reporting by Jo Finch</p>',
        '<div class="byline"><p>By <a>Mara Quill</a></p><p>Additional reporting by <a>Jo Finch</a></p></div>',
        '<p class="byline">Von Mara Quill</p><p class="byline">Mitarbeit: Jo Finch</p>',
    ],
)
def test_thanks_in_the_byline(markup: str) -> None:
    """Who is thanked there is a contributor and no author."""
    assert [*MARA, ("contributors", "Jo Finch")] == found(story(above=markup))


def test_the_first_line_of_the_text_is_heard() -> None:
    """A byline that stands in the text itself, after "Por" or before a reporter's first sentence."""
    spanish = story(above="<p>Por Mara Quill y Jo Finch</p>", language="es")
    chinese = story(above="<p>〔記者王小明／台北報導〕港務局週二召開會議，討論碼頭疏浚的費用。</p>", language="zh")

    assert BOTH == found(spanish)
    assert [("authors", "王小明")] == found(chinese)


def test_a_byline_above_the_headline() -> None:
    """In the element that holds the headline it is the story's; among other stories it is theirs."""
    above = '<header><p class="byline">By Mara Quill</p><h1>Cranes stand still</h1></header>'
    teasers = '<ul><li class="author">Ada Brook</li></ul>'
    plain = story().replace("<h1>Cranes stand still</h1>", above)

    assert MARA == found(plain.replace("<main>", f"{teasers}<main>"))
    assert [] == found(story().replace("<main>", f"{teasers}<main>"))


def test_captions_above_the_byline_are_no_text() -> None:
    """However long the captions of the pictures between headline and byline are."""
    caption = f"<div class='carousel'><p>{'The western quay seen from the tower in the rain of May. ' * 4}</p></div>"
    byline = '<div class="byline">By Mara Quill</div>'
    text = f"<p>{'The harbour board met on Tuesday to hear what it has cost. ' * 4}</p>" * 8

    assert MARA == found(f"<h1>Cranes</h1>{caption * 5}{byline}<article><div>{text}</div></article>")


def test_endless_pages() -> None:
    """The story behind the first one on the page has its own headline and byline."""
    second = story(above='<p class="byline">By Ada Brook</p>')
    long = f"<p>{'The harbour board met on Tuesday to hear what it has cost. ' * 4}</p>"

    assert MARA[0] in found(story(above=f'<p class="byline">By Mara Quill</p>{long * 4}', below=second))


@pytest.mark.parametrize(
    ("name", "date"), [("Elif Yurdakul", "14 Mart 2024 Perşembe 09:35"), ("Nguyễn Thu Hạnh", "14/3/2024, 09:35")]
)
def test_a_name_beside_a_portrait_above_a_date(name: str, date: str) -> None:
    """No word and no class says that it is the author's; a picture with its caption is none."""
    box = '<div class="flex"><img src="/m.jpg"><div><p>{}</p><p>{}</p></div></div>'

    assert [("authors", name)] == found(story(above=box.format(name, date)))
    assert [] == found(story(above=box.format(name, "The mayor at his desk")))
    assert [] == found(story(above=box.format("Breaking News", date)))


def test_a_date_on_the_line_below_the_name() -> None:
    """However long the date is."""
    line = "<font size=2>By Mara Quill<br>Thursday, March 14, 2024 9:35 a.m. Eastern</font>"
    assert MARA == found(story(above=line))


def test_several_signed_lines_below_the_text_are_of_other_stories() -> None:
    """One such line may be the author's; two name two stories' authors."""
    teaser = "<div><img src='/t.jpg'><p>{}</p><small>By {}</small></div>"
    one, two = teaser.format("Ferries", "Ada Brook"), teaser.format("Locks", "Noel Finch")

    assert [("authors", "Ada Brook")] == found(story(below=one))
    assert [] == found(story(below=f"<div>{one}{two}</div>"))
