"""Bundles: written whole, opened by others, checked by us, by the tools of bags and by a shell, and never believed."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import bagit
import pytest
from blake3 import blake3
from warcio.archiveiterator import ArchiveIterator

from archivist.bundle.check import check_bundle
from archivist.bundle.check_statements import Trust
from archivist.bundle.maker import this_program
from archivist.bundle.package import DIGEST, LISTS, PACKAGE, PAYLOAD, File, json_bytes, list_of
from archivist.bundle.zip import ZipWriter, read_entries
from archivist.demo.report import letter
from archivist.model.finding import Finding
from archivist.proof.note import VerifierKey
from tests.integration.conftest import CHECKOUT, Archive, spawned, typed
from tests.press import Press, Reply
from tests.press import responses as r
from tests.press.authority import Authority
from tests.press.odd import CUT, ODD
from tests.press.reply import Request

ORACLE = CHECKOUT.parent / "shared" / "tools" / "oracle.py"
PAGE = """<h1>Cranes stood still</h1><p>{} of the cranes stood still, says <b>nobody</b> & "all".</p>
<img src='/crane.png'><p>The <a href='/x.pdf'>report</a> tells more of it.</p>"""
STYLE = b"body { color: black }" * 20
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An archive that nobody changes, and evidence of its last snapshot."""

    archive: Archive
    base: str
    """Of all addresses."""
    bundle: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Two articles; the second snapshot of the first has revisits of its own page's files and of the other's."""
    folder = tmp_path_factory.mktemp("bundle")
    archive = Archive(folder / "archive")
    with Press() as press, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVIST_KEYS", str(folder / "keys"))
        patch.setenv("ARCHIVIST_ALLOW", "127.0.0.1")
        patch.setenv("ARCHIVIST_FETCH_DELAY", "0")
        patch.setenv("ARCHIVIST_FETCH_RETRIES", "0")
        head = "<link rel=stylesheet href='/style.css'>"
        pages = [r.gzipped(r.page(PAGE.format(count), head=head, title="Cranes")) for count in ("Nine", "Seven")]
        press.serve("/other", r.plain(r.page("<h1>Ferry</h1><p>It sailed on time.</p>", head=head, title="Ferry")))
        press.serve("/a", *pages)
        press.serve("/style.css", r.chunked(STYLE, [30, 7], headers=[("Content-Type", "text/css")]))
        press.serve("/crane.png", r.plain(PICTURE, headers=[("Content-Type", "image/png")]))
        press.serve("/x.pdf", r.pdf(letter()))
        for name in ("/other", "/a", "/a"):
            archive.snap(press.url(name))
        base = press.url("")
    bundle = folder / "exhibit.wacz"
    assert 0 == archive("export", "@last", "--as", "evidence", "-o", bundle).code
    return Made(archive=archive, base=base, bundle=bundle)


@pytest.fixture
def filled(made: Made) -> Archive:
    """The archive."""
    return made.archive


@pytest.fixture
def bundle(made: Made) -> Path:
    """The evidence."""
    return made.bundle


@pytest.fixture
def bag(bundle: Path, tmp_path: Path) -> Path:
    """The same, unzipped."""
    with zipfile.ZipFile(bundle) as file:
        file.extractall(tmp_path / "bag")
    return tmp_path / "bag"


def found(data: bytes) -> list[Finding]:
    """What is found in a bundle without an archive, but that nobody vouches for its key."""
    findings = check_bundle(io.BytesIO(data), trust=Trust(), where="b", maker=this_program()).findings
    return [each for each in findings if each.code != "receipt-key"]


def records(data: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Header fields and content of each record, as another library reads them."""
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        yield dict(record.rec_headers.headers), record.content_stream().read()


