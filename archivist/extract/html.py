"""Bytes of a page, parsed within bounds.

Whatever arrives, the result is a tree. What had to be cut is said in ``problems``. Nothing is fetched, no entity is
resolved, no script is run. The bounds stand before the parser, because libxml2 compares every attribute of a tag with
every other (200,000 of them take it most of a minute).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from archivist.model.url import absolute
from archivist.wire.charset import Text, read_text

__all__ = ["Element", "Html", "Memory", "forget", "parse_html", "remembered"]

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element

MAX_BYTES = 8_000_000
"""The largest of 20,000 news pages measured has 5 MB."""
MAX_ATTRIBUTES = 256
MAX_TAGS = 300_000
"""Half a gigabyte of tree; a live ticker of a whole day has 60,000."""
MAX_DEPTHS = 3_000_000
"""Of all elements together: who asks what stands around each of them walks that far. The live ticker has half."""
MAX_DEPTH = 512
"""As in browsers (Blink's ``HTMLConstructionSite``), which put deeper elements beside each other."""
_PARSER_DEPTH = 256
"""Where libxml2 stops unless told that the document is huge; then at 2048."""

# WHATWG HTML 13.2.5: a tag's name ends at white space, "/" or ">"; an attribute's name also at "="; a value may be
# quoted. Every repetition is possessive and every part is optional, so that no position is looked at twice.
_ATTRIBUTE = rb"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?)?"
_TAG = re.compile(rb"<(?:!--|/?([a-zA-Z][^\s/>]*+)(?:%b)*+[\s/]*+>?|/?[!?][^>]*+)" % _ATTRIBUTE)
_FIRST_ATTRIBUTES = re.compile(rb"<[a-zA-Z][^\s/>]*+(?:%b){0,%d}+" % (_ATTRIBUTE, MAX_ATTRIBUTES))
_RAW_TEXT = b"script style textarea title xmp iframe noembed noframes".split()
"""What stands in these is no mark-up (WHATWG HTML 13.2.6.4.7)."""
_END_TAGS = {name: re.compile(rb"</%b(?=[\s/>])" % name, re.IGNORECASE) for name in _RAW_TEXT}
_SCRIPT = re.compile(rb"<script[\s/>]", re.IGNORECASE)
_COMMENT_END = re.compile(rb"--!?>")
# What nearly every page is made of, passed over in one go: text, end tags, closed comments, closed start tags within
# the bound, and raw text up to its end tag, where no "<script" in a script makes that hard to tell. The commonest forms
# stand first, for speed: tags whose first letter tells that no raw text follows, attributes in double quotes.
_WITHIN_BOUND = rb"(?:[\s/]*+[a-zA-Z:-]++=\"[^\"]*+\"|%b){0,%d}+[\s/]*+>" % (_ATTRIBUTE, MAX_ATTRIBUTES)
_PLAIN = re.compile(
    rb"(?:[^<]++|</[a-zA-Z][^>\"']*+>|<[a-hj-mo-ru-wyzA-HJ-MO-RU-WYZ][^\s/>]*+%(rest)b"
    rb"|<!--(?!-?>)(?:[^-]++|-(?!-!?>))*+-->|<!(?i:doctype)[^>]*+>"
    rb"|<(?!(?i:%(raw)b)[\s/>])[a-zA-Z][^\s/>]*+%(rest)b"
    rb"|<(?P<raw>(?i:%(raw)b))(?=[\s/>])%(rest)b(?:[^<]++|<(?!/?(?i:(?P=raw))[\s/>]))*+(?=</))*+"
    % {b"raw": b"|".join(_RAW_TEXT), b"rest": _WITHIN_BOUND}
)
# WHATWG HTML 13.2.3.5: control characters are errors; libxml2 would take them into names that no path can spell.
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\f\r")
_CONTROL_SIGN = re.compile(f"[{re.escape(_CONTROLS.decode()).removesuffix(chr(0x7F))}]")
_CONTROL = re.compile(rb"[%b]" % re.escape(_CONTROLS))
_REPLACED = "\ufffd".encode()


MAX_REMEMBERED = 8_192
"""Elements of which the answer to a question is kept: nearly every page has fewer."""
T = TypeVar("T")
_FORGET: list[Callable[[], None]] = []


class Memory(dict[Element, T]):
    """Answers by element; one that is known is found without a call."""

    def __init__(self, ask: Callable[[Element], T]) -> None:
        super().__init__()
        self._ask = ask
        _FORGET.append(self.clear)

    def __missing__(self, element: Element) -> T:
        if len(self) >= MAX_REMEMBERED:
            self.clear()
        answer = self[element] = self._ask(element)
        return answer


def remembered(ask: Callable[[Element], T]) -> Callable[[Element], T]:
    """A question that many modules ask of an element: the answer is the same for as long as the page is read."""
    return Memory(ask).__getitem__


def forget() -> None:
    """The page has been read: what was remembered of its elements would keep all of it in memory."""
    for clear in _FORGET:
        clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """A page as a tree."""

    root: Element
    """The ``html`` element; without children where the bytes were no HTML."""
    url: str
    """The address that the bytes came from."""
    base_url: str
    """What relative addresses are relative to."""
    encoding: str
    head: tuple[Element, ...] = ()
    """Its ``base``, ``link`` and ``meta`` elements, wherever they stand."""
    problems: tuple[str, ...] = ()
    """What was cut, and why."""

    def absolute(self, reference: str) -> str | None:
        """The reference as an absolute http(s) address without fragment, or None."""
        return absolute(self.base_url, reference)


def parse_html(data: bytes, *, url: str, content_type: str | None) -> Html:
    """A tree of the page, whatever the bytes are."""
    forget()
    problems: list[str] = []
    if len(data) > MAX_BYTES:
        problems.append(f"page cut at {MAX_BYTES} of {len(data)} bytes")
        data = data[:MAX_BYTES]
    decoded = read_text(data, content_type)
    if decoded.source == "bytes":
        problems.append(f"page read as {decoded.encoding}, which is not what it declares")
    is_markup = _looks_like_markup(decoded.text, problems)
    markup = _printable(data, decoded) if is_markup else b""
    tags = markup.count(b"<")
    root = _tree(_bounded(markup, tags, problems), tags, problems)
    head = tuple(root.iter("base", "link", "meta"))
    return Html(
        root=root,
        url=url,
        base_url=_base_url(head, url),
        encoding=decoded.encoding,
        head=head,
        problems=tuple(problems),
    )


def _looks_like_markup(text: str, problems: list[str]) -> bool:
    if not text or text.isspace():
        problems.append("page is empty")
        return False
    start = text[:2_000]
    controls = len(_CONTROL_SIGN.findall(start))
    if start.startswith("%PDF-") or controls * 20 > len(start) or not re.search(r"<[a-zA-Z!]", text):
        problems.append("page is not HTML")
        return False
    return True


def _printable(data: bytes, decoded: Text) -> bytes:
    """The text in UTF-8, control characters replaced."""
    if decoded.encoding != "utf-8" or decoded.source == "bom" or decoded.replaced:
        data = decoded.text.encode("utf-8", "replace")
    return data if len(data.translate(None, _CONTROLS)) == len(data) else _CONTROL.sub(_REPLACED, data)


def _bounded(data: bytes, tags: int, problems: list[str]) -> bytes:
    """The page, which has no more tags than this, without what would keep the parser busy for minutes."""
    pieces: list[bytes] = []
    kept = cut = 0
    for count, (start, end) in enumerate(_start_tags(data, may_skip=tags <= MAX_TAGS), start=1):
        if count > MAX_TAGS:
            problems.append(f"page cut after {MAX_TAGS} tags")
            data = data[:start]
            break
        if end - start > 2 * MAX_ATTRIBUTES:
            first = _FIRST_ATTRIBUTES.match(data, start, end)
            if first and data[first.end() : end].strip(b" \t\n\f\r/>"):
                pieces += (data[kept : first.end()], b">")
                kept = end
                cut += 1
    if cut:
        problems.append(f"{cut} tags cut after {MAX_ATTRIBUTES} attributes")
    return b"".join((*pieces, data[kept:])) if pieces else data


def _start_tags(data: bytes, *, may_skip: bool) -> Iterator[tuple[int, int]]:
    """Where each start tag begins and ends that may be out of bounds; all of them where there may be too many.

    Comments and raw text are passed over, as the parser does.
    """
    at = 0
    while found := _TAG.search(data, _after_plain(data, at) if may_skip else at):
        at = found.end()
        name = found[1]
        if name is None:
            if found[0] == b"<!--":
                end = _COMMENT_END.search(data, found.start() + 2)
                at = end.end() if end else len(data)
        elif data[found.start() + 1] != ord("/"):
            yield found.span()
            if name.lower() in _END_TAGS:
                at = _end_of_raw_text(data, at, name.lower())


def _after_plain(data: bytes, at: int) -> int:
    plain = _PLAIN.match(data, at)
    return plain.end() if plain else at


def _end_of_raw_text(data: bytes, at: int, name: bytes) -> int:
    """Where the end tag of a ``script`` or its like begins."""
    end_tag = _END_TAGS[name]
    begin = at
    while end := end_tag.search(data, at):
        # WHATWG HTML 13.2.5.27, "script data double escaped": "<!--<script></script>" does not end the script.
        comment = data.rfind(b"<!--", begin, end.start()) if name == b"script" else -1
        if comment < 0 or b"-->" in data[comment : end.start()] or not _SCRIPT.search(data, comment, end.start()):
            return end.start()
        at = begin = end.end()
    return len(data)


def _tree(data: bytes, tags: int, problems: list[str]) -> Element:
    """The root element; an empty one where there is nothing to parse."""
    root, is_deep = _parsed(data, problems, is_huge=False)
    is_cut = False
    if is_deep:
        root, is_cut = _parsed(data, problems, is_huge=True)
    if is_deep or tags * _PARSER_DEPTH > MAX_DEPTHS:
        _flatten(root, problems)
    if is_cut:
        problems.append("page cut where its elements are nested too deeply")
    return root


def _parsed(data: bytes, problems: list[str], *, is_huge: bool) -> tuple[Element, bool]:
    """The root element, and whether the parser stopped because elements are nested too deeply."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        collect_ids=False,
        huge_tree=is_huge,
        recover=True,
    )
    try:
        root = etree.fromstring(data, parser) if data else None
    except etree.LxmlError as error:
        problems.append(f"page cannot be parsed: {error}"[:200])
        root = None
    last = parser.error_log.last_error
    is_cut = last is not None and "Excessive depth" in last.message
    return etree.Element("html") if root is None else root, is_cut


def _flatten(root: Element, problems: list[str]) -> None:
    """Elements that stand too deep for their number become text of what they stand in."""
    count = depths = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += 1
            count += 1
            depths += depth
            deepest = max(deepest, depth)
        else:
            depth -= 1
    limit = min(MAX_DEPTH, MAX_DEPTHS // count) if depths > MAX_DEPTHS else MAX_DEPTH
    if deepest <= limit:
        return
    problems.append(f"page flattened where elements are nested more than {limit} deep")
    for element in list(_at_depth(root, limit)):
        etree.strip_elements(element, "script", "style", with_tail=False)
        text = "".join(map(str, element.itertext()))
        del element[:]
        element.text = text


def _at_depth(root: Element, depth: int) -> Iterator[Element]:
    at = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        at += 1 if event == "start" else -1
        if event == "start" and at == depth:
            yield element
            walk.skip_subtree()


def _base_url(head: Iterable[Element], url: str) -> str:
    """The address in the first ``base`` element that has one (WHATWG HTML 4.2.3)."""
    for element in head:
        if element.tag == "base" and (href := element.get("href")):
            return absolute(url, href) or url
    return url
