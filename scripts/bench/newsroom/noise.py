"""What a site changes by itself between two captures, and no reader of an article would call an edit."""

# ruff: noqa: E501  # mark-up, sentences and expressions stand whole
from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from newsroom.page import Page

__all__ = ["NOISE", "SOURCE_NOISE", "Site", "between"]

_TEASERS = {
    "en": "Markets slip as rate fears return|How bees count to four|Ten photos from the weekend|Five books to read this month|"
    "Council approves plan for new harbour bridge|Why the lake turned green in August|Storm closes schools in three counties",
    "de": "Warum der See im August grün wurde|Fünf Bücher für den Herbst|Stadtrat billigt neue Hafenbrücke|Sturm: Schulen bleiben zu|"
    "So zählen Bienen bis vier|Zehn Bilder vom Wochenende",
    "es": "Por qué el lago se volvió verde en agosto|Cinco libros para el otoño|El pleno aprueba el nuevo puente del puerto|Las diez fotos de la semana",
    "fr": "Pourquoi le lac est devenu vert en août|Cinq livres pour l’automne|Le conseil approuve le nouveau pont du port|Dix photos du week-end",  # codespell:ignore
}
_ADS = {
    "en": "Doctors recommend this sleep mask|This one trick lowers your power bill|Save up to 40% on winter tyres this week only|Luxury flats by the lake, from 3 rooms",
    "de": "Ärzte empfehlen diese Schlafmaske|Jetzt bis zu 40 % auf Winterreifen sparen|Wohnungen am See, ab 3 Zimmern",
    "es": "Los médicos recomiendan este antifaz|Ahorra hasta un 40 % en neumáticos de invierno",
    "fr": "Les médecins recommandent ce masque|Jusqu’à 40 % sur les pneus d’hiver cette semaine",
}
_SIGN_UP = {
    "en": "Sign up for our morning newsletter and get the most important stories delivered to your inbox.|Get the day’s top headlines in your inbox. Join 40,000 readers.",
    "de": "Jetzt unseren Newsletter abonnieren und jeden Morgen die wichtigsten Nachrichten erhalten.",
    "es": "Suscríbete a nuestro boletín y recibe cada mañana las noticias más importantes.",
    "fr": "Inscrivez-vous à notre newsletter et recevez chaque matin l’essentiel de l’actualité.",
}
_MORE = {
    "en": "READ MORE: |Related: |More on this: ",
    "de": "Lesen Sie auch: |Mehr zum Thema: ",  # codespell:ignore
    "es": "Lee también: ",
    "fr": "Lire aussi : ",
}
_AGO = {
    "en": "{} minutes ago|{} hours ago|Updated {} mins ago",
    "de": "vor {} Minuten|vor {} Stunden",  # codespell:ignore
    "es": "hace {} minutos",  # codespell:ignore
    "fr": "il y a {} heures",
}
_WALL = {
    "en": "You have {} free articles left this month. Subscribe for unlimited access.",
    "de": "Sie können diesen Monat noch {} Artikel kostenlos lesen. Jetzt abonnieren.",  # codespell:ignore
    "es": "Le quedan {} artículos gratuitos este mes. Suscríbase.",
    "fr": "Il vous reste {} articles gratuits ce mois-ci. Abonnez-vous.",  # codespell:ignore
}
_COOKIES = {
    "en": "We and our {} partners store and access information on your device to show you personalised content.",
    "de": "Wir und unsere {} Partner speichern Informationen auf Ihrem Gerät, um personalisierte Inhalte zu zeigen.",
    "es": "Nosotros y nuestros {} socios almacenamos información en su dispositivo.",
    "fr": "Nous et nos {} partenaires stockons des informations sur votre appareil.",  # codespell:ignore
}


