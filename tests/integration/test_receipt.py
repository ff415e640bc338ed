"""Receipts: a stranger checks one with us, without us, and with a shell; whatever is changed in one is found."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from archivist.demo.report import letter
from archivist.model.finding import State
from archivist.proof.log_keys import sign_change
from archivist.proof.note import VerifierKey, parse_note
from archivist.proof.ots import Attestation, Made, OtsProof, Step, Timestamp
from archivist.proof.receipt import Receipt, check_receipt
from archivist.proof.receipt_words import WORDS
from archivist.proof.signing import SigningKey
from tests.integration.conftest import CHECKOUT, Archive, typed
from tests.press import Press
from tests.press import responses as r
from tests.press.authority import Authority
from tests.press.calendar import Calendar
from tests.press.cosigner import Cosigner

SECOND = CHECKOUT / "scripts" / "verify_receipt.py"


@pytest.fixture
def receipt(archive: Archive, press: Press, tmp_path: Path) -> Path:
    """The receipt of the second of three snapshots."""
    page = "<h1>Cranes stood still</h1><p>{} of the cranes stood still.</p><a href='/x.pdf'>report</a>"
    press.serve("/a", *[r.plain(r.page(page.format(count), title="Cranes")) for count in ("Nine", "Seven", "Six")])
    press.serve("/x.pdf", r.pdf(letter()))
    for _ in range(3):
        archive.snap(press.url("/a"))
    path = tmp_path / "receipt.txt"
    assert 0 == archive("export", f"{press.url('/a')}@2", "-o", path).code
    return path


@cache
def second() -> ModuleType:
    """The second verifier, as a module, so that ten thousand receipts need no ten thousand processes."""
    spec = importlib.util.spec_from_file_location("verify_receipt", SECOND)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_second(data: bytes) -> bool:
    """Whether the second verifier finds nothing false."""
    try:
        second().verify(data)
    except second().Bad:
        return False
    return True


def by_ours(data: bytes) -> bool:
    """Whether ours finds nothing false."""
    states: set[State] = {finding.state for finding in check_receipt(data, where="receipt.txt")}
    return "failed" not in states


def summed(data: bytes) -> bytes:
    """The receipt with the right sum, as a forger would have it."""
    above, mark, _ = data.rpartition(b"SHA-256 of all lines above: ")
    return above + mark + hashlib.sha256(above).hexdigest().encode() + b"\n" if mark else data


def log_key(archive: Archive) -> str:
    """As ``archivist init`` prints it."""
    return archive.workspace.identity.key


def test_three_ways_agree(archive: Archive, receipt: Path) -> None:
    """With the key that is trusted: ok. Without one: what is to be compared. With another: failed."""
    key = log_key(archive)
    assert 0 == typed("verify", "--key", key, receipt).code
    said = typed("verify", receipt)
    assert 4 == said.code
    assert key in said.out
    assert 0 == archive("verify", receipt).code
    other = str(VerifierKey(name=VerifierKey.parse(key).name, public=bytes(32)))
    assert 1 == typed("verify", "--key", other, receipt).code
    for words, code in (([], 4), (["--key", key], 0), (["--key", other], 1)):
        done = subprocess.run([sys.executable, SECOND, *words, receipt], capture_output=True, check=False, text=True)
        assert code == done.returncode, done.stdout
        assert "Traceback" not in done.stderr


@pytest.fixture
def full(archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A receipt with everything: two changes of the key, a witness, a time stamp, a way to a Bitcoin block."""
    press.serve("/a", *[r.plain(r.page(f"<h1>Cranes</h1><p>{count} stood still.</p>")) for count in ("Nine", "Six")])
    archive.snap(press.url("/a"))
    for _ in range(2):
        assert 0 == archive("key", "--rotate").code
    with Cosigner() as cosigner, Authority(tmp_path / "authority") as authority, Calendar() as calendar:
        identity = archive.workspace.identity
        cosigner.logs[identity.origin] = str(archive.workspace.log_keys.newest)
        monkeypatch.setenv("ARCHIVIST_STAMP_WITNESSES", f"{cosigner.url}={cosigner.vkey}")
        monkeypatch.setenv("ARCHIVIST_STAMP_AUTHORITIES", authority.url)
        monkeypatch.setenv("ARCHIVIST_STAMP_CA", str(authority.root))
        monkeypatch.setenv("ARCHIVIST_STAMP_CALENDARS", calendar.url)
        for height in (None, 900_000):
            calendar.height = height
            said = archive("stamp")
            assert 0 == said.code, said
        path = tmp_path / "full.txt"
        assert 0 == archive("export", "@last", "-o", path).code
        yield path


