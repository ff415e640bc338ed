"""More of what a site changes by itself: what is live, personal, experimental, loaded late, or served from elsewhere."""

# ruff: noqa: E501  # mark-up, sentences and expressions stand whole
from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from newsroom.noise import Site, between
from newsroom.page import Page

__all__ = ["CHURN"]

_AGO = {
    "en": "{} hours ago|{} min ago|Updated {} minutes ago|Published {} hours ago",
    "de": "vor {} Stunden|vor {} Min.|Aktualisiert vor {} Minuten|Vor {} Stunden veröffentlicht",  # codespell:ignore
    "es": "hace {} horas|Actualizado hace {} minutos",  # codespell:ignore
    "fr": "il y a {} heures|Mis à jour il y a {} minutes",  # codespell:ignore
    "it": "{} ore fa|Aggiornato {} minuti fa",  # codespell:ignore
    "pt": "há {} horas|Atualizado há {} minutos",
    "nl": "{} uur geleden",
    "sv": "för {} timmar sedan|{} min sedan",
    "no": "for {} timer siden|{} minutter siden",
    "da": "for {} timer siden",
    "pl": "{} godz. temu|{} minut temu",
    "tr": "{} saat önce|{} dakika önce güncellendi",
    "ru": "{} часов назад|{} минут назад",
    "uk": "{} годин тому",
    "ja": "{}時間前|{}分前",
    "zh": "{}小时前|{}分钟前",
    "ko": "{}시간 전",
    "ar": "قبل {} ساعة|منذ {} دقيقة",
}
_COUNTS = {
    "en": "{}K shares|{} people are reading this|{}2 views|{} reactions|{} likes · {} comments|{},418 people have voted",
    "de": "{} Mal geteilt|{}2 Aufrufe|{} Personen lesen das gerade|{} Kommentare · {} Reaktionen",  # codespell:ignore
    "es": "{} compartidos|{}2 lecturas|{} personas leen esto ahora",  # codespell:ignore
    "fr": "{} partages|{}2 vues|{} personnes lisent cet article",  # codespell:ignore
    "ja": "{}件のコメント|{}2回視聴",
    "zh": "{}次阅读|{}条评论",
    "ar": "{} تعليق|{}2 مشاهدة",
    "ru": "{} просмотров|{} комментариев",
}
_STORIES = {
    "en": "The ferry will not sail before spring, the operator said after a night of talks with the crew.|A school that had been closed for eleven years opened its doors again on Monday.|Two climbers were found unhurt below the pass, where they had waited for daylight.|The orchestra leaves its hall for good and moves into a former warehouse by the canal.|Farmers along the river ask for help after the third dry summer in a row.",
    "de": "Die Fähre fährt vor dem Frühjahr nicht mehr, sagte der Betreiber nach einer Nacht voller Gespräche.|Eine Schule, die elf Jahre lang leer stand, hat am Montag wieder geöffnet.|Zwei Bergsteiger wurden unverletzt unterhalb des Passes gefunden, wo sie auf den Morgen gewartet hatten.|Das Orchester verlässt seinen Saal und zieht in ein altes Lagerhaus am Kanal.",  # codespell:ignore
    "es": "El transbordador no zarpará antes de la primavera, dijo la empresa tras una noche de conversaciones.|Una escuela cerrada durante once años volvió a abrir sus puertas el lunes.|Dos montañeros fueron hallados ilesos bajo el puerto, donde esperaban la luz del día.",  # codespell:ignore
    "fr": "Le bac ne repartira pas avant le printemps, a dit l’exploitant après une nuit de discussions.|Une école fermée depuis onze ans a rouvert ses portes lundi.|Deux alpinistes ont été retrouvés indemnes sous le col, où ils attendaient le jour.",  # codespell:ignore
    "ja": "フェリーは春まで運航しないと、運営会社が一晩の協議の後に明らかにした。|十一年間閉鎖されていた学校が月曜日に再開した。|峠の下で夜明けを待っていた登山者二人が無事に見つかった。",
    "zh": "渡轮公司在彻夜会谈后表示，春天之前不会复航。|一所关闭了十一年的学校周一重新开学。|两名登山者在山口下方被发现，安然无恙。",
    "ar": "قالت الشركة المشغلة إن العبّارة لن تبحر قبل الربيع بعد ليلة من المحادثات.|أعادت مدرسة أغلقت منذ أحد عشر عاما فتح أبوابها يوم الاثنين.",
    "ru": "Паром не выйдет в море до весны, сообщил оператор после ночи переговоров.|Школа, закрытая одиннадцать лет, снова открылась в понедельник.",
}
_COOKIES = {
    "en": "We value your privacy. With your consent, we and our {} partners use cookies to store and read data on your device.|You can change your choices at any time. {} vendors rely on legitimate interest, to which you may object.",
    "de": "Wir schätzen Ihre Privatsphäre. Mit Ihrer Einwilligung nutzen wir und {} Partner Cookies, um Daten auf Ihrem Gerät zu speichern.|Sie können Ihre Auswahl jederzeit ändern. {} Anbieter berufen sich auf berechtigtes Interesse.",  # codespell:ignore
    "es": "Respetamos su privacidad. Con su consentimiento, nosotros y {} socios usamos cookies para guardar datos en su dispositivo.",  # codespell:ignore
    "fr": "Nous respectons votre vie privée. Avec votre accord, nous et {} partenaires utilisons des cookies.",  # codespell:ignore
    "ja": "お客様の同意を得て、当社と{}社のパートナーはクッキーを使用します。",
    "ar": "نحترم خصوصيتك. نستخدم نحن و{} من شركائنا ملفات تعريف الارتباط بموافقتك.",
}
_FOR_YOU = {
    "en": "For you|Because you read this|Picked for you|Popular near you|You might like",
    "de": "Für Sie|Weil Sie das gelesen haben|Aus Ihrer Region|Das könnte Sie interessieren",  # codespell:ignore
    "es": "Para usted|Recomendado para ti",  # codespell:ignore
    "fr": "Pour vous|Vous aimerez aussi",  # codespell:ignore
    "ja": "あなたへのおすすめ",
    "zh": "为你推荐",
    "ar": "مقترح لك",
    "ru": "Рекомендуем",
}
_BUTTONS = "Subscribe now|Try it for 1 €|Start your free month|Jetzt testen|Join for less|Become a member"


