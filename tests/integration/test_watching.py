"""Runs over a watchlist by a clock of their own: what is due, what is told and how often, and what is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archivist.clock import FixedClock
from archivist.demo import pdf
from archivist.errors import Locked, NotFound, UsageError
from archivist.model.watch import Watch
from archivist.pipeline.happening import Happening
from archivist.store.lock import Lock
from archivist.verbs.run import Ran, run
from archivist.verbs.watch import Line, add, listing, remove
from archivist.workspace import Place, Workspace
from tests.integration.conftest import Archive
from tests.press import Press, Reply, Reset
from tests.press import responses as r

START = dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC)
"""Two and a half hours before summer time ends in Europe."""
MINUTE, HOUR, DAY = 60, 3_600, 86_400
SENTENCE = "The biggest crane of the harbour has lifted nothing since Monday, and nobody knows for how long."


def article(more: str = "", *, title: str = "Crane stands still") -> Reply:
    """A page that is read as an article."""
    text = "".join(f"<p>{SENTENCE} It is day {number}.{more}</p>" for number in range(6))
    return r.plain(r.page(f"<article><h1>{title}</h1>{text}</article>", title=title))


def wall() -> Reply:
    """The same page behind a paywall."""
    teaser = f"<article><h1>Crane stands still</h1><p>{SENTENCE}</p><p>Subscribe to continue reading</p></article>"
    return r.plain(r.page(teaser, title="Crane stands still"))


@dataclass
class Cron:
    """An archive, a clock, and runs."""

    root: Path
    environ: dict[str, str]
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    told: list[Happening] = field(default_factory=list)
    """By the last run."""

    def open(self, **overrides: object) -> Workspace:
        """The archive, as a new process opens it."""
        place = Place(root=self.root, why="test", exists=(self.root / "manifests").exists())
        names = {name.replace("__", "."): value for name, value in overrides.items()}
        make = Workspace.open if place.exists else Workspace.create
        return make(place, environ=self.environ, overrides=names, clock=self.clock)

    def watch(self, *urls: str, **how: object) -> tuple[Watch, ...]:
        """Put addresses on the list."""
        return add(self.open(), urls, **how)  # type: ignore[arg-type]

    def run(self, *, after: float = 0, **overrides: object) -> Ran:
        """A run, so many seconds later."""
        self.clock.advance(after)
        self.told = []
        return run(self.open(**overrides), say=self.told.append)

    def lines(self) -> dict[str, Line]:
        """The watchlist, by the last word of the address."""
        workspace = self.open()
        lines = {line.watched.page.url.rpartition("/")[2]: line for line in listing(workspace)}
        workspace.close_catalog()
        return lines

    @property
    def news(self) -> list[tuple[str, str]]:
        """What the last run told people: kind, and the last word of the address."""
        return [(each.kind, each.url.rpartition("/")[2]) for each in self.told if each.is_news]


@pytest.fixture
def cron(tmp_path: Path) -> Cron:
    """An archive that is made when it is first opened."""
    environ = {
        "ARCHIVIST_KEYS": str(tmp_path / "keys"),
        "ARCHIVIST_ALLOW": "127.0.0.1",
        "ARCHIVIST_FETCH_DELAY": "0",
        "ARCHIVIST_FETCH_RETRIES": "0",
        "ARCHIVIST_FETCH_ROBOTS": "ignore",
        "ARCHIVIST_STAMP_AUTHORITIES": "",
        "ARCHIVIST_STAMP_CALENDARS": "",
    }
    return Cron(root=tmp_path / "archive", environ=environ)


def test_what_is_due_is_looked_at_once(cron: Cron, press: Press) -> None:
    """New pages at once, then none for ten minutes, then all; each look is one snapshot."""
    press.serve("*", article())
    cron.watch(press.url("/a"), press.url("/b"))

    assert (2, 2) == ((first := cron.run()).looked_at, first.counts["new"])
    assert 0 == cron.run(after=5 * MINUTE).looked_at
    assert 2 == cron.run(after=5 * MINUTE).counts["same"]
    assert [] == cron.news
    assert {"looked_at": 2, "new": 0, "same": 2}.items() <= cron.run(after=11 * MINUTE).to_json().items()


def test_a_change_is_told_with_its_verdict(cron: Cron, press: Press) -> None:
    """One happening, with the headline, the edit, and both snapshots; and the page is due again soon."""
    press.serve("/a", article())
    cron.watch(press.url("/a"), tags=("harbour",))
    cron.run()
    cron.run(after=DAY)
    quiet = cron.lines()["a"].watched.plan.at - cron.clock.now()
    press.serve("/a", article(" Nobody was hurt."))
    ran = cron.run(after=12 * HOUR)

    assert [("changed", "a")] == cron.news
    (told,) = cron.told
    assert (1, 0) == (ran.counts["changed"], ran.exit_code)
    assert told.diff is not None
    assert ("undeclared", "Crane stands still", ("harbour",)) == (told.diff.verdict.kind, told.title, told.tags)
    assert told.old is not None
    assert told.new is not None
    assert told.old.version + 1 == told.new.version
    assert "undeclared" == told.to_json()["verdict"]
    assert cron.lines()["a"].watched.plan.at - cron.clock.now() < quiet / 2


def test_a_page_that_is_gone_is_told_once(cron: Cron, press: Press) -> None:
    """410 is a finding, told when it begins and when it ends; what came back the same is no edit."""
    press.serve("/a", article())
    cron.watch(press.url("/a"))
    cron.run()
    press.serve("/a", r.plain(b"gone", status=410))
    seen = []
    for _ in range(2):
        ran = cron.run(after=DAY)
        seen += cron.news
        assert 0 == ran.exit_code
    assert [("gone", "a")] == seen
    assert "gone" == cron.lines()["a"].state
    press.serve("/a", article())
    cron.run(after=8 * DAY)
    assert [("back", "a")] == cron.news
    cron.run(after=8 * DAY)
    assert [] == cron.news


@pytest.mark.parametrize("trouble", [wall(), r.plain(b"Service Unavailable", status=500)])
def test_a_page_that_is_not_itself_is_told_once(trouble: Reply, cron: Cron, press: Press) -> None:
    """A page that turned into a paywall or an error is told once, looked at less and less, and told when it is well."""
    press.serve("/a", article())
    cron.watch(press.url("/a"))
    cron.run()
    press.serve("/a", trouble)
    seen, looks = [], 0
    for _ in range(9):
        looks += cron.run(after=HOUR).looked_at
        seen += cron.news
    assert [("faulty", "a")] == seen
    assert looks <= 4
    assert cron.lines()["a"].state in {"faulty", "walled"}
    press.serve("/a", article())
    cron.run(after=2 * DAY)
    assert [("recovered", "a")] == cron.news


def test_an_edit_behind_a_wall_is_told_when_the_wall_falls(cron: Cron, press: Press) -> None:
    """What is compared is the last snapshot that showed the article."""
    press.serve("/a", article())
    cron.watch(press.url("/a"))
    cron.run()
    press.serve("/a", wall())
    cron.run(after=HOUR)
    press.serve("/a", article(" Nobody was hurt."))
    cron.run(after=DAY)
    (told,) = cron.told
    assert "changed" == told.kind
    assert told.old is not None
    assert 1 == told.old.number


def test_a_host_that_fails_is_told_once(cron: Cron, press: Press) -> None:
    """One line for the host and not one a page; asked by one page, after longer and longer; told when it answers."""
    press.serve("*", Reply((Reset(),)))
    cron.watch(*(press.url(f"/{number}") for number in range(8)))
    ran = cron.run()
    assert [("unreachable", "127.0.0.1")] == cron.news
    assert (8, 3) == (ran.failed + ran.held, ran.exit_code)
    asked = len(press.seen)
    assert asked <= 4
    news = []
    for _ in range(8):
        cron.run(after=HOUR)
        news += cron.news
    assert [] == news
    assert len(press.seen) - asked <= 3
    assert {"failing"} == {line.state for line in cron.lines().values()}

    press.serve("*", article())
    ran = cron.run(after=DAY)
    assert [("reachable", "127.0.0.1")] == cron.news
    assert (8, 0) == (ran.counts["new"], ran.exit_code)


def test_a_page_that_fails_alone(cron: Cron, press: Press) -> None:
    """A page that redirects to itself is named; the other pages of its host are looked at as ever."""
    press.serve("/loop", r.redirect("/loop"))
    press.serve("/a", article())
    cron.watch(press.url("/loop"), press.url("/a"))
    ran = cron.run()
    assert [("unreachable", "loop")] == cron.news
    assert "in a circle" in cron.told[-1].said
    assert (1, 1) == (ran.failed, ran.counts["new"])
    ran = cron.run(after=11 * MINUTE)
    assert (1, 0) == (ran.looked_at, ran.failed)
    ran = cron.run(after=11 * MINUTE)
    assert ([], 1) == (cron.news, ran.failed)


def test_retry_after(cron: Cron, press: Press) -> None:
    """A host that asks to be left alone for an hour is, whatever is due; nobody else waits for it."""
    press.serve("*", article())
    cron.watch(*(press.url(f"/{number}") for number in range(20)))
    cron.run()
    press.serve("*", r.plain(b"busy", status=503, headers=[("Retry-After", "5400")]))
    asked = len(press.seen)
    ran = cron.run(after=HOUR)
    assert len(press.seen) - asked <= 16
    assert ran.held >= 4
    asked = len(press.seen)
    for _ in range(7):
        cron.run(after=10 * MINUTE)
    assert asked == len(press.seen)


def test_a_clock_that_is_set_back_a_day(cron: Cron, press: Press) -> None:
    """Nothing is due twice for it, and nothing waits for the old hour to come again."""
    press.serve("*", article())
    cron.watch(press.url("/a"), every=dt.timedelta(hours=12))
    cron.watch(press.url("/b"), every=dt.timedelta(hours=6))
    cron.run()
    cron.run(after=7 * HOUR)
    planned = {name: line.watched.plan.at for name, line in cron.lines().items()}
    now = cron.clock.now()
    cron.clock.advance(-DAY)
    assert 0 == cron.run().looked_at
    moved = {name: line.watched.plan.at for name, line in cron.lines().items()}
    assert {name: at - dt.timedelta(days=1) for name, at in planned.items()} == moved

    looks = {"a": 0, "b": 0}
    while cron.clock.now() < now:
        cron.run(after=HOUR)
        for each in cron.told:
            looks[each.url[-1]] += 1
    assert {"a": 2, "b": 4} == looks


def test_a_page_that_is_looked_at_every_minute(cron: Cron, press: Press) -> None:
    """It is due a minute later, and not at once."""
    press.serve("*", article())
    cron.watch(press.url("/a"), every=dt.timedelta(minutes=1))
    cron.run()
    assert 0 == cron.run(after=2).looked_at
    assert 1 == cron.run(after=MINUTE).looked_at


def test_an_error_lends_no_name_and_is_no_edit(cron: Cron, press: Press) -> None:
    """A page that is gone keeps its headline, by which it is found, as by an earlier one; nothing is called silent."""
    press.serve("/a", article())
    cron.watch(press.url("/a"))
    cron.run()
    press.serve("/a", article(title="Ferry sails again"))
    cron.run(after=DAY)
    press.serve("/a", r.plain(r.page("<h1>404 Not found</h1>", title="404 Not found"), status=404))
    cron.run(after=DAY)
    assert [("gone", "a")] == cron.news
    assert "Ferry sails again" == cron.told[0].title

    archive = Archive(cron.root)
    assert "Ferry sails again" == archive("list", "--json").lines[0]["title"]
    assert 0 == archive("log", "crane stands").code
    found = archive("diff", f"{press.url('/a')}@2", f"{press.url('/a')}@3", "--json").json
    assert ("no-article", True) == (found["verdict"]["kind"], found["noise_only"])
    assert "404" in found["verdict"]["reasons"][0]


class _Leaping(dt.datetime):
    """A moment that a clock with leap seconds writes as 23:59:60."""

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return super().isoformat(sep, timespec).replace("23:59:59", "23:59:60")


def test_a_leap_second(cron: Cron, press: Press) -> None:
    """What was saved in one is listed, compared, cited, verified and due again like everything else, once."""
    press.serve("*", article())
    cron.clock = FixedClock(_Leaping(2016, 12, 31, 23, 49, 59, tzinfo=dt.UTC))
    cron.watch(press.url("/a"), every=dt.timedelta(minutes=10))
    assert 1 == cron.run().looked_at
    press.serve("*", article(" More."))
    assert 1 == cron.run(after=10 * MINUTE).counts["changed"]
    assert 0 == cron.run(after=5 * MINUTE).looked_at
    assert 1 == cron.run(after=5 * MINUTE).counts["same"]

    archive = Archive(cron.root)
    said = archive("log", press.url("/a"), "--all", "--json")
    assert 0 == said.code, said
    started = [line["captured"][:19] for line in said.lines if "captured" in line]
    assert ["2016-12-31T23:49:59", "2016-12-31T23:59:60", "2017-01-01T00:09:59"] == sorted(started)
    for words in (
        ("log", "--blame", press.url("/a")),
        ("show", f"{press.url('/a')}@2"),
        ("cite", f"{press.url('/a')}@2", "--style", "csl"),
        ("cite", f"{press.url('/a')}@2", "--style", "apa"),
        ("export", f"{press.url('/a')}@2", "--as", "evidence", "-o", str(cron.root.parent / "leap.wacz")),
        ("list",),
        ("verify", "--deep"),
    ):
        said = archive(*words)
        assert 0 == said.code, said
    assert "{+More.+}" in archive("diff", f"{press.url('/a')}@1", f"{press.url('/a')}@2").out


def test_what_runs_remember_may_be_lost(cron: Cron, press: Press) -> None:
    """Without .archivist/watch.json the plan is the same; with the clock set back as well, one look is too many."""
    press.serve("*", article())
    cron.watch(press.url("/a"))
    for _ in range(3):
        cron.run(after=11 * MINUTE)
    memory = cron.root / ".archivist" / "watch.json"
    before = cron.lines()["a"].watched
    for damage in (b"{", b"[]", b'{"format":1,"at":"x"}', None):
        memory.unlink() if damage is None else memory.write_bytes(damage)
        assert (before.plan, before.past) == (cron.lines()["a"].watched.plan, cron.lines()["a"].watched.past)
    cron.clock.advance(-DAY)
    assert 1 == cron.run().looked_at
    assert 0 == cron.run(after=5 * MINUTE).looked_at


def test_bounds_of_a_run(cron: Cron, press: Press) -> None:
    """No more pages than --max-urls, those that have waited longest first; the rest is counted and comes next."""
    press.serve("*", article())
    cron.watch(*(press.url(f"/{number}") for number in range(5)))
    ran = cron.run(schedule__max_urls=2)
    assert (2, 3) == (ran.looked_at, ran.left)
    ran = cron.run(schedule__max_urls=9)
    assert (3, 0) == (ran.looked_at, ran.left)


def test_documents_go_on_by_themselves(cron: Cron, press: Press) -> None:
    """A PDF is looked at with its article, and once a day and less after the article has gone."""
    report = pdf.document(
        (pdf.Page(lines=(pdf.Line(text="One hundred cranes."),)),), title="R", author="C", created=START
    )
    link = f'<p>{SENTENCE} See <a href="/r.pdf">the report</a>.</p>'
    body = f"<article><h1>Crane</h1>{''.join(f'<p>{SENTENCE}{n}</p>' for n in range(6))}{link}</article>"
    press.serve("/a", r.plain(r.page(body, title="Crane")))
    press.serve("/r.pdf", r.pdf(report))
    cron.watch(press.url("/a"), follow=("pdf",))
    cron.run()
    assert {"a", "r.pdf"} == set(cron.lines())
    assert 1 == cron.run(after=HOUR).looked_at

    press.serve("/a", r.plain(b"gone", status=404))
    cron.run(after=HOUR)
    cron.run(after=DAY)
    assert 1 == len([each for each in cron.told if each.url.endswith("r.pdf")])
    press.serve("/r.pdf", r.pdf(report.replace(b"hundred", b"million")))
    cron.run(after=2 * DAY)
    assert ("changed", "r.pdf") in cron.news


def test_ends(cron: Cron, press: Press) -> None:
    """A page is looked at until its time is over or it is taken off the list; taking off what is not there is said."""
    press.serve("*", article())
    cron.watch(press.url("/a"), until=dt.timedelta(days=2))
    cron.watch(press.url("/b"))
    assert 2 == cron.run().looked_at
    cron.clock.advance(3 * DAY)
    assert {"b"} == set(cron.lines())
    remove(cron.open(), [press.url("/b")])
    with pytest.raises(NotFound, match="is not watched"):
        remove(cron.open(), [press.url("/b")])
    assert (0, 0) == ((ran := cron.run()).looked_at, ran.watched)
    cron.watch(press.url("/b"))
    assert 1 == cron.run().looked_at


def test_two_at_once(cron: Cron, press: Press) -> None:
    """While another one writes, a run leaves, whether anything is due or not."""
    cron.watch(press.url("/a"))
    workspace = cron.open()
    with Lock(workspace.layout, clock=cron.clock), pytest.raises(Locked):
        cron.run()


def test_somebody_is_told_that_the_work_is_done(cron: Cron, press: Press) -> None:
    """schedule.ping is asked for at the end of each run; where that fails, the run has not failed."""
    press.serve("/alive", r.plain(b"ok"))
    cron.watch(press.url("/a"))
    press.serve("/a", article())
    ran = cron.run(schedule__ping=press.url("/alive"))
    assert ("", 1) == (ran.ping_failed, press.count("/alive"))
    ran = cron.run(schedule__ping=press.url("/missing"))
    assert ran.ping_failed.endswith("answered 404")
    assert 0 == ran.exit_code


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('url = "htp://a.example/"', "line 5: url: 'htp://a.example/' is not a web address"),
        ('url = "https://a.example/"\nevry = "6h"', "line 6: evry is no setting of a watch"),
        ('url = "https://a.example/"\n\nevery = "soon"', "line 7: every: 'soon' is no length of time"),
        ('url = "https://a.example/"\ntags = "eu"', "line 6: tags: 'eu' should be a list of texts"),
        ('url = "https://a.example/"\nfollow = ["mp3"]', "line 6: follow: 'mp3' should be pdf or all"),
        ('url = "https://a.example/"\nkind = "magazine"', "line 6: kind: 'magazine' should be article"),
        ('every = "6h"', "line 4: the watch has no url"),
        ('url = "https://a.example/"\n[[watch', "(at line 6"),
    ],
)
def test_wrong_tables_are_named_by_line(table: str, said: str, cron: Cron, press: Press) -> None:
    """What is wrong is named with its line, by whatever reads the list; and nothing is looked at."""
    cron.open()
    text = f'[[watch]]\nurl = "https://b.example/"\n\n[[watch]]\n{table}\n'
    (cron.root / "archivist.toml").write_text(text, encoding="utf-8")
    acts: list[Callable[[], object]] = [cron.run, cron.lines, lambda: cron.watch(press.url("/a"))]
    for act in acts:
        with pytest.raises(UsageError) as caught:
            act()
        assert said in str(caught.value)
    assert text == (cron.root / "archivist.toml").read_text(encoding="utf-8")


def test_the_file_is_only_added_to(cron: Cron, press: Press) -> None:
    """What a person wrote stays to the byte, comments and a missing line end included; the same is not added twice."""
    cron.open()
    own = "# ours\r\n[fetch]\r\nretries = 1 # once"
    (cron.root / "archivist.toml").write_bytes(own.encode())
    assert 1 == len(cron.watch(press.url("/a?utm_source=x"), tags=("eu", 'with "quotes"')))
    assert () == cron.watch(press.url("/a?utm_source=x"), tags=("eu", 'with "quotes"'))
    assert 1 == len(cron.watch(press.url("/a"), every=dt.timedelta(hours=6)))
    (line,) = cron.lines().values()
    assert dt.timedelta(hours=6) == line.watched.page.watch.every
    assert (cron.root / "archivist.toml").read_bytes().startswith(own.encode() + b"\n")