def forged(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The bundle with changed files and every digest made right again, as a forger would have it."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        files = {name: file.read(name) for name in file.namelist()}
    change(files)
    described = json.loads(files.pop(PACKAGE))
    del files[DIGEST]
    listed: list[File] = []
    out = io.BytesIO()
    writer = ZipWriter(out)
    for name, content in files.items():
        if name in LISTS:
            chosen = [each for each in listed if each.path.startswith(PAYLOAD) == (name == LISTS[0])]
            content = list_of(chosen)  # noqa: PLW2901  # made anew
        sha256 = writer.add(name, [content])
        listed.append(File(path=name, size=len(content), sha256=sha256))
    described["resources"] = [{"path": f.path, "bytes": f.size, "hash": f"sha256:{f.sha256}"} for f in listed]
    package = json_bytes(described)
    writer.add(PACKAGE, [package])
    writer.add(DIGEST, [json_bytes({"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"})])
    writer.close()
    return out.getvalue()


def test_verified_with_and_without_an_archive(filled: Archive, bundle: Path) -> None:
    """In its own archive ok; elsewhere it depends on the key, which is told; with another key failed."""
    key = filled.workspace.identity.key
    assert 0 == filled("verify", bundle).code
    assert 0 == typed("verify", "--key", key, bundle).code
    said = typed("verify", "--json", bundle)
    assert 4 == said.code
    summary = said.lines[-1]["summary"]
    assert {"bundles": 1, "snapshots": 1}.items() <= summary["checked"].items()
    assert any("served these bytes to everyone" in each for each in summary["not_proved"])
    other = str(VerifierKey(name=VerifierKey.parse(key).name, public=bytes(32)))
    assert 1 == typed("verify", "--key", other, bundle).code
    assert 2 == filled("verify", bundle, "@last").code


def test_the_same_snapshot_gives_the_same_bytes(filled: Archive, bundle: Path, tmp_path: Path) -> None:
    """Whenever it is exported, and into whatever file; in another process, too."""
    other = tmp_path / "other.name"
    assert 0 == spawned("-C", filled.root, "export", "@last", "--as", "evidence", "-o", other).code
    assert bundle.read_bytes() == other.read_bytes()
    said = filled("export", "@last", "--as", "evidence", "-o", tmp_path / "third", "--json").json
    assert {"as": "evidence", "snapshots": [filled.id()], "bytes": len(other.read_bytes())}.items() <= said.items()
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() == said["sha256"]


def test_a_bag(bag: Path) -> None:
    """Valid to the tool of the Library of Congress, which reads every byte."""
    made = bagit.Bag(str(bag))
    made.validate()
    assert made.info["External-Identifier"] == hashlib.sha256((bag / "data/manifest.json").read_bytes()).hexdigest()
    (bag / "data/captured/x.pdf").write_bytes(b"other")
    with pytest.raises(bagit.BagValidationError):
        made.validate()


def test_every_file_is_listed(bundle: Path) -> None:
    """With its digest, in the package's own list; nothing is compressed; players find page and index."""
    with zipfile.ZipFile(bundle) as file:
        package = json.loads(file.read(PACKAGE))
        listed = {each["path"]: each["hash"] for each in package["resources"]}
        assert set(file.namelist()) == {*listed, PACKAGE, DIGEST}
        for path, digest in listed.items():
            assert digest == f"sha256:{hashlib.sha256(file.read(path)).hexdigest()}"
        pages = file.read("pages/pages.jsonl").splitlines()
        assert "json-pages-1.0" == json.loads(pages[0])["format"]
        assert package["mainPageUrl"] == json.loads(pages[1])["url"]
        index = file.read("indexes/index.cdx").splitlines(keepends=True)
        assert sorted(index) == index
        for line in index:
            entry = json.loads(line.split(b" ", 2)[2])
            at, length = int(entry["offset"]), int(entry["length"])
            warc = file.read(f"archive/{entry['filename']}")
            header = gzip.decompress(warc[at : at + length]).partition(b"\r\n\r\n")[0]
            assert f"WARC-Target-URI: {entry['url']}".encode() in header


def test_records_as_stored(filled: Archive, bag: Path) -> None:
    """The signed BLAKE3 holds over the copy, so that every header and request is the stored one."""
    snapshot = filled.snapshot()
    (path,) = (bag / "archive").iterdir()
    data, (span,) = path.read_bytes(), snapshot.stored
    stored = filled.workspace.layout.warc(span.file).read_bytes()[span.offset : span.offset + span.length]
    at = data.index(stored)
    assert span.blake3 == blake3(data[at : at + span.length]).hexdigest()
    kinds = [fields["WARC-Type"] for fields, _ in records(data)]
    assert "warcinfo" == kinds[0]
    assert {"request", "response", "metadata", "revisit"} <= set(kinds)


def test_revisits_are_made_full(filled: Archive, bag: Path, made: Made) -> None:
    """A payload that stands elsewhere in the archive stands in the bundle, under the revisit's own head, marked."""
    (path,) = (bag / "archive").iterdir()
    full = {
        fields["WARC-Target-URI"]: (fields, content)
        for fields, content in records(path.read_bytes())
        if "Archivist-Resolves" in fields
    }
    revisits = [each for each in filled.snapshot().captures if each.revisit]
    assert 3 <= len(revisits)
    assert {each.uri for each in revisits} == set(full)
    for capture in revisits:
        fields, content = full[capture.uri]
        assert capture.revisit is not None
        assert capture.payload.sha256 == hashlib.sha256(content).hexdigest()
        assert f"<{capture.record.id}>" == fields["Archivist-Resolves"] == fields["WARC-Concurrent-To"]
        assert f"<{capture.revisit.record.id}>" == fields["Archivist-Payload-From"]
        assert capture.date == fields["WARC-Date"]
        assert "response" == fields["WARC-Type"]
    # A head that announces chunks is followed by chunks.
    assert STYLE == full[f"{made.base}/style.css"][1]
    index = (bag / "indexes/index.cdx").read_text()
    assert "warc/revisit" not in index
    assert len(filled.snapshot().captures) == len(index.splitlines())


def test_bodies_to_open(bag: Path) -> None:
    """The page and its document lie there as received, under names that a person knows."""
    captured = bag / "data/captured"
    assert ["page.html.gz", "x.pdf"] == sorted(path.name for path in captured.iterdir())
    assert letter() == (captured / "x.pdf").read_bytes()
    assert b"Seven" in gzip.decompress((captured / "page.html.gz").read_bytes())


def pasted(report: str) -> list[str]:
    """The commands in a report."""
    return [html.unescape(each) for each in re.findall("<pre>(.*?)</pre>", report, re.DOTALL)]


def shell(words: str, folder: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """The words typed in a folder, where no archivist is; b3sum is the real one, or one line of Python."""
    if any(shutil.which(tool) is None for tool in ("bash", "openssl", "unzip", "sha256sum")):
        pytest.skip("bash, openssl, unzip or sha256sum is not here")
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    if shutil.which("b3sum") is None:
        (tools / "b3sum").write_text(B3SUM.format(python=sys.executable))
        (tools / "b3sum").chmod(0o755)
    return subprocess.run(
        # No pipefail: head ends before tail has said all, which is no failure.
        ["bash", "-e", "-c", words],
        cwd=folder,
        env={"PATH": f"{tools}:/usr/bin:/bin:{Path(sys.executable).parent}", "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )


def typed_from_the_report(bag: Path, tmp_path: Path) -> list[str]:
    """What each of the commands in a report prints; all of them do well, but that nobody vouches for the key."""
    done = [shell(words, bag, tmp_path) for words in pasted((bag / "data/report.html").read_text())]
    assert [0, 0, 0, 0, 4] == [each.returncode for each in done], [each.stderr for each in done]
    return [each.stdout for each in done]


def test_by_a_shell(bag: Path, tmp_path: Path) -> None:
    """What the report tells to type, typed: with sha256sum, b3sum, openssl, and Python without our code."""
    lists, bodies, stored, signed, second = typed_from_the_report(bag, tmp_path)
    assert "all files are as listed" in lists
    assert 2 == lists.count(hashlib.sha256((bag / PACKAGE).read_bytes()).hexdigest())
    assert "FAILED" not in bodies
    assert hashlib.sha256((bag / "data/manifest.json").read_bytes()).hexdigest() in bodies
    assert "the records are as stored" in stored
    *_, one, other = signed.splitlines()
    assert "Signature Verified Successfully" in signed
    assert one == other
    assert "with --key" in second


def test_the_guide(bundle: Path, tmp_path: Path) -> None:
    """The commands of check-a-bundle.md, run as they stand, give equal values."""
    page = (CHECKOUT / "docs/guides/check-a-bundle.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    shutil.copy(bundle, tmp_path / "exhibit.wacz")
    done = shell("".join(blocks), tmp_path, tmp_path)
    assert 0 == done.returncode, done.stderr
    lines = done.stdout.splitlines()
    assert "all files are as listed" == lines[0]
    assert lines[1].split()[0] in lines[4]
    manifest = next(line for line in lines if line.endswith("data/manifest.json"))
    assert f"Snapshot: {manifest.split()[0]}" in lines
    for line in (line for line in lines if line.endswith((".pdf", ".gz")) and "data/captured" in line):
        assert any(f"sha256:{line.split()[0]}" in other for other in lines), line
    assert lines[-2] == lines[-1]


def test_with_a_time_stamp(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outside witness's word goes along: in the receipt, in the report, and in the commands that it tells."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    copy = Archive(tmp_path / "copy")
    shutil.copytree(made.archive.root, copy.root)
    with Authority(tmp_path / "authority") as authority:
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", authority.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(authority.root))
        assert 0 == copy("stamp").code
        path = tmp_path / "e.wacz"
        assert 0 == copy("export", "@last", "--as", "evidence", "-o", path).code
        assert 0 == copy("verify", path).code
    assert ["stamp-root"] == [each.code for each in found(path.read_bytes())]
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "bag")
    assert "at the latest" in (tmp_path / "bag/data/report.html").read_text()
    signed = typed_from_the_report(tmp_path / "bag", tmp_path)[3]
    assert "Time stamp:" in signed


B3SUM = """#!{python}
import sys
from blake3 import blake3
words = sys.argv[1:]
if words[0] == "--no-names":
    print(blake3(sys.stdin.buffer.read()).hexdigest())
else:
    for line in open(words[1]):
        digest, name = line.split(maxsplit=1)
        assert digest == blake3(open(name.strip(), "rb").read()).hexdigest()
        print(f"{{name.strip()}}: OK")
"""


def test_report(filled: Archive, bag: Path) -> None:
    """It has what was captured, read and proved, loads nothing, runs nothing, and says which parts are drafts."""
    report = (bag / "data/report.html").read_text()
    snapshot = filled.snapshot()
    assert "default-src 'none'" in report
    assert "<script" not in report
    assert not re.search(r"""(?:src|href)=["']?https?:""", report)
    for capture in snapshot.captures:
        assert capture.payload.sha256 in report
        assert capture.payload.blake3 in report
    for words in ("Berkeley Protocol", "902(13)", "902(14)", "27037", "DRAFT", "prefers-color-scheme", "@media print"):
        assert words in report
    with_digest = [path for path in (bag / "data").rglob("*") if path.is_file() and path.name != "report.html"]
    for path in with_digest:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in report, path


def test_what_a_page_says_is_text(archive: Archive, press: Press, tmp_path: Path) -> None:
    """Mark-up and changes of direction in a headline or an address do nothing in a report."""
    title = "<script>alert(1)</script> \u202egnp.exe &amp;"
    press.serve("/a", r.plain(r.page(f"<h1>{html.escape(title)}</h1><p>Words of it.</p>", title=html.escape(title))))
    archive.snap(press.url("/a"))
    assert 0 == archive("export", "@last", "--as", "evidence", "-o", tmp_path / "e.wacz").code
    with zipfile.ZipFile(tmp_path / "e.wacz") as file:
        report = file.read("data/report.html").decode()
    assert "<script>" not in report
    assert "&lt;script&gt;" in report
    assert "\u202e" not in report
    assert [] == found((tmp_path / "e.wacz").read_bytes())


def sweep(data: bytes, step: int) -> None:
    """One bit in every so many bytes differs: failed, and the file is named."""
    entries = read_entries(io.BytesIO(data))
    random = Random(step)
    for at in range(0, len(data), step):
        bent = bytearray(data)
        bent[at] ^= 1 << random.randrange(8)
        told = found(bytes(bent))
        assert told, at
        assert all(each.state == "failed" for each in told)
        assert len(told) <= 3, (at, told)
        name = next((entry.name for entry in entries if entry.start <= at < entry.end), None)
        is_list = name in {PACKAGE, DIGEST}
        assert name is None or is_list or any(name in each.where for each in told), (at, name, told)


def test_flipped_bits(bundle: Path) -> None:
    """Everywhere in the file."""
    data = bundle.read_bytes()
    assert [] == found(data)
    sweep(data, 97)
    inside = {at for entry in read_entries(io.BytesIO(data)) for at in range(entry.start, entry.end)}
    for at in sorted(set(range(len(data))) - inside):
        bent = bytearray(data)
        bent[at] ^= 1 << at % 8
        assert [("bundle-form", "failed")] == [(each.code, each.state) for each in found(bytes(bent))], at


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_flipped_byte(bundle: Path) -> None:
    """The complete sweep: each byte of the bundle."""
    sweep(bundle.read_bytes(), 1)


def test_damage_names_the_record(bundle: Path) -> None:
    """Of a damaged WARC file, the record."""
    data = bundle.read_bytes()
    entry = next(each for each in read_entries(io.BytesIO(data)) if each.name.startswith("archive/"))
    bent = bytearray(data)
    bent[entry.start + entry.size // 2] ^= 1
    (finding,) = found(bytes(bent))
    assert re.search(r"the record at its byte \d+ is damaged", finding.said)


def test_cut_and_packed_anew(bundle: Path, tmp_path: Path) -> None:
    """Half a bundle, and one that was unzipped and zipped: failed, with what to do."""
    data = bundle.read_bytes()
    for bent in (data[: len(data) // 2], data[:-1], data + b"\n", data[:40]):
        assert ["bundle-form"] == [each.code for each in found(bent)]
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(tmp_path / "again.wacz", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    said = typed("verify", tmp_path / "again.wacz")
    assert 1 == said.code
    assert "unzip it" in said.out


def test_a_package_of_others(tmp_path: Path) -> None:
    """A WACZ that another program wrote is not called false: nothing in it can be verified."""
    path = tmp_path / "other.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(PACKAGE, "{}")
        file.writestr("archive/data.warc.gz", b"")
    said = typed("verify", path)
    assert 4 == said.code
    assert "bundle-foreign" in said.out


def other_body(files: dict[str, bytes]) -> None:
    """A document that is another one."""
    files["data/captured/x.pdf"] = letter() + b"\n"


def other_manifest(files: dict[str, bytes]) -> None:
    """A manifest that says something else."""
    files["data/manifest.json"] = files["data/manifest.json"].replace(b'"status":200', b'"status":201', 1)


def no_receipt(files: dict[str, bytes]) -> None:
    """Nothing is signed."""
    del files["data/receipt.txt"]


def added_file(files: dict[str, bytes]) -> None:
    """A file that nobody asked for."""
    listing = {name: files.pop(name) for name in ("bagit.txt", "bag-info.txt", *LISTS)}
    files |= {"data/more.txt": b"trust me", **listing}


def other_report(files: dict[str, bytes]) -> None:
    """A report that tells another story."""
    files["data/report.html"] = files["data/report.html"].replace(b"Seven", b"Eight").replace(b"Cranes", b"Trains")


def other_verifier(files: dict[str, bytes]) -> None:
    """A second verifier that says yes."""
    files["data/verify_receipt.py"] = b"print('All of it holds.')\n"


def other_reading(files: dict[str, bytes]) -> None:
    """A reading that the manifest does not hold."""
    files["data/reading.json"] = files["data/reading.json"].replace(b"Seven", b"Eight")


def other_index(files: dict[str, bytes]) -> None:
    """A page that a player would not show."""
    files["indexes/index.cdx"] = files["indexes/index.cdx"].replace(b'"status": "200"', b'"status": "404"', 1)


def other_pages(files: dict[str, bytes]) -> None:
    """A page that nobody captured."""
    files["pages/pages.jsonl"] = files["pages/pages.jsonl"].replace(b"/a", b"/b")


def _warc(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("archive/"))


def added_record(files: dict[str, bytes]) -> None:
    """An answer that nobody received."""
    block = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    record = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://courier.example/forged\r\n"
        b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    files[_warc(files)] += gzip.compress(record)


def added_metadata(files: dict[str, bytes]) -> None:
    """A record that says that it belongs to a capture, and that a player might show in the page's place."""
    capture = json.loads(files["data/manifest.json"])["captures"][-1]
    record = (
        "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: {capture['date']}\r\nWARC-Target-URI: {capture['uri']}\r\n"
        f"WARC-Concurrent-To: <{capture['record']['id']}>\r\n"
        "Content-Type: text/html\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n"
    )
    files[_warc(files)] += gzip.compress(record.encode())


def removed_record(files: dict[str, bytes]) -> None:
    """A payload that is missing."""
    data = files[_warc(files)]
    last = data.rindex(b"\x1f\x8b\x08\x00\x00\x00\x00\x00")
    files[_warc(files)] = data[:last]


def other_warcinfo(files: dict[str, bytes]) -> None:
    """A first record that says something else."""
    files[_warc(files)] = files[_warc(files)].replace(b"isPartOf", b"isNotOf!", 1)


def other_head(files: dict[str, bytes]) -> None:
    """The head of a full record: its member is stored without compression."""
    data = files[_warc(files)]
    at = data.rindex(b"image/png")
    begin = data.rindex(b"\x1f\x8b\x08\x00\x00\x00\x00\x00", 0, at)
    member = gzip.decompress(data[begin:])
    head, _, block = member.partition(b"\r\n\r\n")
    block = block[:-4].replace(b"image/png", b"image/gif")
    head = re.sub(rb"sha256:[0-9a-f]{64}", b"sha256:" + hashlib.sha256(block).hexdigest().encode(), head, count=1)
    files[_warc(files)] = data[:begin] + gzip.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (other_body, "bundle-file"),
        (other_manifest, "bundle-snapshot"),
        (no_receipt, "bundle-receipt"),
        (added_file, "bundle-file"),
        (other_report, "bundle-told"),
        (other_verifier, "bundle-told"),
        (other_reading, "bundle-told"),
        (other_index, "bundle-told"),
        (other_pages, "bundle-told"),
        (added_record, "bundle-records"),
        (added_metadata, "bundle-records"),
        (removed_record, "bundle-records"),
        (other_warcinfo, "bundle-records"),
        (other_head, "bundle-records"),
    ],
)
def test_forgeries(bundle: Path, change: Callable[[dict[str, bytes]], None], code: str) -> None:
    """Every digest in the lists is right again: what is signed tells, or what the rest makes of it."""
    data = bundle.read_bytes()
    assert [] == found(forged(data, lambda _: None))
    told = found(forged(data, change))
    assert code in [each.code for each in told], told


def test_a_receipt_of_another_snapshot(filled: Archive, bundle: Path, made: Made, tmp_path: Path) -> None:
    """A whole receipt beside a manifest that is not its own."""
    other = tmp_path / "other.txt"
    assert 0 == filled("export", f"{made.base}/a@1", "-o", other).code

    def swap(files: dict[str, bytes]) -> None:
        files["data/receipt.txt"] = other.read_bytes()

    assert "bundle-snapshot" in [each.code for each in found(forged(bundle.read_bytes(), swap))]


def test_a_manifest_of_a_later_version(bundle: Path) -> None:
    """It cannot be read yet, which is not the same as false."""

    def later(files: dict[str, bytes]) -> None:
        files["data/manifest.json"] = files["data/manifest.json"].replace(b'"version":1}', b'"version":2}')

    told = found(forged(bundle.read_bytes(), later))
    assert [("statement-newer", "unverifiable")] == [(each.code, each.state) for each in told]


def test_rubbish_is_never_a_traceback(bundle: Path) -> None:
    """Whatever a forged file holds, it is an answer."""
    for name in ("data/manifest.json", "data/reading.json", PACKAGE, "data/receipt.txt", "indexes/index.cdx"):
        for rubbish in (b"", b"null", b"[]", b'{"a":' * 5000, b"\xff\xfe", b'{"resources":[1]}', b"\x00" * 100):

            def change(files: dict[str, bytes], name: str = name, rubbish: bytes = rubbish) -> None:
                files[name] = rubbish

            if name != PACKAGE:
                assert found(forged(bundle.read_bytes(), change)), (name, rubbish)
    with zipfile.ZipFile(bundle) as file:
        files = {name: file.read(name) for name in file.namelist()}
    for rubbish in (b"", b"null", b'{"resources":[1]}', b'{"resources":[{"path":1,"bytes":"x","hash":[]}]}'):
        out = io.BytesIO()
        writer = ZipWriter(out)
        for name, data in {**files, PACKAGE: rubbish}.items():
            writer.add(name, [data])
        writer.close()
        assert found(out.getvalue())


def test_all_of_an_article(filled: Archive, made: Made, tmp_path: Path) -> None:
    """An address alone: all its snapshots, each with its receipt; a revisit stays one where its original is there."""
    path = tmp_path / "a.wacz"
    said = filled("export", f"{made.base}/a", "--as", "wacz", "-o", path, "--json")
    assert 0 == said.code, said
    assert 2 == len(said.json["snapshots"])
    assert [] == found(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        assert 3 == len(file.read("pages/pages.jsonl").splitlines())
        assert 2 == sum(name.endswith("receipt.txt") for name in file.namelist())
        assert "warc/revisit" in file.read("indexes/index.cdx").decode()
    both = tmp_path / "both.wacz"
    assert 0 == filled("export", f"{made.base}/a", f"{made.base}/other", "--as", "wacz", "-o", both).code
    assert [] == found(both.read_bytes())
    assert 0 == filled("export", f"{made.base}/a@1", "--as", "wacz", "-o", tmp_path / "one.wacz").code


def test_a_warc_alone(filled: Archive, made: Made, tmp_path: Path) -> None:
    """The records by themselves, which another library reads, each payload among them."""
    path = tmp_path / "a.warc.gz"
    assert 0 == filled("export", f"{made.base}/a", "--as", "warc", "-o", path).code
    said = list(records(path.read_bytes()))
    bodies = {hashlib.sha256(content).hexdigest() for fields, content in said if fields["WARC-Type"] == "response"}
    assert {each.payload.sha256 for each in filled.snapshot().captures if each.role != "page"} <= bodies
    ids = [fields["WARC-Record-ID"] for fields, _ in said]
    assert len(set(ids)) == len(ids)


def test_prov(filled: Archive, tmp_path: Path) -> None:
    """Every name that is referred to is there, and every capture is an entity with its digest."""
    assert 0 == filled("export", "@last", "--as", "prov", "-o", tmp_path / "p.json").code
    prov = json.loads((tmp_path / "p.json").read_text())
    named = {*prov["entity"], *prov["activity"], *prov["agent"]}
    for relation in ("wasGeneratedBy", "wasDerivedFrom", "used", "wasAssociatedWith", "wasAttributedTo"):
        for each in prov[relation].values():
            assert {value for key, value in each.items() if key != "prov:time"} <= named
    digests = {each.get("archivist:sha256") for each in prov["entity"].values()}
    assert {each.payload.sha256 for each in filled.snapshot().captures} <= digests


def test_carried_and_https(archive: Archive, tmp_path: Path) -> None:
    """What another page of the run stored is copied, with the certificates that stand before either page."""
    style = r.plain(STYLE, headers=[("Content-Type", "text/css")])
    with Press(tls=True) as press:
        head = "<link rel=stylesheet href='/style.css'>"
        for name in "ab":
            press.serve(f"/{name}", r.plain(r.page(f"<h1>{name}</h1><p>Words of {name}.</p>", head=head)))
        press.serve("/style.css", style)
        (tmp_path / "ca.pem").write_bytes(press.ca_pem)
        archive.setting(f'[fetch]\nca = "{tmp_path / "ca.pem"}"\n')
        archive.snap(press.url("/a"), press.url("/b"))
        urls = [press.url("/a"), press.url("/b")]
    carried = [url for url in urls if any(each.is_carried for each in archive.snapshot(url).captures)]
    assert carried
    for url in urls:
        path = tmp_path / f"{url[-1]}.wacz"
        assert 0 == archive("export", url, "--as", "evidence", "-o", path).code
        assert [] == found(path.read_bytes())
        with zipfile.ZipFile(path) as file:
            data = file.read(next(name for name in file.namelist() if name.startswith("archive/")))
        said = [(fields["WARC-Type"], fields.get("WARC-Target-URI", "")) for fields, _ in records(data)]
        assert 1 == sum(kind == "resource" and "certificates" in target for kind, target in said)
        assert 1 == sum(kind == "response" and "style.css" in target for kind, target in said)


def test_damage_leaves_no_file(filled: Archive, tmp_path: Path) -> None:
    """An archive that is damaged there gives no evidence of it: 1, and nothing under the name."""
    copy = Archive(tmp_path / "copy")
    shutil.copytree(filled.root, copy.root)
    span = copy.snapshot().stored[0]
    path = copy.workspace.layout.warc(span.file)
    data = bytearray(path.read_bytes())
    data[span.offset + span.length // 2] ^= 1
    path.write_bytes(bytes(data))
    out = tmp_path / "out"
    out.mkdir()
    said = copy("export", "@last", "--as", "evidence", "-o", out / "e.wacz")
    assert 1 == said.code
    assert "is damaged" in said.err
    assert "Traceback" not in said.err
    assert [] == list(out.iterdir())


def test_not_signed_yet(archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence needs the signature: 4, and no file. A WACZ to share goes without, and says so when it is verified."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>They stood still.</p>")))
    archive.snap(press.url("/a"))
    monkeypatch.setenv("ARCHIVIST_KEYS", str(tmp_path / "elsewhere"))
    archive.snap(press.url("/a"))
    path = tmp_path / "a.wacz"
    assert archive("export", "@last", "--as", "evidence", "-o", path).is_clean_error(4)
    assert not path.exists()
    assert 0 == archive("export", press.url("/a"), "--as", "wacz", "-o", path).code
    assert ["bundle-receipt"] == [each.code for each in found(path.read_bytes())]


def test_words(filled: Archive, made: Made, tmp_path: Path) -> None:
    """One snapshot for evidence, no file written over unasked, and standard output only when all of it is whole."""
    path = tmp_path / "x"
    said = filled("export", f"{made.base}/a@1", f"{made.base}/a@2", "--as", "evidence", "-o", path)
    assert said.is_clean_error(2)
    path.write_bytes(b"mine")
    assert filled("export", "@last", "--as", "evidence", "-o", path).is_clean_error(2)
    assert b"mine" == path.read_bytes()
    assert 0 == filled("export", "@last", "--as", "evidence", "-o", path, "--force").code
    done = subprocess.run(
        [sys.executable, "-m", "archivist", "-C", filled.root, "export", "@last", "--as", "evidence", "-o", "-"],
        capture_output=True,
        check=True,
        cwd=CHECKOUT,
    )
    assert path.read_bytes() == done.stdout
    assert filled("export", "@last", "--as", "nonsense", "-o", path).code == 2


@pytest.mark.skipif(not ORACLE.is_file(), reason="the strict checker of shared/tools is absent")
def test_by_the_strict_checker(filled: Archive, bundle: Path, made: Made, tmp_path: Path) -> None:
    """A checker that knows none of our code finds no fault in WACZ, index, records and their links."""
    shared, warc = tmp_path / "a.wacz", tmp_path / "a.warc.gz"
    filled("export", f"{made.base}/a", "--as", "wacz", "-o", shared)
    filled("export", f"{made.base}/a", "--as", "warc", "-o", warc)
    for path in (bundle, shared, warc):
        done = subprocess.run([sys.executable, ORACLE, "--json", path], capture_output=True, check=False, text=True)
        said = json.loads(done.stdout.splitlines()[0])
        assert ([], []) == (said["error_codes"], said["warning_codes"]), path


def test_whatever_a_server_sends(archive: Archive, press: Press, tmp_path: Path) -> None:
    """Odd, cut and broken answers, twice each: evidence of every one can be made, and holds."""
    replies = {f"/{number}": reply for number, reply in enumerate({**ODD, **CUT}.values())}
    replies |= {"/gone": r.gone(), "/picture": r.plain(PICTURE, headers=[("Content-Type", "image/png")])}
    press.serve_all(replies)
    urls = [press.url(path) for path in replies]
    for _ in range(2):
        stored = [line["id"] for line in archive.snap(*urls, code=-1, options=("--keep-errors",)) if line["stored"]]
    assert 20 < len(stored)
    for id_ in stored:
        path = tmp_path / f"{id_}.wacz"
        said = archive("export", id_, "--as", "evidence", "-o", path)
        assert 0 == said.code, said
        assert [] == found(path.read_bytes()), archive.snapshot(id_).article


def _zipped(request: Request, page: bytes) -> Reply:
    """A page in gzip, with a validator."""
    headers = [("ETag", '"1"'), ("Content-Encoding", "gzip"), ("Content-Type", "text/html")]
    if request.header("if-none-match"):
        return Reply.of(r.head(304, headers[:1]), keep=True)
    return r.plain(gzip.compress(page, mtime=0), headers=headers)


def test_a_page_that_was_confirmed(archive: Archive, press: Press, tmp_path: Path) -> None:
    """A 304, and requisites that an earlier snapshot lists: all of it goes along, with the earlier snapshot's word."""
    head = "<link rel=stylesheet href='/style.css'>"
    page = r.page(PAGE.format("Nine"), head=head, title="Cranes")
    press.serve("/a", lambda request: _zipped(request, page))
    press.serve("/style.css", r.plain(STYLE, headers=[("Content-Type", "text/css")]))
    press.serve("/crane.png", r.plain(PICTURE, headers=[("Content-Type", "image/png")]))
    press.serve("/x.pdf", r.pdf(letter()))
    first = archive.snap(press.url("/a"))[0]["id"]
    archive.snap(press.url("/a"))
    snapshot = archive.snapshot()
    assert snapshot.page is not None
    assert snapshot.page.is_confirmed
    assert [first] == [each.statement for each in snapshot.carried]
    path = tmp_path / "e.wacz"
    assert 0 == archive("export", "@last", "--as", "evidence", "-o", path).code
    assert [] == found(path.read_bytes())
    assert 0 == archive("verify", path).code
    with zipfile.ZipFile(path) as file:
        assert {f"data/earlier-{first[:12]}-{name}" for name in ("manifest.json", "receipt.txt")} <= set(
            file.namelist()
        )
        assert b"Nine" in gzip.decompress(file.read("data/captured/page.html.gz"))
        (warc,) = (name for name in file.namelist() if name.startswith("archive/"))
        bodies = {hashlib.sha256(content).hexdigest() for _, content in records(file.read(warc))}
    assert {hashlib.sha256(each).hexdigest() for each in (STYLE, PICTURE, letter())} <= bodies

    def without(files: dict[str, bytes]) -> None:
        del files[f"data/earlier-{first[:12]}-manifest.json"]

    assert "bundle-snapshot" in [each.code for each in found(forged(path.read_bytes(), without))]
    both = tmp_path / "both.wacz"
    assert 0 == archive("export", press.url("/a"), "--as", "wacz", "-o", both).code
    assert [] == found(both.read_bytes())
    one = tmp_path / "one.wacz"
    assert 0 == archive("export", "@last", "--as", "wacz", "-o", one).code
    assert [] == found(one.read_bytes())
