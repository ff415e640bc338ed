"""Names in Chinese, Japanese and Korean bylines."""

from __future__ import annotations

import time
import unicodedata

import pytest

from archivist.extract.east_asian import (
    begins_east_asian_text,
    ends_east_asian_text,
    is_east_asian,
    is_east_asian_body,
    is_east_asian_person,
    is_signed_east_asian,
    split_east_asian,
)
from archivist.extract.names import split_names

BYLINES = {
    "홍길동 기자": ["홍길동"],
    "홍길동기자": ["홍길동"],
    "홍길동 선임기자": ["홍길동"],
    "[서울=뉴스하나] 홍길동 기자 =": ["홍길동"],
    "(서울=뉴스하나) 홍길동 기자": ["홍길동"],
    "홍길동, 김영희 기자": ["홍길동", "김영희"],
    "홍길동·김영희 기자": ["홍길동", "김영희"],
    "홍길동 김영희 기자": ["홍길동", "김영희"],
    "글 홍길동": ["홍길동"],
    "기자명 홍길동 기자": ["홍길동"],
    "글·사진 홍길동 기자": ["홍길동"],
    "홍길동 워싱턴 특파원": ["홍길동"],
    "취재 홍길동": ["홍길동"],
    "디지털뉴스팀": [],
    "서울 홍길동": ["홍길동"],
    "著者：山田太郎": ["山田太郎"],
    "文・山田太郎": ["山田太郎"],
    "記者 山田太郎": ["山田太郎"],
    "山田太郎記者": ["山田太郎"],
    "【山田太郎】": ["山田太郎"],
    "山田太郎（やまだ たろう）": ["山田太郎"],
    "取材・文／山田太郎": ["山田太郎"],
    "【ワシントン＝山田太郎】": ["山田太郎"],
    "ジョン・スミス": ["ジョン・スミス"],
    "文：ジョン・スミス": ["ジョン・スミス"],
    "編集部": [],
    "聞き手・山田太郎、佐藤花子": ["山田太郎", "佐藤花子"],
    "文：山田太郎 写真：佐藤花子": ["山田太郎"],
    "執筆：ライター 山田太郎": ["山田太郎"],
    "編集委員 山田太郎": ["山田太郎"],
    "山田 太郎": ["山田 太郎"],
    "本报记者 李明 王芳": ["李明", "王芳"],
    "本報記者王小明": ["王小明"],
    "記者王小明／台北報導": ["王小明"],
    "〔記者王小明／台北報導〕": ["王小明"],
    "記者王小明台北報導": ["王小明"],
    "文｜张三": ["张三"],
    "文/张三": ["张三"],
    "作者：张三": ["张三"],
    "撰文：张三 编辑：李四": ["张三"],
    "新华社记者 张三": ["张三"],
    "中央社記者王小明台北24日電": ["王小明"],
    "責任編輯：李四": [],
    "来源：新华网": [],
    "记者 张三 通讯员 李四": ["张三", "李四"],
    "文／王小明 圖／李大華": ["王小明"],
    "【文／王小明】": ["王小明"],
    "（記者王小明／綜合報導）": ["王小明"],
    "(记者 李明)": ["李明"],
    "实习记者 李明": ["李明"],
    "本报记者 李明 北京报道": ["李明"],
    "李明、王芳": ["李明", "王芳"],
    "記者 王小明 綜合報導": ["王小明"],
    "王文明": ["王文明"],
    "さくら ももこ": ["さくら ももこ"],
    "日刊港湾": [],
    "영화": [],
    "구독하기": [],
    "기자 홍길동": ["홍길동"],
    "记者李明和王芳": ["李明", "王芳"],
    "（李明）": ["李明"],
}


@pytest.mark.parametrize(("text", "names"), BYLINES.items(), ids=range(len(BYLINES)))
def test_bylines_are_split(text: str, names: list[str]) -> None:
    """Labels, roles, places and datelines fall away; a Japanese family name and its given name stay together."""
    parts = split_east_asian(unicodedata.normalize("NFKC", text))

    assert names == [part for part in parts if is_east_asian_person(part)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("〔記者王小明／台北報導〕港務局週二召開會議", "王小明"),
        ("（中央社記者王小明台北24日電）港務局", "王小明"),
        ("中新社北京5月1日电 (记者 李明)港口", "李明"),
        ("[서울=뉴스하나] 홍길동 기자 = 항만청은", "홍길동"),
        ("【ワシントン＝山田太郎】港湾局は", "山田太郎"),
    ],
)
def test_texts_begin_with_their_reporter(text: str, name: str) -> None:
    """Before the first sentence stand the reporter and the place."""
    assert (name,) == split_names(begins_east_asian_text(unicodedata.normalize("NFKC", text)) or "")


@pytest.mark.parametrize("text", ["港湾局は火曜に会議を開いた。", "(記者会見で)港湾局は", "Cranes stand still"])
def test_texts_begin_without_a_reporter(text: str) -> None:
    """A bracket alone is no byline."""
    assert () == split_names(begins_east_asian_text(text) or "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("港湾局が発表した。【山田太郎】", ("山田太郎",)),
        ("港湾局が発表した。（山田太郎）", ("山田太郎",)),
        ("港湾局が発表した。【山田太郎、佐藤花子】", ("山田太郎", "佐藤花子")),
        ("港湾局が発表した。（おわり）", ()),
        ("港湾局が発表した。（共同）", ()),
        ("港湾局が発表した。", ()),
    ],
)
def test_texts_end_with_their_reporter(text: str, names: tuple[str, ...]) -> None:
    """After the last sentence stands the reporter, in brackets."""
    assert names == split_names(ends_east_asian_text(unicodedata.normalize("NFKC", text)) or "")


def test_signed_lines() -> None:
    """A word for "reporter" at either end, or one for "text" with a mark, makes a byline."""
    assert all(map(is_signed_east_asian, ("記者王小明/台北報導", "本报记者 李明", "홍길동 기자", "文/王小明")))
    assert not any(map(is_signed_east_asian, ("文化部は", "글로벌 기업", "王小明")))


def test_scripts_and_bodies() -> None:
    """Newsrooms are told by their names; Latin letters are none of this module's business."""
    assert [True, True, True, False] == [is_east_asian(text) for text in ("文", "か", "글", "Mara Quill")]
    assert [True, True, True, False] == [
        is_east_asian_body(n) for n in ("台北時報", "뉴스하나", "港湾編集部", "王小明")
    ]


@pytest.mark.parametrize("text", ["記者" * 50_000, "【" * 100_000, "王 " * 50_000, "기자" * 50_000, "=" * 100_000])
def test_long_texts_take_no_time(text: str) -> None:
    """No pattern goes back over what it has seen."""
    start = time.process_time()
    split_east_asian(text[:300])
    begins_east_asian_text(text)
    ends_east_asian_text(text)
    is_signed_east_asian(text)

    assert time.process_time() - start < 1
