"""The report in a bundle of evidence: one page for people who were not there, on screen and on paper.

Rule 1: it is made from what stands in the bundle and nothing else, so that whoever has the bundle can make it again
and compare.
Rule 2: it repeats, and proves nothing: each section says which file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.bundle import report_forms
from archivist.bundle.chosen import Chosen
from archivist.bundle.html import Html, code, commands, figure, items, link, page, table, text
from archivist.bundle.package import DIGEST, LISTS, PACKAGE, File
from archivist.model.capture import Capture, Span
from archivist.model.claim import Claim, Settled
from archivist.model.manifest import software_name
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.note import parse_note
from archivist.proof.receipt import NOT_PROVED, Receipt
from archivist.proof.receipt_words import WORDS
from archivist.proof.token import Token

__all__ = ["REPORT", "Facts", "render"]

REPORT: Final = "data/report.html"
_DEFINES = re.compile(r"  [a-z0-9]+\(\) ")
_SHOWN: Final = "ReplayWeb.page (https://replayweb.page) or pywb"
_CLAIMS: Final = 6
"""Values of one field, of those that did not win, that are told; all of them stand in reading.json."""
_LABELS: Final = {
    "title_shown": "headline as displayed",
    "title": "headline",
    "authors": "by",
    "organisations": "by, as bodies",
    "published": "published",
    "updated": "updated",
    "notes": "corrections",
}
"""Fields in the order in which a reader asks for them; all others follow under their own names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the report is made from."""

    chosen: Chosen
    receipt: Receipt
    files: Sequence[File]
    """Those that stand before the report in the bundle."""
    captured: Mapping[str, Capture]
    """Paths in the bundle of bodies that were received."""
    spans: Sequence[tuple[str, int, Span]]
    """WARC file in the bundle, offset in it, and what the manifest says of the bytes that stand there."""
    software: str
    """What made the report."""

    @property
    def checkpoint(self) -> Checkpoint:
        """Under which the receipt proves the manifest."""
        return Checkpoint.parse(parse_note(self.receipt.proof.checkpoint).text)


def render(facts: Facts) -> Iterator[bytes]:
    """The page, in pieces."""
    title = facts.chosen.read.title or facts.chosen.snapshot.article
    for piece in page(f"Evidence: {title}", facts.software, _body(facts, title)):
        yield piece.encode()


def _body(facts: Facts, title: str) -> Iterator[Html]:
    yield f"<h1>Evidence report: {text(title)}</h1>"
    yield _summary(facts)
    sections: dict[str, Iterator[Html]] = {
        "What is proved, and what is not": _proof(facts),
        "How the page was read": _reading(facts),
        "What was captured": _captures(facts),
        "How to check it": _checks(facts),
        "Files of this bundle": _files(facts),
        "Berkeley Protocol checklist": report_forms.berkeley(facts.chosen),
        "Certification, FRE 902(13) and 902(14)": report_forms.certification(facts.chosen),
        "Handling of the evidence, ISO/IEC 27037": report_forms.custody(facts.chosen),
    }
    for name, section in sections.items():
        is_form = "902" in name or "27037" in name
        yield f'<section class="{"leaf draft" if is_form else ""}"><h2>{text(name)}</h2>'
        yield from section
        yield "</section>"


def _summary(facts: Facts) -> Html:
    snapshot, read = facts.chosen.snapshot, facts.chosen.read
    rows = [
        ("Address asked", code(snapshot.asked.url)),
        ("Address of the page", code(snapshot.page.uri) if snapshot.page else "no page was received"),
        ("Captured", f"{text(snapshot.started)} to {text(snapshot.ended)}, by the archive's own clock"),
        ("By", text(software_name(snapshot.software))),
        ("Kind of answer", text(". ".join((read.quality.verdict, *read.quality.reasons)))),
        ("Snapshot", f"{code(facts.chosen.id)} (the SHA-256 of {link('data/manifest.json')})"),
        ("Archive", code(snapshot.archive)),
        ("Number", f"snapshot {snapshot.number} of this article in the archive"),
        ("Stamped", _stamped(facts) or "by no outside witness of time"),
    ]
    return table((), [(text(name), said) for name, said in rows])


def _stamped(facts: Facts) -> Html:
    return text("; ".join(f"at the latest {time}" for time in _times(facts)))


def _times(facts: Facts) -> Iterator[str]:
    for number, (token, _) in enumerate(facts.receipt.stamps, start=1):
        yield f"{Token.parse(token).stamped.time:%Y-%m-%d %H:%M:%S} UTC, says the authority in TIMESTAMP {number}"


def _proof(facts: Facts) -> Iterator[Html]:
    key, checkpoint = facts.receipt.key, facts.checkpoint
    entry = f"entry {facts.receipt.proof.index} of a log with {checkpoint.size:,} entries"
    yield "<h3>Proved, by whoever makes the checks below</h3>"
    yield items(
        (
            (
                f"{link('data/manifest.json')} is the statement that the archive made: {text(entry)}, which the holder "
                f"of the key {code(key)} signed. {link('data/receipt.txt')} has the proof."
            ),
            "Every body named in the manifest is unchanged: the manifest gives its SHA-256 and BLAKE3.",
            (
                "The records as stored are unchanged, request and answer with all header lines: the manifest gives the "
                "BLAKE3 of the stored bytes."
            ),
            *(text(f"The snapshot was there {each}.") for each in (f"at the latest {time}" for time in _times(facts))),
        )
    )
    if facts.receipt.witnesses:
        yield f"<p>{len(facts.receipt.witnesses)} outside witnesses have cosigned this state of the log: whose keys"
        yield f" they are, stands in {link('data/receipt.txt')}.</p>"
    yield "<h3>Not proved</h3>"
    told = [said for said in NOT_PROVED if not (facts.receipt.stamps and said.startswith("when"))]
    yield items(
        map(
            text,
            (
                *told,
                *(["when exactly: a time stamp shows that it was not later"] if facts.receipt.stamps else []),
                "that what the page says is true, or that it was read rightly: the bytes are there to be read again",
                "that this report was not rewritten by whoever handed it over: it repeats, and the manifest decides",
            ),
        )
    )


def _checks(facts: Facts) -> Iterator[Html]:
    yield "<p>Unzip this bundle (a .wacz is a ZIP), open a shell in the folder, and type:</p>"
    yield "<h3>1. Every file is the one that was packed</h3>"
    lists = " ".join(LISTS)
    yield commands(
        f"sha256sum --check --quiet {lists} && echo all files are as listed\nsha256sum {PACKAGE}; cat {DIGEST}"
    )
    yield "<p>The digest that the second line prints twice is that of the list of all files.</p>"
    yield "<h3>2. The bodies are those that the manifest names</h3>"
    yield commands("sha256sum data/manifest.json data/captured/*\nb3sum --check data/b3sums.txt")
    yield f"<p>The first is the snapshot's id, {code(facts.chosen.id)}; the others stand under What was captured.</p>"
    yield "<h3>3. The stored records are those that the manifest describes</h3>"
    yield commands(
        "\n".join(
            f'[ "$(tail -c +{start + 1} {path} | head -c {span.length} | b3sum --no-names)" = "{span.blake3}" ] '
            "&& echo the records are as stored"
            for path, start, span in facts.spans
        )
    )
    yield "<h3>4. The archive signed the manifest</h3>"
    yield "<p>With openssl (1.1.1 or later) and a shell; the two lines of step 3 are equal.</p>"
    yield commands(_receipt_commands(facts.receipt))
    yield "<p>Or with Python and openssl, by a program that shares no code with the one that made this:</p>"
    yield commands("python3 data/verify_receipt.py data/receipt.txt")
    yield f"<p>Both hold for whoever trusts the key {code(facts.receipt.key)}: "
    yield "compare it with the one that the archive publishes. Take verify_receipt.py from elsewhere, too.</p>"
    yield "<h3>5. All of it at once</h3>"
    yield "<p>With archivist, on the file as it came: <code>archivist verify FILE.wacz</code></p>"


def _receipt_commands(receipt: Receipt) -> str:
    """The commands that stand in the receipt, for a folder of its own: those that have something to look at."""
    head, *steps = re.split(r"(?m)^(?=  # \d+\.)", WORDS[WORDS.index("  part() {") :])
    wanted = {1: True, 2: True, 3: True, 5: receipt.stamps, 6: receipt.changes, 7: receipt.witnesses}
    chosen = [step for number, step in enumerate(steps, start=1) if wanted.get(number)]
    if receipt.witnesses and not receipt.changes:
        # What the seventh step calls is defined in the sixth.
        chosen[-1:] = [*(line for line in steps[5].splitlines(keepends=True) if _DEFINES.match(line)), chosen[-1]]
    lines = "\n".join(line.removeprefix("  ") for line in "".join((head, *chosen)).rstrip().split("\n"))
    return f"(R=$PWD/data/receipt.txt; cd $(mktemp -d)\n{lines}\n)"


def _captures(facts: Facts) -> Iterator[Html]:
    paths = {capture.record.id: path for path, capture in facts.captured.items()}
    yield f"<p>In {code(facts.spans[0][0])}; {text(_SHOWN)} shows the page from it." if facts.spans else "<p>"
    yield " Bodies are digested as they came over the network, which may be gzip.</p>"
    heads = ("What", "Address and digests", "When (UTC)", "Answer")
    yield table(heads, (_capture(capture, paths.get(capture.record.id)) for capture in facts.chosen.captures))


def _capture(capture: Capture, path: str | None) -> Sequence[Html]:
    revisit = capture.revisit
    again = f"<br>the same bytes as captured {text(revisit.date)} from {code(revisit.uri)}" if revisit else ""
    digests = f"<br>SHA-256 {code(capture.payload.sha256)}"
    if capture.payload.blake3:
        digests += f"<br>BLAKE3 {code(capture.payload.blake3)}"
    answer = f"{capture.status} {capture.media_type or ''}, {capture.payload.length:,} bytes"
    cut = f"<br><strong>cut short: {text(capture.truncated)}</strong>" if capture.truncated else ""
    return (
        text(capture.kind or capture.role),
        f"{code(capture.uri)}{f'<br>{link(path)}' if path else ''}{digests}{again}",
        text(capture.date[:23].replace("T", " ")),
        f"{text(answer)}{f'<br>from {text(capture.ip)}' if capture.ip else ''}{cut}",
    )


def _reading(facts: Facts) -> Iterator[Html]:
    read = facts.chosen.read
    yield f"<p>Read by {text(read.by)} at {text(read.at)}; a reading can be made again, and is no evidence."
    yield f"All of it is in {link('data/reading.json')}.</p>"
    if read.reading.article is None:
        yield "<p>The page is none that is read.</p>"
    else:
        yield table(("Field", "Value", "Where it was read"), _fields(read.reading.article.fields))
    for document in read.reading.documents:
        yield f"<h3>Document {code(document.url)}</h3>"
        yield f"<p>{text(document.media_type)}, {text(document.page_count or 'an unknown number of')} pages</p>"
        yield table(("Field", "Value", "Where it was read"), _fields(document.fields))
    if read.problems:
        yield "<h3>Problems met</h3>"
        yield items(f"{text(each.said)} {code(each.about)}" for each in read.problems)


def _fields(fields: Mapping[str, Settled]) -> Iterator[Sequence[Html]]:
    first = {name: place for place, name in enumerate(_LABELS)}
    for name, settled in sorted(fields.items(), key=lambda each: (first.get(each[0], len(first)), each[0])):
        for claim in settled.values:
            yield text(_LABELS.get(name, name.replace("_", " "))), text(claim.value), _where(claim)
        for claim in settled.others[:_CLAIMS]:
            yield "", f'<span class="faint">not: {text(claim.value)}</span>', _where(claim)


def _where(claim: Claim) -> Html:
    return f"{text(claim.evidence.witness)} {code(claim.evidence.at)}"


def _files(facts: Facts) -> Iterator[Html]:
    yield f"<p>This report's own digest is in {code(LISTS[0])}. {code(PACKAGE)} lists all files.</p>"
    rows = ((code(each.path), figure(each.size), code(each.sha256)) for each in facts.files)
    yield table(("File", "Bytes", "SHA-256"), rows)
