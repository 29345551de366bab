"""declared: the charset that a header or the markup names.

Reads    content_type, the first bytes of the content
Adds     Python codec names, widened to what browsers read
Source   WHATWG Encoding Standard, names and labels; HTML Standard, "prescan a byte stream"
"""

import codecs
import re
from typing import Literal

CharsetSource = Literal["bom", "header", "meta", "evidence"]

_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-16-le",
    "utf-8-sig": "utf-8",
}
"""Codec as declared -> the superset that pages mean by it."""

_ALIASES = {
    "x-gbk": "gbk",
    "gb_2312-80": "gb2312",
    "x-euc-cn": "gb2312",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
    "x-x-big5": "big5",
    "cn-big5": "big5",
    "cn-gb": "gb2312",
}
"""Labels that pages use and Python does not know."""

_META = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{2,40})"""
)
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?\s*([\w.:-]{2,40})""")

_META_BYTES = 16 << 10
"""The standard looks at 1,024 bytes; pages with long scripts in front declare later."""


def codec_name(label: str) -> str | None:
    """Return the Python codec for a label, ``None`` when there is none that makes text.

    >>> codec_name("GB2312"), codec_name("Big5"), codec_name("none"), codec_name("base64")
    ('gb18030', 'big5hkscs', None, None)
    """
    label = _ALIASES.get(label.lower(), label)
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def declared_charsets(content: bytes, content_type: str | None) -> list[tuple[str, CharsetSource]]:
    """Return what the header and the markup say the charset is, header first."""
    found: list[tuple[str, CharsetSource]] = []
    header = _HEADER.search(content_type or "")
    if header and (name := codec_name(header[1])):
        found.append((name, "header"))
    meta = _META.search(content[:_META_BYTES])
    if meta and (name := codec_name((meta[1] or meta[2]).decode("ascii", "replace"))):
        # what could be read as ASCII up to here is not UTF-16 (HTML Standard, prescan)
        found.append(("utf-8" if name.startswith("utf-16") else name, "meta"))
    return found
