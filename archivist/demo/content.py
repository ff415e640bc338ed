"""The words of The Harbour Courier: one article in two editions, and the stories around it.

Everything here is made up: people, town, newspaper and figures.
No markup and no bytes live here (``pages`` and ``photo`` make them); the report's words are in ``report``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

__all__ = [
    "ARTICLE_PATH",
    "EDITIONS",
    "HOST",
    "LETTER_PATH",
    "NAME",
    "PRIVACY_PATH",
    "REPORT_PATH",
    "SILENT_EDITS",
    "STORIES",
    "Block",
    "Edition",
    "Link",
    "Picture",
    "Story",
]

NAME = "The Harbour Courier"
HOST = "courier.example"
ARTICLE_PATH = "/2026/11/harbour-cranes-worked-past-inspection-date"
REPORT_PATH = "/files/harbour-safety-report-2026.pdf"
LETTER_PATH = "/documents/4711"
PRIVACY_PATH = "/files/privacy.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words inside a block that lead somewhere."""

    words: str
    """The exact words in the block's text; they stand in it once."""

    href: str
    """An absolute path on the newspaper's host, or a whole URL."""

    media_type: str = ""
    """What the link's ``type`` attribute says, if it says anything."""

    note: str = ""
    """What follows the link, such as ``(pdf)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, block quote or list of an article."""

    kind: Literal["paragraph", "heading", "quote", "list"] = "paragraph"
    text: str = ""
    speaker: str = ""
    """Who is quoted, for a quote."""

    items: tuple[str, ...] = ()
    """The items, for a list."""

    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with what the newspaper prints below it, and what the camera wrote into it."""

    slug: str
    """The file name without size and suffix, such as ``harbour-cranes``."""

    scene: Literal["cranes", "dusk", "monitor"]
    """What ``photo.draw`` draws."""

    alt: str
    caption: str
    photographer: str
    agency: str
    embedded_artist: str
    """The EXIF artist: it does not change when the printed credit does."""

    @property
    def credit(self) -> str:
        """The credit as printed."""
        return f"Photo: {self.photographer}/{self.agency}" if self.photographer else f"Photo: {self.agency}"

    def path(self, width: int) -> str:
        """The address of the picture at one width in pixels."""
        return f"/photos/2026/11/{self.slug}-{width}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of the article, as the newspaper's editors left it."""

    number: int
    path: str
    headline: str
    standfirst: str
    section: str
    author: str
    bio: str
    contributor: str
    published: str
    """ISO 8601 with zone, shown on the page and in its metadata."""

    updated: str
    """ISO 8601 with zone, shown on the page and in its metadata."""

    saved: str
    """When the content system last wrote the page; only the Last-Modified header tells."""

    photo: Picture
    inset: Picture
    inset_after: int
    """The second picture stands after this many blocks."""

    body: tuple[Block, ...]
    report: int
    """Which version of the report lies at the report's address."""

    correction: str = ""
    """A correction note printed below the text; the Courier's second edition has none, and that is the point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Another story of the newspaper: short, never edited, with its own byline and date."""

    path: str
    headline: str
    author: str
    published: str
    paragraphs: tuple[str, ...]


_REPORT = Link(words="annual safety report", href=REPORT_PATH, note="(pdf)")
_LETTER = Link(words="a letter to the town council", href=LETTER_PATH, media_type="application/pdf")
_SAFETY = Link(words="reopened in spring", href="/2026/10/winter-timetable-for-the-island-ferry")

_BODY = (
    Block(
        text="SALTMERE — The Saltmere Harbour Authority kept nine of its 23 cranes at work after their yearly "
        "inspection had lapsed, according to the authority's own annual safety report, which was published on Monday "
        "without a press release.",
        links=(_REPORT,),
    ),
    Block(
        text="The oldest of them, a travelling crane on Quay 4 that the dockers call Big Agnes, lifted containers for "
        "eleven weeks without a valid certificate. It was taken out of service on 2 September, after a wheel bearing "
        "had failed during a night shift. Nobody was hurt.",
    ),
    Block(
        text="The report runs to four pages and puts the lapses down to a shortage of inspectors. Two of the three "
        "posts in the inspection office have been empty since the winter, and the firm that used to fill the gaps "
        "ended its contract in May.",
    ),
    Block(
        kind="quote",
        text="We ran a crane for eleven weeks that should have been standing still, and we knew it. That is not a gap "
        "in the paperwork, that is a decision, and it was the wrong one.",
        speaker="Marguerite Oyelaran, harbour master",
    ),
    Block(
        text="Ms Oyelaran, who took office in June, said that no crane now works without a valid certificate. She had "
        "asked for the dates of every inspection in her first week, she said, and had been given a list with the "
        "column left blank.",
    ),
    Block(kind="heading", text="A list with an empty column"),
    Block(
        text="Three changes have been made since, the authority says in a letter to the town council that the Courier "
        "has seen:",
        links=(_LETTER,),
    ),
    Block(
        kind="list",
        items=(
            "a crane whose certificate runs out is locked at its switchboard, not only in the register;",
            "the inspection office reports to the harbour master and no longer to the terminal's operator;",
            "the dates are posted at the gate every Friday, where the dockers can read them.",
        ),
    ),
    Block(
        text="For the dockers the third point matters most. Their union had asked for it since 2023, when a cable "
        "parted on Quay 2 and the crew learned only afterwards that it had been due for replacement.",
    ),
    Block(
        kind="quote",
        text="You do not stand under forty tonnes because a form says so. You stand there because you believe the "
        "person who signed it went up and looked.",
        speaker="Tobin Ashgrove, dockers' union",
    ),
    Block(
        text="Mr Ashgrove called the report honest but late. The figures for the first quarter were known in April, he "
        "said, and could have been told to the people who worked below the cranes in May.",
    ),
    Block(kind="heading", text="Sulphur on 31 days"),
    Block(
        text="The report's second half deals with the air. The monitor on Quay 4 measured more sulphur dioxide than "
        "the harbour's permit allows on 31 days, most of them when two cruise ships lay alongside at once. A year "
        "earlier it had been 14 days.",
    ),
    Block(
        text="The highest reading, 412 micrograms per cubic metre, was taken on 9 August at six in the morning. The "
        "authority writes that a ship had run its auxiliary engines on the wrong fuel for an hour; the shipping line "
        "has been fined, and has appealed.",
    ),
    Block(
        text="Residents of Tarpot Lane, two streets uphill, keep their own count. Their notebook, begun when the "
        "terminal reopened in spring, has an entry for 44 days, though an entry means a smell and not a measurement.",
        links=(_SAFETY,),
    ),
    Block(
        text="The shore power line that would let ships switch off their engines is to be ready in the autumn of 2027, "
        "a year later than planned. The council will discuss the report on 3 December. The meeting is public.",
    ),
)

