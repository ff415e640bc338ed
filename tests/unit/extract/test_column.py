"""Which of the runs in a container are the article's."""

from __future__ import annotations

import pytest

from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page

GERMAN = (
    "Der Rat der Stadt Salzhafen hat am Dienstag beschlossen, die alte Werft an eine Genossenschaft zu verpachten.",
    "Die Genossenschaft will dort Kräne aus Holz bauen, wie es sie im Hafen seit hundert Jahren nicht mehr gab.",
    "Ein Gutachten hält das für möglich, nennt aber keine Summe, und der Kämmerer wollte sich dazu nicht äußern.",
)
PORTUGUESE = (
    "A câmara de Porto Salgado decidiu na terça-feira alugar o velho estaleiro a uma cooperativa de carpinteiros.",
    "A cooperativa quer construir ali guindastes de madeira, como não se viam no porto há mais de cem anos.",
    "Um parecer diz que é possível, mas não fala de custos, e o vereador das finanças não quis comentar o caso.",
)
JAPANESE = (
    "塩浜市議会は火曜日、古い造船所を協同組合に貸し出すことを決めた。組合はそこで木製のクレーンを造る計画だという。",
    "専門家の報告書は可能だとしているが、費用には触れていない。市の財政担当者は取材に応じず、説明は来週になる見通しだ。",
)
THAI = (
    "สภาเทศบาลเมืองท่าเกลือมีมติเมื่อวันอังคารให้สหกรณ์ช่างไม้เช่าอู่ต่อเรือเก่าริมแม่น้ำเป็นเวลาสิบปี",
    "สหกรณ์ต้องการสร้างปั้นจั่นไม้ที่นั่นอย่างที่ไม่เคยเห็นในท่าเรือมากว่าร้อยปีแล้ว แต่ยังไม่มีใครพูดถึงค่าใช้จ่าย",
)
ARABIC = (
    "قرر مجلس مدينة ميناء الملح يوم الثلاثاء تأجير حوض بناء السفن القديم لجمعية تعاونية من النجارين لمدة عشر سنوات.",
    "تريد الجمعية أن تبني هناك رافعات من الخشب لم ير الميناء مثلها منذ مئة عام، فمن سيدفع تكاليف ذلك كله؟",
)


def texts_of(markup: str) -> list[str]:
    """The text of the blocks that are no pictures' words."""
    main = main_text(page(markup))
    assert main is not None
    return [block.text for block in main.blocks if block.kind not in {"caption", "credit"}]


def kinds_of(markup: str) -> dict[str, str]:
    """The kind of each block, by its text."""
    main = main_text(page(markup))
    assert main is not None
    return {block.text: block.kind for block in main.blocks}


