"""RFC 8785: JSON Canonicalization Scheme."""

from __future__ import annotations

import struct

import pytest

from archivist.errors import BadManifest
from archivist.proof.canonical import canonical, parse

# Appendix B: IEEE 754 bit pattern, and its one JSON spelling.
NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


def double(bits: str) -> float:
    """The double with this bit pattern."""
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert isinstance(value, float)
    return value


class TestNumbers:
    """Section 3.2.2.3: numbers are serialized as ECMAScript does; NaN and Infinity MUST cause an error."""

    @pytest.mark.parametrize(("bits", "expected"), NUMBERS)
    def test_appendix_b(self, bits: str, expected: str) -> None:
        """Each number of appendix B has the stated spelling, and is read back as the same double."""
        assert expected == canonical(double(bits)).decode()
        assert double(bits) == parse(expected.encode())

    @pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
    def test_not_finite(self, bits: str) -> None:
        """NaN and Infinity are refused."""
        with pytest.raises(BadManifest, match=r"^\$: number that is not finite$"):
            canonical(double(bits))

    @pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0, -1])
    def test_integers(self, number: int) -> None:
        """Integers up to 2^53-1 stay integers."""
        read = parse(canonical(number))

        assert (int, number) == (type(read), read)

    @pytest.mark.parametrize("number", [2**53, -(2**53), 10**5000], ids=["plus", "minus", "huge"])
    def test_large_integers(self, number: int) -> None:
        """An integer beyond 2^53-1 is refused, even one that Python would not print."""
        with pytest.raises(BadManifest, match=r"^\$\.a\[1\]: integer beyond 2\^53-1$"):
            canonical({"a": [0, number]})


class TestStrings:
    """Section 3.2.2.2: the shortest escapes; everything else as UTF-8; lone surrogates MUST cause an error."""

    def test_escapes(self) -> None:
        """Control characters, quote and backslash are escaped, nothing else is."""
        text = '€$\x0f\nA\'B"\\\\"/\x7f\u2028'

        assert '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\u2028"'.encode() == canonical(text)
        assert text == parse(canonical(text))

    def test_no_normalization(self) -> None:
        """Unicode is kept as it is, never normalized."""
        assert canonical("A\u030a") != canonical("\u00c5")

    @pytest.mark.parametrize("value", ["\ud800", {"\udead": 1}])
    def test_lone_surrogates(self, value: object) -> None:
        """A lone surrogate is refused, in a string and in a name."""
        with pytest.raises(BadManifest, match="lone surrogate"):
            canonical(value)  # type: ignore[arg-type]

    def test_escaped_lone_surrogate(self) -> None:
        """A lone surrogate that hides behind an escape is refused when read."""
        with pytest.raises(BadManifest, match=r"^\$\.a: lone surrogate$"):
            parse(b'{"a":"\\ud800"}')


class TestObjects:
    """Section 3.2.3: names are sorted by their UTF-16 code units, recursively; arrays keep their order."""

    def test_sorting(self) -> None:
        """The example of section 3.2.3 comes out in the stated order."""
        names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
        read = parse(canonical(dict.fromkeys(names)))

        assert isinstance(read, dict)
        assert ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"] == list(read)

    def test_whitespace(self) -> None:
        """The example of section 3.2.2 has one spelling without whitespace."""
        value = {
            "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": '€$\x0f\nA\'B"\\\\"/',
            "literals": [None, True, False],
        }
        expected = (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        )

        assert expected.encode() == canonical(value)  # type: ignore[arg-type]


class TestOneSpelling:
    """Different bytes are never the same statement."""

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a":1 }',
            b' {"a":1}',
            b'{"a":1}\n',
            b'{"b":1,"a":2}',
            b"1.0",
            b"-0",
            b"1E3",
            b"1e3",
            b"0.10",
            b'"\\u0041"',
            b'"\\/"',
            b'"\\u000A"',
            b"9007199254740993",
        ],
    )
    def test_other_spellings(self, data: bytes) -> None:
        """JSON that is right but not canonical is refused."""
        with pytest.raises(BadManifest, match=r"not canonical JSON \(RFC 8785\) from byte \d+ on"):
            parse(data)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "not JSON at character 0"),
            (b"{", "not JSON"),
            (b"[1,]", "not JSON"),
            (b"{'a':1}", "not JSON"),
            (b"1 2", "not JSON at character 2"),
            (b"\xef\xbb\xbf1", "not JSON"),
            (b'"\xff"', "not UTF-8 at byte 1"),
            (b'"\xed\xa0\x80"', "not UTF-8"),
            (b'"\x00"', "not JSON"),
            (b"NaN", "the number NaN"),
            (b"-Infinity", "the number -Infinity"),
            (b"1e999", "not finite"),
            (b"01", "not JSON"),
            (b'{"a":1,"a":1}', "two members named a"),
            (b'{"\\u001b[2J":1,"\\u001b[2J":2}', r"two members named '\\x1b\[2J'"),
        ],
    )
    def test_not_json(self, data: bytes, reason: str) -> None:
        """What is no JSON is refused with the reason, and never shown raw to a terminal."""
        with pytest.raises(BadManifest, match=reason):
            parse(data)
