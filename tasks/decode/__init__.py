"""decode: bytes as found -> text.

Reads    content, content_type
Adds     received text, charset (a Python codec name that decodes the bytes again), how it was decided
Rejects  empty (nothing but white space and NUL), binary (a picture, an archive, a program …), undecodable
Source   WHATWG Encoding Standard: a page that says gb2312 means GB18030, big5 means Big5-HKSCS.
         What a page says is a hint, what it is counts: the declaration is passed over when the text
         read with it is clearly not Chinese and read otherwise it is.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from tasks.decode.binary import MAX_CONTROL_SHARE, binary_kind, control_share
from tasks.decode.evidence import chinese_score
from tasks.reasons import Reason

CharsetSource = Literal["bom", "header", "meta", "evidence"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded document.

    charset: Python codec name; source: what decided it.
    replaced: number of U+FFFD put in for bytes that the charset does not know.
    reason: set when the content is no text; then ``text`` is empty and ``detail`` says what was seen.
    """

    text: str
    charset: str | None
    source: CharsetSource | None
    replaced: int = 0
    reason: Reason | None = None
    detail: str = ""


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb18030_2000": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
"""Declared codec -> the superset that browsers read it as."""

_META = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]{2,40})"""
)
_HEADER = re.compile(r"""(?i)charset\s*=\s*["']?\s*([\w.:-]{2,40})""")
_META_BYTES = 16 << 10

_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

_SAMPLE_BYTES = 4096
_WINDOWS = 4

_DECLARED_MARGIN = 0.15
"""How much worse the declared charset may score before evidence wins."""

_MIN_SCORE = 0.25
"""Below, no Chinese charset fits; the declared or a Western one is taken."""

MAX_REPLACED_SHARE = 0.10
"""Largest share of U+FFFD among the characters of a readable text."""

_HZ = re.compile(rb"~\{(?:[!-}][!-~]){2,}~\}")


def _codec_name(label: str | None) -> str | None:
    """Return the Python codec for a declared charset, widened to its superset; ``None`` if unknown."""
    if not label:
        return None
    label = {"x-gbk": "gbk", "utf8mb4": "utf-8", "unicode": "utf-16-le"}.get(label.lower(), label)
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
    if header and (name := _codec_name(header[1])):
        found.append((name, "header"))
    meta = _META.search(content[:_META_BYTES])
    if meta and (name := _codec_name((meta[1] or meta[2]).decode("ascii", "replace"))):
        # markup that could be read as ASCII to find this cannot be UTF-16 (WHATWG, step 7 of "prescan")
        found.append(("utf-8" if name.startswith("utf-16") else name, "meta"))
    return found


_HIGH = re.compile(rb"[\x80-\xff]")


def _sample(content: bytes) -> list[bytes]:
    """Return stretches where the charset shows, each from a high byte after ASCII, so whole characters."""
    if len(content) <= _SAMPLE_BYTES:
        return [content]
    stretches: list[bytes] = []
    size = _SAMPLE_BYTES // _WINDOWS
    for k in range(_WINDOWS):
        start = len(content) * k // _WINDOWS
        match = re.compile(rb"[\x00-\x7f][\x80-\xff]").search(content, start)
        start = match.start() + 1 if match else start
        stretches.append(content[start : start + size])
    return stretches


def _score(stretches: list[bytes], charset: str) -> float:
    texts = [piece.decode(charset, "replace").rstrip("\ufffd") for piece in stretches]
    return chinese_score("".join(texts))


def _wide_sample(content: bytes) -> list[bytes]:
    return [content[: _SAMPLE_BYTES & ~1]]


def _scores(content: bytes, extra: list[str]) -> dict[str, float]:
    """Return the score of each candidate charset for this content."""
    stretches = _sample(content)
    wide = _wide_sample(content)
    names = dict.fromkeys((*_CANDIDATES, *extra))
    return {name: _score(wide if name.startswith("utf-16") else stretches, name) for name in names}


def _choose(content: bytes, declared: list[tuple[str, CharsetSource]]) -> tuple[str, CharsetSource]:
    """Return the charset of content that is not plain UTF-8."""
    scores = _scores(content, [name for name, _ in declared if name not in ("cp1252", "hz")])
    best = max(scores, key=scores.__getitem__)
    for name, source in declared:
        if name in scores and scores[name] >= max(scores[best] - _DECLARED_MARGIN, _MIN_SCORE):
            return name, source
    if scores[best] >= _MIN_SCORE:
        return best, "evidence"
    for name, source in declared:
        if content.decode(name, "replace").count("\ufffd") <= MAX_REPLACED_SHARE * len(content) / 2:
            return name, source
    nuls = content.count(0)
    if nuls > len(content) // 4:
        even = content[::2].count(0)
        return ("utf-16-be" if even > nuls // 2 else "utf-16-le"), "evidence"
    text = content.decode("utf-8", "replace")
    return ("utf-8" if text.count("\ufffd") <= MAX_REPLACED_SHARE * len(text) else "cp1252"), "evidence"


def _refused(reason: Reason, detail: str) -> Decoded:
    return Decoded("", None, None, 0, reason, detail)


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of a document and how it was found; never raises.

    >>> decode("中文".encode("gbk"), "text/html; charset=gb2312")
    Decoded(text='中文', charset='gb18030', source='header', replaced=0, reason=None, detail='')
    """
    if not content.strip(b" \t\r\n\x00\x0b\x0c"):
        return _refused(Reason.EMPTY, "nothing but white space")
    kind = binary_kind(content)
    if kind:
        return _refused(Reason.BINARY, kind)
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _finish(content, name, "bom")
    declared = declared_charsets(content, content_type)
    if b"\x00" not in content:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return _plain(content, text, declared)
    return _finish(content, *_choose(content, declared))


def _plain(content: bytes, text: str, declared: list[tuple[str, CharsetSource]]) -> Decoded:
    """Finish content that is UTF-8 without a fault, unless it is short and a declaration fits better."""
    if len(text) == len(content):
        if any(name == "hz" for name, _ in declared) or _HZ.search(content):
            return _finish(content, "hz", "evidence")
        if control_share(content) > MAX_CONTROL_SHARE:
            return _refused(Reason.BINARY, "control bytes")
        return Decoded(text, "ascii", "evidence")
    source: CharsetSource = next((s for name, s in declared if name == "utf-8"), "evidence")
    return Decoded(text, "utf-8", source, text.count("\ufffd") if "\ufffd" in text else 0)


def _finish(content: bytes, charset: str, source: CharsetSource) -> Decoded:
    text = content.decode(charset, "replace")
    replaced = text.count("\ufffd")
    if not text.strip("\x00\ufeff \t\r\n\u3000\xa0"):
        return _refused(Reason.EMPTY, "nothing but white space")
    if replaced > MAX_REPLACED_SHARE * len(text) and replaced > 3:
        return _refused(Reason.UNDECODABLE, f"{replaced} of {len(text)} characters unreadable as {charset}")
    if source != "bom" and control_share(content) > MAX_CONTROL_SHARE and not charset.startswith("utf-16"):
        return _refused(Reason.BINARY, "control bytes")
    return Decoded(text, charset, source, replaced)
