"""What stands at its bound is read, and what is one beyond it is refused, and so is all else that no true file has."""

from __future__ import annotations

import base64
import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from archivist.errors import BadNote, BadWarc, NotFound
from archivist.model.capture import RecordRef, Span
from archivist.model.json import JsonObject
from archivist.model.manifest import Event, Snapshot
from archivist.proof import der, ots, token
from archivist.proof.check import Seen
from archivist.proof.check_carried import check_carried
from archivist.proof.check_keys import check_keys
from archivist.proof.check_log import check_inclusion, check_log
from archivist.proof.check_stamps import check_stamps, is_stamp
from archivist.proof.check_warc import find_damage, judge_gap
from archivist.proof.cosign import WitnessKey, cosigned, parse_lines, verify_cosignature
from archivist.proof.der import BadDer, Der, encode
from archivist.proof.note import NoteSignature
from archivist.proof.ots import Attestation, BadOts, OtsProof, Step, Timestamp, attestations_in, parse_reply
from archivist.proof.signing import SignatureFailed, SigningKey
from archivist.proof.token import Token, query
from archivist.proof.trust import Trust
from archivist.proof.validity import valid_until
from archivist.wire.warc import Member, iter_members
from tests.press.authority import Authority
from tests.unit.proof.test_check import ORIGIN, VERIFIER, event, log_of, read_from, seen, signed, snap, told, written

SHA256 = 0x08
MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
PROMISE = Attestation.pending("https://calendar.example")


def proof_of(body: bytes, *, kind: int = SHA256, digest: bytes = bytes(32)) -> bytes:
    """A file of a proof."""
    return MAGIC + b"\x01" + bytes([kind]) + digest + body


