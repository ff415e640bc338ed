"""People are told of edits: a feed, their programs and their chats, in order, at least once, and no page waits."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import atoma
import feedparser
import pytest

from archivist.pipeline.notifying import Notifier
from archivist.store.durable import RealDisk
from tests.integration.conftest import Archive
from tests.press import Press, Reply
from tests.press import responses as r
from tests.unit.notify.rfc4287 import faults_of

SENTENCE = "The biggest crane of the harbour has lifted nothing since Monday, and nobody knows for how long."
KEEP = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"
"""A program that writes what it is told behind a file."""


def article(more: str = "", *, title: str = "Crane stands still") -> Reply:
    """A page that is read as an article."""
    text = "".join(f"<p>{SENTENCE} It is day {number}.{more}</p>" for number in range(6))
    return r.plain(r.page(f"<article><h1>{title}</h1>{text}</article>", title=title))


class Desk:
    """An archive whose pages are edited, and what it told."""

    def __init__(self, archive: Archive, press: Press, folder: Path) -> None:
        self.archive = archive
        self.press = press
        self.out = folder / "told.jsonl"

    def channel(self, *words: str, more: str = "") -> None:
        """Add a channel: a Python program and its arguments, by default one that keeps what it is told."""
        command = [sys.executable, "-c", *(words or (KEEP, str(self.out)))]
        with (self.archive.root / "archivist.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[[notify]]\ncommand = {json.dumps(command)}\n{more}\n")

    def edit(self, *edits: str, path: str = "/a") -> None:
        """The page is saved after each edit, by snap."""
        for more in edits:
            self.press.serve(path, article(more))
            self.archive.snap(self.press.url(path))

    def run(self, code: int = 0) -> dict[str, Any]:
        """A run, whose summary of notices is returned."""
        said = self.archive("run", "--json")
        assert code == said.code, said
        notices: dict[str, Any] = said.lines[-1]["summary"]["notices"]
        return notices

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the first channel was told."""
        lines = self.out.read_text(encoding="utf-8").splitlines() if self.out.exists() else []
        return [json.loads(line) for line in lines]

    @property
    def feed(self) -> Any:
        """The feed as a reader sees it; valid for two readers and by the rules."""
        data = (self.archive.root / "edits.atom").read_bytes()
        assert [] == faults_of(data)
        parsed = feedparser.parse(data)
        assert not parsed.bozo, parsed.bozo_exception
        assert len(parsed.entries) == len(atoma.parse_atom_bytes(data).entries)
        return parsed


@pytest.fixture
def desk(archive: Archive, press: Press, tmp_path: Path) -> Iterator[Desk]:
    """An archive with one article, seen once."""
    desk = Desk(archive, press, tmp_path)
    desk.edit("")
    return desk


def added(notice: dict[str, Any]) -> str:
    """The words that came, of the first change."""
    return "".join(span["text"] for span in notice["passages"][0]["spans"] if span["op"] == "insert").strip()


def test_a_program_is_told_of_each_edit_in_order(desk: Desk) -> None:
    """Edits that snap saw, too; each once, with the verdict, the words and both snapshots; none of before it began."""
    desk.edit(" Before.")
    desk.channel()
    assert {"delivered": 0} == desk.run()
    desk.edit(" One.", " Two.", " Two.", " Three.")
    assert {"delivered": 3} == desk.run()
    assert {"delivered": 0} == desk.run()
    assert ["One", "Two", "Three"] == [added(notice).rstrip(".") for notice in desk.told]
    first, second, _ = desk.told
    assert {"schema": "archivist-notice-1", "kind": "changed", "verdict": "undeclared"}.items() <= first.items()
    assert (first["new"]["id"], 3) == (second["old"]["id"], first["new"]["version"])
    assert "stealth_edit" in first["classes"]
    assert (desk.press.url("/a"), "Crane stands still", 6) == (first["url"], first["title"], first["words"])


def test_the_feed_is_always_there(desk: Desk) -> None:
    """Without a channel and without an edit; then with the edits, the newest first, whoever saw them."""
    desk.run()
    assert [] == desk.feed.entries
    desk.edit(" One.", " Two.")
    desk.run()
    before = (desk.archive.root / "edits.atom").read_bytes()
    entries = desk.feed.entries
    assert ["<ins> Two.</ins>" in entry.content[0].value or "Two" in entry.content[0].value for entry in entries]
    assert ["Two", "One"] == [entry.content[0].value.partition("<ins>")[2].lstrip()[:3] for entry in entries]
    assert {"changed", "undeclared", "stealth_edit"} <= {tag.term for tag in entries[0].tags}
    assert desk.press.url("/a") == entries[0].link
    # What it is made from may be lost, and so may the feed: what is made anew is the same to the byte.
    (desk.archive.root / ".archivist" / "edits.json").unlink()
    (desk.archive.root / "edits.atom").unlink()
    desk.run()
    assert before == (desk.archive.root / "edits.atom").read_bytes()


