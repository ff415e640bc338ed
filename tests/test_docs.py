"""The documentation says what is true: commands, settings, exit codes, formats, links, and a guide that is run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from archivist.cli.words import EXIT_CODES, VERBS
from archivist.demo.content import HOST
from archivist.demo.newspaper import Newspaper
from archivist.model.article import (
    Article,
    Attachment,
    Block,
    BlockKind,
    Claim,
    Document,
    Evidence,
    FormField,
    Link,
    LinkedDocument,
    Page,
    Photo,
    Settled,
    Signature,
)
from archivist.model.capture import Capture, Problem, RecordRef, Revisit, Role, Span, Truncation
from archivist.model.carried import Carried
from archivist.model.config import SECTIONS
from archivist.model.digest import Digests
from archivist.model.held import REREAD, Reread
from archivist.model.manifest import ArchiveStatement, Asked, Event, Snapshot, Statement
from archivist.model.observation import Observation, ReceiptRef
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality, Verdict
from archivist.verbs.snap import snap
from archivist.workspace import Place, Workspace

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]
SCHEMA = json.loads((DOCS / "format" / "manifest.schema.json").read_text(encoding="utf-8"))

FORBIDDEN = re.compile(
    r"(?<![-_])\bagents?\b|\bprompts?\b|\bAI\b|\bLLMs?\b|\bsessions?\b of work|(?<!\w)/(work|home|root|tmp)/|"
    r"\b(seamless|blazing|cutting-edge|state-of-the-art|world-class|battle-tested|effortless|powerful)|"
    r"\b(TODO|FIXME|coming soon|roadmap)\b",
    re.IGNORECASE,
)


def text_of(path: Path) -> str:
    """The page."""
    return path.read_text(encoding="utf-8")


def reference(name: str) -> str:
    """A page of the reference."""
    return text_of(DOCS / "reference" / name)


# Reference


def test_every_verb_is_documented() -> None:
    """Every verb stands in commands.md under a heading of its own."""
    headings = re.findall(r"^### archivist (\w+)$", reference("commands.md"), re.MULTILINE)

    assert sorted(VERBS) == sorted(headings)


def test_every_help_has_an_example() -> None:
    """The help of every verb shows how the verb is typed."""
    parts = dict(
        re.findall(r"^### archivist (\w+)$(.*?)(?=^##|\Z)", reference("commands.md"), re.MULTILINE | re.DOTALL)
    )
    without = [
        verb
        for verb in VERBS
        if not re.search(rf"Examples:\n(?s:.*)^    .*archivist .*?\b{verb}\b", parts.get(verb, ""), re.MULTILINE)
    ]

    assert [] == without


def test_every_setting_is_documented() -> None:
    """Every setting stands in config.md, with its default and its variable, and no other does."""
    named = re.findall(r"^\| `(\w+\.\w+)` \|.*\| `(ARCHIVIST_\w+)` \|", reference("config.md"), re.MULTILINE)
    settings = [f"{section}.{item.name}" for section, kind in SECTIONS.items() for item in fields(kind)]

    assert [(name, f"ARCHIVIST_{name.replace('.', '_').upper()}") for name in settings] == named


def test_every_exit_code_is_documented() -> None:
    """Every exit code stands in exit-codes.md with its meaning, and no other does."""
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", reference("exit-codes.md"), re.MULTILINE)

    assert list(EXIT_CODES) == rows


def test_generated_parts_are_current() -> None:
    """The generated parts of the reference are what scripts/docs writes."""
    command = [sys.executable, str(ROOT / "scripts" / "docs"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (0, "nothing is stale\n") == (done.returncode, done.stdout)


def test_every_dependency_is_explained() -> None:
    """Every dependency stands in dependencies.md, and no other package does."""
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    lists = (project["dependencies"], *project["optional-dependencies"].values())
    declared = {re.split(r"[<>=~\[; ]", each)[0] for each in (each for lines in lists for each in lines)}
    explained = re.findall(r"^\| `([^`]+)` \|", text_of(DOCS / "design" / "dependencies.md"), re.MULTILINE)

    assert sorted(declared) == sorted(explained)


def test_the_layers_are_those_that_are_checked() -> None:
    """The order of layers in architecture.md is the one that import-linter keeps."""
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")

    assert f"\n{' ▸ '.join(layers)}\n" in text_of(DOCS / "design" / "architecture.md")


def test_decisions_have_one_form() -> None:
    """The decisions are numbered without a gap, and each is a page that names its options and its cost."""
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    headings = [re.findall(r"^## (.+)$", text_of(path), re.MULTILINE) for path in decisions]

    assert [f"{number:04d}" for number in range(1, len(decisions) + 1)] == [path.name[:4] for path in decisions]
    assert [] == [path.name for path in decisions if not text_of(path).startswith(f"# {path.name[:4]}: ")]
    assert [["Context", "Options", "Decision", "What it costs"]] * len(decisions) == headings
    assert [] == [path.name for path in decisions if len(text_of(path).splitlines()) > 50]


# Words and links


def without_code(text: str) -> str:
    """The page without fenced blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", without_code(text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> Iterator[str]:
    """The relative links of a page that lead nowhere."""
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text_of(path))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        if not found.exists() or (anchor and anchor not in anchors(found)):
            yield f"{path.relative_to(ROOT)}: {target}"