@dataclass(slots=True)
class Site:
    """One build of a site at one moment."""

    rng: random.Random
    is_opaque: bool
    """Class names are hashes."""
    language: str
    is_rebuilt: bool = False
    """Every class name is made anew with each build of the site."""

    def say(self, texts: dict[str, str]) -> str:
        """One of the texts, in the language of the page if there is one."""
        return self.rng.choice(texts.get(self.language, texts["en"]).split("|")).replace(
            "{}", str(self.rng.randint(2, 59))
        )

    def name(self, *names: str) -> str:
        """A class name."""
        return (
            f"{self.rng.choice(['c', 'css-', 'sc-'])}{self.rng.randrange(16**8):08x}"
            if self.is_opaque
            else self.rng.choice(names)
        )

    def element(self, source: str) -> HtmlElement:
        """Mark-up as an element."""
        return html.fragment_fromstring(source)


def between(page: Page, site: Site, make: Callable[[], HtmlElement], count: int) -> None:
    """Elements put after paragraphs of the article."""
    among = [
        at
        for at in range(len(page.paragraphs))
        if page.paragraphs[at].getparent() is not None and page.paragraphs[at].tag == "p"
    ]
    for at in site.rng.sample(among, min(count, len(among))):
        paragraph = page.paragraphs[at]
        new = make()
        new.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(new)


def ads(page: Page, site: Site) -> None:
    """Advertisements between paragraphs."""

    def make() -> HtmlElement:
        label = site.rng.choice(
            ["<span>Advertisement</span>", "<span>Anzeige</span>", "", "<div><small>Sponsored</small></div>"]
        )
        text = site.say(_ADS)
        inner = site.rng.choice(
            [
                f"<p>{text}</p>",
                f'<p><a href="https://ads.example/{site.rng.randrange(10**6)}">{text}</a></p>',
                f"<div>{text}</div>",
            ]
        )
        return site.element(
            f'<div id="ad-{site.rng.randrange(10**6)}" class="{site.name("ad-slot", "advert", "banner")}">{label}{inner}</div>'
        )

    between(page, site, make, site.rng.randint(1, 3))


def promo(page: Page, site: Site) -> None:
    """A teaser box between paragraphs."""

    def make() -> HtmlElement:
        tag = site.rng.choice(["aside", "div"])
        link = f'<a href="/story/{site.rng.randrange(10**8):08x}">{site.say(_TEASERS)}</a>'
        text = f"<p>{site.say(_SIGN_UP)[:60]} {site.say(_TEASERS)}</p>" if site.rng.random() < 0.3 else ""
        return site.element(
            f'<{tag} class="{site.name("inline-promo", "teaser", "related-box")}"><h4>{site.say(_MORE).strip(": ")}</h4>{link}{text}</{tag}>'
        )

    between(page, site, make, site.rng.randint(1, 2))


def cards(page: Page, site: Site) -> None:
    """A box of teasers with pictures and short texts, of no telling mark-up, between paragraphs."""

    def make() -> HtmlElement:
        items = "".join(
            f'<div class="{site.name("card", "teaser")}"><a href="/n/{site.rng.randrange(10**6)}"><img src="/img/{site.rng.randrange(10**8)}-640.jpg"/>'
            f"<h3>{site.say(_TEASERS)}</h3></a><p>{site.say(_TEASERS)}. {site.say(_TEASERS)}.</p></div>"
            for _ in range(site.rng.randint(2, 4))
        )
        return site.element(f'<div class="{site.name("cards", "recirculation")}">{items}</div>')

    between(page, site, make, 1)


def readmore(page: Page, site: Site) -> None:
    """A paragraph that is a link, of no telling mark-up."""

    def make() -> HtmlElement:
        link = f'<a href="/story/{site.rng.randrange(10**8):08x}">{site.say(_TEASERS)}</a>'
        return site.element(
            f"<p><strong>{site.say(_MORE)}</strong>{link}</p>" if site.rng.random() < 0.7 else f"<p>{link}</p>"
        )

    between(page, site, make, site.rng.randint(1, 2))