def test_gone_and_back(desk: Desk) -> None:
    """A page that is gone is told once, and that it is back, with what was edited meanwhile; errors are not told."""
    desk.channel()
    desk.run()
    desk.press.serve("/a", r.plain(b"gone", status=410))
    desk.archive.snap(desk.press.url("/a"), code=-1)
    desk.archive.snap(desk.press.url("/a"), code=-1)
    desk.press.serve("/a", r.plain(b"broken", status=500))
    desk.archive.snap(desk.press.url("/a"), code=-1)
    desk.edit(" Nobody was hurt.")
    desk.run()
    assert [("gone", 0), ("back", 18)] == [(notice["kind"], notice["words"]) for notice in desk.told]
    assert ["Crane stands still"] * 2 == [notice["title"] for notice in desk.told]
    assert ["back", "gone"] == [entry.tags[0].term for entry in desk.feed.entries]


def test_public_copies_are_linked(desk: Desk) -> None:
    """With an address where others can read the archive, feed and notices lead to the copies."""
    desk.run()
    desk.edit(" One.")
    desk.run()
    assert ["alternate"] == [link.rel for link in desk.feed.entries[0].links]
    desk.archive.setting('[archive]\nname = "Ann & <Bob>"\npublic_url = "https://copies.example/"\n')
    desk.run()
    feed = desk.feed
    assert "Edits seen by Ann & <Bob>" == feed.feed.title
    related = [link.href for link in feed.entries[0].links if link.rel == "related"]
    assert ["https://copies.example/" + str(desk.archive.id(f"{desk.press.url('/a')}@{n}")) for n in (1, 2)] == related


def test_a_failing_channel_stops_nobody(desk: Desk) -> None:
    """It is told once, tried again, and gets everything in order when it is well; the others never wait."""
    broken = desk.archive.root / "broken"
    program = f"import os, sys; os.path.exists({str(broken)!r}) and sys.exit('no \\x1b[31mroute'); {KEEP}"
    desk.channel(program, str(desk.out), more='name = "chat"')
    other = desk.out.with_name("other.jsonl")
    desk.channel(KEEP, str(other))
    desk.run()
    broken.touch()
    desk.edit(" One.")
    said = desk.archive("run")
    assert (3, "") == (said.code, said.out)
    assert said.err.startswith("warning: notify chat: ended with 1: no")
    assert "\x1b" not in said.err
    desk.edit(" Two.")
    again = desk.archive("run")
    assert (3, "", "") == (again.code, again.out, again.err)
    assert 2 == len(other.read_text().splitlines())
    status = desk.archive("status")
    assert 3 == status.code
    assert "nobody is told through chat since 20" in status.out
    assert "\x1b" not in status.out
    (name, failing), *rest = desk.archive("status", "--json").json["failing_channels"].items()
    assert ("chat", "ended with 1: no", []) == (name, failing["said"][:16], rest)
    broken.unlink()
    desk.edit(" Three.")
    assert {"delivered": 4} == desk.run()
    assert {} == desk.archive("status", "--json").json["failing_channels"]
    assert ["One", "Two", "Three"] == [added(notice).rstrip(".") for notice in desk.told]


def test_what_was_not_acknowledged_is_told_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that dies after a delivery and before it is remembered: the next one delivers it again, and the rest."""
    desk.channel()
    desk.run()
    desk.edit(" One.", " Two.")
    save = Notifier._save

    def die(self: Notifier, states: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Notifier, "_save", die)
    assert 130 == desk.archive("run").code
    monkeypatch.setattr(Notifier, "_save", save)
    assert {"delivered": 2} == desk.run()
    assert ["One", "One", "Two"] == [added(notice).rstrip(".") for notice in desk.told]


@pytest.mark.parametrize("name", ["edits.json", "edits.atom"])
def test_a_crash_between_two_writes(name: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever file was not written, the next run makes both right, in order."""
    desk.edit(" One.")
    desk.run()
    desk.edit(" Two.")
    replace = RealDisk.replace

    def die(self: RealDisk, path: Path, data: bytes) -> None:
        if path.name == name:
            path.with_name(".tmp-0123456789ab").write_bytes(b"half")
            raise KeyboardInterrupt
        replace(self, path, data)

    monkeypatch.setattr(RealDisk, "replace", die)
    assert 130 == desk.archive("run").code
    monkeypatch.setattr(RealDisk, "replace", replace)
    assert 1 == len(desk.feed.entries)
    desk.edit(" Three.")
    desk.run()
    assert ["Thr", "Two", "One"] == [
        entry.content[0].value.partition("<ins>")[2].lstrip()[:3] for entry in desk.feed.entries
    ]
    assert [] == list(desk.archive.root.glob(".tmp-*"))


