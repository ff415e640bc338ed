"""Bodies that sign pictures and reports: news agencies, picture agencies, and words that tell a body from a person.

Data only. Names are compared in lower case with single blanks.
"""

from __future__ import annotations

import re

__all__ = ["BODY_WORDS", "is_agency", "is_body"]

_AGENCIES = frozenset(
    part.strip()
    for part in """
    ap, associated press, the associated press, ap photo, ap images, ap-photo, ap content, apn, apnews, afp, afp photo,
    agence france-presse, agence france presse, afp via getty images, afp forum, reuters, thomson reuters,
    reuters photo,
    dpa, dpa-bildfunk, dpa/dpa, deutsche presse-agentur, picture alliance, picture-alliance, getty, getty images,
    gettyimages, getty images europe, istock, istockphoto, istock/getty images, shutterstock, alamy, alamy stock photo,
    alamy live news, adobe stock, adobestock, depositphotos, unsplash, pexels, pixabay, flickr, wikimedia commons,
    wikimedia, epa, epa-efe, efe, efe/epa, epa/efe, ansa, lapresse, imago, imago images, imago sport, apa, apa-images,
    keystone, keystone-sda, keystone/epa, sda, belga, belga photo, belgaimage, anp, ritzau, ritzau scanpix, scanpix,
    ntb, ntb scanpix, tt, tt nyhetsbyrån, tt-bild, lehtikuva, bildbyrån, pap, ctk, čtk, čtk / ap, tasr, mti, agerpres,
    hina, tanjug, stA, bta, elta, bns, leta, tass, tass.ru, ria novosti, риа новости, тасс, sputnik, unian, уніан,
    укрінформ, ukrinform, interfax, anadolu, anadolu agency, anadolu ajansı, aa, dha, iha, afp/getty images, xinhua,
    xinhua news agency, 新华社, kyodo, kyodo news, 共同通信, 時事通信, jiji, jiji press, yonhap, 연합뉴스, 뉴시스,
    newsis,
    뉴스1, bernama, antara, pti, ani, ians, upi, zuma, zuma press, zuma wire, sipa, sipa usa, sipa press,
    abaca, abacapress,
    ho, maxppp, rea, hans lucas, gamma-rapho, magnum photos, magnum, contour, corbis, bloomberg, bloomberg news, pa,
    pa wire, pa images, pa media, press association, rex, rex features, splash news, backgrid, mega, pool, nurphoto,
    anadolu agency via getty images, ap via, icon sportswire, usa today sports, usa today network, canadian press,
    the canadian press, aap, aapimage, aap image, aap images, cna, lusa, europa press, europapress, notimex,
    télam, telam,
    agência brasil, folhapress, estadão conteúdo, agencia uno, nasa, noaa, esa, eyevine, camera press, newscom, polaris,
    redux, the new york times, new york times, washington post, the washington post, zuma24, action images,
    action press, witters, ullstein bild, bildagentur, akg-images, laif, ostkreuz, ddp, ddp images, kna, epd, apa/afp,
    colourbox, colorbox, fotolia, dreamstime, 123rf, youtube, facebook, twitter, instagram, screenshot, afp/archive,
    moment, universal images group, mint, hulton archive, afp tv, afptv, e+, digitalvision, nur photo, via reuters,
    vg, cnn, bbc, fox news, abc news, nbc news, cbs news, nbc, zdf, ard, wdr, ndr, ard-aktuell, orf, srf, rai, tv5
    """.lower()
    .replace("\n", " ")
    .split(",")
    if part.strip()
)

BODY_WORDS = frozenset(
    "news press agency agence agencia agenzia agentur agencies wire staff editor editors editorial "
    "redaktion redaktionen "
    "redaction rédaction redacción redacao redação redazione redactie redakcja redakce redaktionen desk team newsroom "
    "times media medien post tv radio online magazine zeitung journal network reporters correspondents bureau service "
    "services group inc ltd gmbh llc company corporation university ministry police department office institute "
    "foundation association party government court council committee club museum nachrichten noticias "
    "notizie nouvelles "
    "nyheter uutiset haber medya digital web redaktor webdesk contributors contributor admin "
    "administrator gazette tribune "
    "herald chronicle daily weekly monthly today report reports ajansı servisi zentrale verlag "
    "publishing images photos "
    "photo pictures picture studio studios productions archives archive via com org net live sports".split()
)
"""A name with one of these is the name of a body."""

_WORD = re.compile(r"[^\W\d_]+")


def is_agency(text: str) -> bool:
    """The whole text names an agency that is on the list."""
    name = " ".join(text.lower().strip(" .,;:()[]©").split())
    return name in _AGENCIES or name.removesuffix(" photo").removesuffix(" photos") in _AGENCIES


def is_body(text: str) -> bool:
    """The text names an agency, a newsroom or another body, not a person."""
    return is_agency(text) or not BODY_WORDS.isdisjoint(word.lower() for word in _WORD.findall(text))
