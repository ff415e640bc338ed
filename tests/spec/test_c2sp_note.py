"""C2SP signed-note, tlog-checkpoint and tlog-proof@v1."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import BadNote, FormatError
from archivist.proof import merkle
from archivist.proof.armour import decode_base64, encode_base64, parse_decimal
from archivist.proof.checkpoint import Checkpoint, open_checkpoint
from archivist.proof.merkle import EMPTY_ROOT, ProofFailed
from archivist.proof.note import (
    MAX_NOTE,
    MAX_SIGNATURES,
    Note,
    VerifierKey,
    key_id,
    parse_note,
    sign_note,
    verify_note,
)
from archivist.proof.signing import SignatureFailed, SigningKey, public_pem
from archivist.proof.tlog_proof import TlogProof, verify_tlog_proof

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "trust" / "note"

# The example of golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

KEY = SigningKey.from_seed(bytes(range(32)))
NAME = "archive.example/log"
VERIFIER = VerifierKey(name=NAME, public=KEY.public_bytes())  # type: ignore[arg-type]
OTHER = SigningKey.from_seed(bytes(32))

ENTRIES = [bytes([number]) * 32 for number in range(13)]
HASHES = [merkle.leaf_hash(entry) for entry in ENTRIES]


def vectors(name: str) -> list[dict[str, Any]]:
    """The vectors of one kind."""
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"shared test vectors are absent: {name}")
    return [json.loads(line) for line in path.read_text().splitlines()]


def node(level: int, index: int) -> bytes:
    """The nodes of the tree over HASHES."""
    return merkle.root(HASHES[index << level : (index + 1) << level])


def a_checkpoint(size: int = 13) -> Checkpoint:
    """The checkpoint of the log over the first entries."""
    return Checkpoint(origin=NAME, size=size, root=merkle.root(HASHES[:size]))


def a_proof(index: int = 5) -> TlogProof:
    """The proof of one entry in the log of 13."""
    return TlogProof(
        index=index,
        hashes=merkle.inclusion_proof(index, 13, node=node),
        checkpoint=sign_note(a_checkpoint().to_text(), name=NAME, key=KEY),
    )


class TestKeys:
    """key ID = SHA-256(key name || 0x0A || 0x01 || 32-byte Ed25519 public key)[:4]."""

    def test_go_key(self) -> None:
        """The key of the Go example is read, has its id, and is written the same way."""
        key = VerifierKey.parse(GO_KEY)

        assert key.name == "PeterNeumann"
        assert key_id("PeterNeumann", key.public).hex() == "c74f20a3"
        assert str(key) == GO_KEY

    def test_type_matters(self) -> None:
        """The same key has another id for another type of signature."""
        assert key_id(NAME, VERIFIER.public) != key_id(NAME, VERIFIER.public, algorithm=4)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "PeterNeumann",
            "PeterNeumann+c74f20a3",
            GO_KEY.replace("c74f20a3", "c74f20a4"),
            GO_KEY.replace("c74f20a3", "C74F20A3"),
            GO_KEY.replace("c74f20a3", "c74f20a"),
            GO_KEY.replace("PeterNeumann", "PeterNewmann"),
            GO_KEY.replace("PeterNeumann", ""),
            GO_KEY.replace("PeterNeumann", "Peter Neumann"),
            GO_KEY.replace("PeterNeumann", "Peter\u2003Neumann"),
            GO_KEY.replace("PeterNeumann", "Peter\udcffNeumann"),
            GO_KEY.replace("+ARpc", "+BBpc"),
            GO_KEY + "\n",
            GO_KEY[:-1],
            GO_KEY[:-4],
            "é+00000000+é",
        ],
    )
    def test_other_texts(self, text: str) -> None:
        """A key with a wrong id, name, type, length or spelling is refused."""
        with pytest.raises(BadNote):
            VerifierKey.parse(text)


class TestNote:
    """A text ending in newline, a blank line, one or more signature lines."""

    def test_vectors(self) -> None:
        """All 13 notes are accepted or refused as they ask."""
        rows = vectors("notes.jsonl")
        wrong = []
        for row in rows:
            try:
                verify_note(parse_note(row["note"].encode()), map(VerifierKey.parse, row["vkeys"]))
                failed = False
            except FormatError:
                failed = True
            if failed != row["wantErr"]:
                wrong.append(row["name"])

        assert (13, []) == (len(rows), wrong)

    def test_go_note(self) -> None:
        """The Go example verifies, and is written again byte for byte."""
        note = parse_note(GO_NOTE.encode())

        assert verify_note(note, [VerifierKey.parse(GO_KEY)]) == ("PeterNeumann",)
        assert note.to_bytes() == GO_NOTE.encode()

    def test_sign(self) -> None:
        """What is signed here verifies here, with blank lines in the text and all."""
        text = "one\n\ntwo — три\n\n"
        note = parse_note(sign_note(text, name=NAME, key=KEY))

        assert text == note.text
        assert (NAME,) == verify_note(note, [VERIFIER])

    def test_every_flipped_bit(self) -> None:
        """No bit of a signed checkpoint can change without an error."""
        data = sign_note(a_checkpoint().to_text(), name=NAME, key=KEY)
        for bit in range(len(data) * 8):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(FormatError):
                open_checkpoint(bytes(changed), [VERIFIER])

    def test_every_cut(self) -> None:
        """No end of a signed checkpoint can be cut off without an error."""
        data = sign_note(a_checkpoint().to_text(), name=NAME, key=KEY)
        for end in range(len(data)):
            with pytest.raises(FormatError):
                open_checkpoint(data[:end], [VERIFIER])

    def test_unknown_signatures_are_ignored(self) -> None:
        """Verifiers MUST ignore signatures from unknown keys, even if they share a name or id with a known key."""
        text = "text\n"
        ours = parse_note(sign_note(text, name=NAME, key=KEY)).signatures
        same_name = parse_note(sign_note(text, name=NAME, key=OTHER)).signatures
        note = Note(text=text, signatures=(*same_name, *ours))

        assert (NAME,) == verify_note(parse_note(note.to_bytes()), [VERIFIER])

    def test_two_signers(self) -> None:
        """Every known signer is named once, in the order of the note."""
        text = "text\n"
        ours = parse_note(sign_note(text, name=NAME, key=KEY)).signatures
        witness = parse_note(sign_note(text, name="witness.example", key=OTHER)).signatures
        keys = [VERIFIER, VerifierKey(name="witness.example", public=OTHER.public_bytes())]  # type: ignore[arg-type]
        note = Note(text=text, signatures=(*witness, *ours, *witness))

        assert ("witness.example", NAME) == verify_note(note, keys)

    def test_one_wrong_signature(self) -> None:
        """If a signature from a known key fails to verify, the whole note is refused."""
        ours = parse_note(sign_note("text\n", name=NAME, key=KEY)).signatures
        other = parse_note(sign_note("other\n", name=NAME, key=KEY)).signatures
        note = Note(text="text\n", signatures=(*ours, *other))

        with pytest.raises(SignatureFailed, match=f"signature of {NAME} is not over this text"):
            verify_note(note, [VERIFIER])

    def test_no_keys(self) -> None:
        """A note that no known key has signed is refused, and so is one when there are no keys at all."""
        note = parse_note(GO_NOTE.encode())
        for keys in ([], [VERIFIER]):
            with pytest.raises(SignatureFailed, match="no known key has signed"):
                verify_note(note, keys)

    @pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "\r\n", "\x1b[2J\n", "\ud800\n"])
    def test_text_that_cannot_be_signed(self, text: str) -> None:
        """A text without final newline, or with a control character, is refused."""
        with pytest.raises(BadNote):
            sign_note(text, name=NAME, key=KEY)

    @pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x00"])
    def test_name_that_cannot_sign(self, name: str) -> None:
        """An empty name, or one with a space or a plus, is refused."""
        with pytest.raises(BadNote, match="not a key name"):
            sign_note("text\n", name=name, key=KEY)

    @pytest.mark.parametrize(
        "lines",
        [
            "",
            "\n",
            "- name AAAAAAAA\n",
            "name AAAAAAA=\n",
            "— name\n",
            "—  AAAAAAAA\n",
            "— na+me AAAAAAAA\n",
            "— name AAAAAA==\n",
            "— name AAAAAAB\n",
            "— name AAAAAAB=\n",
            "— name AAAAAAA=\nrest\n",
            "— name AAAAAAA=",
            "— name AAAA-AA=\n",
            "— name AAAAAAA= \n",
        ],
    )
    def test_damaged_lines(self, lines: str) -> None:
        """A signature line that is not spelled right makes the whole note unreadable."""
        with pytest.raises(BadNote):
            parse_note(f"text\n\n{lines}".encode())

    def test_limits(self) -> None:
        """100 signatures and 1 MB are read, more is refused."""
        line = "— name AAAAAAA=\n"

        assert MAX_SIGNATURES == len(parse_note(("text\n\n" + line * MAX_SIGNATURES).encode()).signatures)
        with pytest.raises(BadNote, match="101 signatures"):
            parse_note(("text\n\n" + line * (MAX_SIGNATURES + 1)).encode())
        filler = "x" * (MAX_NOTE - len(f"\n\n{line}".encode()))
        parse_note(f"{filler}\n\n{line}".encode())
        with pytest.raises(BadNote, match="exceeds the limit"):
            parse_note(f"{filler}x\n\n{line}".encode())

    @given(st.binary(max_size=300))
    def test_any_bytes(self, data: bytes) -> None:
        """Any bytes are a note that is written again the same way, or BadNote."""
        try:
            note = parse_note(data)
        except BadNote:
            return

        assert data == note.to_bytes()


class TestCheckpoint:
    """Origin, tree size, root hash, and extension lines, each non-empty and ended by a newline."""

    def test_text(self) -> None:
        """The text has three lines and is read back."""
        checkpoint = a_checkpoint()

        assert f"{NAME}\n13\n{encode_base64(checkpoint.root)}\n" == checkpoint.to_text()
        assert checkpoint == Checkpoint.parse(checkpoint.to_text())

    def test_extensions(self) -> None:
        """Extension lines are kept."""
        checkpoint = Checkpoint(origin="o", size=0, root=EMPTY_ROOT, extensions=("a b", "c"))

        assert checkpoint == Checkpoint.parse(checkpoint.to_text())

    def test_shared_log(self) -> None:
        """The checkpoints made by another implementation are opened."""
        rows = {row["name"]: row for row in vectors("notes.jsonl")}
        for name, size in (("checkpoint-13", 13), ("checkpoint-0", 0)):
            row = rows[name]
            opened = open_checkpoint(row["note"].encode(), map(VerifierKey.parse, row["vkeys"]))

            assert ("archivist.example/log", size) == (opened.origin, opened.size)

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text[:-1],
            lambda text: text + "\n",
            lambda text: text + "\nextension\n",
            lambda text: "\n" + text,
            lambda text: text.replace("\n13\n", "\n013\n"),
            lambda text: text.replace("\n13\n", "\n+13\n"),
            lambda text: text.replace("\n13\n", "\n-13\n"),
            lambda text: text.replace("\n13\n", "\n 13\n"),
            lambda text: text.replace("\n13\n", "\n1_3\n"),
            lambda text: text.replace("\n13\n", "\n١٣\n"),
            lambda text: text.replace("\n13\n", "\n0\n"),
            lambda text: text.replace("\n13\n", "\n" + "9" * 20 + "\n"),
            lambda text: text.replace("\n13\n", "\n" + "9" * 1_000_000 + "\n"),
            lambda text: text.replace("\n13\n", "\n\n"),
            lambda text: text.replace("=\n", "\n"),
            lambda text: text.replace("=\n", "==\n"),
            lambda text: "\n".join(text.split("\n")[:2]) + "\n",
            lambda text: text.split("\n")[0] + "\n13\nAAAA\n",
        ],
    )
    def test_other_spellings(self, change: Any) -> None:
        """A missing line, a leading zero, a sign, base64 of another form or length: refused."""
        changed = change(a_checkpoint().to_text())

        assert changed != a_checkpoint().to_text()
        with pytest.raises(BadNote):
            Checkpoint.parse(changed)

    @pytest.mark.parametrize(
        "values",
        [
            {"origin": ""},
            {"origin": "a\nb"},
            {"size": -1},
            {"root": bytes(31)},
            {"size": 0},
            {"extensions": ("",)},
            {"extensions": ("a\n",)},
        ],
    )
    def test_impossible(self, values: dict[str, Any]) -> None:
        """No checkpoint exists that could not be written and read again."""
        with pytest.raises(BadNote):
            Checkpoint(**{"origin": "o", "size": 1, "root": bytes(32), **values})

    def test_key_of_another_log(self) -> None:
        """A checkpoint signed by a trusted key under another name than its origin is refused."""
        other = VerifierKey(name="other.example", public=OTHER.public_bytes())  # type: ignore[arg-type]
        data = sign_note(a_checkpoint().to_text(), name="other.example", key=OTHER)

        with pytest.raises(SignatureFailed, match=r"is signed by other\.example only"):
            open_checkpoint(data, [VERIFIER, other])

    def test_openssl(self, tmp_path: Path) -> None:
        """The Ed25519 line verifies with plain openssl, and no longer does when the text is edited."""
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("openssl is not on this machine")
        note = parse_note(sign_note(a_checkpoint().to_text(), name=NAME, key=KEY))
        (tmp_path / "key.pem").write_bytes(public_pem(KEY.public_bytes()))
        (tmp_path / "signature").write_bytes(note.signatures[0].signature)
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "text"]
        codes = []
        for text in (note.text, note.text.replace("13", "14")):
            (tmp_path / "text").write_text(text)
            run = subprocess.run(
                [*command, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, timeout=30, check=False
            )
            codes.append(run.returncode)

        assert codes == [0, 1]


class TestProof:
    """One file: header, optional extra line, index line, hashes, an empty line, the checkpoint verbatim."""

    def test_vectors(self) -> None:
        """All 23 proofs are accepted or refused as they ask."""
        rows = vectors("proofs.jsonl")
        wrong = []
        for row in rows:
            entry = base64.b64decode(row["leaf"])
            try:
                proof = TlogProof.parse(row["proof"].encode())
                verify_tlog_proof(proof, entry, keys=map(VerifierKey.parse, row["vkeys"]))
                failed = False
            except FormatError:
                failed = True
            if failed != row["wantErr"]:
                wrong.append(row["name"])

        assert (23, []) == (len(rows), wrong)

    def test_round_trip_of_vectors(self) -> None:
        """Every proof that is accepted is written again byte for byte."""
        for row in vectors("proofs.jsonl"):
            if not row["wantErr"]:
                assert row["proof"].encode() == TlogProof.parse(row["proof"].encode()).to_bytes()

    @pytest.mark.parametrize("index", range(13))
    def test_every_entry(self, index: int) -> None:
        """The proof of every entry is read back and verifies for that entry only."""
        proof = TlogProof.parse(a_proof(index).to_bytes())

        assert a_proof(index) == proof
        assert a_checkpoint() == verify_tlog_proof(proof, ENTRIES[index], keys=[VERIFIER])
        with pytest.raises(ProofFailed):
            verify_tlog_proof(proof, ENTRIES[index - 1], keys=[VERIFIER])

    def test_extra(self) -> None:
        """Extra data is carried along."""
        plain = a_proof()
        proof = TlogProof(index=5, hashes=plain.hashes, checkpoint=plain.checkpoint, extra=b"\x00\xff")

        assert b"\nextra AP8=\nindex 5\n" in proof.to_bytes()
        assert proof == TlogProof.parse(proof.to_bytes())

    def test_every_flipped_bit(self) -> None:
        """No bit of a proof file can change without an error."""
        data = a_proof().to_bytes()
        for bit in range(len(data) * 8):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            with pytest.raises(FormatError):
                verify_tlog_proof(TlogProof.parse(bytes(changed)), ENTRIES[5], keys=[VERIFIER])

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"@v1", b"@v2"),
            (b"index 5\n", b""),
            (b"index 5\n", b"index 05\n"),
            (b"index 5\n", b"index -5\n"),
            (b"index 5\n", b"index\n"),
            (b"index 5\n", b"index 5\nindex 5\n"),
            (b"index 5\n", b"extra \nindex 5\n"),
            (b"index 5\n", b"extra AP8=\nextra AP8=\nindex 5\n"),
            (b"index 5\n", b"index 5\nextra AP8=\n"),
            (b"index 5\n", b"index 5\nAAAA\n"),
            (b"index 5\n", b"index 5\r\n"),
            (b"index 5\n", "index ５\n".encode()),
            (b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 60),
            (b"\n\n", b"\n"),
            (b"\n\n", b"\n\n\n"),
            (b"\n13\n", b"\n13\n" * (2 * 1024 * 1024)),
        ],
    )
    def test_damaged(self, old: bytes, new: bytes) -> None:
        """A wrong header, a missing, doubled or misplaced line, other digits, too many hashes: refused."""
        data = a_proof().to_bytes()

        assert old in data
        with pytest.raises(BadNote):
            TlogProof.parse(data.replace(old, new, 1))

    @given(st.binary(max_size=300))
    def test_any_bytes(self, data: bytes) -> None:
        """Any bytes are refused with BadNote and nothing else."""
        with pytest.raises(BadNote):
            TlogProof.parse(b"c2sp.org/tlog-proof@v1\nindex 0\n" + data)


class TestArmour:
    """Base64 as in RFC 4648 section 4, and decimals without leading zeros."""

    @given(st.binary(max_size=100))
    def test_base64(self, data: bytes) -> None:
        """Bytes survive their base64."""
        assert data == decode_base64(encode_base64(data))

    @pytest.mark.parametrize(
        "text", ["A", "AA", "AAA", "AB==", "AAB=", "AA==AA==", "AA== ", " AA==", "A-_=", "é", "A\n"]
    )
    def test_other_base64(self, text: str) -> None:
        """Any second spelling of the same bytes is refused."""
        with pytest.raises(BadNote):
            decode_base64(text)

    @given(st.integers(0, 10**19 - 1))
    def test_decimal(self, number: int) -> None:
        """Numbers survive their digits."""
        assert number == parse_decimal(str(number))

    @pytest.mark.parametrize("text", ["", "00", "01", "-1", "+1", " 1", "1\n", "1_0", "1e3", "٣", "1" * 20])
    def test_other_decimals(self, text: str) -> None:
        """Any second spelling of a number is refused."""
        with pytest.raises(BadNote):
            parse_decimal(text)