@pytest.mark.parametrize("damage", [b"[" * 100_000, b'{"format": 1, "upto": "00", "notices": []}'])
def test_damaged_memory_is_made_anew(damage: bytes, desk: Desk) -> None:
    """Neither file is trusted to be what it was."""
    desk.channel()
    desk.edit(" One.")
    desk.run()
    before = (desk.archive.root / "edits.atom").read_bytes()
    for name in ("edits.json", "notify.json"):
        (desk.archive.root / ".archivist" / name).write_bytes(damage)
    desk.run()
    assert before == (desk.archive.root / "edits.atom").read_bytes()
    desk.edit(" Two.")
    assert {"delivered": 1} == desk.run()


def test_hostile_headlines_are_words(desk: Desk) -> None:
    """Markup, the end of a CDATA section, control characters, a right-to-left override: none of it gets out."""
    desk.channel()
    desk.run()
    title = "]]&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; \x1b[31m\x07\ufffe\u202e \"'"
    desk.press.serve("/a", article(" &lt;img src=x onerror=alert(1)&gt; ]]&gt;", title=title))
    desk.archive.snap(desk.press.url("/a"))
    desk.run()
    (entry,) = desk.feed.entries
    assert "<script" not in entry.content[0].value
    assert "onerror" not in entry.content[0].value.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert "<script>alert(1)</script>" in desk.told[0]["title"]


def test_apprise_sends_it(desk: Desk, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a service on this computer; the address stands in a variable, and in no list of processes."""
    pytest.importorskip("apprise")
    press.serve("/hook", r.plain(b"ok"))
    monkeypatch.setenv("NEWSROOM_CHAT", f"json://127.0.0.1:{press.port}/hook")
    with (desk.archive.root / "archivist.toml").open("a", encoding="utf-8") as file:
        file.write('[[notify]]\napprise = "env:NEWSROOM_CHAT"\nverdicts = ["undeclared"]\n')
    desk.run()
    desk.edit(" One.")
    assert {"delivered": 1} == desk.run()
    sent = json.loads(next(each.body for each in press.seen if each.path == "/hook"))
    assert "Crane stands still" == sent["title"]
    assert "{+ One.+}" in sent["message"] or "{+One" in sent["message"]
    desk.edit(" Two.")
    press.serve("/hook", r.plain(b"no", status=500))
    assert "did not take the message" in desk.run(3)["failed"]["env:NEWSROOM_CHAT"]
    monkeypatch.delenv("NEWSROOM_CHAT")
    assert "the variable NEWSROOM_CHAT is not set" == desk.run(3)["failed"]["env:NEWSROOM_CHAT"]


def test_another_that_is_telling_is_let_go_on(desk: Desk) -> None:
    """While one run tells, another saves pages and says nothing; what it saw is told by the next."""
    desk.channel()
    desk.run()
    desk.edit(" One.")
    notifier = Notifier(desk.archive.workspace)
    with notifier._lock():
        assert {"delivered": 0} == desk.run()
    assert {"delivered": 1} == desk.run()


def test_a_wrong_channel(desk: Desk) -> None:
    """2 before anything is saved, with the line; an address is never repeated."""
    (desk.archive.root / "archivist.toml").write_text('[[notify]]\napprise = "secret"\n', encoding="utf-8")
    answer = desk.archive("run")
    assert (2, "") == (answer.code, answer.out)
    assert answer.err.startswith("error: archivist.toml, line 2: apprise: should be an address")
    assert "secret" not in answer.err


def test_ids_of_entries_stay(desk: Desk) -> None:
    """They are UUIDs of the archive and the snapshot, whatever the settings say."""
    desk.edit(" One.")
    desk.run()
    before = [entry.id for entry in desk.feed.entries]
    desk.archive.setting('[archive]\nname = "Another"\n')
    desk.run()
    assert before == [entry.id for entry in desk.feed.entries]
    assert all(uuid.UUID(each.removeprefix("urn:uuid:")).version == 5 for each in before)