class TestProofs:
    """OpenTimestamps."""

    def test_attestations(self) -> None:
        """A promise, and a block, are what they were made of."""
        found = OtsProof.parse(proof_of(b"\xff" + PROMISE.to_bytes() + Attestation.bitcoin(900_000).to_bytes()))

        assert [("https://calendar.example", None), (None, 900_000)] == [
            (each.uri, each.height) for _, each in attestations_in(found.timestamp)
        ]

    @pytest.mark.parametrize(
        ("make", "most", "said"),
        [
            (lambda n: proof_of(b"\xf0" + _number(n) + bytes(n) + PROMISE.to_bytes()), 4096 - 32, "of a length"),
            (lambda n: proof_of(b"\x08" * n + PROMISE.to_bytes()), 255, "too deep"),
            (lambda n: proof_of(Attestation.pending("a" * n).to_bytes()), 1000, "stand where"),
            (lambda n: proof_of(Attestation(tag=b"unknown!", payload=bytes(n)).to_bytes()), 8192, "stand where"),
            (lambda n: proof_of(Attestation.bitcoin((1 << n) - 1).to_bytes()), 63, "larger than any"),
        ],
        ids=["message", "depth", "address", "payload", "number"],
    )
    def test_bounds(self, make: Callable[[int], bytes], most: int, said: str) -> None:
        """The largest that the reference implementation reads is read."""
        assert make(most) == OtsProof.parse(make(most)).to_bytes()
        with pytest.raises(BadOts, match=said):
            OtsProof.parse(make(most + 1))

    def test_sizes(self) -> None:
        """Of a file, and of an answer."""
        many = b"\xff" + Attestation(tag=b"unknown!", payload=bytes(1000)).to_bytes()
        for read, most in ((OtsProof.parse, ots.MAX_PROOF), (lambda data: parse_reply(data, b"m"), ots.MAX_REPLY)):
            head = proof_of(b"") if most == ots.MAX_PROOF else b""
            body = head + many * ((most - len(head) - 200) // len(many))
            left = most - len(body) - 11
            data = body + Attestation(tag=b"unknown!", payload=bytes(left - (left > 127))).to_bytes()
            assert len(data) in {most, most - 1}
            read(data)
            with pytest.raises(BadOts, match="bytes is"):
                read(data + bytes(most + 1 - len(data)))

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "cut short"),
            (b"\x01" + proof_of(PROMISE.to_bytes())[1:], "does not begin"),
            (proof_of(PROMISE.to_bytes()).replace(b"\x94\x01", b"\x94\x02", 1), "version 2"),
            (proof_of(PROMISE.to_bytes(), kind=0x09), "0x09"),
            (proof_of(b"\x09" + PROMISE.to_bytes()), "0x09"),
            (proof_of(b"\xf0\x00" + PROMISE.to_bytes()), "adds nothing"),
            (proof_of(PROMISE.to_bytes() + b"\x00"), "behind the proof"),
            (proof_of(Attestation(tag=Attestation.bitcoin(1).tag, payload=b"\x81\x00").to_bytes()), "shortest form"),
            (proof_of(Attestation(tag=Attestation.bitcoin(1).tag, payload=b"\x01\x01").to_bytes()), "behind"),
            (proof_of(Attestation(tag=PROMISE.tag, payload=b"\x01 ").to_bytes()), "with a character"),
            (proof_of(Attestation(tag=PROMISE.tag, payload=b"\x01ab").to_bytes()), "behind"),
        ],
    )
    def test_no_proofs(self, data: bytes, said: str) -> None:
        """Each is refused for what it is."""
        with pytest.raises(BadOts, match=said):
            OtsProof.parse(data)

    def test_steps(self) -> None:
        """What each makes of a message, and of none."""
        made = [Step(tag=tag, argument=b"+").of(b"ab") for tag in (0xF0, 0xF1, 0xF2, 0xF3, 0x02)]

        assert [b"ab+", b"+ab", b"ba", b"6162"] == made[:-1]
        assert "da23614e02469a0d7c7bd1bdab5c9c474b1904dc" == (made[-1] or b"").hex()
        assert None is Step(tag=0x67).of(b"ab")
        assert None is Step(tag=0xF0, argument=b"+").of(None)

    def test_an_unknown_hash(self) -> None:
        """What stands behind one is read, and its message is not known; it is kept as it is."""
        data = proof_of(b"\x67" + Attestation.bitcoin(1).to_bytes())
        found = OtsProof.parse(data)

        assert [None] == [message for message, _ in attestations_in(found.timestamp)]
        assert data == found.to_bytes()

    def test_completed(self) -> None:
        """What a calendar adds takes the place of its promise, and of no other message's."""
        block, other = Attestation.bitcoin(1), Attestation(tag=b"unknown!", payload=b"")
        begun = Timestamp(message=b"m", branches=(PROMISE, other))

        assert (other, block) == ots.completed(begun, Timestamp(message=b"m", branches=(block,))).branches
        assert begun == ots.completed(begun, Timestamp(message=b"n", branches=(block,)))
        unknown = Timestamp(message=None, branches=(PROMISE,))
        assert unknown == ots.completed(unknown, Timestamp(message=None, branches=(block,)))


def _number(value: int) -> bytes:
    parts = []
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


class TestDer:
    """Values of ASN.1."""

    def test_many_children(self) -> None:
        """Up to the bound."""
        most = der.MAX_CHILDREN

        assert most == len(Der.parse(encode(0x30, b"\x05\x00" * most)).children())
        with pytest.raises(BadDer, match="more than"):
            Der.parse(encode(0x30, b"\x05\x00" * (most + 1))).children()

    def test_fields(self) -> None:
        """As many as are asked for at least."""
        value = Der.parse(bytes.fromhex("300605000500") + b"\x05\x00")

        assert 3 == len(value.fields(0x30, least=3))
        with pytest.raises(BadDer, match="has 3 parts, and should have 4"):
            value.fields(0x30, least=4)
        with pytest.raises(BadDer, match="tag 0x30 where 0x31"):
            value.fields(0x31, least=1)

    @pytest.mark.parametrize("content", ["", "0000", "007f", "ffff", "ff80"])
    def test_one_way_to_write_a_number(self, content: str) -> None:
        """X.690 8.3.2: the first nine bits are not all equal."""
        with pytest.raises(BadDer, match="shortest"):
            Der.parse(encode(0x02, bytes.fromhex(content))).integer()

    @pytest.mark.parametrize(("content", "value"), [("00", 0), ("0080", 128), ("ff", -1), ("ff7f", -129), ("7f", 127)])
    def test_numbers(self, content: str, value: int) -> None:
        """Of any sign."""
        assert value == Der.parse(encode(0x02, bytes.fromhex(content))).integer()


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A token of a real authority."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    answer = Authority(tmp_path_factory.mktemp("authority")).stamped(query(bytes(32), nonce=7))
    return Token.of_response(answer).encoded


