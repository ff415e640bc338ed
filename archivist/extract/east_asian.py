"""Names of persons in Chinese, Japanese and Korean bylines.

No blanks part family name, given name, role and place there: a name is known by its length and its make, in Korean
also by its family name, and by what is written beside it: ``本报记者 李明``, ``記者王小明/台北報導``, ``홍길동 기자``.
"""

from __future__ import annotations

import re
from typing import Final

from archivist.extract.expressions import lazily

__all__ = [
    "begins_east_asian_text",
    "ends_east_asian_text",
    "is_east_asian",
    "is_east_asian_body",
    "is_east_asian_person",
    "is_east_asian_role",
    "is_signed_east_asian",
    "split_east_asian",
]

_HAN: Final = "\u3005\u3400-\u9fff"
_KANA: Final = "\u3040-\u30ff"
_HANGUL: Final = "\uac00-\ud7af"
_SCRIPT: Final = lazily(f"[{_HAN}{_KANA}{_HANGUL}]")
_KOREAN_FAMILIES: Final = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노유하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위"
    "표명기반왕금옥육인맹제모탁국어은편용예경봉부복태목형피두감호"
)
_KOREAN: Final = lazily(f"[{_KOREAN_FAMILIES}][{_HANGUL}]{{2}}|(?:남궁|황보|제갈|선우|독고|사공)[{_HANGUL}]{{1,2}}")
"""One syllable of family name and two of given name, with few exceptions."""
_CHINESE_FAMILIES: Final = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡"
    "贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾鐘汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀"
    "赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜"
    "詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强柴华華车車冉房边邊"
)
_HAN_NAME: Final = lazily(f"[{_HAN}]{{2,5}}|[{_HAN}]{{1,4}} ?[{_KANA}]{{2,5}}|[{_HAN}]{{1,3}} [{_HAN}]{{1,3}}")
_KANA_NAME: Final = lazily(
    "[\u3041-\u309f]{2,5} ?[\u3041-\u309f]{2,5}|[\u30a1-\u30fa\u30fc]{2,12}(?:[・= ][\u30a1-\u30fa\u30fc]{1,12}){1,3}"
)
_BODY: Final = lazily(
    "新聞|新闻|通信|通訊社|通讯社|編集|编辑|編輯|取材|中心|放送|電視|电视|雑誌|杂志|出版|日刊|週刊|周刊|月刊|時報|时报|日報|日报|"
    "晚报|晚報|速報|速报|综合|綜合|公式|委員|研究|大学|協会|財経|财经|財經|公司|集团|集團|频道|頻道|传媒|傳媒|媒体|媒體|本刊|本报|"
    "本報|記事|写真|ニュース|オンライン|スポーツ|テレビ|チーム|デジタル|メディア|ライター|スタッフ|"
    "뉴스|신문|일보|방송|편집|통신|미디어|센터|온라인|디지털|저널|닷컴|매거진|연구소|구독|기사|사진|이미지|이메일|조회|"
    "[社報报網网局班室版組组팀부]$|...部$|(?:社会|政治|経済|文化|運動|国際|外信|地域|学芸|科学|生活|特報|報道|映像)部$"
)
"""In the name of a newspaper, an agency or a newsroom, or on a button."""
_LABELS: Final = (
    "记者|記者|特派[员員]|通[讯訊]员|撰稿人?|撰文|作者|采写|採訪|采访|取材・文|取材|執筆者?|著者|聞き手|文責|筆者|寄稿|編集委員|論説委員|"
    "글쓴이|기자명|작성자|필자|취재"
)
_LABELED: Final = lazily(_LABELS)
_MARK: Final = r"[:/|・=\s]"
_PARTED: Final = lazily(
    rf"(?:本[报報刊社]|新[华華]社|中央社|[实實见见]?[习習]?|特[约約]|首席|[资資]深)?(?:{_LABELS}){_MARK}*|"
    rf"(?:^|(?<=\s))(?:文|글)(?:[·・/]?(?:[图圖]|사진|写真))?{_MARK}+|[,，、;/|&·]|(?<![{_KANA}])・|\s[和與与及]\s|(?<=[{_HAN}]{{2}})[和與与及](?=[{_HAN}]{{2}})"
)
"""Labels and separators: what lies between two of them may be a name."""
_OTHERS: Final = lazily(
    r"(?:责任编辑|責任編輯|责编|編輯|编辑|編集|校[对對]|审核|摄影|攝影|摄|攝|[图圖]片|[图圖]|来源|來源|撮影|写真|出典|翻[译譯]|訳|"
    r"사진|편집|영상|출처|번역)\s?[:/|・=]|(?:摄|攝|撮影)$"
)
_FILED: Final = lazily(r"(?:綜合|综合|連線|即時)?(?:報導|报道|報道)|\d|[電电]$")
"""What follows the place in "Wang Xiaoming, Taipei, reports"."""
_DATELINE: Final = lazily(r"[\[(【〔][^\[\]()【】〔〕]{0,60}[\])】〕]")
_BRACKETS: Final = " ()[]【】〔〕「」『』〈〉《》.:=-—"
_ROLE: Final = lazily(
    rf"(?:\s[{_HANGUL}]{{0,4}}|선임|인턴|객원|전문|수습)?(?:기자|특파원|논설위원|칼럼니스트|리포터|앵커|에디터|평론가|교수|통신원|인턴|피디)\s?=?$"
    r"|\s?(?:氏|さん|著|筆)$"
)
_SIGNED: Final = lazily(
    rf"^[\s(【〔\[]*(?:\S{{0,8}}\s?(?:{_LABELS})|(?:文|글)(?:[·・/]?(?:[图圖]|사진|写真))?{_MARK})|(?:기자|특파원)\s?=?\s?(?:\S{{1,64}}@\S{{1,64}})?$"
)
_BEGINNING: Final = lazily(
    rf"^\s?(?:[^()【】〔〕\[\]。]{{0,20}}[(【〔\[](?P<inner>[^()【】〔〕\[\]]{{0,20}}(?:记者|記者)[^()【】〔〕\[\]]{{2,30}})[)】〕\]]"
    rf"|[(【〔\[][^()【】〔〕\[\]]{{2,24}}[)】〕\]]\s?(?P<korean>[{_HANGUL}\s·,]{{2,24}}(?:기자|특파원))\s?="
    rf"|【[{_KANA}{_HAN}・]{{2,12}}=(?P<placed>[{_HAN}{_KANA}]{{3,8}})】)"
)
_ENDING: Final = lazily(rf"[。」)]\s?(?:【(?P<square>[^【】]{{3,24}})】|\((?P<round>[{_HAN}{_KANA}・、\s]{{3,16}})\))$")


