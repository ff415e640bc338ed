"""Bad input: each with its exit code, a message, a hint, no traceback, and nothing on stdout."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from archivist.model.json import Json
from tests.integration.conftest import Archive, typed
from tests.press import Press
from tests.press import responses as r

ARTICLE = r.plain(r.page("<h1>Cranes</h1><p>The cranes stood still.</p>", title="Cranes"))


@pytest.mark.parametrize(
    "url",
    [
        "www.example.org/an-article",
        "htps://www.example.org/",
        "file:///etc/passwd",
        "ftp://www.example.org/a",
        "https://",
        "https://a:b@www.example.org/",
        "https://www.example.org:99999/",
        "javascript:alert(1)",
        "",
        "https://www.example.org/" + "a" * 9000,
    ],
)
def test_no_web_address(url: str, archive: Archive) -> None:
    """What is no http(s) address is a wrong word: 2, and no archive is made for it."""
    said = archive("snap", url)

    assert 2 == said.code
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err
    assert "" == said.out
    assert not archive.root.exists()


def test_one_bad_address_stops_all(archive: Archive, press: Press) -> None:
    """All addresses are checked before anything is fetched."""
    press.serve("/a", ARTICLE)

    said = archive("snap", press.url("/a"), "file:///etc/passwd")

    assert said.is_clean_error(2)
    assert [] == press.requests


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
    ],
)
def test_private_addresses_are_forbidden(url: str, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate says no unless the settings allow the address: 5, nothing stored."""
    monkeypatch.delenv("ARCHIVIST_ALLOW")

    said = archive("snap", url)

    assert said.is_clean_error(5) or said.code == 5, said
    assert "error: " in said.err
    assert "hint: " in said.err
    assert "Traceback" not in said.err
    assert "" == said.out
    assert 0 == archive("status", "--json").json["snapshots"]