def newsletter(page: Page, site: Site) -> None:
    """An invitation to subscribe."""
    between(
        page,
        site,
        lambda: site.element(
            f'<div class="{site.name("newsletter-signup", "nl-box")}"><p>{site.say(_SIGN_UP)}</p><button>OK</button></div>'
        ),
        1,
    )


def paywall(page: Page, site: Site) -> None:
    """A counter of free articles."""
    box = site.element(f'<div class="{site.name("meter", "paywall")}"><p>{site.say(_WALL)}</p></div>')
    if site.rng.random() < 0.5:
        page.root.find("body").append(box)
    else:
        between(page, site, lambda: box, 1)


def consent(page: Page, site: Site) -> None:
    """A banner that asks for consent, on some captures."""
    if site.rng.random() < 0.6:
        box = site.element(
            f'<div class="{site.name("cmp", "consent", "cookie-banner")}" role="dialog"><h2>Cookies</h2><p>{site.say(_COOKIES)}</p><button>OK</button></div>'
        )
        page.root.find("body").insert(0, box) if site.rng.random() < 0.5 else page.root.find("body").append(box)


def most_read(page: Page, site: Site) -> None:
    """A list of other articles after the text, or beside it."""
    items = "".join(
        f'<li><a href="/story/{site.rng.randrange(10**8):08x}">{site.say(_TEASERS)}</a></li>' for _ in range(5)
    )
    box = site.element(
        f'<{"section"} class="{site.name("most-read", "popular")}"><h3>Most read</h3><ol>{items}</ol></section>'
    )
    last = page.paragraphs[-1]
    holder = last.getparent()
    place = site.rng.random()
    if holder is not None and place < 0.4:
        holder.append(box)
    elif (
        holder is not None
        and holder.getparent() is not None
        and holder.getparent().tag not in ("html", "body")
        and place < 0.7
    ):
        holder.addnext(box)
    else:
        page.root.find("body").append(box)


def live(page: Page, site: Site) -> None:
    """A score, a poll or prices that tick, in the text."""

    def make() -> HtmlElement:
        r = site.rng
        kind = r.randrange(3)
        if kind == 0:
            text = f"<span>Harbour FC</span> <b>{r.randint(0, 4)}</b> : <b>{r.randint(0, 4)}</b> <span>Northquay United</span> <i>{r.randint(2, 90)}′</i>"
        elif kind == 1:
            text = f"<p>Should the bridge be built?</p><ul><li>Yes {r.randint(30, 60)}%</li><li>No {r.randint(20, 50)}%</li></ul><small>{r.randint(900, 9000)} votes</small>"
        else:
            text = f"<table><tr><td>DAX</td><td>{r.randint(15000, 19000)}</td><td>+{r.random():.2f}%</td></tr><tr><td>EUR/USD</td><td>{1 + r.random() / 10:.4f}</td></tr></table>"
        return site.element(f'<div class="{site.name("live-widget", "poll", "stocks")}">{text}</div>')

    between(page, site, make, 1)


def ticker(page: Page, site: Site) -> None:
    """A ticker and the day of the week at the head."""
    day = site.rng.choice(["Monday, 3", "Tuesday, 22", "Friday, 7"]) + " November"
    page.root.find("body").insert(0, site.element(f'<div class="{site.name("today")}">{day}</div>'))
    prices = (
        f"DAX {site.rng.randint(15000, 19000)} (+{site.rng.random():.2f}%) EUR/USD {1 + site.rng.random() / 10:.4f}"
    )
    page.root.find("body").insert(0, site.element(f'<div class="{site.name("ticker")}">{prices}</div>'))


