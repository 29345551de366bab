"""resync: two-byte text with lost or stray bytes, cut into characters again.

Reads    bytes and their charset
Adds     text; U+FFFD stands for the bytes that belong to no character
Source   After a lost byte a decoder pairs the second half of one character with the first of the
         next, up to the next ASCII byte. The best cutting, by the weights of the characters it gives
         and a price for each byte left over, is found by dynamic programming over the line.
"""

from tasks.decode.evidence import chinese_score, line_scores
from tasks.decode.pairs import pair_score, pair_weights

LOST_BYTE = -2.0
"""Price of a byte that belongs to no character; a line read out of step loses about 0.8 a character."""

MIN_GAIN = 0.15
"""How much a line's score has to rise to be cut anew."""

_SUSPECT_SCORE = 0.45
_FEW_CHARS = 8
_MAX_BYTES = 1 << 20


def _cut(content: bytes, charset: str) -> list[int]:
    """Return the length of each unit of the best cutting: 1 ASCII or lost byte, 2 or 4 a character."""
    weights = pair_weights(charset).tolist()
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
    """Return the text of a stretch of bytes, cut where its characters are."""
    step = _cut(content, charset)
    wide = charset.startswith("utf-16")
    parts: list[str] = []
    position = begin = 0
    while position < len(content):
        size = step[position]
        if size == 1 and (wide or content[position] >= 0x80):
            parts += (content[begin:position].decode(charset, "replace"), "\ufffd")
            begin = position + 1
        position += size
    return "".join((*parts, content[begin:].decode(charset, "replace")))


def decode_pairs(content: bytes, charset: str) -> str:
    """Return the text of content in a two-byte charset; lines that read badly are cut anew."""
    try:
        text = content.decode(charset)
    except UnicodeDecodeError:
        return _decode_damaged(content, charset)
    scores, counts = line_scores(text.split("\n"))
    if bool(((counts >= _FEW_CHARS) & (scores < _SUSPECT_SCORE)).any()):
        return _decode_damaged(content, charset)
    return text


def _reads_badly(raw: bytes, text: str, score: float, count: int, charset: str) -> bool:
    """Say whether a line has damaged characters, or would read better out of step."""
    if "\ufffd" in text:
        return True
    if count < _FEW_CHARS or score >= _SUSPECT_SCORE:
        return False
    return pair_score(raw, charset) >= score + MIN_GAIN


def _decode_damaged(content: bytes, charset: str) -> str:
    if charset.startswith("utf-16"):
        text = content.decode(charset, "replace")
        if len(content) > _MAX_BYTES:
            return text
        again = resync(content, charset)
        return again if chinese_score(again) > chinese_score(text) + MIN_GAIN else text
    raws = content.split(b"\n")
    lines = [line.decode(charset, "replace") for line in raws]
    scores, counts = line_scores(lines)
    rows = zip(raws, scores.tolist(), counts.tolist(), strict=True)
    for index, (raw, score, count) in enumerate(rows):
        if len(raw) <= _MAX_BYTES and _reads_badly(raw, lines[index], score, count, charset):
            again = resync(raw, charset)
            gain = 0.0 if "\ufffd" in lines[index] else MIN_GAIN
            if chinese_score(again) > score + gain:
                lines[index] = again
    return "\n".join(lines)
