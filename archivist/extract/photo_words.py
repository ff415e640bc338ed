"""Words around pictures: of origins, of bodies, and in the names of classes. Data only."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CAPTION_WORDS",
    "COLLECTIONS",
    "CREDIT_WORDS",
    "DESCRIPTION_WORDS",
    "ELSEWHERE_WORDS",
    "IMAGE_WORDS",
    "ORIGINS",
    "PHOTO_BODIES",
    "POSITIONS",
    "SIGNER_WORDS",
    "SUPPLIERS",
]

ORIGINS: Final = frozenset(
    """
    supplied handout hand-out ho courtesy file files filed library collection privat private privata privé zvg z.v.g dr
    d.r archiv archive archives archivo arquivo archivio arkiv arkistokuva archief archívum arşiv archivbild screenshot
    screenshots screengrab screengrabs skjermdump skjáskot screenshotte skärmdump capture captura reserved rights all
    reproduction reproducción reprodução reproduksjon divulgação divulgacao cedida cedidas cedido cortesía cortesia
    internet public domain unknown undated pool photo photos picture pictures image images foto fotos bild bilder
    symbolbild symbolfoto symbolphoto archivfoto agenturfoto pressefoto pressebild pr pr-video pr-foto video videos
    illustration composite montage collage stock generic representative representational social media via by of the and
    from credit credits source with permission used wire exclusive sithunyelwe aðsend ilustrasi dok dokumen istimewa
    ist stringer staff undatiert promo pressmaterial presse press still frame grab tangkapan layar nvcc t.l tư liệu
    архив архива иллюстрация скриншот архів αρχείο αρχείου أرشيف ארכיון אילוסטרציה फाइल संगृहीत সংগৃহীত ফাইল 자료사진
    資料 資料照 資料照片 资料图 资料图片 網路 网络 翻攝 本報 本报
    """.split()
)
"""Words that say where a picture came from and name nobody."""

SUPPLIERS: Final = frozenset(
    "supplied handout hand-out ho privat private privé privata zvg z.v.g dr d.r cedida cedidas cortesía divulgação "
    "istimewa aðsend sithunyelwe screengrab screenshot stringer courtesy".split()
)
"""Origins that are all a page says of who gave the picture."""

POSITIONS: Final = frozenset(
    "left right top bottom above below center centre middle inset clockwise links rechts oben unten mitte gauche "
    "droite haut bas izquierda derecha arriba abajo esquerda direita sinistra destra".split()
)
"""Places in a montage: ``Reuters, left; Bloomberg``."""

COLLECTIONS: Final = frozenset(
    name.strip()
    for name in """
    moment, moment rf, moment open, moment editorial, e+, digitalvision, digital vision, photodisc, stone, iconica,
    tetra, photolibrary,
    vetta, maskot, the image bank, the image bank rf, royalty-free, premium archive, image source, rf, rm,
    blend images, brand x pictures, stocktrek images, the agency collection, editorial, afp contributor, contributor
    """.split(",")
)
"""Shelves of the great libraries: no body of their own."""

PHOTO_BODIES: Final = frozenset(
    """
    earth social project global world watch rescue energy motors records entertainment games capital
    partners holdings industries league football soccer basketball sport cup olympic olympics racing team
    fc sc ff vs sv tsv tsg vfb fsv nms lpd un unhcr nasa mission space aerospace defense defence intelligence
    security health healthcare hotel hotels resort restaurant theatre theater opera festival orchestra film cinema
    campaign house city town village state national royal international european american british african asian arab
    image imagens fotos foto photography fotografie presse prensa stock video videos handout archiv gallery galleries
    rights organization organisation organización nations marketing communications comunicación komunikasi humas bank
    insurance screenshot screenshots canal channel television televisión tele kanal newspaper journal blog wiki maps
    """.split()
)
"""Words that tell a body where pictures are signed; in a byline some of them are names."""

CREDIT_WORDS: Final = frozenset(
    """
    credit credits source sources copyright copyrights photographer photographers attribution rights bildquelle
    bildrechte bildnachweis quelle credito creditos crediti fotograf fotografo fotografia photocredit imagecredit
    photoby fuente
    fonte zdroj zrodlo forras kaynak rightsholder copyrightholder photobyline credittext owner fotocredit fotograaf
    kuvaaja photograph photog photogs
    """.split()
)

CAPTION_WORDS: Final = frozenset(
    """
    caption captions legend legende legenda bildunterschrift didascalia pie bildtext bildetekst billedtekst
    bildtexte kuvateksti epigrafe bijschrift onderschrift popisek popiska figcaption cutline descripcionfoto
    """.split()
)

SIGNER_WORDS: Final = frozenset("author authors autor auteur autore byline by agency agencia agence firma".split())
"""In a picture's own box, these name who made it."""

DESCRIPTION_WORDS: Final = frozenset(
    "desc description text title subtitle info details label footer bottom alt descr summary podpis opis".split()
)
"""In a picture's own box, these hold its caption."""

IMAGE_WORDS: Final = frozenset(
    "image images photo photos picture pictures pic foto fotos bild img imagem imagen figure slide media featured "
    "gallery imgbox photobox fotografia kuva hero visual".split()
)

ELSEWHERE_WORDS: Final = frozenset(
    "author authors avatar bio profile teaser related recommended promo logo icon newsletter sponsor sponsored "
    "recirculation recirc mostread trending outbrain taboola newsfeed podcast podcasts audio audioplayer "
    "vjs subtitles settings captcha".split()
)