def counters(page: Page, site: Site) -> None:
    """Views, comments, shares and the age of the article below its headline."""
    head = next(page.root.iter("h1"), None)
    parts = [
        f'<span class="{site.name("view-count")}">{site.rng.randint(900, 90000):,} views</span>',
        f'<span class="{site.name("relative-time")}">{site.say(_AGO)}</span>',
        f'<a class="{site.name("comment-count")}" href="#comments">{site.rng.randint(2, 400)} Comments</a>',
        f'<div class="{site.name("share-bar")}"><span>{site.rng.randint(2, 99)}</span> <span>Share</span></div>',
        f'<p class="{site.name("reading-time")}">{site.rng.randint(2, 9)} min read</p>',
    ]
    if head is not None and head.getparent() is not None:
        for part in site.rng.sample(parts, site.rng.randint(1, 4)):
            new = site.element(part)
            new.tail, head.tail = head.tail, None
            head.addnext(new)


def comments(page: Page, site: Site) -> None:
    """What readers wrote below the article."""
    says = [
        "I live there and it was never like that.",
        "Thanks for reporting this, more please!",
        "Who pays for all of it in the end? We do.",
        "Nonsense, read the report again.",
    ]
    items = "".join(
        f'<div class="{site.name("comment")}"><b>user{site.rng.randint(10, 999)}</b> <p>{site.rng.choice(says)}</p><button>Reply</button></div>'
        for _ in range(site.rng.randint(1, 6))
    )
    page.root.find("body").append(
        site.element(
            f'<section id="{site.name("comments")}" class="{site.name("comments")}"><h3>{site.rng.randint(3, 99)} comments</h3>{items}</section>'
        )
    )


def tags(page: Page, site: Site) -> None:
    """Key words and an author box after the text."""
    words = site.rng.sample(["Harbour", "Council", "Energy", "Schools", "Weather", "Transport", "Budget"], 4)
    items = "".join(f'<li><a href="/tag/{word.lower()}">{word}</a></li>' for word in words)
    bio = f'<div class="{site.name("author-bio")}"><img src="/a.jpg"/><p>Tilda Marlow has covered the harbour for {site.rng.randint(3, 20)} years and won {site.rng.randint(2, 9)} prizes.</p></div>'
    holder = page.paragraphs[-1].getparent()
    if holder is not None:
        holder.append(site.element(f'<ul class="{site.name("tags")}">{items}</ul>'))
        if not site.is_opaque:
            holder.append(site.element(bio))


def class_names(page: Page, site: Site) -> None:
    """Hashed class names: one more for each element, or, of another build, all of them other."""
    known: dict[str, str] = {}
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        names = (element.get("class") or "").split()
        if site.is_rebuilt and names:
            element.set(
                "class", " ".join(known.setdefault(name, f"_{site.rng.randrange(16**6):06x}") for name in names)
            )
        elif names or element.tag == "p":
            element.set("class", " ".join([f"sc-{site.rng.randrange(16**6):06x}", *names]))


def tracking(page: Page, site: Site) -> None:
    """Parameters on links that say where a reader came from."""
    for link in page.root.iter("a"):
        href = link.get("href") or ""
        if href[:1] not in ("/", "h") or "?" in href or "#" in href or site.rng.random() < 0.5:
            continue
        name = site.rng.choice(
            ["utm_source=site&utm_content", "fbclid", "at_medium=rss&at_campaign", "ocid", "cmpid", "mc_cid"]
        )
        link.set("href", f"{href}?{name}={site.rng.randrange(16**8):08x}")


def renditions(page: Page, site: Site) -> None:
    """Pictures in another size, or round a cache."""
    for image in page.root.iter("img", "source"):
        for name in ("src", "srcset", "data-src"):
            value = image.get(name) or ""
            if value.startswith("http") and "?" not in value and " " not in value:
                image.set(name, f"{value}?w={site.rng.choice([640, 800, 1024])}&v={site.rng.randrange(16**8):08x}")
            elif value.startswith("http") and " " not in value:
                image.set(name, f"{value}&cb={site.rng.randrange(16**6):06x}")


