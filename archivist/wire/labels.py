"""The labels of the WHATWG Encoding Standard (4.2), each with the encoding it means and the codec that decodes it.

The labels of the "replacement" encoding (ISO-2022-KR and the like) and UTF-7 are left out on purpose: they are known
only for hiding script from filters, and count as no label at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SINGLE_BYTE", "Encoding", "encoding_of"]


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding of the standard."""

    name: str
    """As the standard calls it, lower case."""
    codec: str
    """As Python calls what decodes it."""


_UTF_8 = "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"
_UTF_16LE = "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"
_WINDOWS_1252 = (
    "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
    "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined"
)
_WINDOWS_1254 = (
    "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 "
    "x-cp1254"
)
_GBK = "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"
_EUC_KR = "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"
# Further labels of the ISO 8859 family; the regular ones are made below.
_ISO_8859 = {
    "2": "csisolatin2 iso-ir-101 iso_8859-2:1987 l2 latin2",
    "3": "csisolatin3 iso-ir-109 iso_8859-3:1988 l3 latin3",
    "4": "csisolatin4 iso-ir-110 iso_8859-4:1988 l4 latin4",
    "5": "csisolatincyrillic cyrillic iso-ir-144 iso_8859-5:1988",
    "6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 "
    "iso_8859-6:1987",
    "7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso_8859-7:1987 sun_eu_greek",
    "8": "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8-e iso-8859-8-i iso-ir-138 iso_8859-8:1988 "
    "logical visual",
    "10": "csisolatin6 iso-ir-157 l6 latin6",
    "13": "",
    "14": "",
    "15": "csisolatin9 l9",
    "16": "",
}
_SINGLE: Final = {
    "ibm866": ("cp866", "866 cp866 csibm866 ibm866"),
    "koi8-r": ("koi8_r", "cskoi8r koi koi8 koi8-r koi8_r"),
    "koi8-u": ("koi8_u", "koi8-ru koi8-u"),
    "macintosh": ("mac_roman", "csmacintosh mac macintosh x-mac-roman"),
    "windows-874": ("cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"),
    "windows-1252": ("cp1252", _WINDOWS_1252),
    "windows-1254": ("cp1254", _WINDOWS_1254),
    "x-mac-cyrillic": ("mac_cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
    **{f"windows-{n}": (f"cp{n}", f"cp{n} windows-{n} x-cp{n}") for n in (1250, 1251, 1253, 1255, 1256, 1257, 1258)},
    **{
        f"iso-8859-{n}": (f"iso8859_{n}", f"iso-8859-{n} iso8859-{n} iso8859{n} iso_8859-{n} {more}")
        for n, more in _ISO_8859.items()
    },
}
_MULTI: Final = {
    "utf-8": ("utf-8", _UTF_8),
    "utf-16be": ("utf-16-be", "unicodefffe utf-16be"),
    "utf-16le": ("utf-16-le", _UTF_16LE),
    "gb18030": ("gb18030", _GBK),
    "big5": ("big5hkscs", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
    "euc-jp": ("euc_jp", "cseucpkdfmtjapanese euc-jp x-euc-jp"),
    "iso-2022-jp": ("iso2022_jp_ext", "csiso2022jp iso-2022-jp"),
    "shift_jis": ("cp932", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"),
    "euc-kr": ("cp949", _EUC_KR),
}
SINGLE_BYTE: Final = frozenset(codec for codec, _ in _SINGLE.values())
"""The codecs in which every byte is one character."""

_ENCODINGS: Final = {
    label: Encoding(name, codec) for name, (codec, labels) in (_SINGLE | _MULTI).items() for label in labels.split()
}


def encoding_of(label: str) -> Encoding | None:
    """Return the encoding that a label means, whatever its case and the space around it, or None."""
    return _ENCODINGS.get(label.strip(" \t\n\r\f").lower())