def test_links_lead_somewhere() -> None:
    """Every relative link in docs/ and beside the README leads to a file, and to a heading in it."""
    assert [] == [link for path in PAGES for link in broken_links(path)]


def test_commands_in_the_text_exist() -> None:
    """Every command that is shown or named is one that can be typed today."""
    options = r"(?: -\w(?: [~$/.][^ ]*)?)*"
    command = re.compile(rf"^ *(?:\$ )?(?:[A-Z_]+=\S+ )*(?:scripts/)?archivist{options} ([a-z]+)\b", re.MULTILINE)
    unknown = []
    for path in PAGES:
        text = text_of(path)
        code = [*re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL), *re.findall(r"`([^`\n]+)`", text)]
        found = {verb for piece in code for verb in command.findall(piece)}
        unknown += [f"{path.relative_to(ROOT)}: archivist {verb}" for verb in sorted(found - set(VERBS))]

    assert [] == unknown


def test_no_forbidden_words() -> None:
    """The pages praise nothing, promise nothing, and name no place of one computer."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in PAGES
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if (match := FORBIDDEN.search(line))
    ]

    assert [] == found


def test_one_sentence_a_line() -> None:
    """A line of prose holds one sentence, so that a change of one shows as one."""
    prose = re.compile(r"^[A-Z*`_\[].*[a-z)`*][.?!] [A-Z]")
    found = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in sorted(DOCS.rglob("*.md"))
        for line in without_code(re.sub(r"<!-- generated.*?<!-- end", "", text_of(path), flags=re.DOTALL)).splitlines()
        if prose.search(line)
    ]

    assert [] == found


# Formats

DIGEST = "0123456789abcdef" * 4
MOMENT = "2026-11-23T18:15:12.123456Z"
FILE = "2026-11/20261123T181512Z-7f3a9c.warc.gz"
ARCHIVE = "6e5a4c5e-0000-4000-8000-000000000001"
SOFTWARE = {"name": "archivist", "version": "0.1.0"}
URL = "https://courier.example/a"


def full_capture() -> Capture:
    """A capture in which every field has something to say."""
    record = RecordRef(file=FILE, offset=397, length=918, id="urn:uuid:e88a3b51-5e08-4c4f-b185-97125b27127e")
    return Capture(
        uri=URL,
        role="requisite",
        kind="image",
        via=URL,
        method="HEAD",
        date=MOMENT,
        milliseconds=12,
        status=200,
        media_type="text/html",
        payload=Digests(length=0, sha256=DIGEST, blake3=DIGEST),
        record=record,
        revisit=Revisit(
            record=replace(record, file=f"{FILE}.other"),
            uri=f"{URL}/other",
            date=MOMENT,
            profile="server-not-modified",
            last_full=MOMENT,
        ),
        truncated="length",
        ip="192.0.2.7",
        certificate=DIGEST,
        location=URL,
        redacted=("Cookie",),
        is_carried=True,
        notes=("lf-only",),
    )


def full_reading() -> tuple[Article, Document]:
    """An article and a document in which every field has something to say."""
    evidence = Evidence(witness="heading", at="/h1", text="Cranes")
    claim = Claim(value="Cranes", evidence=evidence)
    settled = {"title": Settled(values=(claim,), others=(claim,))}
    photo = Photo(
        image=URL,
        caption=claim,
        credit=claim,
        photographers=("Mara Quill",),
        agencies=("Harbour Press",),
        is_lead=True,
        is_shown=False,
    )
    block = Block(kind="paragraph", text="Cranes stood.", path="article/p", links=(Link(url=URL, text="stood"),))
    article = Article(
        url=URL,
        fields=settled,
        photos=(photo,),
        documents=(LinkedDocument(url=URL, text="the report", evidence=evidence),),
        blocks=(block,),
        problems=("too long",),
    )
    document = Document(
        url=URL,
        sha256=DIGEST,
        media_type="application/pdf",
        page_count=1,
        fields=settled,
        pages=(
            Page(
                number=1,
                paragraphs=("Cranes.",),
                label="iv",
                headings=(0,),
                links=(Link(url=URL, text="register"),),
                is_scanned=True,
            ),
        ),
        problems=("scanned",),
        version="1.7",
        is_encrypted=True,
        is_locked=True,
        updates=1,
        annotations=1,
        form_fields=(FormField(name="Quay", kind="text", value="4"),),
        signatures=(Signature(signer="Mara Quill", time=MOMENT, reason="final", form="ETSI.CAdES", is_whole=True),),
        attachments=(Attachment(name="days.csv", length=7, sha256=DIGEST),),
    )
    return article, document


def full_picture() -> PictureFacts:
    """A picture in which every field has something to say."""
    claim = Claim(value="Harbour Press", evidence=Evidence(witness="iptc", at="2:110", text="Harbour Press"))
    return PictureFacts(
        url=URL,
        sha256=DIGEST,
        media_type="image/jpeg",
        width=4,
        height=3,
        fields={"credit": Settled(values=(claim,))},
        credentials=7,
        problems=("cut",),
    )


def full_statements() -> list[Statement]:
    """Statements of all kinds in which every field has something to say."""
    span = Span(file=FILE, offset=0, length=7802, blake3=DIGEST)
    torn = {"file": FILE, "offset": 7802, "length": 311, "kept": f"{FILE}.torn", "blake3": DIGEST}
    article, document = full_reading()
    snapshot = Snapshot(
        archive=ARCHIVE,
        article=URL,
        number=2,
        previous=DIGEST,
        asked=Asked(url=URL, verb="snap", policy={"robots": "obey"}),
        started=MOMENT,
        ended=MOMENT,
        software=SOFTWARE,
        stored=(span,),
        captures=(full_capture(),),
        carried=(Carried(statement=DIGEST, ranges=((2, 7), (9, 9))),),
        article_reading=article,
        documents=(document,),
        pictures=(full_picture(),),
        same_reading_as=DIGEST,
        same_documents_as={DIGEST: DIGEST},
        same_pictures_as={DIGEST: DIGEST},
        fingerprint=DIGEST,
        quality=Quality(verdict="article", reasons=("it has a headline",)),
        problems=(Problem(code="limit", about=URL, said="only the first 50 documents were fetched"),),
        is_adopted=True,
        observations=(
            Observation(
                by=f"archivist/{ARCHIVE}",
                kind="archivist",
                uri=URL,
                at=MOMENT,
                copy=URL,
                status=200,
                length=3,
                sha256=DIGEST,
                fingerprint=DIGEST,
                receipts=(ReceiptRef(form="archivist-receipt-v1", sha256=DIGEST, text="receipt", uri=URL),),
            ),
        ),
    )
    key = f"archivist/{ARCHIVE}+f7925284+AT9fbtrB0c8VjOHKYfiat9mzTaiZPmGkVgmI7iUfdItg"
    return [
        ArchiveStatement(
            id=ARCHIVE, created=MOMENT, origin=f"archivist/{ARCHIVE}", key=key, software="archivist/0.1.0"
        ),
        snapshot,
        Event(
            archive=ARCHIVE,
            kind="repair",
            at=MOMENT,
            software=SOFTWARE,
            said="a run was interrupted",
            stored=(span,),
            details={"torn": [dict(torn)]},
        ),
        Event(
            archive=ARCHIVE,
            kind=REREAD,
            at=MOMENT,
            software=SOFTWARE,
            said="a snapshot was read anew",
            details=Reread(
                snapshot=DIGEST,
                held=snapshot.held,
                fingerprint=DIGEST,
                quality=snapshot.quality,
                problems=snapshot.problems,
            ).to_json(),
        ),
    ]


class Checker:
    """As much of JSON Schema (draft 2020-12) as our schema uses; remembers which properties it met."""

    def __init__(self) -> None:
        self.met: set[tuple[str, str]] = set()
        self.unknown: set[str] = set()

    def faults(self, value: Any, schema: dict[str, Any], *, at: str = "$", name: str = "") -> list[str]:
        """What is wrong with the value."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/$defs/")
            return self.faults(value, SCHEMA["$defs"][name], at=at, name=name)
        found = []
        if "oneOf" in schema and sum(not Checker().faults(value, each, at=at) for each in schema["oneOf"]) != 1:
            found.append(f"{at} is none, or several, of the kinds")
        for each in schema.get("oneOf", ()):
            if not Checker().faults(value, each, at=at):
                found += self.faults(value, each, at=at)
        if "const" in schema and value != schema["const"]:
            found.append(f"{at} is not {schema['const']!r}")
        if "enum" in schema and value not in schema["enum"]:
            found.append(f"{at} is not among {schema['enum']}")
        return found + self._of_type(value, schema, at=at, name=name)

    def _of_type(self, value: Any, schema: dict[str, Any], *, at: str, name: str) -> list[str]:
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
        kind = schema.get("type")
        if kind is not None and (not isinstance(value, kinds[kind]) or (kind == "integer" and isinstance(value, bool))):
            return [f"{at} is no {kind}"]
        match kind:
            case "object":
                return self._of_object(value, schema, at=at, name=name)
            case "array":
                found = [self.faults(item, schema["items"], at=f"{at}[{n}]") for n, item in enumerate(value)]
                return [fault for each in found for fault in each]
            case "string" if not re.search(schema.get("pattern", ""), value):
                return [f"{at} does not match"]
            case "integer" if value < schema.get("minimum", value):
                return [f"{at} is too small"]
        return []

    def _of_object(self, value: dict[str, Any], schema: dict[str, Any], *, at: str, name: str) -> list[str]:
        found = [f"{at}.{key} is missing" for key in schema.get("required", ()) if key not in value]
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        for key, item in value.items():
            if key in properties:
                self.met.add((name, key))
                found += self.faults(item, properties[key], at=f"{at}.{key}")
            elif isinstance(others, dict):
                found += self.faults(item, others, at=f"{at}.{key}")
            else:
                self.unknown.add(f"{at}.{key}")
        return found