def wrapped(page: Page, site: Site) -> None:
    """One more box around the article: another template."""
    holder = page.paragraphs[0].getparent()
    if (
        site.rng.random() < 0.5
        and holder is not None
        and holder.getparent() is not None
        and holder.tag not in ("body", "tr", "td", "li", "ul")
    ):
        box = site.element(f'<div class="{site.name("layout", "content-wrap")}"></div>')
        box.tail, holder.tail = holder.tail, None
        holder.addprevious(box)
        box.append(holder)


def split(page: Page, site: Site) -> None:
    """A long paragraph in two, at the end of a sentence: the same words."""
    for at in site.rng.sample(range(len(page.paragraphs)), len(page.paragraphs)):
        element = page.paragraphs[at]
        text = element.text or ""
        cut = text.find(". ", 60)
        if at not in page.free or element.tag != "p" or len(element) or cut < 0 or cut > len(text) - 60:
            continue
        new = html.Element("p", dict(element.attrib))
        element.text, new.text = text[: cut + 1], text[cut + 2 :]
        new.tail, element.tail = element.tail, None
        element.addnext(new)
        page.free.discard(at)
        return


def merged(page: Page, site: Site) -> None:
    """Two short paragraphs in one: the same words."""
    for at in site.rng.sample(range(len(page.paragraphs) - 1), len(page.paragraphs) - 1):
        one, two = page.paragraphs[at], page.paragraphs[at + 1]
        both = at in page.free and at + 1 in page.free and one.tag == two.tag == "p" and not len(one) and not len(two)
        if both and one.getnext() is two and (one.text or "").rstrip().endswith(".") and two.text:
            one.text = f"{one.text.rstrip()} {two.text.lstrip()}"
            one.tail = two.tail
            two.getparent().remove(two)
            page.free -= {at, at + 1}
            return


def appeal(page: Page, site: Site) -> None:
    """A long request for support, in prose, between paragraphs or after the last."""
    n = site.rng.randint(20, 900)
    texts = {
        "en": f"As you join us today from this page, we have a small favour to ask. More than {n},000 people in 180 countries support our work.|"
        f"Our reporters do not work for shareholders. They work for you, and {n} of them are on the road today. Support independent journalism for the price of a coffee.",
        "de": f"Guter Journalismus kostet Geld. Mehr als {n}.000 Menschen unterstützen unsere Arbeit bereits mit einem freiwilligen Beitrag. Machen Sie mit?",  # codespell:ignore
        "es": f"El periodismo independiente cuesta dinero. Más de {n}.000 lectores ya nos apoyan. ¿Se une usted?",
        "fr": f"L’information indépendante a un prix. Plus de {n} 000 lecteurs nous soutiennent déjà. Rejoignez-les.",
    }

    def make() -> HtmlElement:
        return site.element(
            f'<div class="{site.name("epic", "support-box")}"><h2>{site.rng.choice(["Support us", "Unterstützen"])}</h2><p>{site.say(texts)}</p><p>{site.say(texts)}</p><a href="/support?n={n}">OK</a></div>'
        )

    between(page, site, make, 1)


def listed(page: Page, site: Site) -> None:
    """A list of links between paragraphs."""

    def make() -> HtmlElement:
        items = "".join(f'<li><a href="/n/{site.rng.randrange(10**6)}">{site.say(_TEASERS)}</a></li>' for _ in range(3))
        return site.element(f"<ul>{items}</ul>")

    between(page, site, make, 1)


def follow(page: Page, site: Site) -> None:
    """An invitation to follow, as a plain paragraph."""
    texts = {
        "en": "Follow our live coverage here.|Do you know more? Contact us at tips@courier.example.|Download our app for the latest news.|Listen to this article: {} minutes",
        "de": "Folgen Sie uns auf WhatsApp.|Hier finden Sie unseren Liveblog.|Diesen Artikel anhören: {} Minuten",  # codespell:ignore
        "es": "Síganos en WhatsApp.",
        "fr": "Suivez-nous sur WhatsApp.",
    }
    if site.rng.random() < 0.6:
        between(page, site, lambda: site.element(f'<p class="{site.name("follow")}">{site.say(texts)}</p>'), 1)