def test_unreachable_host(archive: Archive) -> None:
    """Nobody listens: 5, nothing stored."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"

        said = archive("snap", url)

    assert 5 == said.code
    assert url.rstrip("/").removeprefix("http://") in said.err
    assert "" == said.out
    assert 0 == archive("status", "--json").json["snapshots"]
    assert [] == list(archive.root.rglob("*.warc.gz"))


def test_not_found_of_a_new_page(archive: Archive, press: Press) -> None:
    """A 404 of a page that is not in the archive is no article: 5, nothing stored, and a hint how to keep it."""
    said = archive("snap", press.url("/nowhere"))

    assert 5 == said.code
    assert "404" in said.err
    assert "--keep-errors" in said.err
    assert "" == said.out
    assert [] == list(archive.root.rglob("*.warc.gz"))


def test_not_found_kept_on_demand(archive: Archive, press: Press) -> None:
    """With --keep-errors the 404 is stored as evidence, and called an error: 3."""
    (line,) = archive.snap(press.url("/nowhere"), options=("--keep-errors",), code=3)

    assert line["stored"]
    assert "error" == line["quality"]
    page = archive.snapshot().page
    assert page is not None
    assert 404 == page.status


@pytest.mark.parametrize("status", [404, 410, 451])
def test_known_article_that_is_gone(status: int, archive: Archive, press: Press) -> None:
    """That an article of the archive was taken down is a fact worth keeping: a new version, of verdict error."""
    press.serve("/a", ARTICLE, r.gone(status))
    archive.snap(press.url("/a"))

    (line,) = archive.snap(press.url("/a"), code=3)

    assert line["stored"]
    assert line["is_new_version"]
    assert "error" == line["quality"]
    assert 2 == archive.snapshot().number


def test_one_failure_among_others(archive: Archive, press: Press) -> None:
    """One page that fails stops none of the others: 3, and each is told."""
    press.serve("/a", ARTICLE)

    said = archive("snap", "--json", press.url("/a"), press.url("/nowhere"))

    assert 3 == said.code
    assert {press.url("/a"): True, press.url("/nowhere"): False} == {
        line["url"]: line["stored"] for line in said.lines[:-1]
    }
    assert {"snapshots": 1, "new_versions": 1, "failed": 1, "adopted": [], "unsigned": 0} == said.lines[-1]["summary"]
    failed = next(line for line in said.lines if line.get("stored") is False)
    assert 5 == failed["error"]["exit_code"]


def test_addresses_from_a_file(archive: Archive, press: Press, tmp_path: Path) -> None:
    """--from reads one address a line and passes over comments; a missing file is a wrong word."""
    press.serve("/a", ARTICLE)
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# mine\n\n  {press.url('/a')}  \n", encoding="utf-8")

    assert 0 == archive("snap", "--from", listed).code
    assert archive("snap", "--from", tmp_path / "missing").code == 2
    assert archive("snap").is_clean_error(2)


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["log", "x"],
        ["show", "@last"],
        ["diff", "@last"],
        ["cite", "@last"],
        ["verify"],
        ["status"],
        ["reindex"],
    ],
)
def test_no_archive(words: list[str], archive: Archive) -> None:
    """Reading where there is no archive: 6, and nothing is made."""
    said = archive(*words)

    assert said.is_clean_error(6), said
    assert not archive.root.exists()


def test_no_archive_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without -C the message does not name a folder that nobody named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVIST_HOME", str(tmp_path / "none"))

    said = typed("list")

    assert said.is_clean_error(6), said


def _put(path: Path, **fields: Json) -> None:
    """Write other values into a statement, as a later archivist might have."""
    from archivist.proof.canonical import canonical  # noqa: PLC0415

    path.write_bytes(canonical({**json.loads(path.read_bytes()), **fields}))


@pytest.mark.parametrize("words", [["list"], ["show", "@last"], ["status"], ["reindex"], ["snap", "URL"]])
def test_archive_of_a_newer_format(words: list[str], archive: Archive, press: Press) -> None:
    """archive.json of format 2: 6, whatever is asked, and nothing is changed."""
    press.serve("/a", ARTICLE)
    archive.snap(press.url("/a"))
    _put(archive.root / "manifests" / "archive.json", version=2)
    before = archive.files()

    said = archive(*[press.url("/a") if word == "URL" else word for word in words])

    assert said.is_clean_error(6), said
    assert "format 2" in said.err
    assert before == archive.files()


def test_manifest_of_a_newer_format(archive: Archive, press: Press) -> None:
    """A manifest of format 2 is refused by its name: 6."""
    press.serve("/a", ARTICLE)
    archive.snap(press.url("/a"))
    _put(_manifest(archive), version=2)

    said = archive("show", press.url("/a"))

    assert said.is_clean_error(6), said
    assert "0001.json" in said.err
    assert "format 2" in said.err


def _manifest(archive: Archive, slug: str = "a-") -> Path:
    (found,) = (archive.root / "manifests").glob(f"127.0.0.1_*/{slug}*/0001.json")
    return found


@pytest.mark.parametrize("damage", ["cut", "swapped", "garbage", "empty", "another value"])
def test_damaged_manifest(damage: str, archive: Archive, press: Press) -> None:
    """A damaged manifest is named with a hint; other articles can be read on, with and without the catalog."""
    press.serve("/a", ARTICLE)
    press.serve("/b", ARTICLE)
    archive.snap(press.url("/a"), press.url("/b"))
    path = _manifest(archive)
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[:-20],
            "swapped": _manifest(archive, "b-").read_bytes(),
            "garbage": b"\xff" * 40,
            "empty": b"",
            "another value": data.replace(b"Cranes", b"Cronos"),
        }[damage]
    )

    said = archive("show", press.url("/a"))

    assert said.is_clean_error(1), said
    assert path.relative_to(archive.root).as_posix() in said.err
    assert 0 == archive("show", press.url("/b")).code
    assert 0 == archive("log", press.url("/b")).code
    (archive.root / ".archivist" / "catalog.db").unlink()
    assert 0 == archive("show", press.url("/b")).code
    assert 0 == archive("list").code


def test_writing_goes_on_beside_a_damaged_manifest(archive: Archive, press: Press) -> None:
    """Damage is for verify to judge: it keeps nobody from capturing what is online now, and hides behind nothing."""
    press.serve("/a", ARTICLE)
    press.serve("/b", ARTICLE)
    archive.snap(press.url("/a"))
    _manifest(archive).write_bytes(b"{}")

    lines = archive.snap(press.url("/a"), press.url("/b"))

    assert {press.url("/a"): 2, press.url("/b"): 1} == {line["url"]: line["number"] for line in lines}
    assert 1 == archive("verify").code


def test_ambiguous_and_unknown_words(archive: Archive, press: Press) -> None:
    """A word that names two articles is 2, one that names none is 1; each message says what to do."""
    press.serve("/crane-a", ARTICLE)
    press.serve("/crane-b", ARTICLE)
    archive.snap(press.url("/crane-a"), press.url("/crane-b"))

    assert archive("show", "crane").is_clean_error(2)
    assert archive("log", "crane").is_clean_error(2)
    assert archive("show", "submarine").is_clean_error(1)
    assert archive("show", "000000").is_clean_error(1)
    assert archive("show", press.url("/crane-a@7")).is_clean_error(1)
    assert archive("show", press.url("/crane-a@0")).is_clean_error(2)
    assert archive("diff", press.url("/crane-a")).is_clean_error(1)
    assert archive("cite", "@last", "--style", "limerick").is_clean_error(2)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["snip"], "snap"),
        (["--nope"], ""),
        (["show"], ""),
        (["snap", "--robots", "perhaps", "https://a.example/"], "obey"),
    ],
)
def test_wrong_words(words: list[str], meant: str, archive: Archive) -> None:
    """Unknown verbs, options and choices: 2, with what was perhaps meant."""
    said = archive(*words)

    assert said.is_clean_error(2), said
    assert meant in said.err
