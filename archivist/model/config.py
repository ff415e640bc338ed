"""The settings: every one with its default, its bounds and one sentence for people.

``archivist config`` prints this table, ``docs/reference/config.md`` is checked against it, and
``store.settings`` reads the values from files and the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

__all__ = [
    "SECTIONS",
    "ArchiveSettings",
    "FetchSettings",
    "ReadSettings",
    "RobotsPolicy",
    "ScheduleSettings",
    "Section",
    "Settings",
    "StampSettings",
    "doc_of",
]

RobotsPolicy: TypeAlias = Literal["obey", "ignore"]

_MB = 1024 * 1024


def _doc(text: str) -> dict[str, str]:
    return {"doc": text}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """``[fetch]``: how archivist behaves on the network."""

    user_agent: str = field(
        default="archivist/{version} (+https://archivist.example/bot)",
        metadata=_doc("who we say we are; put an address in it where a webmaster can reach you"),
    )
    robots: RobotsPolicy = field(
        default="obey", metadata=_doc("obey or ignore robots.txt (RFC 9309) for pages and documents; recorded")
    )
    allow: tuple[str, ...] = field(
        default=(), metadata=_doc("HOST:PORT or HOST of private addresses that may be fetched all the same")
    )
    resolve: Mapping[str, str] = field(
        default_factory=dict, metadata=_doc("NAME = ADDRESS:PORT, as curl's --resolve; recorded in the manifest")
    )
    ca: str = field(default="", metadata=_doc("a PEM file of certificate authorities to trust instead of the usual"))
    delay: float = field(default=1.0, metadata=_doc("seconds between two pages of one host"))
    connections: int = field(default=6, metadata=_doc("requests at one time to one host"))
    workers: int = field(default=16, metadata=_doc("requests at one time in all"))
    retries: int = field(default=2, metadata=_doc("further tries after no answer, 429, 502, 503 or 504"))
    connect_timeout: float = field(default=10.0, metadata=_doc("seconds to wait for a connection"))
    read_timeout: float = field(default=20.0, metadata=_doc("seconds to wait for the next byte"))
    total_timeout: float = field(default=300.0, metadata=_doc("seconds that one response may take in all"))
    max_retry_after: float = field(default=30.0, metadata=_doc("longest Retry-After that is waited for, in seconds"))
    recheck: float = field(
        default=86400.0, metadata=_doc("seconds after which all that an unchanged page needs is asked for again")
    )
    max_bytes: int = field(default=1024 * _MB, metadata=_doc("bytes of one response that are kept"))
    max_head: int = field(default=256 * 1024, metadata=_doc("bytes of one response head"))
    max_redirects: int = field(default=20, metadata=_doc("hops that are followed"))
    max_requisites: int = field(default=500, metadata=_doc("pictures, style sheets, fonts and scripts of one page"))
    max_documents: int = field(default=50, metadata=_doc("linked documents of one article"))

    def agent(self, version: str) -> str:
        """The User-Agent as it is sent."""
        return self.user_agent.replace("{version}", version)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """``[read]``: bounds of reading what was captured."""

    max_page: int = field(default=16 * _MB, metadata=_doc("bytes of a page, decoded, that are read"))
    max_document: int = field(default=512 * _MB, metadata=_doc("bytes of a PDF that are read"))
    seconds: float = field(default=30.0, metadata=_doc("time for reading one page or document"))
    memory: int = field(default=1024 * _MB, metadata=_doc("memory for reading one document"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """``[archive]``: where things are."""

    name: str = field(default="", metadata=_doc("what citations call this archive"))
    sealed: bool = field(default=False, metadata=_doc("no more is added here: snap looks for another archive"))
    public_url: str = field(default="", metadata=_doc("where this archive can be read by others, for citations"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StampSettings:
    """``[stamp]``: outside witnesses of time."""

    authorities: tuple[str, ...] = field(
        default=("http://timestamp.digicert.com", "http://timestamp.sectigo.com"),
        metadata=_doc("addresses of RFC 3161 time-stamping servers; an empty list asks none"),
    )
    calendars: tuple[str, ...] = field(
        default=(
            "https://a.pool.opentimestamps.org",
            "https://b.pool.opentimestamps.org",
            "https://a.pool.eternitywall.com",
            "https://ots.btc.catallaxy.com",
        ),
        metadata=_doc("addresses of OpenTimestamps calendars; an empty list asks none"),
    )
    witnesses: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_doc("ADDRESS = KEY of servers that cosign the log (C2SP tlog-witness), each with its verifier key"),
    )
    ca: str = field(
        default="", metadata=_doc("a PEM file of roots that time-stamping servers may have besides the usual ones")
    )
    bitcoin_headers: str = field(
        default="", metadata=_doc("a file of Bitcoin block headers that OpenTimestamps proofs are held against")
    )
    seconds: float = field(default=10.0, metadata=_doc("time that all servers together have for their answers"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleSettings:
    """``[schedule]``: runs over the watchlist."""

    at_most: str = field(
        default="", metadata=_doc("longest time of one run, such as 30m; the rest is left for the next")
    )
    max_urls: int = field(default=0, metadata=_doc("most pages of one run; 0 is all that are due"))
    ping: str = field(
        default="",
        metadata=_doc("an address that is asked for when a run has done its work, so that its absence tells"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings in force, and where each that is not a default comes from."""

    fetch: FetchSettings = field(default_factory=FetchSettings)
    read: ReadSettings = field(default_factory=ReadSettings)
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    stamp: StampSettings = field(default_factory=StampSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    sources: Mapping[str, str] = field(default_factory=dict)
    """``fetch.delay`` to ``archivist.toml`` or ``ARCHIVIST_FETCH_DELAY``."""


Section: TypeAlias = FetchSettings | ReadSettings | ArchiveSettings | StampSettings | ScheduleSettings

SECTIONS: Mapping[str, type[Section]] = {
    "fetch": FetchSettings,
    "read": ReadSettings,
    "archive": ArchiveSettings,
    "stamp": StampSettings,
    "schedule": ScheduleSettings,
}


def doc_of(section: str, name: str) -> str:
    """The sentence that explains a setting.

    Raises:
        KeyError: there is no such setting.
    """
    for item in fields(SECTIONS[section]):
        if item.name == name:
            return str(item.metadata["doc"])
    raise KeyError(f"{section}.{name}")