def test_schema_accepts_what_we_write() -> None:
    """The schema finds no fault in statements of all kinds, full and sparse."""
    sparse = Snapshot(
        archive=ARCHIVE,
        article=URL,
        number=1,
        previous=None,
        asked=Asked(url=URL, verb="snap"),
        started=MOMENT,
        ended=MOMENT,
        software=SOFTWARE,
        stored=(),
        captures=(),
        fingerprint=DIGEST,
        quality=Quality(verdict="empty"),
    )

    assert [] == [fault for each in (*full_statements(), sparse) for fault in Checker().faults(each.to_json(), SCHEMA)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("type",), "other"),
        (("version",), 2),
        (("number",), 0),
        (("previous",), "abc"),
        (("started",), "2026-11-23"),
        (("stored", 0, "file"), "../outside.warc.gz"),
        (("captures", 0, "role"), "advertisement"),
        (("captures", 0, "length"), -1),
        (("captures", 0, "record"), None),
        (("reading", "article", "blocks", 0, "kind"), "poem"),
        (("quality", "verdict"), "success"),
    ],
)
def test_schema_refuses_what_is_wrong(path: tuple[str | int, ...], value: object) -> None:
    """A statement with a value that cannot be is refused."""
    statement: Any = full_statements()[1].to_json()
    inner = statement
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    assert Checker().faults(statement, SCHEMA)


