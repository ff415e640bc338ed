"""Bodies that sign pictures and reports: news agencies, picture agencies, and words that tell a body from a person.

Data only. Names are compared in lower case with single blanks.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["BODY_WORDS", "LIBRARIES", "NETWORKS", "PLATFORMS", "is_agency", "is_body"]

_NAMES = """
# the whole world
ap, associated press, the associated press, ap photo, ap images, ap-photo, ap content, apnews, ap file, afp,
afp photo, agence france-presse, agence france presse, afp forum, afp tv, afptv, afp/archive, afpforum, reuters,
thomson reuters, reuters photo, reuters connect, bloomberg, bloomberg news, bloomberg finance lp, upi,
united press international, epa, epa-efe, efe-epa, european pressphoto agency, efe, agencia efe, efe/epa, epa/efe,
xinhua, xinhua news agency, zuma, zuma press, zuma wire, zumapress, zuma24, zuma press wire, sipa, sipa usa,
sipa press, abaca, abacapress, abaca press, nurphoto, nur photo, icon sportswire, imagn, imagn images, csm,
cal sport media, middle east images, sopa images, sopa, cover images, newscom, polaris, polaris images, redux,
redux pictures, vii, vii photo, contacto, contactophoto, bestimage, splash news, backgrid, x17, wenn, action images,
action plus, action press, ipa, ipa press, le pictorium, cover media, instarimages,
# picture libraries
getty, getty images, gettyimages, getty images europe, getty images north america, getty images asiapac, istock,
istockphoto, istock/getty images, shutterstock, shutterstock.com, alamy, alamy stock photo, alamy live news,
adobe stock, adobestock, stock.adobe.com, depositphotos, depositphotos.com, unsplash, pexels, pixabay, flickr,
wikimedia commons, wikimedia, wikipedia, wiki commons, creative commons, colourbox, colorbox, fotolia, dreamstime,
123rf, bigstock, bigstockphoto, freepik, vecteezy, pond5, envato, corbis, camera press, eyevine, magnum photos,
magnum, hulton archive, universal images group, bridgeman images, mary evans, topfoto, akg-images, akg,
ullstein bild, mauritius images, science photo library, nature picture library, panos, panos pictures, rex,
rex features, rex/shutterstock, photononstop, photoshot, age fotostock, everett collection,
# British Isles
pa, pa wire, pa images, pa media, pa archive, press association, pa news agency, pa photos, pa real life, swns,
caters, caters news agency, news images, focus images, propics, inpho, sportsfile, rollingnews.ie, photocall,
photocall ireland, pacemaker, presseye, press eye, getty/pa, london news pictures, lnp, kent news and pictures,
media scotland, sns group, wales news service, solent news, universal news and sport, crown copyright,
# German, Austrian, Swiss
dpa, dpa-bildfunk, dpa/dpa, dpa-zentralbild, dpa-infografik, deutsche presse-agentur, picture alliance,
picture-alliance, pa/dpa, imago, imago images, imago sport, imago stock, imago stock&people, imagebroker, apa,
apa-images, apa/dpa, apa-fotoservice, apa/keystone, apa picturedesk, picturedesk.com, picturedesk, ots, keystone,
keystone-sda, keystone/epa, keystone sda, sda, ats, witters, bildagentur, laif, ostkreuz, ddp, ddp images, kna, epd,
eibner, nordphoto, getty images/istockphoto, funke foto services, funke, bongarts, westend61, plainpicture,
photocase, photothek, sven simon, team2sports, gepa, gepa pictures, expa, expa pictures, freshfocus, geisser, ard,
zdf, wdr, ndr, mdr, swr, rbb, ard-aktuell, tagesschau, orf, srf, rtl, sat.1, prosieben, sport1,
news5, 7aktuell, onw-images, nonstopnews, vifogra, arte, 3sat,
# French, Belgian, Dutch, Luxembourgish
maxppp, hans lucas, gamma-rapho, sipa/ap, divergence, agence vu, myop, tendance floue, icon sport, iconsport, kms,
dppi, presse sports, panoramic, starface, photopqr, opale, leemage, roger-viollet, belga, belga photo, belgaimage,
belga image, photo news, photonews, anp, anp photo, anp foto, hollandse hoogte, anp / hollandse hoogte, ginopress,
pro shots, proshots, orange pictures, isopix, novum, nrk, vrt, rtbf, rtl info, rtl nieuws, france télévisions,
france televisions, franceinfo, radio france, bfmtv, tf1, tv5, rai,
# Nordic
ritzau, ritzau scanpix, scanpix, scanpix denmark, ntb, ntb scanpix, ntb kommunikasjon, tt, tt nyhetsbyrån, tt-bild,
tt/ap, lehtikuva, bildbyrån, stt, all over press, aop, bildbyran, polfoto, nordfoto, vg, yle, svt, dr/scanpix, tv 2,
tv2, mostphotos, johner, rúv, ruv,
# southern Europe
ansa, lapresse, la presse, agf, adnkronos, agi, askanews, italpress, ipa agency, imagoeconomica, fotogramma,
mondadori portfolio, nurphoto srl, lusa, global imagens, globalimagens, agência lusa, europa press, europapress, acn,
agencia catalana de noticias, agència catalana de notícies, servimedia, rtve, tve, telecinco, antena 3, lasexta,
colpisa, quality sport images, αθηναϊκό πρακτορείο, απε-μπε, απε, eurokinissi, intime, intime news, sooc,
motion team, κυπε, ert, ερτ, mega tv, anadolu, anadolu agency, anadolu ajansı, anadolu images, aa, dha, iha,
demirören haber ajansı, ihlas haber ajansı, i̇ha, i̇hlas haber ajansı, depo photos, trt, trt haber, ntv,
# central and eastern Europe
pap, polska agencja prasowa, agencja gazeta, agencja wyborcza, agencja wyborcza.pl, east news, newspix.pl, newspix,
cyfrasport, 400mm.pl, tvn, tvn24, tvp, polsat, polsat news, fotonova, ctk, čtk, čtk / ap, tasr, mafra, profimedia,
profimedia.cz, čt, ct24, čt24, rtvs, mti, mtva, mti fotószerkesztőség, agerpres, mediafax, mediafax foto, inquam,
inquam photos, profimedia images, hepta, intact images, hina, pixsell, cropix, tanjug, танјуг, fonet, фонет, sta,
bobo, f.a. bobo, миа, makfax, bta, бта, бгнес, bgnes, булфото, bulphoto, impact press group, dir.bg, elta, bns, leta,
f64, delfi, ekspress meedia, err, lrt, lsm, ltv, tass, tass.ru, тасс, итар-тасс, ria novosti, риа новости, sputnik,
россия сегодня, интерфакс, interfax, interfax-ukraine, kommersant, коммерсантъ, коммерсант, рбк, lenta.ru,
агентство москва, агн москва, агн «москва», global look press, legion-media, регнум, росконгресс, unian, уніан,
укрінформ, ukrinform, украинформ, унн, бабель, суспільне, бєлта, белта, belta, казинформ, kazinform, interpressnews,
armenpress, azertac, azərtac,
# Near East
jini, flash90, ynet, fars, fars news agency, irna, isna, mehr news agency, tasnim, tasnim news agency, wana, wafa,
kuna, wam, qna, nna, al jazeera, aljazeera, الجزيرة, رويترز, أ ف ب, أ.ف.ب, فرانس برس, الفرنسية,
وكالة الأنباء الفرنسية, أسوشيتد برس, أسوشييتد برس, د ب أ, وام, واس, سانا, وفا, الأناضول, وكالة الأناضول, غيتي,
غيتي إيميجز, جيتي, رويترز/أرشيف, سبوتنيك, שאטרסטוק, רויטרס, gettyimages israel, איי פי, אי.פי, אי-פי, לע"מ, פלאש 90,
פלאש90, דובר צה"ל, gpo, idf, تسنیم, ایرنا, ایسنا, فارس, مهر, خبرگزاری فارس,
# Africa
panapress, gna, african news agency, gallo, gallo images, gallo images/getty images, sowetan, sabc, gcis, sapa,
nampa, backpagepix, enca, news24,
# South Asia
pti, press trust of india, pti photo, pti file, ani, ians, bhasha, hindustan times, ht photo, ht archive,
india today, the hindu, bccl, toi, inp, unb, bss, bdnews24, bdnews24.com, dh photo, dhns, प्रेट्र, पीटीआई, एएनआई,
भाषा, आईएएनएस, रॉयटर्स, एपी, एएफपी, পিটিআই, রয়টার্স, এএফপি, এপি, বাসস, ফোকাস বাংলা, আনন্দবাজার,
# East Asia
新华社, 新華社, 中新社, 中国新闻社, 中新网, 央视, 央视新闻, 人民视觉, 视觉中国, 視覺中國, vcg, visual china group,
china daily, cfp, ic photo, icphoto, 东方ic, 路透社, 路透, 法新社, 美联社, 美聯社, 中央社, 歐新社, 達志影像,
达志影像, cna, 共同社, 韩联社, 韓聯社, 盖蒂图片社, 卫星社, 塔斯社, 東方ic, 澎湃新闻, 新京报, 封面新闻, 聯合報系,
聯合報, 共同, 共同通信, 共同通信社, kyodo, kyodo news, 時事, 時事通信, 時事通信社, jiji, jiji press, ロイター,
ロイター通信, ap通信, aflo, アフロ, aflo sport, gettyimages japan, ゲッティ, ゲッティイメージズ, ゲッティ=共同,
pixta, スポーツ報知, デイリースポーツ, 朝日新聞社, 毎日新聞社, 読売新聞社, 産経新聞社, nhk, yonhap, yonhap news,
연합뉴스, 연합, 뉴시스, 뉴스1, news1, newsis, 로이터, 로이터연합뉴스, 로이터=연합뉴스, ap연합뉴스, ap=연합뉴스,
afp=연합뉴스, epa연합뉴스, epa=연합뉴스, 로이터 연합뉴스, ap 연합뉴스, afp 연합뉴스, 게티이미지뱅크, 게티이미지,
게티이미지코리아, 셔터스톡, osen, 스포츠서울, kcna, 조선중앙통신,
# South-East Asia and the Pacific
bernama, antara, antara foto, antara news, dok. antara, vna, ttxvn, vov, vnexpress, thanh niên, tuổi trẻ, pna,
presidential communications office, rappler, inquirer, gma, abs-cbn, kompas, detik, detikcom, liputan6,
thai news pix, mcot, เอเอฟพี, รอยเตอร์, เอพี, ซินหัว, aap, aapimage, aap image, aap images, aap photos, news corp,
news corp australia, nine news, 7news, 10 news first, rnz, stuff, nzme, photosport, newswire, nca newswire, sbs,
# the Americas
canadian press, the canadian press, la presse canadienne, cp, cp photo, postmedia, postmedia news, cbc, radio-canada,
usa today sports, usa today network, usa today, the new york times, new york times, nyt, washington post,
the washington post, twp, los angeles times, tns, tribune news service, mct, medianews group, hearst newspapers,
nasa, noaa, esa, usgs, nypd, lapd, dvids, u.s. navy, cnn, bbc, bbc news, fox news, abc news, abc, nbc news, nbc,
cbs news, cbs, pbs, npr, msnbc, cnbc, télam, telam, noticias argentinas, notimex, cuartoscuro, agencia cuartoscuro,
agencia el universal, agencia reforma, agência brasil, agencia brasil, folhapress, estadão conteúdo, agência o globo,
agencia o globo, fotoarena, futura press, agif, tv globo, ebc, agência senado, agência câmara, câmara dos deputados,
agencia uno, atón, aton chile, atonchile, photosport chile, andina, colprensa, prensa latina, xinhua/afp, un photo,
unhcr,
# places where people publish
youtube, facebook, twitter, instagram, tiktok, telegram, whatsapp, weibo, 微博, truth social, google street view,
maxar, planet labs, planet labs pbc, copernicus, ecpad,
"""

_AGENCIES = frozenset(
    name
    for line in _NAMES.splitlines()
    if not line.startswith("#")
    for part in line.split(",")
    if (name := part.strip())
)

NETWORKS = frozenset("youtube facebook twitter instagram tiktok telegram whatsapp weibo".split())
"""Listed because pictures come from them; alone on a line, a button rather than a credit."""

LIBRARIES = frozenset(
    "istock istockphoto shutterstock shutterstock.com dreamstime 123rf depositphotos depositphotos.com fotolia "
    "bigstock freepik vecteezy pond5 pixta adobestock".split()
) | {"adobe stock", "stock.adobe.com", "getty images/istockphoto", "istock/getty images"}
"""Libraries that anybody may sell pictures through: the name beside theirs is a contributor, whatever its shape."""

PLATFORMS = (
    LIBRARIES
    | {"getty images", "alamy stock photo", "wikimedia commons"}
    | frozenset("getty gettyimages alamy flickr unsplash pexels pixabay wikipedia wikimedia".split())
)
"""Places where a name of one word is a user's."""