def test_a_full_one_three_ways(archive: Archive, full: Path, tmp_path: Path) -> None:
    """Whoever trusts any of the keys believes it; the witness is named; the shell says the same."""
    text = full.read_text()
    for part in ("KEY CHANGE 2", "WITNESS KEY 1", "TIMESTAMP 1", "CALENDAR PROOF 1"):
        assert f"-----BEGIN {part}-----" in text
    assert 0 == archive("verify", full).code
    for key in archive.workspace.log_keys.all:
        said = typed("verify", "--key", str(key), full)
        assert said.code in {0, 4}, said  # the made-up authority is nobody's but the archive's
        assert "receipt-key" not in said.out
        assert "witness.example/w1" in said.out
        done = subprocess.run([sys.executable, SECOND, "--key", str(key), full], capture_output=True, check=False)
        assert 0 == done.returncode, done
        assert b"Cosigned: 2027-01-15 08:00:00 UTC" in done.stdout
        (block,) = Receipt.parse(full.read_bytes()).blocks()
        assert f"block 900000 has the Merkle root {block.root[::-1].hex()}" in said.out
        assert f"block 900000, if its Merkle root is {block.root[::-1].hex()}".encode() in done.stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    first = WORDS[WORDS.index("  part() {") : WORDS.index("  # 4.")]
    script = f"set -e; R={full}\n{first}\n{WORDS[WORDS.index('  # 6.') :]}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, cwd=empty)
    assert (0, 4) == (done.returncode, done.stdout.count(b"Signature Verified Successfully")), done


def test_full_forgeries(archive: Archive, full: Path) -> None:
    """Parts that are taken out, or put in from elsewhere, are missed by both."""
    whole = Receipt.parse(full.read_bytes())
    note = parse_note(whole.proof.checkpoint)
    stranger = SigningKey.from_seed(bytes(32))
    other = SigningKey.from_seed(bytes([1]) * 32)
    forged_change = sign_change(stranger, other, name=whole.key.name, size=1)
    unsigned = replace(whole.proof, checkpoint=replace(note, signatures=note.signatures[:1]).to_bytes())
    swapped = replace(whole.proof, checkpoint=replace(note, signatures=note.signatures[::-1]).to_bytes())
    for bent in (
        replace(whole, witnesses=()),
        replace(whole, proof=unsigned),
        replace(whole, proof=swapped),
        replace(whole, changes=whole.changes[:1]),
        replace(whole, changes=whole.changes[::-1]),
        replace(whole, changes=(forged_change,)),
        replace(whole, changes=(*whole.changes, forged_change)),
        replace(whole, key=whole.changes[0].new),
        replace(whole, calendars=(proof_of_nothing(),)),
        *(replace(whole, calendars=(bent,)) for bent in bent_proofs(whole.calendars[0])),
    ):
        data = bent.to_bytes()
        assert not by_ours(data)
        assert not by_second(data)
    assert by_ours(replace(whole, calendars=()).to_bytes())
    assert by_second(replace(whole, calendars=()).to_bytes())
    # Without the changes it is a receipt of the newest key, for whoever trusts that one.
    assert by_ours(replace(whole, changes=()).to_bytes())
    assert by_second(replace(whole, changes=()).to_bytes())


def proof_of_nothing() -> bytes:
    """A proof of a calendar, of something else than any checkpoint."""
    return OtsProof(timestamp=Timestamp(message=bytes(32), branches=(Attestation.bitcoin(1),))).to_bytes()


