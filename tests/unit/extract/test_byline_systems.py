"""Bylines as the systems of newsrooms write them, in many languages."""

from __future__ import annotations

import pytest

from tests.unit.extract.pages import read, story

SYSTEMS = {
    '<div class="entry-meta"><span class="posted-on"><time datetime="2026-05-03">May 3, 2026</t'
    'ime></span><span class="byline"> by <span class="author vcard"><a class="url fn n" href="/'
    'author/mq/">Mara Quill</a></span></span></div>': ["Mara Quill"],
    '<div class="article-byline"><span>By <a class="author-link" href="/author/mq">Mara Quill</'
    "a>, Courier Staff Writer</span><time>3 May</time></div>": ["Mara Quill"],
    '<div class="x1">Mara Quill | 12. 5. 2026 14:35</div>': ["Mara Quill"],
    '<div class="x1"><strong>Mara Quill</strong> <span>12 mei 2026, 14:35</span></div>': ["Mara Quill"],
    '<div class="x1"><a href="/local">Local News</a> | 12 May 2026</div>': [],
    '<p class="x1">Par <b>Luc Moreau</b> avec AFP<br>Publié le 12/05/2026 à 14h35, mis à jour à 16h02</p>': [
        "Luc Moreau"
    ],
    '<div class="node__submitted">Submitted by <span>mquill</span> on 3 May</div>': [],
    '<div class="field field--name-field-author">Mara Quill</div>': ["Mara Quill"],
    '<ul class="list-inline"><li><span itemprop="author" class="tnt-byline">MARA QUILL mquill@c'
    "ourier.example</span></li><li>May 3, 2026</li></ul>": ["MARA QUILL"],
    '<span class="p-author c-byline__item">By <a>Mara Quill</a> and <a>Jo Finch</a> <time>Updat'
    "ed May 3, 2026, 10:28am EDT</time></span>": ["Mara Quill", "Jo Finch"],
    '<address aria-label="Contributor info" data-component="meta-byline"><div><a rel="author" h'
    'ref="/x">Mara Quill</a> in Berlin and <a rel="author" href="/y">Jo Finch</a></div></addres'
    "s>": ["Mara Quill", "Jo Finch"],
    '<div data-component="byline-block"><span class="x1">Mara Quill</span><div>Business reporte'
    "r, Courier News</div></div>": ["Mara Quill"],
    '<div class="c1">Von <a href="/impressum/autor-7">Mara Quill</a>, Berlin</div>': ["Mara Quill"],
    '<div class="c1"><a href="/autor/mara-quill/" title="x">Mara Quill</a></div><span>Madrid - 03 may 2026</span>': [
        "Mara Quill"
    ],
    '<p class="meta__authors">Par <a href="/signataires/mq">Mara Quill</a> <span>(Brest, corres'
    "pondante)</span> et <a>Jo Finch</a></p>": ["Mara Quill", "Jo Finch"],
    '<ul class="authors"><li><a href="/x"><span>Mara Quill</span><span>Journalist</span></a></l'
    'i><li><a href="/y"><span>Jo Finch</span><span>Journalist</span></a></li></ul>': ["Mara Quill", "Jo Finch"],
    '<p class="article_author">東京社会部 山田太郎</p>': ["山田太郎"],
    '<div class="byline">홍길동 기자 <a>구독</a><em>입력 2026.05.03 10:00</em></div>': ["홍길동"],
    '<div class="byline"><span>홍길동 기자</span><span>기자 구독</span><span>입력 2026.05.03</span><span>서'
    "울</span></div>": ["홍길동"],
    '<span class="author">作者：张三 责编：李四</span><span>来源：海港网</span>': ["张三"],
    '<div class="author-name">محمد علي</div>': ["محمد علي"],
    '<div class="article-author">القاهرة - محمد علي</div>': ["محمد علي"],
    '<span class="authorName">דני כהן</span>': ["דני כהן"],
    '<div class="author">Edited By: राम शर्मा | Written By: मोहन वर्मा</div>': ["मोहन वर्मा"],
    "<p>โดย สมชาย ใจดี</p>": ["สมชาย ใจดี"],
    '<div class="article__author"><a>Иван Петров</a></div>': ["Иван Петров"],
    '<div class="article-author">Matti Virta <span>matti.virta@courier.example</span></div>': ["Matti Virta"],
    '<div class="author-info"><img alt="Mara Quill"><a class="name" href="/mq">Mara Quill</a><p'
    ">Reporter</p><a>Follow</a><p>Mara Quill covers the harbour for the Courier and has written"
    " two books about cranes and the people who drive them.</p></div>": ["Mara Quill"],
    '<div class="authors"><div class="author"><a>Mara Quill</a><div class="job">Redakteurin Wir'
    'tschaft</div></div><div class="author"><a>Jo Finch</a><div class="job">Korrespondent Brüss'
    "el</div></div></div>": ["Mara Quill", "Jo Finch"],
    '<div class="byline">By <span>Mara Quill</span>, <span>Jo Finch</span> &amp; <span>Ada Brook</span></div>': [
        "Mara Quill",
        "Jo Finch",
        "Ada Brook",
    ],
    '<div class="byline">Mara Quill<br>Published 3 May 2026, 10:28 am<br>Last Updated 4 May 2026</div>': ["Mara Quill"],
    '<div class="byline">Reviewed by Jo Finch</div><div class="byline">By Mara Quill</div>': ["Mara Quill"],
    '<div class="article-info"><span class="author">Skrevet av: Ola Nordmann</span><span class='
    '"photographer">Foto: Kari Berg</span></div>': ["Ola Nordmann"],
    '<div class="byline"><span>Journalist</span> <a>Ola Nordmann</a> <span>Fotograf</span> <a>Kari Berg</a></div>': [
        "Ola Nordmann"
    ],
    '<div class="autor">Autor: <strong>Jan Kowal</strong>, Źródło: <strong>PAP</strong></div>': ["Jan Kowal"],
    '<div class="author">Redakcja</div>': [],
    '<div class="author"><a href="/redaktion">Red.</a></div>': [],
    '<div class="byline">By Harbour Courier Staff</div>': [],
    '<div class="byline">Bởi <b>Nguyễn Văn An</b></div>': ["Nguyễn Văn An"],
    '<div class="byline">Penulis <b>Budi Santoso</b> | Editor <b>Siti Aminah</b></div>': ["Budi Santoso"],
    '<div class="read__author">Penulis: Budi Santoso, Editor: Siti Aminah</div>': ["Budi Santoso"],
    '<div class="byline">Rédigé par Mara Quill le 3 mai 2026</div>': ["Mara Quill"],
    '<div class="byline">Publié le 3 mai 2026 par Mara Quill</div>': ["Mara Quill"],
    '<div class="byline">Posted on May 3, 2026 by Mara Quill</div>': ["Mara Quill"],
    "<p><em>By Mara Quill, Courier correspondent</em></p>": ["Mara Quill"],
    "<p><strong>Mara Quill</strong> / Courier</p>": [],
    '<div class="author">3. Mai 2026 um 10:28 Uhr Mara Quill</div>': ["Mara Quill"],
    '<div class="author-bar"><span class="author-text">Scritto da </span><span>Luca Neri</span>'
    "<span>3 maggio 2026</span></div>": ["Luca Neri"],
    '<div class="by-line"><p>Mara Quill</p></div>': ["Mara Quill"],
    '<p class="byline-name">Mara Quill<span class="divider">|</span>Courier.com</p>': ["Mara Quill"],
    '<div class="author">Mara Quill, Special to the Courier</div>': ["Mara Quill"],
    '<div class="author">By Mara Quill Special to the Courier</div>': ["Mara Quill"],
    '<div class="author">by Mara Quill – The Courier</div>': ["Mara Quill"],
    '<div class="byline">Yazan: Ayşe Kaya 3 Mayıs 2026</div>': ["Ayşe Kaya"],
    '<div class="byline">Giriş: 3 Mayıs 2026 Güncelleme: 4 Mayıs</div>': [],
    '<div class="author">Mara Quill Senior Staff Writer</div>': ["Mara Quill"],
    '<div class="author"><span>Mara Quill</span><span>Mara Quill</span> <span>Washington Bureau Chief</span></div>': [
        "Mara Quill"
    ],
    '<div class="byline">Szerző: <a>Kis Anna</a> 2026. május 3.</div>': ["Kis Anna"],
    '<span class="author">Автор: <a>Иван Петров</a>, корреспондент «Гавани»</span>': ["Иван Петров"],
    '<div class="author">Пётр Лис, Анна Белова</div>': ["Пётр Лис", "Анна Белова"],
    '<p class="author-section byline-plain">By <a class="author" rel="nofollow">Mara Quill For Courieronline</a></p>': [
        "Mara Quill"
    ],
    '<p class="author-section byline-plain">By MARA QUILL and JO FINCH FOR COURIER.COM</p>': ["MARA QUILL", "JO FINCH"],
    '<div class="byline__names">By <span class="byline__name">Mara Quill</span>, CNN</div>': ["Mara Quill"],
    '<div class="author-byline">By <span><a>Mara Quill</a> <span class="article-source"><a>Cour'
    "ier News</a></span></span></div>": ["Mara Quill"],
    '<ul class="author"><li><span class="author-label">By</span><a class="publication-theme">Ma'
    'ra Quill</a><span class="author-role">Reporter</span></li><li>10:28, 3 May 2026</li></ul>': ["Mara Quill"],
    '<p class="content-publication-data__from">Por Mara Quill — São Paulo</p>': ["Mara Quill"],
    '<p class="p-author"><span class="autor">Mara Quill</span> Do Diário, em São Paulo</p>': ["Mara Quill"],
    '<span class="author-name">Matti Virta HS</span>': ["Matti Virta"],
    '<div class="fig__authors">Par <a class="fig__author">Mara Quill</a>, <a>Le Quai avec AFP</a></div>': [
        "Mara Quill"
    ],
    '<div class="author">فريق التحرير</div>': [],
    '<div class="author">وكالات</div>': [],
    '<div class="author">न्यूज़ डेस्क</div>': [],
    '<div class="author">מערכת הנמל</div>': [],
    '<div class="author">Haber Merkezi</div>': [],
    '<div class="author">Tim Redaksi</div>': [],
    '<div id="art_author" data-byline="Mara Quill">By: <span id="art_author_span"><a>Mara Quill'
    "</a> - Reporter / @mq</span></div>": ["Mara Quill"],
    '<div class="author">Reported by Mara Quill, Edited by Jo Finch</div>': ["Mara Quill"],
    '<div class="author">By Mara Quill, New Delhi</div>': ["Mara Quill"],
    '<div class="author">By: Courier Web Desk</div>': [],
    '<section class="author">By <a>Mara Quill</a><small>Reporter</small><p>Courier Media Group</p></section>': [
        "Mara Quill"
    ],
    '<h5 data-testid="byline"><a>Mara Quill</a> and <a>Jo Finch</a></h5>': ["Mara Quill", "Jo Finch"],
    '<div class="detail__author">Budi Santoso - <span>kabarHarbour</span></div>': ["Budi Santoso"],
    "<p>港灣報／ 記者王小明／台北即時報導</p>": ["王小明"],
    '<div class="reporter">홍길동 기자 김영희 기자</div>': ["홍길동", "김영희"],
    '<div class="author">Jan Kowal, PAP</div>': ["Jan Kowal"],
    '<div class="author"><span>Mara Quill</span>, <span>Paris correspondent</span></div>': ["Mara Quill"],
    '<div class="author">Mara Quill/dpa</div>': ["Mara Quill"],
    '<div class="author">dpa, Mara Quill</div>': ["Mara Quill"],
    '<p class="autor">Von Mara Quill, Jo Finch und Ada Brook, Saltmere</p>': ["Mara Quill", "Jo Finch", "Ada Brook"],
    '<p class="author">Mara Quill (Text) und Jo Finch (Fotos)</p>': ["Mara Quill"],
    '<p class="author">Interview: Mara Quill</p>': ["Mara Quill"],
    '<p class="author">Das Gespräch führte Mara Quill</p>': ["Mara Quill"],
    '<p class="author">Aufgezeichnet von Mara Quill</p>': ["Mara Quill"],
    '<p class="author">Entretien réalisé par Mara Quill</p>': ["Mara Quill"],
    '<p class="author">Par Mara Quill (avec AFP)</p>': ["Mara Quill"],
    '<p class="author">Por Mara Quill | Saltmere</p>': ["Mara Quill"],
    '<p class="author">De nuestra redacción</p>': [],
    '<p class="author">Mara Quill, enviada especial</p>': ["Mara Quill"],
    '<p class="author">Mara Quill, collegamento da Brest</p>': ["Mara Quill"],
    '<p class="author">Onze redactie</p>': [],
    '<p class="author">Av TT</p>': [],
    '<p class="author">NTB</p>': [],
    '<p class="author">Text: Anna Lind<br>Foto: Erik Berg</p>': ["Anna Lind"],
    '<p class="author"><b>Text</b> Anna Lind <b>Foto</b> Erik Berg</p>': ["Anna Lind"],
    '<p class="author">Anna Lind<br>anna.lind@courier.example</p>': ["Anna Lind"],
    '<p class="author">Jana Malá, ČTK</p>': ["Jana Malá"],
    '<p class="author">(jm, ČTK)</p>': [],
    '<p class="author">Д-р Иван Петров</p>': ["Иван Петров"],
    '<p class="author">ТАСС</p>': [],
    '<p class="author">Mara Quill &nbsp;|&nbsp; Published 2 hours ago</p>': ["Mara Quill"],
    '<div class="author">Mara Quill<span>View all posts by Mara Quill</span></div>': ["Mara Quill"],
    '<div class="byline">By&nbsp;Mara&nbsp;Quill</div>': ["Mara Quill"],
    '<div class="byline">By Mara Quill <span>5 min read</span><span>Add as a preferred source on Google</span></div>': [
        "Mara Quill"
    ],
    '<div class="byline">Opinion by Mara Quill, Contributor</div>': ["Mara Quill"],
    '<div class="byline">Guest essay by Mara Quill</div>': ["Mara Quill"],
    '<div class="byline">Mara Quill in Brest and agencies</div>': ["Mara Quill"],
    '<div class="byline">Presented by Harbour Bank</div>': [],
    '<div class="byline">Sponsored by Harbour Bank</div>': [],
    '<div class="byline"><b>Mara Quill</b><i>White House Correspondent</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Middle East Correspondent</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Home Affairs Editor</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Asia Pacific Editor</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b>, <i>Senior Harbour Correspondent</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Head of Data</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Chefin vom Dienst</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Ressort Politik</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Leitender Redakteur Wirtschaft</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Freier Autor</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Grand reporter</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Service Economie</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Madrid</i><i>03/05/2026 10:28h.</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Buenos Aires</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Quai-France</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Politikreporter</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Politisk redaktør</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><i>Utrikesreporter</i></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>Alle Artikel</a><a>E-Mail schreiben</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>Voir tous ses articles</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>See Full Bio</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>More From Mara</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>Add Topic</a><a>Gift Article</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>Bookmark</a><a>Listen Now</a></div>': ["Mara Quill"],
    '<div class="byline"><b>Mara Quill</b><a>Сохранить</a><a>Комментарии 5</a></div>': ["Mara Quill"],
    '<div class="byline">From <b>Mara Quill</b> in Brest</div>': ["Mara Quill"],
    '<div class="author"><span>Mara Quill</span><span>, </span><span>Jo Finch</span><span> and '
    "</span><span>Ada Brook</span></div>": ["Mara Quill", "Jo Finch", "Ada Brook"],
    '<div class="author">Mara Quill, Jo Finch et Ada Brook (avec AFP)</div>': ["Mara Quill", "Jo Finch", "Ada Brook"],
    '<div class="author">Von MARA QUILL und JO FINCH</div>': ["MARA QUILL", "JO FINCH"],
    '<div class="author">VON MARA QUILL</div>': ["MARA QUILL"],
    '<div class="author">BY MARA QUILL</div>': ["MARA QUILL"],
    '<div class="author">PAR MARA QUILL</div>': ["MARA QUILL"],
    '<div class="author">Av: Mara Quill</div>': ["Mara Quill"],
    '<div class="author">Door onze redacteur Mara Quill</div>': ["Mara Quill"],
    '<div class="author">Por Mara Quill, para Courier</div>': ["Mara Quill"],
    '<div class="author">Mara Quill @maraquill / Saltmere</div>': ["Mara Quill"],
    '<div class="author">Mara Quill (Saltmere Kurier)</div>': ["Mara Quill"],
    '<div class="author">Mara Quill, The Courier</div>': ["Mara Quill"],
    '<div class="author">By Mara Quill, USA TODAY</div>': ["Mara Quill"],
    '<div class="author">By Mara Quill Courier Staff Writer</div>': ["Mara Quill"],
    '<div class="author">By MARA QUILL mquill@courier.example</div>': ["MARA QUILL"],
    '<div class="author">By MARA QUILL Associated Press</div>': ["MARA QUILL"],
    '<div class="author">By MARA QUILL and JO FINCH Associated Press</div>': ["MARA QUILL", "JO FINCH"],
    '<div class="author">By MARA QUILL AP Business Writer</div>': ["MARA QUILL"],
}


@pytest.mark.parametrize(("markup", "names"), SYSTEMS.items(), ids=range(len(SYSTEMS)))
def test_authors(markup: str, names: list[str]) -> None:
    """Those who wrote, and nobody else: no editor, photographer, role, place, date, source or button."""
    assert names == list(read(story(above=markup)).settled("authors").texts)