def test_schema_and_statements_have_the_same_fields() -> None:
    """Every field that is written is in the schema, and every field of the schema is written."""
    checker = Checker()
    for each in full_statements():
        checker.faults(each.to_json(), SCHEMA)
    known = {(name, key) for name, each in SCHEMA["$defs"].items() for key in each.get("properties", ())}

    assert set() == checker.unknown
    assert known == checker.met


def test_schema_knows_the_same_words() -> None:
    """The closed lists of words in the schema are those of the model."""
    defined = SCHEMA["$defs"]

    assert sorted(get_args(Role)) == sorted(defined["capture"]["properties"]["role"]["enum"])
    assert sorted(get_args(Truncation)) == sorted(defined["capture"]["properties"]["truncated"]["enum"])
    assert sorted(get_args(BlockKind)) == sorted(defined["block"]["properties"]["kind"]["enum"])
    assert sorted(get_args(Verdict)) == sorted(defined["quality"]["properties"]["verdict"]["enum"])


def test_every_field_is_specified() -> None:
    """Every field and word of the schema is named in manifest.md."""
    page = text_of(DOCS / "format" / "manifest.md") + text_of(DOCS / "format" / "warc.md")
    words = {key for each in SCHEMA["$defs"].values() for key in each.get("properties", ())}
    for each in SCHEMA["$defs"].values():
        words |= {word for inner in each.get("properties", {}).values() for word in inner.get("enum", ())}

    assert [] == sorted(word for word in words if f"`{word}`" not in page)