def begins_east_asian_text(text: str) -> str | None:
    """The byline before an article's first sentence: ``〔記者王小明/台北報導〕``, ``[서울=뉴스] 홍길동 기자 =``."""
    found = _BEGINNING().match(text)
    return next((part for part in found.groups() if part), None) if found else None


def ends_east_asian_text(text: str) -> str | None:
    """The signature after an article's last sentence, in brackets, as in Japan."""
    found = _ENDING().search(text)
    return found["square"] or found["round"] if found else None


def is_east_asian_role(text: str) -> bool:
    """The text is the word for "reporter" that stands behind a name, and nothing else."""
    return bool(_ROLE().fullmatch(text))


def is_signed_east_asian(text: str) -> bool:
    """The text begins with a word for "reporter" or "text", or ends with one, as a byline does."""
    return bool(_SIGNED().search(text))


def is_east_asian(text: str) -> bool:
    """The text has a character of Chinese, Japanese or Korean."""
    return not text.isascii() and bool(_SCRIPT().search(text))


def is_east_asian_body(name: str) -> bool:
    """The text names a newspaper, an agency or a newsroom."""
    return bool(_BODY().search(name))


def is_east_asian_person(name: str) -> bool:
    """The text has the length and the make of a person's name."""
    if is_east_asian_body(name):
        return False
    return any(pattern().fullmatch(name) for pattern in (_KOREAN, _HAN_NAME, _KANA_NAME))


def split_east_asian(text: str) -> list[str]:
    """What may be names in a byline: labels, roles, places and datelines cut off."""
    text = _DATELINE().sub(" ", text).strip(_BRACKETS) or text.strip(_BRACKETS)
    if others := _OTHERS().search(text):
        text = text[: others.start()]
    text = re.split(r"(?<=\S)=(?=\S)", text, maxsplit=1)[-1]
    names: list[str] = []
    for part in _PARTED().split(text):
        for word in _words(part.strip(_BRACKETS)):
            filed = _FILED().search(word)
            name = word[: filed.start()] if filed else word
            is_place = len(name) < 3 and not _LABELED().search(text)
            if filed and (is_place or any(map(is_east_asian_person, names))):
                continue  # a place by itself
            if filed and len(name) > 3:
                name = name[:-2]  # of "王小明台北報導" the place, which mostly has two characters
            names.append(name.strip(_BRACKETS))
    return [name for name in names if name]


def _words(part: str) -> list[str]:
    """The names that blanks part; a Japanese family name and its given name stay together."""
    if len(part) > 4 and _ROLE().search(part) is None and not any(map(_SCRIPT().match, part.split())):
        return [part]
    words = [word for word in _ROLE().sub("", part).split() if not _ROLE().fullmatch(word)]
    if len(words) == 2 and len("".join(words)) <= 6 and not re.search(f"[{_HANGUL}]", part):
        is_two = all(len(word) > 1 and word[0] in _CHINESE_FAMILIES for word in words)
        return words if is_two else [" ".join(words)]
    return words
