"""Which rule of its manual each golden citation is to be held against, by style and case."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["rule_of"]

_ON_FILE = ("private, with a name", "private, without a name")
_ALL: Mapping[str, str] = {
    "changed since": "the state of the original address is no element of this style",
    "gone": "the state of the original address is no element of this style",
}
_RULES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "apa": (
        "APA 7, 10.1 ex. 16 (newspaper article), 9.16 (retrieval date)",
        {
            "two authors": "9.8: two authors, ampersand after a comma",
            "three authors": "9.8: three to twenty are all named",
            "four authors": "9.8",
            "eleven authors": "9.8",
            "twenty-two authors": "9.8: of more than twenty the first 19, three dots, and the last",
            "an organisation": "9.11: group authors in full",
            "the newspaper itself": "9.32: the site is left out where it is the author",
            "no author": "9.12: the title takes the author's place",
            "no date": "9.17: n.d.",
            "no title": "9.22: a description in square brackets",
            "nothing but an address": "9.12, 9.17, 9.22 together",
            "a month": "9.14: as exact as is known",
            "a year": "9.14",
            "updated later": "9.15: the date of the last update",
            "an update and no date": "9.15",
            "contributors": "9.7: only authors are named",
            "a particle": "9.8: particles belong to the surname",
            "a suffix": "9.8: after the initials, between commas",
            "initials": "9.8: initials with spaces",
            "a double given name": "9.8: hyphens are kept",
            "a question": "9.19: no full stop after a question mark",
            "a quotation at the end": "6.3, 6.9: the full stop stands within the quotation marks",
            "a page that is no article": "10.16: title of a web page in italics, site in roman",
            "a report": "10.4: title in italics, publisher after it",
            "a report of unknown origin": "9.22, 9.12",
        },
    ),
    "chicago": (
        "CMOS 17, 14.191 (news article in a note)",
        {
            "two authors": "14.76",
            "three authors": "14.76: three are named",
            "four authors": "14.76: of four or more the first and et al.",
            "eleven authors": "14.76",
            "twenty-two authors": "14.76",
            "no author": "14.199: the title comes first",
            "no date": "14.145: n.d.",
            "updated later": "14.191: an update may be told",
            "an update and no date": "14.207: the date of the last revision",
            "a question": "14.96: a comma follows the question mark",
            "quotation marks": "14.94, 13.30: double become single, and single in them double",
            "a quotation at the end": "6.9, 6.11: the comma stands within both",
            "a full stop": "6.9: the full stop gives way to the comma",
            "a page that is no article": "14.206: titles of sites that are no newspapers in roman",
            "a report": "14.220: as a book",
            **dict.fromkeys(_ON_FILE, "as unpublished material in private hands: who keeps it"),
        },
    ),
    "chicago-author-date": (
        "CMOS 17, 15.49 with 14.191",
        {
            "two authors": "15.9, 14.76: only the first is turned round, a comma after it",
            "eleven authors": "15.9: of more than ten the first seven",
            "twenty-two authors": "15.9",
            "no author": "15.49: the newspaper stands in the author's place",
            "no date": "15.44: n.d.",
            "a name that is not split": "no comma where nothing is turned round",
        },
    ),
    "mla": (
        "MLA 9, chapter 5 (two containers, supplemental elements)",
        {
            "two authors": "two authors: the first turned round, a comma before and",
            "three authors": "of three or more the first and et al.",
            "no author": "no author: the title comes first",
            "the newspaper itself": "an organisation that publishes its own work is left out as author",
            "no date": "an element that is unknown is left out",
            "no title": "a description in place of a title, neither in italics nor in quotation marks",
            "contributors": "other contributors: after the title of the container, with what they did",
            "a question": "no full stop after a question mark",
            "a month": "months are shortened: Nov.",
        },
    ),
    "bluebook": (
        "Bluebook 22, R18.2.2 (online source), R18.2.1(d) (archived copy)",
        {
            "two authors": "R15.1: two are joined by an ampersand",
            "three authors": "R15.1: of more than two the first and et al.",
            "no author": "R18.2.2(a): an absent author is left out",
            "no date": "R18.2.2(c): last visited, after the address",
            "no title": "R18.2.2(b)(ii): a description, in roman",
            "an update and no date": "R18.2.2(c): last updated",
            **dict.fromkeys(_ON_FILE, "R18.2.1(d): on file with"),
        },
    ),
    "harvard": (
        "Cite Them Right 12, newspaper article online",
        {
            "four authors": "four or more: the first and et al. in italics",
            "no author": "the newspaper takes the author's place",
            "no date": "(no date)",
            "a report": "reports: title in italics",
        },
    ),
    "iso690": (
        "ISO 690, name and date",
        {
            "four authors": "of more than three the first",
            "no author": "no creator: the title comes first",
            "no date": "[no date]",
            "Turkish": "family names in capitals, as the language has them (İ)",
            "German": "family names in capitals, as the language has them (ẞ)",
        },
    ),
    "wikipedia": (
        "Help:Citation Style 1, Template:Cite news",
        {
            "no name of the site": "Template:Cite web: the site by its host",
            "no title": "title is required: where the page stands",
            "gone": "url-status=dead",
            "changed since": "url-status=deviated",
            "signs of templates": "Help:CS1, titles: {{!}}, brackets as entities",
            "a report": "Template:Cite report",
            **dict.fromkeys(_ON_FILE, "no archive-url without an address: it would be an error"),
        },
    ),
}


def rule_of(style: str, case: str) -> str:
    """The rule, in a few words; empty for styles that have no manual but a format."""
    if style not in _RULES:
        return ""
    general, cases = _RULES[style]
    return cases.get(case) or (_ALL.get(case) if style != "wikipedia" else None) or general