def bent_proofs(proof: bytes) -> Iterator[bytes]:
    """A true proof in other forms: promises, two ways, other steps, too long, cut."""
    start, block = OtsProof.parse(proof).timestamp.message or b"", Attestation.bitcoin(1)
    promise = Attestation.pending("https://calendar.example")

    def made(*steps: Step, ends: tuple[Attestation, ...] = (block,)) -> bytes:
        messages = [start]
        for step in steps:
            messages.append(step.of(messages[-1]) or b"")
        node = Timestamp(message=messages.pop(), branches=ends)
        for step in reversed(steps):
            node = Timestamp(message=messages.pop(), branches=(Made(step=step, node=node),))
        return OtsProof(timestamp=node).to_bytes()

    hashed = Step(tag=0x08)
    yield made(hashed, ends=(promise,))
    yield made(hashed, ends=(block, promise))
    yield made(hashed, ends=(block, block))
    yield made(hashed, ends=(Attestation(tag=b"unknown!", payload=b"\x01"),))
    yield made(hashed, Step(tag=0xF2))
    yield made(Step(tag=0x02))
    yield made(Step(tag=0xF0, argument=b"x"))
    yield made(*[hashed] * 256)
    yield proof[:65] + b"\xf0\xe1\x1f" + bytes(4065) + b"\x08" + block.to_bytes()
    yield made(hashed, ends=(Attestation(tag=block.tag, payload=b"\x80\x80"),))
    yield made(hashed, ends=(Attestation(tag=block.tag, payload=b"\x81\x00"),))
    yield made(hashed, ends=(Attestation(tag=block.tag, payload=b"\x01\x01"),))
    yield made(hashed) + b"\x00"
    yield made(hashed)[:-1]
    yield proof[:40]


def test_ways_to_a_block(full: Path) -> None:
    """The two verifiers agree about those that are as long as they may be, and about each byte that is another."""
    whole = Receipt.parse(full.read_bytes())
    (true,) = whole.calendars
    start = OtsProof.parse(true).timestamp.message or b""
    longest = true[:65] + b"\x08" * 254 + b"\x08" + Attestation.bitcoin((1 << 63) - 1).to_bytes()
    widest = true[:65] + b"\xf0" + b"\xe0\x1f" + bytes(4064) + b"\x08" + Attestation.bitcoin(0).to_bytes()
    assert true[33:65] == start
    for proof in (longest, widest):
        data = replace(whole, calendars=(proof, true)).to_bytes()
        assert by_ours(data), [each.said for each in check_receipt(data, where="")]
        assert by_second(data)
    for at in range(len(true)):
        data = replace(whole, calendars=(true[:at] + bytes([true[at] ^ 0x81]) + true[at + 1 :],)).to_bytes()
        assert by_ours(data) == by_second(data), at


def test_full_mutations(full: Path) -> None:
    """The two verifiers agree about each change, wherever it stands; what both let pass is in no signature."""
    data = full.read_bytes()
    differential(data, 150, is_strict=False)
    start = data.index(b"-----BEGIN INCLUSION PROOF")
    random = Random(11)
    for _ in range(150):
        at = random.randrange(start, len(data))
        bent = summed(data[:at] + bytes([data[at] ^ 1 << random.randrange(7)]) + data[at + 1 :])
        assert by_ours(bent) == by_second(bent), (at, data[at - 30 : at + 30])


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_full_ten_thousand_mutations(full: Path) -> None:
    """The same, as many as it takes to be sure."""
    differential(full.read_bytes(), 10_000, is_strict=False)


def test_a_file_that_comes_with_it(receipt: Path, tmp_path: Path) -> None:
    """The second verifier says which capture a file is, and refuses one that is none."""
    report = tmp_path / "report.pdf"
    report.write_bytes(letter())
    words = [sys.executable, SECOND, receipt, "--file", report]
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    assert 4 == done.returncode
    assert "x.pdf" in done.stdout
    report.write_bytes(letter() + b"\n")
    assert 1 == subprocess.run(words, capture_output=True, check=False).returncode


def test_by_a_shell_and_openssl(receipt: Path, tmp_path: Path) -> None:
    """What the receipt itself tells to type, typed."""
    if shutil.which("openssl") is None or shutil.which("bash") is None:
        pytest.skip("openssl and bash are not here")
    commands = WORDS[WORDS.index("  part() {") : WORDS.index("  # 4.")]
    empty = tmp_path / "empty"
    empty.mkdir()
    script = f"set -e; R={receipt}\n{commands}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, text=True, cwd=empty)
    manifest, signature, *roots = done.stdout.splitlines()
    assert f"Snapshot: {manifest.split()[0]}" in receipt.read_text()
    assert "Signature Verified Successfully" == signature
    assert roots[0] == roots[1]
    assert 44 == len(roots[0])