def paragraphs(texts: tuple[str, ...]) -> str:
    """The texts as paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


BETWEEN = {
    "form": '<div class="box"><h3>Der Hafen am Morgen</h3><p>Täglich in Ihrem Postfach.</p><input type=email></div>',
    "card": '<div><a href="/2"><div><h3>Die Fähre</h3><p>Eine Fähre, die niemand will, kostet.</p></div></a></div>',
    "announced": "<div><p>Lesen Sie auch</p><h4>Die Fähre</h4><p>Eine Fähre, die niemand will, kostet.</p></div>",
    "listing": (
        '<section><h4>Aus dem Hafen</h4><div><h5><a href="/1">Die Fähre</a></h5><p>Niemand will sie haben.</p></div>'
        '<div><h5><a href="/2">Der Turm</a></h5><p>Er steht noch immer schief da.</p></div></section>'
    ),
    "links": '<p>Mehr zum Hafen: <a href="/1">Die Fähre, die niemand will</a></p>',
    "player": '<div class="video-player"><h4>Ein Kran aus Holz</h4><span>Dauer 1:30</span></div>',
    "label": '<div class="x1"><span>Jetzt neu</span></div>',
    "time": "<div><time>17.11.2026</time></div>",
    "utility": '<div class="d-none">Dieser Satz steht nur für die Suche hier und für niemanden sonst.</div>',
    "style": '<p style="display: none">Dieser Satz steht nur für die Suche hier und für niemanden sonst.</p>',
    "modifier": '<div class="box box--hidden">Dieser Satz steht nur für die Suche hier und für niemanden sonst.</div>',
    "prefix": '<p class="u-hidden">Dieser Satz steht nur für die Suche hier und für niemanden sonst.</p>',
    "inline": '<span class="hidden">Dieser Satz steht nur für die Suche hier.</span>',
}


@pytest.mark.parametrize("box", BETWEEN.values(), ids=BETWEEN)
def test_boxes_between_the_paragraphs(box: str) -> None:
    """Forms, cards, listings, players and labels are no text, whatever their classes are called."""
    first, second, third = (f"<p>{text}</p>" for text in GERMAN)
    markup = f"<article><h1>Werft verpachtet</h1><div class=a>{first}{box}{second}{third}</div></article>"

    assert texts_of(markup) == list(GERMAN)


BEHIND = {
    "bio": '<div class="author-card"><p>Rui Maré escreve sobre o porto desde 1998 e mora junto a ele.</p></div>',
    "list": (
        '<ul><li>Siga o jornal na <a href="/r">rede</a>, todos os dias.</li>'
        '<li>Ou <a href="/c">no canal</a> do porto.</li></ul>'
    ),
    "policy": '<div class="z"><span>Comentários</span><p>Entre para comentar.</p></div>',
    "heading": "<h3>Mais notícias</h3>",
    "cards": (
        "<h3>Mais notícias</h3><div class=z><a href=/1><h4>O barco</h4><p>Um barco que ninguém quer.</p></a>"
        "<a href=/2><h4>A torre</h4><p>Continua torta, como sempre.</p></a></div>"
    ),
}


@pytest.mark.parametrize("box", BEHIND.values(), ids=BEHIND)
def test_boxes_behind_the_paragraphs(box: str) -> None:
    """What follows the last paragraph in a box of its own is text only where it says a good deal."""
    markup = f"<main><h1>Estaleiro alugado</h1><div class=corpo>{paragraphs(PORTUGUESE)}</div>{box}</main>"

    assert texts_of(markup) == list(PORTUGUESE)


def test_a_short_last_paragraph_stays() -> None:
    """What is set like the text is text, however short."""
    markup = f"<article><h1>Estaleiro alugado</h1><div>{paragraphs(PORTUGUESE)}<p>Chovia muito</p></div></article>"

    assert texts_of(markup) == [*PORTUGUESE, "Chovia muito"]


def test_a_box_of_facts_stays() -> None:
    """A box that says enough in sentences, and leads nowhere, is a part of the article."""
    facts = paragraphs(
        tuple(f"Kran {number} wurde 19{number} gebaut und steht seitdem still." for number in range(10, 30))
    )
    markup = f"<article><h1>Werft</h1><div>{paragraphs(GERMAN)}</div><section>{facts}</section></article>"

    assert len(texts_of(markup)) == 23


@pytest.mark.parametrize("texts", [JAPANESE, THAI, ARABIC], ids=["ja", "th", "ar"])
@pytest.mark.parametrize(
    "form",
    ["<p>{}</p><p>{}</p>", "{}<br><br>{}", "<div>{}</div><div>{}</div>", "<span>{}</span><br><br><span>{}</span>"],
)
def test_other_scripts_and_pages_without_paragraphs(texts: tuple[str, str], form: str) -> None:
    """Text is told without blanks, without full stops, and without ``p``."""
    menu = "".join(f"<li><a href=/{number}>{texts[0][:12]}</a></li>" for number in range(9))
    markup = f"<ul>{menu}</ul><h1>{texts[1][:20]}</h1><div class=x>{form.format(*texts)}</div><div>{menu}</div>"

    assert texts_of(markup) == list(texts)


def test_tables_of_old_pages() -> None:
    """Text in the cell of a table that lays out the page."""
    menu = "<td><a href=/1>Startseite</a><br><a href=/2>Hafen</a></td>"
    markup = f"<table><tr>{menu}<td><h1>Werft</h1>{'<br><br>'.join(GERMAN)}</td></tr></table>"

    assert set(GERMAN) <= set(" ".join(texts_of(markup)).replace(". ", ".|").split("|"))


STANDFIRSTS = {
    "header": "<header><h1>Werft verpachtet</h1><p>{}</p><div>Von Mara Kiel</div><button>Teilen</button></header>",
    "h2": "<h1>Werft verpachtet</h1><h2>{}</h2>",
    "div": "<h1>Werft verpachtet</h1><div class=q7><span>{}</span></div><div>Von Mara Kiel, 17.11.2026</div>",
    "named": '<h1>Werft verpachtet</h1><div class="article-intro"><figure><img src=a.jpg></figure><p>{}</p></div>',
}
LEADS = (
    "Was der Rat beschloss und was niemand dazu sagen wollte.",
    "Der Rat hat lange getagt und am Ende doch noch beschlossen",
)


@pytest.mark.parametrize("lead", LEADS, ids=["stop", "no-stop"])
@pytest.mark.parametrize("form", STANDFIRSTS.values(), ids=STANDFIRSTS)
@pytest.mark.parametrize("is_inside", [True, False], ids=["inside", "outside"])
def test_standfirsts(form: str, lead: str, *, is_inside: bool) -> None:
    """They are text, in the container and between it and the headline; bylines and dates are none."""
    above, text = form.format(lead), f"<div class=text>{paragraphs(GERMAN)}</div>"
    markup = (
        f"<article>{above}{text}</article>" if is_inside else f"<div>{above}</div><div class=o><div>{text}</div></div>"
    )

    assert texts_of(markup) == [lead, *GERMAN]


def test_the_headline_in_another_heading() -> None:
    """What the page's title says is the headline, and no block."""
    headline = "Die alte Werft ist verpachtet worden"
    text = f"<article><div><h2>{headline}</h2></div><div>{paragraphs(GERMAN)}</div></article>"
    markup = f"<title>{headline} | Hafenbote</title>{text}"

    assert texts_of(markup) == list(GERMAN)


