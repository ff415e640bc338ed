"""OpenTimestamps: what the reference implementation writes we read and write alike, and the other way round."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opentimestamps.core.notary import (
    BitcoinBlockHeaderAttestation,
    LitecoinBlockHeaderAttestation,
    PendingAttestation,
    UnknownAttestation,
)
from opentimestamps.core.op import OpAppend, OpHexlify, OpPrepend, OpReverse, OpSHA1, OpSHA256
from opentimestamps.core.serialize import BytesDeserializationContext, DeserializationError
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

from archivist.proof.ots import BadOts, OtsProof, attestations_in, completed, parse_reply
from tests.press.calendar import written

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "trust" / "ots"
DIGEST = bytes(range(32))

uris = st.text("abcdefghijklmnopqrstuvwxyz0123456789-._/:", max_size=40)
attestations = st.one_of(
    st.builds(PendingAttestation, uris),
    st.builds(BitcoinBlockHeaderAttestation, st.integers(0, 1 << 40)),
    st.builds(LitecoinBlockHeaderAttestation, st.integers(0, 1 << 20)),
    st.builds(UnknownAttestation, st.binary(min_size=8, max_size=8), st.binary(max_size=50)),
)
arguments = st.binary(min_size=1, max_size=40)
steps = st.one_of(
    st.builds(OpAppend, arguments),
    st.builds(OpPrepend, arguments),
    *map(st.just, (OpSHA256(), OpSHA1(), OpReverse(), OpHexlify())),
)


@st.composite
def stamps(draw: st.DrawFn, message: bytes = DIGEST, depth: int = 4) -> Any:
    """A tree of the reference implementation."""
    found = Timestamp(message)
    found.attestations.update(draw(st.lists(attestations, max_size=2)))
    for step in draw(st.lists(steps, max_size=2)) if depth else ():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = step(message)
        if len(made) < 2048:
            found.ops[step] = draw(stamps(message=made, depth=depth - 1))
    if not found.attestations and not found.ops:
        found.attestations.add(draw(attestations))
    return found


pytestmark = pytest.mark.filterwarnings("ignore:OpReverse")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stamps())
def test_read_and_written_alike(stamp: Any) -> None:
    """The same bytes; the same messages and attestations."""
    data = written(stamp)
    ours = parse_reply(data, DIGEST)
    assert ours.to_bytes() == data
    theirs = [(message, each.TAG) for message, each in stamp.all_attestations()]
    assert sorted(theirs) == sorted((message, each.tag) for message, each in attestations_in(ours))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stamps(), st.data())
def test_bent_alike(stamp: Any, data: st.DataObject) -> None:
    """What we read the reference reads, and writes the same."""
    whole = written(stamp)
    at = data.draw(st.integers(0, len(whole) - 1))
    bent = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    try:
        ours = parse_reply(bent, DIGEST)
    except BadOts:
        return
    assert ours.to_bytes() == bent
    context = BytesDeserializationContext(bent)
    try:
        Timestamp.deserialize(context, DIGEST)
        context.assert_eof()
    except DeserializationError as error:
        raise AssertionError(bent) from error


@given(st.binary(max_size=200))
def test_anything(data: bytes) -> None:
    """Bytes of anybody are read or refused."""
    for read in (OtsProof.parse, lambda data: parse_reply(data, DIGEST)):
        try:
            read(data)
        except BadOts:
            continue


def test_completed() -> None:
    """The way to a block takes the place of the promise that it fulfils; other promises stay."""
    stamp = Timestamp(DIGEST)
    for name in ("alice", "bob"):
        stamp.ops.add(OpAppend(name.encode())).attestations.add(PendingAttestation(f"https://{name}.example"))
    more = Timestamp(DIGEST + b"bob")
    more.ops.add(OpSHA256()).attestations.add(BitcoinBlockHeaderAttestation(7))
    ours = completed(parse_reply(written(stamp), DIGEST), parse_reply(written(more), DIGEST + b"bob"))
    found = {(each.uri, each.height) for _, each in attestations_in(ours)}
    assert {("https://alice.example", None), (None, 7)} == found


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"{SAMPLES} is absent")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.ots")) if SAMPLES.is_dir() else [])
def test_published_examples(name: str) -> None:
    """The files that the reference refuses are refused; the others are read alike, and written again."""
    data = (SAMPLES / name).read_bytes()
    if name in {"bad-major-version.ots", "exceeds-max-msg-length.ots", "invalid-file-digest-type.ots"}:
        with pytest.raises(BadOts):
            OtsProof.parse(data)
        return
    ours = OtsProof.parse(data)
    assert ours.to_bytes() == data
    theirs = DetachedTimestampFile.deserialize(BytesDeserializationContext(data))
    assert theirs.timestamp.msg == ours.timestamp.message
    assert len(list(theirs.timestamp.all_attestations())) == len(list(attestations_in(ours.timestamp)))
