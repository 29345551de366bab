"""web: GB18030 and Big5 as pages mean them, where Python's codecs follow other tables.

Reads    bytes, "gb18030" or "big5hkscs"
Adds     text
Source   WHATWG Encoding Standard, gb18030 decoder (the lone byte 0x80 is the euro sign) and index big5
         (the wave, the middle dot of foreign names, the currency signs, the euro sign at A3E1)
"""

import codecs

_BIG5 = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
"""What Python reads in cells of Big5 -> what the index has; none of the former has another cell."""

_STRICT, _REPLACE = "wencang.strict", "wencang.replace"


def _known(error: UnicodeError) -> tuple[str, int] | None:
    """Return the character of bytes that the codec refuses, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    code = error.object[error.start : error.start + 2]
    if error.encoding == "gb18030" and code[:1] == b"\x80":
        return "€", error.start + 1
    if error.encoding == "big5hkscs" and code == b"\xa3\xe1":
        return "€", error.start + 2
    return None


def _or_raise(error: UnicodeError) -> tuple[str, int]:
    known = _known(error)
    if known is None:
        raise error
    return known


def _or_replace(error: UnicodeError) -> tuple[str, int]:
    known = _known(error)
    return known or codecs.replace_errors(error)  # type: ignore[return-value]


codecs.register_error(_STRICT, _or_raise)
codecs.register_error(_REPLACE, _or_replace)


def decode_web(content: bytes, charset: str, *, strict: bool = False) -> str:
    """Return the text; U+FFFD for what is no character, or ``UnicodeDecodeError`` when ``strict``.

    >>> decode_web(b"\\x80100", "gb18030"), decode_web(b"\\xa7\\xf5\\xa1\\x45", "big5hkscs")
    ('€100', '李‧')
    """
    text = content.decode(charset, _STRICT if strict else _REPLACE)
    return text.translate(_BIG5) if charset == "big5hkscs" else text
