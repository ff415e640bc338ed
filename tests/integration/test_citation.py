"""A citation goes out of an archive, through whatever people do to text, and comes back to what it stands for."""

from __future__ import annotations

import io
import json
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.cite.styles import STYLES
from archivist.cli.cite import STYLES as NAMED
from archivist.model.capture import Capture
from archivist.pipeline.reading import recorded
from archivist.wire.codings import decode
from tests.integration.conftest import Archive, Said, typed
from tests.press import Newsroom, Press
from tests.press import responses as r

PUBLIC = '\n[archive]\nname = "Saltmere Archive"\npublic_url = "https://archive.example.org/s"\n'


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An article in two versions, the second seen twice, with a report that was replaced; then the page is gone."""
    with pytest.MonkeyPatch.context() as patch, Press() as press:
        root = tmp_path_factory.mktemp("cited")
        patch.setenv("ARCHIVIST_KEYS", str(root / "keys"))
        patch.setenv("ARCHIVIST_ALLOW", "127.0.0.1")
        patch.setenv("ARCHIVIST_FETCH_DELAY", "0")
        newsroom, archive = Newsroom(press), Archive(root / "archive")
        archive.setting(f'[fetch]\nresolve = {{ "{newsroom.host}" = "{press.address}" }}\n')
        archive.snap(newsroom.url)
        newsroom.edit_silently("nine of its 23 cranes", "seven of its 23 cranes")
        newsroom.replace_pdf()
        archive.snap(newsroom.url)
        archive.snap(newsroom.url)
        newsroom.take_down()
        archive.snap(newsroom.url, code=-1)
        yield archive.root


@pytest.fixture
def cited(original: Path, tmp_path: Path) -> Archive:
    """A copy of it, to be changed."""
    return Archive(Path(shutil.copytree(original, tmp_path / "archive")))


def verify(archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch, *options: str | Path) -> Said:
    """``archivist verify -`` with the text on standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    return archive("verify", "-", *options)


def payload(archive: Archive, capture: Capture, *, is_decoded: bool = False) -> bytes:
    """The bytes of a capture."""
    workspace = archive.workspace
    answer = recorded(capture, workspace.reader)
    data = b"".join(answer.payload)
    return decode(data, answer.coding, max_bytes=1 << 30).data if is_decoded else data


def capture_of(archive: Archive, words: str, role: str) -> Capture:
    """The first capture in this role."""
    return next(each for each in archive.snapshot(words).captures if each.role == role and each.is_whole)


def test_styles_of_the_help() -> None:
    """The command names the styles that there are."""
    assert NAMED.split() == list(STYLES)