def _changed(value: Der, path: Sequence[int], change: Callable[[Der], bytes]) -> bytes:
    """The encoding, with one value in it put in the place of another."""
    if not path:
        return change(value)
    parts = [
        _changed(each, path[1:], change) if at == path[0] % len(value.children()) else each.encoded
        for at, each in enumerate(value.children())
    ]
    return encode(value.tag, b"".join(parts))


SIGNED = (1, 0)
SIGNER = (*SIGNED, -1, 0)


class TestTokens:
    """RFC 3161 and RFC 5652."""

    @pytest.mark.parametrize(
        ("path", "change", "said"),
        [
            ((0,), lambda _: encode(0x06, b"\x2a\x03"), "not signed data"),
            ((*SIGNED, 0), lambda _: encode(0x02, b"\x01"), "another version"),
            ((*SIGNED, 1), lambda each: encode(0x31, each.content * 2), "not one hash function"),
            ((*SIGNED, 1), lambda _: encode(0x31, bytes.fromhex("300b0609608648016503040203")), "two hash functions"),
            ((*SIGNED, -1), lambda each: encode(0x31, each.content * 2), "2 signers"),
            ((*SIGNED, -1), lambda _: encode(0x31, b""), "0 signers"),
            ((*SIGNER, 3), lambda each: encode(0xA0, each.content * 2), "stands there twice"),
        ],
        ids=["kind", "version", "hashes", "hash", "signers", "signer", "attributes"],
    )
    def test_no_tokens(self, stamped: bytes, path: Sequence[int], change: Callable[[Der], bytes], said: str) -> None:
        """Each thing that there must be one of."""
        with pytest.raises(BadDer, match=said):
            Token.parse(_changed(Der.parse(stamped), path, change))

    def test_answers(self, stamped: bytes) -> None:
        """Granted with a token, and nothing behind it; everything else has a status."""
        granted = encode(0x30, b"\x02\x01\x00")

        assert stamped == Token.of_response(encode(0x30, granted + stamped)).encoded
        assert stamped == Token.of_response(encode(0x30, encode(0x30, b"\x02\x01\x01") + stamped)).encoded
        for data, said in (
            (encode(0x30, granted), "has no token"),
            (encode(0x30, granted + stamped + stamped), "has no token"),
            (encode(0x30, encode(0x30, b"\x02\x01\x02")), "rejected"),
            (encode(0x30, encode(0x30, b"\x02\x01\x06")), "answers: 6"),
            (encode(0x30, encode(0x30, b"\x02\x01\xff")), "answers: -1"),
        ):
            with pytest.raises(BadDer, match=said):
                Token.of_response(data)

    def test_sizes(self) -> None:
        """An answer has a bound, which is asked before anything of it is read."""
        with pytest.raises(BadDer, match="is none of a time-stamping authority"):
            Token.of_response(b"0" * (token.MAX_RESPONSE + 1))
        with pytest.raises(BadDer, match="behind the value"):
            Token.of_response(b"0" * token.MAX_RESPONSE)


def _certificate(validity: bytes, *, has_version: bool = True) -> bytes:
    """As much of a certificate as says how long it is valid, as PEM."""
    version = bytes.fromhex("a003020102") if has_version else b""
    null = b"\x30\x00"
    inner = version + b"\x02\x01\x01" + null + null + encode(0x30, b"\x17\x00" + validity) + null
    data = base64.b64encode(encode(0x30, encode(0x30, inner) + null + null))
    return b"-----BEGIN CERTIFICATE-----\n" + data + b"\n-----END CERTIFICATE-----\n"