def ages(page: Page, site: Site) -> None:
    """How long ago the article appeared, in words, below its headline and above its text."""
    head = next(page.root.iter("h1"), None)
    if head is None or head.getparent() is None:
        return
    tag = site.rng.choice(["p", "span", "div", "time"])
    new = site.element(f'<{tag} class="{site.name("age", "timestamp")}">{site.say(_AGO)}</{tag}>')
    new.tail, head.tail = head.tail, None
    head.addnext(new)


def counts(page: Page, site: Site) -> None:
    """Shares, votes and readers, in a line of their own after a paragraph."""

    def make() -> HtmlElement:
        tag = site.rng.choice(["p", "div", "span"])
        line = f"<{tag}>{site.say(_COUNTS)}</{tag}>"
        return site.element(f'<div class="{site.name("share-counts", "social")}">{line}</div>')

    between(page, site, make, 1)


def stories(page: Page, site: Site) -> None:
    """Stories that turn, in prose and without a link around their text, in a box between paragraphs or after them."""

    def make() -> HtmlElement:
        items = "".join(
            f'<div class="{site.name("story", "item")}"><h3><a href="/n/{site.rng.randrange(10**6)}">{site.say(_STORIES)[:40]}</a></h3><p>{site.say(_STORIES)}</p></div>'
            for _ in range(site.rng.randint(1, 3))
        )
        return site.element(
            f'<section class="{site.name("related-stories", "more")}"><h2>{site.say(_FOR_YOU)}</h2>{items}</section>'
        )

    if site.rng.random() < 0.5:
        between(page, site, make, 1)
    elif (holder := page.paragraphs[-1].getparent()) is not None:
        holder.append(make())


def personal(page: Page, site: Site) -> None:
    """Recommendations below the article, with pictures and times."""
    items = "".join(
        f'<li><a href="/p/{site.rng.randrange(10**6)}"><img src="https://img{site.rng.randint(1, 4)}.courier.example/{site.rng.randrange(10**8)}.jpg" alt="{site.say(_STORIES)[:30]}"/><span>{site.say(_STORIES)}</span></a><time>{site.say(_AGO)}</time></li>'
        for _ in range(site.rng.randint(3, 6))
    )
    page.root.find("body").append(
        site.element(f'<div class="{site.name("recs", "for-you")}"><h2>{site.say(_FOR_YOU)}</h2><ul>{items}</ul></div>')
    )


def sidebar(page: Page, site: Site) -> None:
    """A live ticker in prose beside the article: items come in at the top and fall out at the bottom."""
    first = site.rng.randint(0, 3)
    texts = [text for texts in _STORIES.values() for text in texts.split("|")][first : first + 5]
    items = "".join(
        f'<div class="{site.name("tick", "entry")}"><time>{site.rng.randint(8, 19):02d}:{site.rng.randint(0, 59):02d}</time><p>{text}</p></div>'
        for text in texts
    )
    tag = "div" if site.is_opaque else "aside"
    box = site.element(f'<{tag} class="{site.name("live-ticker", "sidebar")}"><h2>Live</h2>{items}</{tag}>')
    holder = page.paragraphs[0].getparent()
    if holder is not None and holder.tag != "body" and site.rng.random() < 0.5:
        holder.addnext(box)
    else:
        page.root.find("body").append(box)