PICTURES = {
    "wrapper": "<div class=m1><img src=a.jpg><div>Die Werft im Herbst (Foto: Jo Finch)</div></div>",
    "figure": "<figure><img src=a.jpg><span>Die Werft im Herbst</span></figure>",
    "deep": "<div class=m1><div><picture><img src=a.jpg></picture></div><p>Die Werft, von der Mole aus.</p></div>",
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("place", ["above", "within"])
def test_words_beside_a_picture_are_its_caption(picture: str, place: str) -> None:
    """Also where nothing calls them so."""
    first, second, third = (f"<p>{text}</p>" for text in GERMAN)
    inner = f"{picture}{first}{second}{third}" if place == "above" else f"{first}{picture}{second}{third}"
    kinds = kinds_of(f"<article><h1>Werft verpachtet</h1><div>{inner}</div></article>")

    assert [kind for text, kind in kinds.items() if "Herbst" in text or "Mole" in text] == ["caption"]
    assert [text for text, kind in kinds.items() if kind == "paragraph"] == list(GERMAN)


def test_a_quotation_set_twice_is_told_once() -> None:
    """A sentence of the text in larger letters is no second sentence; another quotation is."""
    repeated = "<blockquote>Wie es sie im Hafen seit hundert Jahren nicht mehr gab. <cite>Mara Kiel</cite></blockquote>"
    other = "<blockquote>Wir haben nichts unterschrieben.</blockquote>"
    markup = f"<article><h1>Werft</h1><div>{paragraphs(GERMAN)}{repeated}{other}</div></article>"

    assert texts_of(markup) == [*GERMAN, "Wir haben nichts unterschrieben."]


def test_posts_of_networks_are_shown() -> None:
    """A post is a quotation, though half of it is links and its wrapper is called social."""
    links = '<a href="https://t.example/1">t.example/1</a> <a href=/2>17. November</a>'
    post = f"<blockquote>Der Kran steht. {links}</blockquote>"
    markup = f'<article><h1>Werft</h1><div>{paragraphs(GERMAN)}<div class="social-embed">{post}</div></div></article>'

    assert kinds_of(markup)["Der Kran steht. t.example/1 17. November"] == "quote"


def test_headings_between_which_nothing_is_left() -> None:
    """A heading stands above something, or it is dropped."""
    cut = "<h3>Mehr vom Hafen</h3><ul><li><a href=/1>Die Fähre</a></li></ul><h3>Was nun</h3>"
    first, *rest = GERMAN
    markup = f"<article><h1>Werft</h1><div><p>{first}</p>{cut}{paragraphs(tuple(rest))}</div></article>"

    assert texts_of(markup) == [first, "Was nun", *rest]