class TestValidity:
    """RFC 5280 4.1.2.5."""

    @pytest.mark.parametrize(
        ("tag", "text", "year"),
        [(0x17, "490101000000Z", 2049), (0x17, "500101000000Z", 1950), (0x18, "20500101000000Z", 2050)],
    )
    @pytest.mark.parametrize("has_version", [True, False])
    def test_both_times(self, tag: int, text: str, year: int, has_version: bool) -> None:
        """Two digits for a year are of the last century from 50 on."""
        pem = _certificate(encode(tag, text.encode()), has_version=has_version)

        assert dt.datetime(year, 1, 1, tzinfo=dt.UTC) == valid_until(pem)

    def test_the_first_to_expire(self) -> None:
        """Ends the chain."""
        chain = b"".join(_certificate(encode(0x17, f"{year}0101000000Z".encode())) for year in (40, 30, 35))

        assert dt.datetime(2030, 1, 1, tzinfo=dt.UTC) == valid_until(chain)

    @pytest.mark.parametrize(
        ("pem", "said"),
        [
            (b"", "no certificate"),
            (b"-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n", "cannot be read as PEM"),
            (_certificate(b"\x13\x00"), "until when"),
            (_certificate(encode(0x17, b"2030")), "PEM"),
            (_certificate(b""), "has 1 parts"),
        ],
    )
    def test_none(self, pem: bytes, said: str) -> None:
        """What does not say it."""
        with pytest.raises(BadDer, match=said):
            valid_until(pem)


class TestLog:
    """Step 3."""

    def test_missing_files_are_named_up_to_ten(self) -> None:
        """Of more, the first, and how many."""
        for count, findings in ((10, 10), (11, 1)):
            files = log_of(256 * (count + 1))
            gone = sorted(name for name in files if name.startswith("tile/entries/"))[:count]
            found = check_log([name for name in files if name not in gone], read_from(files), key=VERIFIER).findings
            assert [("failed", "log-tile")] * findings == told(*found)
            assert (", with 10 others" in found[0].said) is (count > 10)

    def test_a_size_that_no_archive_has(self) -> None:
        """Costs no memory."""
        for size, codes in ((100_000_001, [("unverifiable", "checkpoint-damaged")]), (100_000_000, ["log-root"])):
            found = check_log(["checkpoint"], lambda name, size=size: _only(name, size), key=VERIFIER).findings
            assert codes == (
                told(*found) if size > 100_000_000 else [each.code for each in found if "root" in each.code]
            )

    def test_files_that_cannot_be_read(self) -> None:
        """A checkpoint and a tile that are there, and give no bytes or no entries."""
        files = log_of(3)
        tile = "tile/0/000.p/3"
        without = {name: data for name, data in files.items() if name not in {"checkpoint", tile}}
        found = check_log(files, read_from(without), key=VERIFIER).findings

        assert {("unreadable", "manifests/log/checkpoint"), ("unreadable", f"manifests/log/{tile}")} <= {
            (each.code, each.where) for each in found
        }
        entries = "tile/entries/000.p/3"
        cut = check_log(files, read_from({**files, entries: files[entries][:-1]}), key=VERIFIER).findings
        assert [("failed", "log-tile", True)] == [(*each, "cannot be read" in cut[0].said) for each in told(*cut)]

    def test_inclusion_without_a_log(self) -> None:
        """No key, no checkpoint, another archive's checkpoint, altered entries."""
        files, ids = log_of(3), ["0" * 64]
        entries = "tile/entries/000.p/3"
        altered = {**files, entries: bytes(len(files[entries]))}
        cases: tuple[tuple[dict[str, bytes], Any, list[tuple[str, str]]], ...] = (
            (files, None, [("unverifiable", "checkpoint-signature")]),
            ({}, VERIFIER, [("unverifiable", "log-pending")]),
            ({"checkpoint": b""}, VERIFIER, [("failed", "checkpoint-damaged")]),
            (altered, VERIFIER, [("failed", "log-inclusion")]),
        )
        for has, key, codes in cases:
            findings, logged = check_inclusion(ids, has, read_from(has), key=key)
            assert (codes, frozenset()) == (told(*findings), logged)


def _only(name: str, size: int) -> bytes:
    if name != "checkpoint":
        raise NotFound(name)
    return signed(size, b"r" * 32)