def test_every_byte(receipt: Path) -> None:
    """A byte that differs is found by both, wherever it stands; also where the sum was made right again."""
    data = receipt.read_bytes()
    assert by_ours(data)
    assert by_second(data)
    random = Random(7)
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 1 << random.randrange(8)
        for bent in (bytes(changed), summed(bytes(changed))):
            if bent != data:
                assert not by_ours(bent), at
                assert not by_second(bent), at


@pytest.mark.slow
def test_ten_thousand_mutations(receipt: Path) -> None:
    """Cut, doubled, swapped and changed: the two verifiers never disagree."""
    differential(receipt.read_bytes(), 10_000)


def test_some_mutations(receipt: Path) -> None:
    """The same, as many as a test run has time for."""
    differential(receipt.read_bytes(), 300)


def differential(data: bytes, count: int, *, is_strict: bool = True) -> None:
    """Both say the same of that many mutants, and of none but the receipt itself that it holds."""
    random = Random(count)
    lines = data.splitlines(keepends=True)
    for _ in range(count):
        bent = summed(mutant(data, lines, random)) if random.random() < 0.7 else mutant(data, lines, random)
        ours, theirs = by_ours(bent), by_second(bent)
        assert ours == theirs, bent
        assert ours == (bent == data) or not is_strict


def mutant(data: bytes, lines: list[bytes], random: Random) -> bytes:
    """The receipt with one change."""
    one, two = sorted(random.randrange(len(data)) for _ in range(2))
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    without = [*lines[:at], *lines[at + 1 :]]
    return random.choice(
        [
            data[:one] + bytes([random.randrange(256)]) + data[one + 1 :],
            data[:one] + data[two:],
            data[:one] + data[one : one + 40] + data[one:],
            b"".join(without),
            b"".join([*lines[:at], lines[other], *lines[at:]]),
            b"".join([*without[:other], lines[at], *without[other:]]),
            data[:one] + data[one:two][::-1] + data[two:],
        ]
    )


def test_forgeries(archive: Archive, receipt: Path) -> None:
    """Parts that are whole by themselves and do not belong together."""
    whole = Receipt.parse(receipt.read_bytes())
    workspace = archive.workspace
    other = next(path for path in workspace.ledger.paths() if path.name == "0003.json").read_bytes()
    forged = Receipt(manifest=other, proof=whole.proof, key=whole.key).to_bytes()
    assert ["receipt-inclusion"] == [each.code for each in check_receipt(forged, where="f")]
    assert not by_second(forged)
    foreign = VerifierKey(name=whole.key.name, public=hashlib.sha256(b"other").digest())
    forged = Receipt(manifest=whole.manifest, proof=whole.proof, key=foreign).to_bytes()
    assert ["receipt-signature"] == [each.code for each in check_receipt(forged, where="f")]
    assert not by_second(forged)


def test_line_ends_of_another_system(receipt: Path) -> None:
    """A receipt that a mail program has rewritten says so."""
    (finding,) = check_receipt(receipt.read_bytes().replace(b"\n", b"\r\n"), where="f")
    assert "line ends" in finding.said


def test_not_in_the_log_yet(archive: Archive, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a signature there is nothing to hand out: exit 4, and no file."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1><p>They stood still.</p>")))
    archive.snap(press.url("/a"))
    monkeypatch.setenv("ARCHIVIST_KEYS", str(tmp_path / "elsewhere"))
    archive.snap(press.url("/a"))
    said = archive("export", "@last", "-o", tmp_path / "r.txt")
    assert said.is_clean_error(4), said
    assert not (tmp_path / "r.txt").exists()


def test_a_file_that_is_there(archive: Archive, receipt: Path) -> None:
    """Nothing is written over unasked."""
    before = receipt.read_bytes()
    assert archive("export", "@last", "-o", receipt).is_clean_error(2)
    assert before == receipt.read_bytes()
    assert 0 == archive("export", "@last", "--force", "-o", receipt).code
    assert before != receipt.read_bytes()


def test_words_are_pinned() -> None:
    """They are part of the format: the second verifier knows their digest."""
    assert second().WORDS == hashlib.sha256(WORDS.encode()).hexdigest()