@pytest.mark.parametrize("settings", ["", PUBLIC], ids=["private", "public"])
def test_every_style_comes_back(cited: Archive, settings: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pasted in any style, re-wrapped and with curly quotes, a citation is resolved to its snapshot, which holds."""
    with (cited.root / "archivist.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    wanted = cited.id("harbour@1")
    for style in STYLES:
        text = cited("cite", "harbour@1", "--style", style).out
        mangled = "\n> ".join(textwrap.wrap(text.replace('"', "”"), 61, break_on_hyphens=False))
        said = verify(cited, mangled, monkeypatch, "--json")
        assert (0, "ok") == (said.code, said.json["state"]), (style, said)
        assert wanted in {each["snapshot"] for each in said.json["stands_for"]}, style


def test_as_arguments(cited: Archive) -> None:
    """A citation can be an argument, whole or cut at its blanks by the shell; so can a bare hash, or a ni: name."""
    text = cited("cite", "harbour@1", "--style", "mla").out.strip()
    sha256 = capture_of(cited, "harbour@1", "page").payload.sha256
    ni = cited("cite", "harbour@1", "--style", "ni").out.split()[0]
    for words in ([text], text.split(), [sha256], [f"sha256:{sha256}"], [sha256[:20]], [ni]):
        said = cited("verify", *words)
        assert 0 == said.code, words
        assert "version 1 of" in said.out
        assert f"SHA-256 {sha256}" in said.out


def test_snapshots_are_still_named(cited: Archive) -> None:
    """What names a snapshot is verified as such."""
    for words in ("harbour@1", cited.id("harbour@1"), cited.id("harbour@1")[:12]):
        said = cited("verify", words)
        assert 0 == said.code
        assert "stands for" not in said.out


def test_document(cited: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The linked PDF is cited as itself, and a file can be held against that."""
    capture = capture_of(cited, "harbour@1", "document")
    for style in ("plain", "apa", "mla", "ris", "csl", "wikipedia"):
        text = cited("cite", "harbour@1", "--document", "1", "--style", style).out
        assert capture.payload.sha256 in text
        assert "Saltmere Harbour Authority" in text
    file = tmp_path / "report.pdf"
    file.write_bytes(payload(cited, capture))
    said = verify(cited, cited("cite", "harbour@1", "--document", "1").out, monkeypatch, "--against", file)
    assert 0 == said.code
    assert "this is the cited document, byte for byte as the server sent it" in said.out
    other = verify(cited, cited("cite", "harbour@2", "--document", "1").out, monkeypatch, "--against", file)
    assert 1 == other.code
    assert "the archive has it as version 1 of" in other.out
    assert cited("cite", "harbour@1", "--document", "9").is_clean_error(1)


@pytest.mark.parametrize("is_decoded", [False, True])
def test_against(cited: Archive, tmp_path: Path, is_decoded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is handed over is the cited one, or the first byte that differs is named."""
    data = payload(cited, capture_of(cited, "harbour@1", "page"), is_decoded=is_decoded)
    text = cited("cite", "harbour@1", "--style", "chicago").out
    file = tmp_path / "page.html"
    file.write_bytes(data)
    assert 0 == verify(cited, text, monkeypatch, "--against", file).code

    for changed, place in (
        (data[:1000] + bytes([data[1000] ^ 1]) + data[1001:], "byte 1,000"),
        (data[:1234], "byte 1,234, where the file ends"),
        (data + b"\n", f"byte {len(data):,}, where the cited one ends"),
        (b"", "byte 0, where the file ends"),
    ):
        file.write_bytes(changed)
        said = verify(cited, text, monkeypatch, "--against", file)
        assert 1 == said.code
        assert f"the first difference is at {place}" in said.out


def test_against_content_coding(
    archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a browser saved of a compressed page is the page, and which form it is is said."""
    html = r.page("<h1>Cranes stood still</h1><p>Nine of them, and for weeks.</p>", title="Cranes")
    press.serve("/a", r.gzipped(html))
    archive.snap(press.url("/a"))
    file = tmp_path / "saved.html"
    file.write_bytes(html)
    text = archive("cite", "@last").out
    said = verify(archive, text, monkeypatch, "--against", file)
    assert 0 == said.code
    assert "with its content coding gzip undone" in said.out
    file.write_bytes(html.replace(b"Nine", b"Five"))
    said = verify(archive, text, monkeypatch, "--against", file, "--json")
    assert ("failed", 1) == (said.json["state"], said.code)
    assert f"byte {html.index(b'Nine'):,}" in said.json["citation"][0]["said"]


def test_against_a_neighbour(cited: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is not the page that links it, which is said; where the whole snapshot is cited, it is of it."""
    file = tmp_path / "report.pdf"
    file.write_bytes(payload(cited, capture_of(cited, "harbour@1", "document")))
    said = verify(cited, cited("cite", "harbour@1", "--style", "mla").out, monkeypatch, "--against", file)
    assert 1 == said.code
    assert "not what is cited, but the document" in said.out
    assert 0 == cited("verify", f"snapshot {cited.id('harbour@1')[:12]}", "--against", file).code


def test_a_changed_byte_in_the_archive(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of what is cited is another: exit 1, and the file and record are named."""
    record = capture_of(cited, "harbour@1", "page").record
    text = cited("cite", "harbour@1", "--style", "bluebook").out
    path = cited.root / "archives" / record.file
    data = bytearray(path.read_bytes())
    data[record.offset + record.length // 2] ^= 1
    path.write_bytes(bytes(data))
    said = verify(cited, text, monkeypatch)
    assert 1 == said.code
    assert record.file in said.out


def test_a_changed_manifest(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manifest that was altered is named, with and without the catalog."""
    text = cited("cite", "harbour@1", "--style", "csl").out
    path = cited.root / cited("show", "harbour@1", "--json").json["path"]
    path.write_bytes(path.read_bytes().replace(b'"status":200', b'"status":201', 1))
    said = verify(cited, text, monkeypatch)
    assert 1 == said.code
    shutil.rmtree(cited.root / ".archivist")
    assert 1 == verify(cited, text, monkeypatch).code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mara Quill, “Nine cranes,” The Harbour Courier, May 9, 2026, https://courier.example/x", "no id and no hash"),
        ("SHA-256 " + "0a" * 32, "nothing in this archive (4 snapshots) has the SHA-256"),
        ("SHA-256 " + "0a" * 31, "may have lost digits"),
        ("snapshot: " + "0b" * 32, "nothing in this archive"),
        ("", "standard input is empty"),
    ],
)
def test_not_resolvable(cited: Archive, text: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for nothing here ends with 2, and says why."""
    said = verify(cited, text, monkeypatch)
    assert said.is_clean_error(2)
    assert why in said.err
    if text:
        assert 2 == cited("verify", text).code


def test_contradictions(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A citation whose hash, time or address was altered is false, though it can be resolved."""
    text = cited("cite", "harbour@1").out
    sha256 = capture_of(cited, "harbour@1", "page").payload.sha256
    for old, new, code in (
        (sha256, "0" + sha256[:-1], "citation-hash"),
        (sha256, capture_of(cited, "harbour@2", "page").payload.sha256, "citation-hash"),
        (re.search(r"T(\d\d:\d\d:\d\d)Z", text)[1], "03:14:15", "citation-time"),  # type: ignore[index]
        ("courier.example", "other.example", "citation-address"),
    ):
        said = verify(cited, text.replace(old, new), monkeypatch, "--json")
        assert ("failed", 1) == (said.json["state"], said.code), code
        assert code in {finding["code"] for finding in said.json["citation"]}


def test_a_bibliography(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several citations are checked together; one of another archive leaves the answer open."""
    text = cited("cite", "harbour@1", "harbour@2", "--style", "biblatex").out
    assert 2 == text.count("@online{")
    said = verify(cited, text, monkeypatch, "--json")
    assert 0 == said.code
    assert [1, 2] == [each["version"] for each in said.json["stands_for"]]
    more = verify(cited, text + f"\n\nSHA-256 {'0a' * 32}", monkeypatch)
    assert 4 == more.code
    assert "citation-unknown" in more.out


def test_same_bytes_in_several_snapshots(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash alone stands for all snapshots of these bytes; id or moment of the capture tell which is meant."""
    press.serve("/a", r.plain(r.page("<h1>Cranes stood still</h1><p>Nine of them.</p>", title="Cranes")))
    first, second = (archive.snap(press.url("/a"))[0]["id"] for _ in range(2))
    for id_ in (first, second):
        said = verify(archive, archive("cite", id_).out, monkeypatch, "--json")
        assert [(id_, 2)] == [(each["snapshot"], each["times"]) for each in said.json["stands_for"]]
    bare = verify(archive, archive("cite", second, "--style", "sha256").out, monkeypatch)
    assert (0, True) == (bare.code, "captured in 2 snapshots" in bare.out)


def test_edit(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit is cited with both ids and hashes and what was changed, and comes back as both."""
    sha256 = capture_of(cited, "harbour@1", "page").payload.sha256
    for style in ("apa", "chicago", "bibtex", "ris", "yaml", "wikipedia", "markdown"):
        text = cited("cite", "harbour@1..2", "--style", style).out
        assert sha256 in text, style
        assert "number changed" in " ".join(text.split()), style
    for words in ("harbour@1..harbour@2", "harbour@1..@2"):
        said = verify(cited, cited("cite", words).out, monkeypatch, "--json")
        assert {cited.id("harbour@1"), cited.id("harbour@2")} == {each["snapshot"] for each in said.json["stands_for"]}
    assert "undeclared" == cited("cite", "harbour@1..2", "--json").json["citation"]["edit"]["verdict"]
    assert cited("cite", "harbour@2..harbour@1").is_clean_error(2)
    assert 1 == cited("cite", "harbour@1..harbour@9").code
    assert cited("cite", "harbour@1..2", "--document", "1").is_clean_error(2)


def test_url_status(archive: Archive, press: Press) -> None:
    """Live, deviated or dead is what the archive last saw, and what cannot tell is passed over."""
    page = "<h1>Cranes stood still</h1>" + "<p>{} of the cranes stood still for weeks in the harbour.</p>" * 4
    press.serve(
        "/a",
        *(r.plain(r.page(page.format(*[count] * 4), title="Cranes")) for count in ("Nine", "Nine", "Seven")),
        r.plain(b"<h1>Are you a human?</h1>", status=403),
        r.gone(),
    )

    def status() -> str | None:
        found: str | None = archive("cite", f"{press.url('/a')}@1", "--json").json["citation"].get("url_status")
        return found

    seen = []
    for _ in range(5):
        archive.snap(press.url("/a"), code=-1)
        seen.append(status())
    assert ["live", "live", "deviated", "deviated", "dead"] == seen
    assert "note: at 2" in archive("cite", f"{press.url('/a')}@1").err


def test_public_archive(cited: Archive) -> None:
    """With a public address the copy is linked, and the note about privacy is gone."""
    private = cited("cite", "harbour@1", "--style", "wikipedia")
    assert "archive-url" not in private.out
    assert "archive.public_url is not set" in private.err
    with (cited.root / "archivist.toml").open("a", encoding="utf-8") as file:
        file.write(PUBLIC)
    said = cited("cite", "harbour@1", "--style", "wikipedia")
    assert f"|archive-url=https://archive.example.org/s/{cited.id('harbour@1')} " in said.out
    assert "|url-status=dead " in said.out
    assert "public_url" not in said.err
    assert (
        f"[https://archive.example.org/s/{cited.id('harbour@1')}]"
        in cited("cite", "harbour@1", "--style", "bluebook").out
    )


def test_several_as_json(cited: Archive) -> None:
    """Several citations are a line each, and a summary with the whole text."""
    lines = cited("cite", "harbour@1", "harbour@2", "--json", "--style", "ris").lines
    assert 3 == len(lines)
    assert (2, 2) == (lines[-1]["summary"]["citations"], lines[-1]["summary"]["text"].count("ER  -"))


def test_style_file(cited: Archive, tmp_path: Path) -> None:
    """A style of citationstyles.org is used from its file; what is none is told."""
    import citeproc  # noqa: PLC0415  # an extra

    path = Path(citeproc.__file__).parent / "data" / "styles" / "harvard-cite-them-right.csl"
    said = cited("cite", "harbour@1", "--csl", path)
    assert said.out.startswith("Brandvold, O. (2026)")
    assert capture_of(cited, "harbour@1", "page").payload.sha256 in said.out
    assert "<i>The Harbour Courier</i>" in cited("cite", "harbour@1", "--csl", path, "--as", "html").out
    broken = tmp_path / "broken.csl"
    broken.write_bytes(b"no XML")
    for words in (["--csl", broken], ["--csl", tmp_path / "missing.csl"], ["--csl", path, "--as", "markdown"]):
        assert cited("cite", "harbour@1", *words).is_clean_error(2)


def test_markup(cited: Archive) -> None:
    """Italics and links, where a style has them."""
    assert "*The Harbour Courier*" in cited("cite", "harbour@1", "--style", "mla", "--as", "markdown").out
    assert "<i>The Harbour Courier</i>" in cited("cite", "harbour@1", "--style", "apa", "--as", "html").out
    assert 2 == cited("cite", "harbour@1", "--style", "ris", "--as", "html").code


def test_a_wall_is_called_one(cited: Archive) -> None:
    """Who cites an error page is told."""
    assert "looks like error, not like an article" in cited("cite", "@last").err


def test_reading_writes_nothing(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither command leaves anything in the archive."""
    before = cited.files()
    verify(cited, cited("cite", "harbour@1", "harbour@1..2").out, monkeypatch)
    assert before == cited.files()


def test_json_is_one_object(cited: Archive) -> None:
    """What is printed for programs has the answer, what it rests on, and nothing else."""
    said = cited("verify", cited("cite", "harbour@1").out, "--json")
    assert {"state", "stands_for", "citation", "archive"} == set(json.loads(said.out))


def test_against_nothing(cited: Archive, tmp_path: Path) -> None:
    """A file that is none is told, and so is a citation that is missing."""
    text = cited("cite", "harbour@1").out
    for file in (tmp_path / "missing.html", tmp_path):
        assert cited("verify", text, "--against", file).is_clean_error(2)
    assert cited("verify", "--against", tmp_path).is_clean_error(2)
    assert 1 == cited("verify", "nothing of that name", "--against", tmp_path).code


def test_against_a_damaged_copy(cited: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the archive's own copy is damaged, the digest still tells that a file is another, or the cited one."""
    capture = capture_of(cited, "harbour@1", "page")
    file = tmp_path / "page"
    file.write_bytes(payload(cited, capture))
    text = cited("cite", "harbour@1", "--style", "mla").out
    path = cited.root / "archives" / capture.record.file
    data = bytearray(path.read_bytes())
    data[capture.record.offset : capture.record.offset + capture.record.length] = bytes(capture.record.length)
    path.write_bytes(bytes(data))
    same = verify(cited, text, monkeypatch, "--against", file, "--json")
    assert (1, ["ok"]) == (same.code, [finding["state"] for finding in same.json["citation"]])
    file.write_bytes(b"other")
    other = verify(cited, text, monkeypatch, "--against", file)
    assert 1 == other.code
    assert "the archive's copy cannot be read" in other.out


def test_document_status(cited: Archive) -> None:
    """A document was replaced since, is the same, or is gone."""

    def status(words: str, number: int) -> object:
        said = cited("cite", words, "--document", str(number), "--json")
        return said.json["citation"].get("url_status")

    assert ("deviated", "live") == (status("harbour@1", 1), status("harbour@2", 1))
    assert "live" == status("harbour@1", 2)


def test_too_much_text(cited: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than any bibliography is refused."""
    assert verify(cited, "a" * (1024 * 1024 + 1), monkeypatch).is_clean_error(2)


def test_quiet_and_verbose(cited: Archive) -> None:
    """Notes are for people who want them; who read the page is told to those who ask."""
    assert not typed("-C", cited.root, "-q", "cite", "harbour@1").err
    assert "as read by archivist" in typed("-C", cited.root, "-v", "cite", "harbour@1").err


def test_two_articles_are_no_edit(archive: Archive, press: Press) -> None:
    """What leads from one article to another is not cited as an edit."""
    for path in ("/a", "/b"):
        press.serve(path, r.plain(r.page(f"<h1>Story {path}</h1><p>Cranes stood still.</p>", title=path)))
        archive.snap(press.url(path))
    assert archive("cite", f"{press.url('/a')}@1..{press.url('/b')}@1").is_clean_error(2)


def test_changed_headline(archive: Archive, press: Press) -> None:
    """Of a headline both wordings are told."""
    page = "<h1>{}</h1><p>The cranes of Saltmere stood still for weeks.</p>"
    for headline in ("Cranes stood still", "Cranes worked on"):
        press.serve("/a", r.plain(r.page(page.format(headline), title=headline)))
        archive.snap(press.url("/a"))
    said = archive("cite", f"{press.url('/a')}@1..2")
    assert "headline “Cranes stood still” became “Cranes worked on”" in said.out


def test_a_page_that_was_not_sent_again(
    archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server answered that nothing changed, the page that it spoke of is cited, and a file is held to it."""
    html = r.page("<h1>Cranes stood still</h1><p>Nine of them, and for weeks.</p>", title="Cranes")
    press.serve("/a", r.conditional(html))
    for _ in range(2):
        archive.snap(press.url("/a"))
    file = tmp_path / "page.html"
    file.write_bytes(html)
    text = archive("cite", "@last").out
    assert capture_of(archive, f"{press.url('/a')}@1", "page").payload.sha256 in text
    said = verify(archive, text, monkeypatch, "--against", file, "--json")
    assert (0, archive.id("@last")) == (said.code, said.json["stands_for"][0]["snapshot"]), said.out
