"""resync: two-byte text with lost or stray bytes, segmented into characters again.

Reads    bytes and their charset
Adds     text; U+FFFD stands for the bytes that belong to no character
Source   After a lost byte a decoder pairs the second half of one character with the first of the
         next, up to the next ASCII byte. The best segmentation, by the weights of its characters
         and a price for each byte left over, is found by dynamic programming over the line.
"""

import re
from bisect import bisect_right
from itertools import accumulate

from tasks.decode.evidence import chinese_score
from tasks.decode.pairs import blocks_out_of_step, pair_weight_list
from tasks.decode.web import decode_web

LOST_BYTE = -2.0
"""Price of a byte that belongs to no character; a line read out of step loses about 0.8 a character."""

MIN_GAIN = 1.0
"""How much the sum of a line's weights has to rise for another segmentation."""

_MAX_BYTES = 1 << 18

_PIECE = re.compile(rb"[^\n<]+[\n<]?|[\n<]")
"""Bytes up to a line end or a tag; neither byte is ever a part of a character."""


def _cut(content: bytes, charset: str) -> list[int]:
    """Return the length of each unit of the best segmentation: 1 for ASCII or a lost byte, 2 or 4 for a character."""
    weights = pair_weight_list(charset)
    wide = charset.startswith("utf-16")
    size = len(content)
    best = [0.0] * (size + 4)
    step = [1] * size
    for i in range(size - 1, -1, -1):
        first = content[i]
        single = best[i + 1] + (0.0 if first < 0x80 and not wide else LOST_BYTE)
        if i + 1 < size and (wide or first >= 0x81):
            pair = best[i + 2] + weights[first << 8 | content[i + 1]]
            if pair >= single:
                single, step[i] = pair, 2
            if not wide and 0x30 <= content[i + 1] <= 0x39 and _is_four(content[i : i + 4]):
                four = best[i + 4] - 0.3
                if four > single:
                    single, step[i] = four, 4
        best[i] = single
    return step


def _is_four(code: bytes) -> bool:
    try:
        return len(code.decode("gb18030")) == 1
    except UnicodeDecodeError:
        return False


def resync(content: bytes, charset: str) -> str:
    """Return the text of a stretch of bytes, segmented at its characters."""
    step = _cut(content, charset)
    wide = charset.startswith("utf-16")
    parts: list[str] = []
    position = begin = 0
    while position < len(content):
        size = step[position]
        if size == 1 and (wide or content[position] >= 0x80):
            parts += (decode_web(content[begin:position], charset), "\ufffd")
            begin = position + 1
        position += size
    return "".join((*parts, decode_web(content[begin:], charset)))


def decode_pairs(content: bytes, charset: str) -> str:
    """Return the text of content in a two-byte charset; lines that read badly are segmented again."""
    if charset.startswith("utf-16"):
        return _better(content, decode_web(content, charset), charset)
    try:
        text = decode_web(content, charset, strict=True)
    except UnicodeDecodeError:
        text = None
    shifted = blocks_out_of_step(content, charset)
    if text is not None and not shifted:
        return text
    lines = _PIECE.findall(content)
    ends = list(accumulate(map(len, lines)))
    suspects = {bisect_right(ends, place) for place in shifted}
    texts = [decode_web(line, charset) for line in lines]
    for index, line_text in enumerate(texts):
        if index in suspects or "\ufffd" in line_text:
            texts[index] = _better(lines[index], line_text, charset)
    return "".join(texts)


def _better(content: bytes, text: str, charset: str) -> str:
    """Return the text, or that of a better segmentation if there is one."""
    if len(content) > _MAX_BYTES or not ("\ufffd" in text or blocks_out_of_step(content, charset)):
        return text
    again = resync(content, charset)
    gain = chinese_score(again) * len(again) - chinese_score(text) * len(text)
    return again if gain >= MIN_GAIN else text