BODY_WORDS = frozenset(
    "news press agency agence agencia agência agenzia agentur "
    "agencja agentura agentúra agenția agencies wire staff editor editors editorial "
    "redaktion redaktionen "
    "redaction rédaction redacción redacao redação redazione redactie redakcja redakce redaktionen desk team newsroom "
    "times media medien post tv radio online magazine zeitung journal network reporters correspondents bureau service "
    "services group inc ltd gmbh llc company corporation university police office institute "
    "foundation association party government court council committee club museum nachrichten noticias "
    "notizie nouvelles "
    "nyheter uutiset haber medya digital web redaktor webdesk contributors contributor admin "
    "administrator gazette tribune "
    "herald chronicle daily weekly monthly today report reports ajansı servisi zentrale verlag "
    "publishing images photos "
    "photo pictures picture studio studios productions archives archive via com org net live sports "
    "authority authorities ministry ministries department departments ministère ministerio ministero ministério "
    "ministerium ministerstwo ministerstvo ministarstvo minister bakanlığı kementerian министерство міністерство "
    "commission directorate parliament senate congress embassy municipality prefecture province county federal "
    "army navy forces guard brigade customs treasury hospital clinic school college academy universität "
    "université universidad universidade università universiteit universitet uniwersytet universitas üniversitesi "
    "университет університет polizei policía polícia polizia policie politie politi polis policja полиция поліція "
    "gobierno gouvernement governo regierung regering regjeringen presidencia présidence prefeitura ayuntamiento "
    "gemeinde stadt stadtverwaltung feuerwehr landkreis bundeswehr comune mairie commune kommune kommun gemeente "
    "fundación fundação fondation fondazione stiftung stichting fundacja фонд фундация фундація instituto istituto "
    "institut institutt asociación associação associazione verein verband federation federación federação fédération "
    "federazione union syndicate alliance technologies technology solutions systems films studios airlines railways "
    "airport museu museo musée biblioteca library".split()
)
"""A name with one of these is the name of a body."""

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=2_048)
def is_agency(text: str) -> bool:
    """The whole text names an agency that is on the list."""
    name = " ".join(text.lower().strip(" .,;:()[]©").split())
    return name in _AGENCIES or name.removesuffix(" photo").removesuffix(" photos") in _AGENCIES


def is_body(text: str) -> bool:
    """The text names an agency, a newsroom or another body, not a person."""
    return is_agency(text) or not BODY_WORDS.isdisjoint(word.lower() for word in _WORD.findall(text))