def test_every_code_is_specified() -> None:
    """Every code of a problem or a note that the source can write is named in manifest.md."""
    page = text_of(DOCS / "format" / "manifest.md")
    problems = re.compile(r"Problem\(code=\"([a-z-]+)\"|_problem\(\"([a-z-]+)\"")
    notes = re.compile(r"notes\[\"([a-z0-9.-]+)\"\]|_break\(\"([a-z-]+)\"|notes\.append\(\"([a-z-]+)\"")
    codes = {
        word
        for folder, pattern in (("pipeline", problems), ("wire", notes))
        for path in (ROOT / "archivist" / folder).glob("*.py")
        for match in pattern.findall(text_of(path))
        for word in match
    }

    assert codes >= {"unreachable", "lf-only", "bad-chunk", "undecodable"}
    assert [] == sorted(code for code in codes - {""} if f"`{code}`" not in page)


# A guide that is run


@pytest.fixture
def pressed(tmp_path: Path) -> Path:
    """An archive that holds one snapshot of the demo's newspaper."""
    root = tmp_path / "archive"
    root.mkdir()
    environ = {"ARCHIVIST_KEYS": str(tmp_path / "keys")}
    with Newspaper() as paper:
        overrides = {"fetch.resolve": {HOST: paper.address}}
        place = Place(root=root, why="test", exists=False)
        workspace = Workspace.create(place, environ=environ, overrides=overrides)
        snap(workspace, [paper.article_url])
    return root


def test_an_archive_is_checked_by_hand(pressed: Path) -> None:
    """The commands of check-without-us.md, run as they stand, give equal values and a verified signature."""
    missing = [tool for tool in ("bash", "jq", "xxd", "openssl", "sha256sum") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    page = text_of(DOCS / "guides" / "check-without-us.md")
    blocks = re.findall(r"(?<!<!-- not run -->\n)^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", "".join(blocks)], capture_output=True, cwd=pressed, check=False
    )
    said = done.stdout.decode("utf-8", "replace")
    equal = re.findall(r"block: +(\S+)\nWARC-Block-Digest: (\S+)|payload: +(\w+)\nmanifest: +(\w+)", said)
    roots = re.findall(r"computed: +(\w+)\ncheckpoint: (\w+)", said)

    assert (0, b"") == (done.returncode, done.stderr)
    assert "Signature Verified Successfully" in said
    assert 3 == len(equal) + len(roots)
    assert all(pair[0] == pair[1] for pair in [(a or c, b or d) for a, b, c, d in equal] + roots)
