"""mixed: pages made of parts in different charsets, decoded line by line.

Reads    bytes that are UTF-8 but for some lines, or GB18030 or Big5 but for some lines
Adds     text; each line is decoded in its own charset
Source   valid UTF-8 of several characters is not so by chance; a line of GBK is hardly ever valid UTF-8
"""

from tasks.decode.evidence import chinese_score
from tasks.decode.pairs import pair_score
from tasks.decode.resync import decode_pairs

MIN_SCORE = 0.5
"""Lowest score of a line in the other charset."""
MIN_GAIN = 0.3
"""How much better a line has to read in it."""

_FEW_BYTES = 12
_SIGNS = (b"\xe7\x9a\x84", b"\xef\xbc\x8c", b"\xe3\x80\x82", b"\xe4\xb8\x80")
"""The commonest particle, mark, and numeral of Chinese in UTF-8; pages of GB 2312 lack the last byte of most."""
_FOREIGN = ("gb18030", "big5hkscs")


def decode_utf8_lines(content: bytes) -> str:
    """Return the text of damaged UTF-8; a line that reads as GB18030 or Big5 is one."""
    parts: list[str] = []
    for line in content.split(b"\n"):
        try:
            parts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            parts.append(_damaged_line(line))
    return "\n".join(parts)


def _damaged_line(line: bytes) -> str:
    text = line.decode("utf-8", "replace")
    if len(line) < _FEW_BYTES:
        return text
    best = max(_FOREIGN, key=lambda charset: pair_score(line, charset))
    score = pair_score(line, best)
    return decode_pairs(line, best) if score >= max(MIN_SCORE, chinese_score(text) + MIN_GAIN) else text


def decode_pair_lines(content: bytes, charset: str) -> str:
    """Return the text of content in a two-byte charset; a line that is UTF-8 is read as that."""
    text = decode_pairs(content, charset)
    if not _may_hold_utf8(content):
        return text
    lines = text.split("\n")
    raws = content.split(b"\n")
    if len(lines) != len(raws):
        return text
    for index, raw in enumerate(raws):
        if len(raw) >= _FEW_BYTES and _may_hold_utf8(raw):
            lines[index] = _utf8_line(raw) or lines[index]
    return "\n".join(lines)


def _may_hold_utf8(content: bytes) -> bool:
    """Say whether what is commonest in Chinese stands there in UTF-8; a byte is looked for much faster than three."""
    return any(sign[-1:] in content and sign in content for sign in _SIGNS)


def _utf8_line(raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if chinese_score(text) >= MIN_SCORE else None
