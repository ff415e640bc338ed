"""Digests in one pass."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from archivist.model.digest import Digests
from archivist.proof.digest import Hasher, blake3_hex, digest, sha256_hex

# FIPS 180-4 and the BLAKE3 test vectors: the empty input.
EMPTY = Digests(
    length=0,
    sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    blake3="af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
)


def test_empty() -> None:
    """Nothing has the published digests of nothing."""
    assert Hasher().digests() == EMPTY
    assert digest(b"") == EMPTY


def test_known() -> None:
    """The digests of `abc` are the published ones."""
    expected = Digests(
        length=3,
        sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        blake3="6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
    )

    assert expected == digest(b"abc")
    assert (expected.sha256, expected.blake3) == (sha256_hex(b"abc"), blake3_hex(b"abc"))


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_pieces(pieces: list[bytes]) -> None:
    """The cut into pieces does not matter, and looking does not disturb."""
    hasher = Hasher()
    for piece in pieces:
        hasher.update(piece)
        hasher.digests()

    assert digest(b"".join(pieces)) == hasher.digests()


def test_views() -> None:
    """The length counts bytes, whatever the items of a view are."""
    numbers = memoryview(array("I", [1, 2, 3]))

    assert digest(numbers.tobytes()) == digest(numbers)
    assert digest(b"abc") == digest(bytearray(b"abc"))