_CRANES = Picture(
    slug="harbour-cranes",
    scene="cranes",
    alt="Two travelling cranes above a container ship in the morning light",
    caption="Big Agnes, left, on Quay 4 in Saltmere, the week after the crane was taken out of service.",
    photographer="Mirela Falkner",
    agency="Northquay Pictures",
    embedded_artist="Ravi Hollis",
)
_MONITOR = Picture(
    slug="quay-4-monitor",
    scene="monitor",
    alt="A grey measuring box on a pole beside the water",
    caption="The monitor on Quay 4 takes a reading every ten minutes.",
    photographer="",
    agency="Saltmere Harbour Authority",
    embedded_artist="Saltmere Harbour Authority",
)

_FIRST = Edition(
    number=1,
    path=ARTICLE_PATH,
    headline="Harbour cranes worked on for weeks after inspections had lapsed",
    standfirst="The safety report of the Saltmere Harbour Authority names its cranes, an empty office and 31 days of "
    "bad air. Its harbour master says what others left out.",
    section="Harbour",
    author="Ottilie Brandvold",
    bio="Ottilie Brandvold reports on the port and the people who work there.",
    contributor="Piers Quillon contributed to this report.",
    published="2026-11-17T06:30:00+01:00",
    updated="2026-11-17T09:15:00+01:00",
    saved="2026-11-17T09:15:02+01:00",
    photo=_CRANES,
    inset=_MONITOR,
    inset_after=12,
    body=_BODY,
    report=1,
)

SILENT_EDITS = (
    ("kept nine of its 23 cranes", "kept seven of its 23 cranes"),
    (
        "for eleven weeks that should have been standing still, and we knew it. That is not",
        "for some weeks that should perhaps have been standing still. There was",
    ),
    ("paperwork, that is a decision, and it was the wrong one.", "paperwork, and we have closed it."),
)
"""What the second edition says in place of what the first one said: a number, and a quote made softer."""


def _rewritten(block: Block) -> Block:
    text = block.text
    for old, new in SILENT_EDITS:
        text = text.replace(old, new)
    return replace(block, text=text)


EDITIONS = {
    1: _FIRST,
    2: replace(
        _FIRST,
        number=2,
        saved="2026-11-19T18:42:37+01:00",
        photo=replace(_CRANES, photographer="Ravi Hollis"),
        body=tuple(_rewritten(block) for block in _BODY),
        report=2,
    ),
}
"""The article as first published, and as it stands after three evenings: the visible dates are the same in both."""

STORIES = (
    Story(
        path="/2026/11/mussel-prices-at-a-ten-year-high",
        headline="Mussel prices at a ten-year high",
        author="Caspar Lindqvist-Obi",
        published="2026-11-14T11:05:00+01:00",
        paragraphs=(
            "A kilo of Saltmere mussels cost 9.40 at the Saturday market, more than in any November since 2016.",
            "The growers blame a warm summer and the eider ducks, in that order. The ducks could not be reached.",
        ),
    ),
    Story(
        path="/2026/10/winter-timetable-for-the-island-ferry",
        headline="Winter timetable for the island ferry",
        author="Henrike Vantongeren",
        published="2026-10-30T15:20:00+01:00",
        paragraphs=(
            "From Sunday the ferry to Lesser Holm leaves every two hours, and not at all when the wind is above nine.",
            "The terminal, which reopened in spring, keeps its waiting room heated until the last boat has come in.",
        ),
    ),
    Story(
        path="/2026/10/lighthouse-keeper-hands-over-the-lamp",
        headline="Lighthouse keeper hands over the lamp",
        author="Jonas Ekwueme-Sund",
        published="2026-10-21T08:00:00+02:00",
        paragraphs=(
            "After 31 years Walburga Tenney has handed the key of the Holm light to a relay and a mobile telephone.",
            "She keeps the logbook. Somebody, she says, should write down the fog by hand.",
        ),
    ),
)