class TestRecords:
    """Step 6."""

    def test_a_record_that_is_wrong(self) -> None:
        """By its own digest, by its length, by what holds it."""
        record = written(digest_of=b"another")
        span = Span(file="f", offset=0, length=len(record), blake3="")
        right = {0: (RecordRef(file="f", offset=0, length=len(written()), id="urn:uuid:1"), "u")}
        longer = {0: (replace(right[0][0], length=len(written()) + 1), "u")}

        def damage(data: bytes, known: dict[int, tuple[RecordRef, str]]) -> str:
            return find_damage(iter_members(io.BytesIO(data)), span=span, known=known)

        assert "is not what its own WARC-Block-Digest says" in damage(record, {})
        assert "bytes long, not" in damage(written(), longer)
        assert "is damaged: torn" in damage(written()[:-9], right)
        assert f"the record at byte {len(written())}, behind that of u is damaged" in damage(written() + b"junk", right)
        assert f"the record at byte {len(written())} is damaged" in damage(written() + b"junk", {})
        assert "is damaged: elsewhere" in find_damage(_raising(), span=span, known={})

    @pytest.mark.parametrize(
        ("data", "code", "state"),
        [
            (written(), "warc-undescribed", "unverifiable"),
            (written() + written()[:-9], "warc-torn", "unverifiable"),
            (written() + b"junk", "warc-stray-bytes", "failed"),
        ],
    )
    def test_gaps(self, data: bytes, code: str, state: str) -> None:
        """Whole records, a torn end, and what is no record; nothing of them is judged where statements are damaged."""
        found = judge_gap("f", (3, 9), members=iter_members(io.BytesIO(data)), is_doubtful=False)
        doubtful = judge_gap("f", (3, 9), members=_raising(), is_doubtful=True)

        assert [(state, code), ("unverifiable", "warc-undescribed")] == told(found, doubtful)
        assert ("archives/f, byte 3", True) == (found.where, found.said.startswith("6 bytes from byte 3 on"))
        assert [("failed", "warc-stray-bytes")] == told(judge_gap("f", (3, 9), members=_raising(), is_doubtful=False))
        assert "1 byte from" in judge_gap("f", (3, 4), members=_raising(), is_doubtful=True).said


def _raising() -> Iterator[Member]:
    yield from map(_refused, [None])


def _refused(_: None) -> Member:
    raise BadWarc("elsewhere")


class TestStatements:
    """Steps 1 and 5."""

    def test_what_is_carried(self) -> None:
        """By a snapshot that is there and lists enough; what the log has and no file holds is told elsewhere."""
        first = seen(snap(1, None), "manifests/x/0001.json")

        def later(id_: str, last: int) -> Seen:
            value: JsonObject = {**snap(2, first.id).to_json(), "carried": [{"from": id_, "captures": [[0, last]]}]}
            return seen(Snapshot.from_json(value), "manifests/x/0002.json")

        def check(each: Seen, *, listed: int | None = 2, leaves: bytes = b"", suspect: tuple[str, ...] = ()) -> int:
            holder = Seen(file=first.file, id=first.id, statement=first.statement, listed=listed)
            return len(check_carried([holder, each], leaves, suspect=suspect, count=lambda _: 3))

        assert [0, 1] == [check(later(first.id, last)) for last in (1, 2)]
        assert [0, 1] == [check(later(first.id, last), listed=None) for last in (2, 3)]
        assert 1 == check(later("0" * 64, 0))
        assert 1 == check(later("no id", 0))
        assert 0 == check(later("no id", 0), suspect=("manifests/x/0002.json",))

    @pytest.mark.parametrize("details", [{}, {"note": 7}, {"note": "no note"}])
    def test_changes_of_the_key(self, details: dict[str, Any]) -> None:
        """What is none brings in no key."""
        found = seen(event(kind="key", details=details), "manifests/events/x.json")
        assert isinstance(found.statement, Event)
        keys, findings = check_keys(VERIFIER, [found])

        assert ([("failed", "key-change")], VERIFIER) == (told(*findings), keys.newest)


