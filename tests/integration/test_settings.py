"""Settings: file, environment, flags, each stronger than the one before; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.conftest import Archive, typed
from tests.press import Press
from tests.press import responses as r


def test_who_wins(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """archivist.toml under the environment under the command line."""
    press.serve("/a", r.plain())
    monkeypatch.delenv("ARCHIVIST_ALLOW")
    archive.setting('[fetch]\nuser_agent = "from-file"\nallow = ["127.0.0.1"]\nrobots = "ignore"\n')

    archive.snap(press.url("/a"))
    assert {"user_agent": "from-file", "robots": "ignore"}.items() <= dict(archive.snapshot().asked.policy).items()
    assert "from-file" == press.seen[-1].header("user-agent")

    monkeypatch.setenv("ARCHIVIST_FETCH_USER_AGENT", "from-environment")
    archive.snap(press.url("/a"), options=("--robots", "obey"))
    policy = dict(archive.snapshot().asked.policy)
    assert {"user_agent": "from-environment", "robots": "obey"}.items() <= policy.items()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[fetch]\ndelya = 1\n", "fetch.delya"),
        ("[fecth]\ndelay = 1\n", "fecth"),
        ('[fetch]\ndelay = "soon"\n', "fetch.delay"),
        ("[fetch\n", "archivist.toml"),
        ("[fetch]\nretries = -1\n", "fetch.retries"),
    ],
)
def test_wrong_settings_are_named(text: str, named: str, archive: Archive, press: Press) -> None:
    """A wrong key or value: 2, whatever the verb, with the file and the name."""
    press.serve("/a", r.plain())
    archive.snap(press.url("/a"))
    (archive.root / "archivist.toml").write_text(text, encoding="utf-8")

    for words in (["list"], ["snap", press.url("/a")], ["config"]):
        said = archive(*words)
        assert 2 == said.code
        assert "archivist.toml" in said.err
        assert named in said.err
        assert "" == said.out


def test_wrong_environment(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does a wrong variable; and no archive is made for it."""
    monkeypatch.setenv("ARCHIVIST_FETCH_DELYA", "1")

    said = archive("snap", "https://www.example.org/")

    assert said.is_clean_error(2), said
    assert "ARCHIVIST_FETCH_DELYA" in said.err
    assert not archive.root.exists()


def test_sealed_archives_are_passed_by(
    archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sealed archive reading is from it, and writing goes to the next one."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    archive.setting("[archive]\nsealed = true\n")
    monkeypatch.setenv("ARCHIVIST_HOME", str(tmp_path / "home"))
    inside = archive.root / "archives"
    monkeypatch.chdir(inside)
    before = archive.files()

    assert press.url("/a") in typed("list", "--json").out
    assert 0 == typed("snap", press.url("/a")).code

    assert before == archive.files()
    assert 1 == typed("-C", tmp_path / "home", "status", "--json").json["snapshots"]


def test_sealed_archive_named_outright(archive: Archive, press: Press) -> None:
    """Named with -C, a sealed archive says that it is sealed and stays as it is."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    archive.setting("[archive]\nsealed = true\n")
    before = archive.files()

    said = archive("snap", press.url("/a"))

    assert said.is_clean_error(2), said
    assert "sealed" in said.err
    assert before == archive.files()


def test_the_archive_is_found_as_git_finds_one(
    archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From any folder below it; else in $ARCHIVIST_HOME."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    deep = archive.root / "notes" / "deep"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert 0 == typed("log", press.url("/a")).code

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVIST_HOME", str(archive.root))
    assert 0 == typed("log", press.url("/a")).code


def test_init(tmp_path: Path) -> None:
    """An archive is made once, and says where its key is; the second time it is 2."""
    said = typed("init", tmp_path / "new", "--json")
    assert 0 == said.code
    assert Path(said.json["key_path"]).is_file()
    assert said.json["key"].startswith(f"archivist/{said.json['archive']}+")
    assert 4 == typed("-C", tmp_path / "new", "verify").code, "nothing to check is never ok"

    again = typed("init", tmp_path / "new")
    assert again.is_clean_error(2), again
