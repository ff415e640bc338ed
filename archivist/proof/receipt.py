"""The receipt: one text file with which a stranger checks one snapshot, offline, without us.

Its head names the snapshot in ``Name: value`` lines that only repeat what the parts prove; then words that are the
same in every receipt; then the parts, each between a BEGIN and an END line; last the SHA-256 of all lines above, which
shows an accident early and proves nothing. One receipt has one spelling: reading it and writing it again gives the
same bytes, or it is no receipt.

What is proved, each step over the bytes of the file alone:

 1. The file has the form of a receipt, and the sum in its last line.
 2. The manifest is canonical JSON and a snapshot; its SHA-256 is the id in the head.
 3. The head repeats what the manifest says, and nothing else.
 4. The proof leads from the id to the root in the checkpoint (RFC 6962 2.1.1, C2SP tlog-proof).
 5. The checkpoint is signed by the log key in the file, whose name is the log's (C2SP tlog-checkpoint).
 6. Each stamp is over the text of that checkpoint, true, and leads to a root (``proof.authority``).
 7. Beside the log only the witnesses in the file have signed the checkpoint, each truly (C2SP tlog-cosignature).
 8. The log key is the last of those that the changes in the file lead to, each signed by the key before it and by the
    one after it, and it signs logs of this size (``proof.log_keys``).
 9. It, or one that led to it, is a key that the reader trusts, where one is given; else that is for the reader to
    compare.
10. Each proof of a calendar leads from the text of that checkpoint, by plain steps, to the root of a Bitcoin block's
    Merkle tree (``proof.block_path``), which only somebody with the block's header can compare.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, Self

from archivist.errors import ArchivistError, BadNote, FormatError
from archivist.model.finding import Finding
from archivist.model.manifest import Snapshot, read_statement
from archivist.proof.armour import decode_base64, encode_base64
from archivist.proof.block_path import BlockPath
from archivist.proof.canonical import parse, statement_id
from archivist.proof.check_stamps import judge
from archivist.proof.checkpoint import Checkpoint, open_checkpoint
from archivist.proof.cosign import Cosignature, WitnessKey, verify_cosignature
from archivist.proof.digest import sha256_hex
from archivist.proof.log_keys import KeyChange, LogKeys, linked
from archivist.proof.merkle import ProofFailed, leaf_hash, verify_inclusion
from archivist.proof.note import VerifierKey, parse_note
from archivist.proof.receipt_words import WORDS
from archivist.proof.signing import SignatureFailed, public_pem
from archivist.proof.tlog_proof import TlogProof
from archivist.proof.token import Token

__all__ = ["HEADER", "MAX_RECEIPT", "NOT_PROVED", "Receipt", "check_receipt", "is_receipt"]

HEADER: Final = "archivist receipt v1"
NOT_PROVED: Final = (
    "that the publisher served these bytes to everyone: an archive shows what it received itself",
    "when this was: the times are the archive's own word",
    "whose the log key is: compare it with the one that the archive publishes",
)
MAX_RECEIPT: Final = 80 * 1024 * 1024
"""Bytes: a manifest at its own limit, and room for the rest."""
_SUM: Final = "SHA-256 of all lines above: "
_UNREADABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls, line ends and changes of direction: a line must read as it stands."""
_LINE: Final = 64
_PARTS: Final = ("MANIFEST", "INCLUSION PROOF", "LOG KEY", "PUBLIC KEY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The parts of a receipt; nothing is proved yet."""

    manifest: bytes
    """Canonical JSON, as it stands in the archive."""
    proof: TlogProof
    key: VerifierKey
    """Of the log."""
    changes: tuple[KeyChange, ...] = ()
    """Of the log key, from the archive's first key on."""
    witnesses: tuple[WitnessKey, ...] = ()
    """Who has cosigned the checkpoint, in the order of the signatures behind the log's own."""
    stamps: tuple[tuple[bytes, str], ...] = ()
    """Tokens of time-stamping authorities over the text of the checkpoint (DER, CMS), without the certificates in
    them, each with its chain (PEM)."""
    calendars: tuple[bytes, ...] = ()
    """Ways from the text of the checkpoint to Bitcoin blocks (``.ots``)."""

    @property
    def id(self) -> str:
        """Of the snapshot."""
        return statement_id(self.manifest)

    def to_bytes(self) -> bytes:
        """The receipt as a file.

        Raises:
            BadManifest: the manifest is no snapshot.
            BadNote: it names something that cannot stand in a line.
        """
        pem = public_pem(self.key.public).decode("ascii").splitlines()
        parts = {
            "MANIFEST": self.manifest.decode("utf-8"),
            "INCLUSION PROOF": self.proof.to_bytes().decode("utf-8").removesuffix("\n"),
            "LOG KEY": str(self.key),
            "PUBLIC KEY": "\n".join(pem[1:-1]),
        }
        for number, change in enumerate(self.changes, start=1):
            parts[f"KEY CHANGE {number}"] = change.note.decode("utf-8").removesuffix("\n")
        for number, witness in enumerate(self.witnesses, start=1):
            parts[f"WITNESS KEY {number}"] = str(witness)
        for number, (token, chain) in enumerate(self.stamps, start=1):
            lines = wrap(encode_base64(token), _LINE)
            parts |= {f"TIMESTAMP {number}": "\n".join(lines), f"CERTIFICATES {number}": chain.removesuffix("\n")}
        for number, proof in enumerate(self.calendars, start=1):
            parts[f"CALENDAR PROOF {number}"] = "\n".join(wrap(encode_base64(proof), _LINE))
        body = "".join(f"-----BEGIN {name}-----\n{text}\n-----END {name}-----\n" for name, text in parts.items())
        facts = [*self._facts()]
        if any(_UNREADABLE.search(fact) for fact in facts):
            raise BadNote("the manifest names an address with a character that could make a line of its own")
        head = "".join(f"{line}\n" for line in (HEADER, *facts))
        above = f"{head}\n{WORDS}\n{body}".encode()
        return above + f"{_SUM}{sha256_hex(above)}\n".encode()

    def _facts(self) -> Iterator[str]:
        snapshot = _snapshot(self.manifest)
        page = snapshot.page
        yield f"Snapshot: {self.id}"
        yield f"Article: {snapshot.article}"
        yield f"Taken: {snapshot.started} to {snapshot.ended}, says the archive's own clock"
        yield f"Archive: {snapshot.archive}"
        yield f"Log: {self.key.name}, entry {self.proof.index}"
        if page is not None:
            yield f"Page: sha256:{page.payload.sha256} {page.uri}"
        for capture in snapshot.captures:
            if capture.role == "document":
                yield f"Document: sha256:{capture.payload.sha256} {capture.uri}"

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The parts of a receipt.

        Raises:
            FormatError: the bytes are no receipt of version 1, or are not spelled as ``to_bytes`` spells them.
        """
        if len(data) > MAX_RECEIPT:
            raise BadNote(f"receipt of {len(data)} bytes exceeds the limit of {MAX_RECEIPT}")
        if not is_receipt(data):
            raise BadNote(f"the first line is not {HEADER!r}")
        parts = {name: _part(data, name) for name in _PARTS}
        chains = map(_ascii, _numbered(data, "CERTIFICATES"))
        stamps = zip(map(_ascii, _numbered(data, "TIMESTAMP")), chains, strict=False)
        receipt = cls(
            manifest=parts["MANIFEST"],
            proof=TlogProof.parse(parts["INCLUSION PROOF"] + b"\n"),
            key=VerifierKey.parse(_ascii(parts["LOG KEY"])),
            changes=tuple(KeyChange.parse(note + b"\n") for note in _numbered(data, "KEY CHANGE")),
            witnesses=tuple(WitnessKey.parse(_ascii(key)) for key in _numbered(data, "WITNESS KEY")),
            stamps=tuple((_encoded(token), f"{chain}\n") for token, chain in stamps),
            calendars=tuple(_encoded(_ascii(proof)) for proof in _numbered(data, "CALENDAR PROOF")),
        )
        written = receipt.to_bytes()
        if written != data:
            at = next((n for n, pair in enumerate(zip(written, data, strict=False)) if pair[0] != pair[1]), None)
            at = min(len(written), len(data)) if at is None else at
            line = data.count(b"\n", 0, at) + 1
            raise BadNote(f"line {line} is not what its parts make it: it should begin {_line(written, at)!r}")
        return receipt

    def blocks(self) -> tuple[BlockPath, ...]:
        """The Bitcoin blocks that calendars lead to.

        Raises:
            BadOts: a proof is none, or of something else.
        """
        text = parse_note(self.proof.checkpoint).text.encode()
        return tuple(BlockPath.parse(proof, text) for proof in self.calendars)

    def cosignatures(self) -> tuple[Cosignature, ...]:
        """What the witnesses say of the checkpoint.

        Raises:
            BadNote: others have signed it than the log and the witnesses, or in another order.
            SignatureFailed: a cosignature is false.
        """
        note = parse_note(self.proof.checkpoint)
        expected = [(self.key.name, self.key.key_id), *((each.name, each.key_id) for each in self.witnesses)]
        if [(each.name, each.key_id) for each in note.signatures] != expected:
            raise BadNote("the checkpoint has other signatures than those of the log key and of the witness keys")
        text = note.text.encode()
        pairs = zip(note.signatures[1:], self.witnesses, strict=True)
        return tuple(verify_cosignature(line, key, text) for line, key in pairs)


def is_receipt(data: bytes) -> bool:
    """Whether the file says that it is one; its line ends may have been changed on the way."""
    return data.startswith(HEADER.encode()) and data[len(HEADER) : len(HEADER) + 1] in {b"\n", b"\r"}


def check_receipt(
    data: bytes,
    *,
    trusted: Sequence[VerifierKey] = (),
    own: LogKeys | None = None,
    roots: Callable[[], bytes] = lambda: b"",
    where: str,
) -> tuple[Finding, ...]:
    """What is wrong with a receipt, or cannot be told; nothing where all steps hold and the log key is trusted.

    Args:
        data: the file.
        trusted: log keys of which it must be one.
        own: the log keys of the reader's own archive, which may be another one.
        roots: the certificates that a stamp may lead to, as PEM; asked only where there is a stamp.
        where: what to call the file.
    """
    try:
        receipt = Receipt.parse(data)
    except (ArchivistError, UnicodeDecodeError) as error:
        said = str(error)
        if b"\r\n" in data[:100]:
            said = "its line ends were changed on the way (CR LF); ask for it as an attached file"
        return (_failed("receipt-form", where, said),)
    proof = receipt.proof
    try:
        checkpoint = open_checkpoint(proof.checkpoint, [receipt.key])
    except (FormatError, SignatureFailed) as error:
        return (_failed("receipt-signature", where, str(error)),)
    try:
        leaf = leaf_hash(bytes.fromhex(receipt.id))
        verify_inclusion(leaf, proof.index, size=checkpoint.size, proof=proof.hashes, root=checkpoint.root)
    except ProofFailed as error:
        return (_failed("receipt-inclusion", where, str(error)),)
    told = (*_about_signers(receipt, checkpoint, where), *_about_stamps(receipt, roots, where))
    is_own = own is not None and receipt.key == own.at(checkpoint.size)
    return told if is_own else (*told, *_about_key(receipt, trusted, where))


def _about_signers(receipt: Receipt, checkpoint: Checkpoint, where: str) -> Iterator[Finding]:
    """Steps 7, 8 and 10."""
    try:
        receipt.cosignatures()
    except FormatError as error:
        yield _failed("receipt-witness", where, str(error))
    try:
        receipt.blocks()
    except FormatError as error:
        yield _failed("receipt-calendar", where, str(error))
    if not receipt.changes:
        return
    try:
        keys = linked(receipt.changes[0].old, receipt.changes)
    except BadNote as error:
        yield _failed("receipt-key", where, str(error))
        return
    if keys.changes != receipt.changes or keys.newest != receipt.key or keys.at(checkpoint.size) != receipt.key:
        yield _failed("receipt-key", where, "the changes of the key in it do not lead to the log key in it")


def _about_stamps(receipt: Receipt, roots: Callable[[], bytes], where: str) -> Iterator[Finding]:
    text = parse_note(receipt.proof.checkpoint).text.encode()
    for number, (encoded, chain) in enumerate(receipt.stamps, start=1):
        try:
            judged = judge(_bare(encoded, chain), text, beside=chain.encode(), trusted=roots())
        except ArchivistError as error:
            yield _failed("receipt-stamp", f"{where}, TIMESTAMP {number}", str(error))
            continue
        if judged.stranger:
            said = f"it holds for whoever trusts {judged.stranger}, which is none of the usual roots"
            fix = "ask whoever runs that authority for its root, and name it in the settings: stamp.ca"
            at = f"{where}, TIMESTAMP {number}"
            yield Finding(state="unverifiable", code="stamp-root", where=at, said=said, fix=fix)


def _bare(encoded: bytes, chain: str) -> Token:
    """A token that brings nothing along that no signature covers, beside certificates in their one spelling.

    Raises:
        BadNote: it does.
        BadDer: it is none.
    """
    from archivist.proof.authority import certificates_in, chain_pem  # noqa: PLC0415  # heavy

    token = Token.parse(encoded)
    if token.bare != encoded:
        raise BadNote("the token brings certificates of its own")
    if chain_pem(certificates_in(chain.encode())) != chain:
        raise BadNote("the certificates are not spelled as PEM is")
    return token


def _about_key(receipt: Receipt, trusted: Sequence[VerifierKey], where: str) -> Iterator[Finding]:
    """Step 9."""
    key = receipt.key
    if any(each in trusted for each in (key, *(change.old for change in receipt.changes))):
        return
    if trusted:
        said = f"it is signed with the key {key}, which is none of those that are trusted"
        yield _failed("receipt-key", where, said)
        return
    yield Finding(
        state="unverifiable",
        code="receipt-key",
        where=where,
        said=f"everything in it holds if the archive's log key is {key}",
        fix="compare that key with the one that the archive publishes, and give it with --key",
    )


def _snapshot(manifest: bytes) -> Snapshot:
    statement = read_statement(parse(manifest))
    if not isinstance(statement, Snapshot):
        raise BadNote("the manifest in it is not a snapshot's")
    return statement


def _part(data: bytes, name: str) -> bytes:
    begin, end = (f"\n-----{word} {name}-----\n".encode() for word in ("BEGIN", "END"))
    start = data.find(begin)
    stop = data.find(end, start + len(begin) - 1)
    if start < 0 or stop < 0:
        raise BadNote(f"it has no part {name}")
    return data[start + len(begin) : stop]


def _numbered(data: bytes, name: str) -> list[bytes]:
    """The parts of that name that are numbered from 1 on."""
    numbers = itertools.takewhile(lambda number: f"-----BEGIN {name} {number}-----".encode() in data, range(1, 100))
    return [_part(data, f"{name} {number}") for number in numbers]


def _ascii(data: bytes) -> str:
    if not re.fullmatch(rb"[\n\x20-\x7e]*", data):
        raise BadNote("a part holds something else than lines of ASCII")
    return data.decode("ascii")


def _encoded(lines: str) -> bytes:
    return decode_base64(lines.replace("\n", ""))


def _line(data: bytes, at: int) -> str:
    start = data.rfind(b"\n", 0, at) + 1
    return data[start : start + 60].split(b"\n")[0].decode("utf-8", "replace")


def _failed(code: str, where: str, said: str) -> Finding:
    return Finding(state="failed", code=code, where=where, said=said, fix="ask for the receipt again")