class TestWitnesses:
    """C2SP tlog-cosignature."""

    KEY = SigningKey.from_seed(b"\x11" * 32)
    WITNESS = WitnessKey(name="witness.example", public=KEY.public_bytes())  # type: ignore[arg-type]
    TEXT = f"{ORIGIN}\n1\n{base64.b64encode(bytes(32)).decode()}\n".encode()

    def line(self, seconds: int, *, name: str = "witness.example", key_id: bytes | None = None) -> NoteSignature:
        """What the witness says."""
        signature = seconds.to_bytes(8, "big") + self.KEY.sign(cosigned(self.TEXT, seconds))
        return NoteSignature(name=name, key_id=key_id or self.WITNESS.key_id, signature=signature)  # type: ignore[arg-type]

    def test_times(self) -> None:
        """Up to the last second that a calendar has."""
        last = int(dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC).timestamp())

        assert 9999 == verify_cosignature(self.line(last), self.WITNESS, self.TEXT).time.year
        for line in (self.line(last + 1), self.line(1, name="other.example"), self.line(1, key_id=b"none")):
            with pytest.raises(SignatureFailed):
                verify_cosignature(line, self.WITNESS, self.TEXT)
        with pytest.raises(SignatureFailed, match="not over this checkpoint"):
            verify_cosignature(self.line(1), self.WITNESS, self.TEXT + b"more\n")

    def test_keys(self) -> None:
        """One spelling, of one type."""
        text = str(self.WITNESS)
        name, key_id, encoded = text.split("+", 2)
        other = base64.b64encode(b"\x01" + self.WITNESS.public).decode()
        short = base64.b64encode(b"\x04" + self.WITNESS.public[:-1]).decode()

        assert self.WITNESS == WitnessKey.parse(text)
        for changed in (name, f"{name}+{key_id}", f"{name}+0+{encoded}", f"{name}+00000000+{encoded}"):
            with pytest.raises(BadNote):
                WitnessKey.parse(changed)
        for changed in (other, short):
            with pytest.raises(BadNote, match="0x04"):
                WitnessKey.parse(f"{name}+{key_id}+{changed}")

    def test_lines(self) -> None:
        """Not more than there may be, each ended."""
        line = f"— witness.example {base64.b64encode(self.WITNESS.key_id + bytes(72)).decode()}\n".encode()
        most = next(count for count in range(1, 10_000) if _is_refused(line * (count + 1)))

        assert most == len(parse_lines(line * most))
        for data in (line[:-1], b"\xff\n", b"", line * (most + 1)):
            with pytest.raises(BadNote):
                parse_lines(data)


def _is_refused(data: bytes) -> bool:
    try:
        parse_lines(data)
    except BadNote:
        return True
    return False


class TestStamps:
    """Step 3, the outside witnesses."""

    TRUST = Trust(roots=lambda: b"", now=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))

    @pytest.mark.parametrize(
        ("name", "is_one"),
        [
            (f"timestamps/{3:016d}/stamps.example.tsr", True),
            (f"timestamps/{3:016d}/stamps.example.7.ocsp", True),
            (f"timestamps/{3:016d}/stamps.example.8.ocsp", False),
            (f"timestamps/{3:015d}/stamps.example.tsr", False),
            (f"timestamps/{3:016d}/{'a' * 201}.tsr", True),
            (f"timestamps/{3:016d}/{'a' * 202}.tsr", False),
            (f"timestamps/{3:016d}/-a.tsr", False),
        ],
    )
    def test_names(self, name: str, is_one: bool) -> None:
        """Of the files that witnesses have."""
        assert is_one is is_stamp(name)

    @pytest.mark.parametrize(
        ("ending", "code", "state"),
        [
            ("tsr", "stamp", "failed"),
            ("ots", "stamp-calendar", "failed"),
            ("pending.ots", "stamp-calendar", "failed"),
            ("cosig", "stamp-witness", "failed"),
            ("pem", "stamp-missing", "unverifiable"),
            ("0.crl", "stamp-missing", "unverifiable"),
        ],
    )
    def test_alone_and_garbage(self, ending: str, code: str, state: str) -> None:
        """Each kind of file, beside its checkpoint, with bytes that are nothing."""
        name = f"timestamps/{3:016d}/stamps.example.{ending}"
        files = {**log_of(3), name: b"<html>", name.replace(".tsr", ".pem"): b"<html>"}
        found = check_stamps([name], read_from(files), trust=self.TRUST)

        assert [(state, code)] == told(*found.findings)
        assert [f"manifests/log/{name}"] == [each.where for each in found.findings]
        assert ([], []) == (found.times, found.stamps)