def next_story(page: Page, site: Site) -> None:
    """The beginning of another article after this one."""
    text = f"<p>{site.say(_TEASERS)}. {site.say(_TEASERS)}. {site.say(_TEASERS)}, the council said on Monday.</p>"
    story = f'<article class="{site.name("next")}"><h2><a href="/n/{site.rng.randrange(10**6)}">{site.say(_TEASERS)}</a></h2>{text}{text}</article>'
    page.root.find("body").append(site.element(story))


def lazy(page: Page, site: Site) -> None:
    """Pictures that a script loads later, on some captures."""
    if site.rng.random() < 0.5:
        for image in page.root.iter("img"):
            src = image.get("src") or ""
            if src.startswith("http") and not image.get("data-src"):
                image.set("data-src", src)
                image.set("src", "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")


def scripts(page: Page, site: Site) -> None:
    """Scripts in another order, tokens and nonces."""
    nonce = f"{site.rng.randrange(16**16):016x}"
    for script in page.root.iter("script"):
        if site.rng.random() < 0.7:
            script.set("nonce", nonce)
    page.root.find("head").append(html.Element("meta", name="csrf-token", content=nonce))
    page.root.find("body").append(
        site.element(f'<script>window.__build="{nonce}";window.__ab={site.rng.randint(0, 9)};</script>')
    )


NOISE: dict[str, Callable[[Page, Site], None]] = {
    "ads": ads, "promo": promo, "cards": cards, "readmore": readmore, "newsletter": newsletter, "paywall": paywall,
    "consent": consent, "mostread": most_read, "live": live, "ticker": ticker, "counters": counters, "comments": comments,
    "tags": tags, "tracking": tracking, "imgcdn": renditions, "template": wrapped, "split": split, "merged": merged, "appeal": appeal, "listed": listed, "follow": follow, "nextstory": next_story,
    "lazy": lazy, "scripts": scripts,
    "classhash": class_names,
}  # fmt: skip
"""In the order in which they are applied."""


def entities(source: str, _: Site) -> str:
    """Another spelling of the same signs."""
    for sign, name in (
        ("“", "&ldquo;"),
        ("”", "&rdquo;"),
        ("’", "&rsquo;"),
        ("é", "&eacute;"),
        ("ü", "&uuml;"),
        ("–", "&#8211;"),
    ):
        source = source.replace(sign, name)
    return source


def white_space(source: str, _: Site) -> str:
    """Other white space between elements and at the ends of paragraphs."""
    return re.sub(r"</p>", "\n\t\t</p>\n", re.sub(r"<p(?=[ >])([^>]*)>", r"\n\t\t<p\1>\n\t\t\t", source))


def typography(source: str, _: Site) -> str:
    """Straight marks instead of round ones, in the text of paragraphs."""
    return re.sub(
        r"(?<=>)[^<>]*(?=</p>)",
        lambda found: found[0].replace("’", "'").replace("“", '"').replace("”", '"').replace(" – ", " — "),
        source,
    )


def broken(source: str, _: Site) -> str:
    """UTF-8 that was read as Windows-1252 and saved again."""

    def mangled(found: re.Match[str]) -> str:
        try:
            return found[0].encode("utf-8").decode("cp1252")
        except UnicodeDecodeError:
            return found[0]

    return re.sub("[\u00c0-\u00ff’“”–]", mangled, source)


SOURCE_NOISE: dict[str, Callable[[str, Site], str]] = {
    "entities": entities,
    "whitespace": white_space,
    "typography": typography,
    "encoding": broken,
}
"""Of one of the two versions only."""
