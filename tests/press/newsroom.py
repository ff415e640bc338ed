"""An editorial office behind the press: it publishes the Courier's article and edits it, openly or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from archivist.demo import site
from archivist.demo.content import EDITIONS, HOST, Block, Edition
from tests.press.responses import conditional, gone, plain

if TYPE_CHECKING:
    from tests.press.reply import Reply, Request
    from tests.press.server import Press

__all__ = ["Newsroom"]


class Newsroom:
    """The Courier on a press, under its own host name; each method takes effect at the next request."""

    def __init__(self, press: Press, *, host: str = HOST) -> None:
        self.press = press
        self.host = host
        self.edition = EDITIONS[1]
        self._status = 200
        self._visitors = 0
        press.serve("*", self._respond, host=host)

    @property
    def url(self) -> str:
        """The article's address on its own host, to be sent to ``press.address``."""
        return f"http://{self.host}{self.edition.path}"

    def publish(self, edition: Edition) -> str:
        """Let an edition stand, and return the article's address."""
        self.edition, self._status = edition, 200
        return self.url

    def change(self, **fields: Any) -> None:
        """Set any fields of the edition, and nothing else: no date moves by itself."""
        self.edition = replace(self.edition, **fields)

    def edit_silently(self, old: str, new: str) -> None:
        """Reword one passage of headline, standfirst or body; no date and no note tells of it."""
        self.edition = _reworded(self.edition, old=old, new=new)

    def edit_and_say(self, old: str, new: str, *, note: str = "This article has been corrected.") -> None:
        """Reword one passage, print a correction note, and move the visible update forward by an hour."""
        self.edit_silently(old, new)
        self.change(correction=note)
        self.touch()

    def touch(self) -> None:
        """Move the visible update forward by an hour and change nothing else."""
        later = datetime.fromisoformat(self.edition.updated) + timedelta(hours=1)
        self.change(updated=later.isoformat())

    def swap_photo(self, *, keep_address: bool = True) -> None:
        """Put another picture in the lead picture's place, at its address or at a new one."""
        slug = self.edition.photo.slug + ("" if keep_address else "-evening")
        self.change(photo=replace(self.edition.photo, scene="dusk", slug=slug))

    def correct_credit(self, photographer: str) -> None:
        """Print another photographer's name below the same picture."""
        self.change(photo=replace(self.edition.photo, photographer=photographer))

    def replace_pdf(self) -> None:
        """Put the second version of the report at the first one's address."""
        self.change(report=2)

    def put_paywall(self) -> None:
        """Show the first paragraph and ask for money."""
        self.change(body=(self.edition.body[0], Block(text="Subscribe to read on. Already a subscriber? Sign in.")))

    def take_down(self, *, status: int = 410) -> None:
        """Answer for the article with an error from now on."""
        self._status = status

    def _respond(self, request: Request) -> Reply:
        if request.path == self.edition.path and self._status != 200:
            return gone(self._status)
        self._visitors += 1
        found = site.resource(request.path, edition=self.edition, visitors=self._visitors)
        if found is None:
            missing = site.missing(visitors=self._visitors)
            return plain(missing.body, status=404, reason="Not Found", media_type=missing.media_type)
        return conditional(found.body, etag=found.etag, modified=found.modified, media_type=found.media_type)(request)


def _reworded(edition: Edition, *, old: str, new: str) -> Edition:
    """The edition with one passage replaced; a passage that stands nowhere, or twice, is the test's mistake."""
    texts = [edition.headline, edition.standfirst]
    texts += [text for block in edition.body for text in (block.text, *block.items)]
    found = sum(text.count(old) for text in texts)
    if found != 1:
        raise ValueError(f"{old!r} stands {found} times in the article")
    return replace(
        edition,
        headline=edition.headline.replace(old, new),
        standfirst=edition.standfirst.replace(old, new),
        body=tuple(
            replace(
                block,
                text=block.text.replace(old, new),
                items=tuple(item.replace(old, new) for item in block.items),
            )
            for block in edition.body
        ),
    )