def cookies(page: Page, site: Site) -> None:
    """A banner of several paragraphs, on some captures."""
    if site.rng.random() < 0.6:
        box = f'<div class="{site.name("consent", "cmp")}"><div><h2>Cookies</h2><p>{site.say(_COOKIES)}</p><p>{site.say(_COOKIES)}</p><button>OK</button></div></div>'
        body = page.root.find("body")
        body.insert(0, site.element(box)) if site.rng.random() < 0.5 else body.append(site.element(box))


def variant(page: Page, site: Site) -> None:
    """One of two forms of an experiment: a button, an attribute, a box around the text."""
    page.root.find("body").set("data-variant", site.rng.choice("ab"))
    box = f'<div class="{site.name("offer")}"><button>{site.rng.choice(_BUTTONS.split("|"))}</button></div>'
    between(page, site, lambda: site.element(box), 1)
    if site.rng.random() < 0.5:
        for paragraph in page.paragraphs:
            paragraph.set("data-v", f"{site.rng.randrange(16**4):04x}")


def attributes(page: Page, site: Site) -> None:
    """Attributes in another order, and others that only a script reads."""
    for element in page.root.iter():
        if isinstance(element.tag, str) and len(element.attrib) > 1 and site.rng.random() < 0.6:
            pairs = list(element.attrib.items())
            site.rng.shuffle(pairs)
            element.attrib.clear()
            for name, value in pairs:
                element.set(name, value)
        if isinstance(element.tag, str) and site.rng.random() < 0.1:
            element.set("data-react-id", f"{site.rng.randrange(10**6)}")


def host(page: Page, site: Site) -> None:
    """Pictures from another of the hosts that serve them."""
    number = site.rng.randint(1, 9)
    for image in page.root.iter("img", "source"):
        for name in ("src", "srcset", "data-src"):
            value = image.get(name) or ""
            if value.startswith("http"):
                image.set(name, re.sub(r"(?<=://)[^/\s]+", f"cdn{number}.static.example", value))


def widths(page: Page, site: Site) -> None:
    """Another of the widths in which a picture is offered."""
    width = site.rng.choice([320, 640, 960, 1280])
    for image in page.root.iter("img"):
        src = image.get("src") or ""
        if re.search(r"\.(?:jpe?g|png|webp)$", src) and src.startswith("http"):
            image.set("srcset", ", ".join(f"{src}?w={each} {each}w" for each in (320, 640, 960, 1280)))
            image.set("src", f"{src}?w={width}&q={site.rng.randint(50, 90)}")


def player(page: Page, site: Site) -> None:
    """A player of video or speech, with its clock and what comes next."""

    def make() -> HtmlElement:
        clock = f"{site.rng.randint(0, 3)}:{site.rng.randint(0, 59):02d} / {site.rng.randint(4, 9)}:{site.rng.randint(0, 59):02d}"
        return site.element(
            f'<div class="{site.name("player", "video")}"><span>{clock}</span><p>{site.say(_STORIES)}</p><a href="/v/{site.rng.randrange(10**6)}">{site.say(_STORIES)[:50]}</a></div>'
        )

    between(page, site, make, 1)


def forms(page: Page, site: Site) -> None:
    """A form with a token, and a puzzle for those who comment."""
    a, b = site.rng.randint(1, 9), site.rng.randint(1, 9)
    page.root.find("body").append(
        site.element(
            f'<form action="/comment"><input type="hidden" name="csrf" value="{site.rng.randrange(16**12):012x}"/><label>{a} + {b} = <input name="sum"/></label><p>{a} + {b} = ?</p></form>'
        )
    )


def reader(page: Page, site: Site) -> None:
    """The comment of the hour, in marks of quotation, in a box between paragraphs."""
    text = site.say(_STORIES)
    between(
        page,
        site,
        lambda: site.element(
            f'<div class="{site.name("top-comment")}"><blockquote><p>“{text}”</p></blockquote><cite>reader{site.rng.randint(10, 99)}</cite></div>'
        ),
        1,
    )


CHURN: dict[str, Callable[[Page, Site], None]] = {
    "ages": ages, "counts": counts, "stories": stories, "personal": personal, "sidebar": sidebar, "cookies": cookies,
    "variant": variant, "host": host, "widths": widths, "player": player, "forms": forms, "reader": reader,
    "attributes": attributes,
}  # fmt: skip
"""In the order in which they are applied."""
