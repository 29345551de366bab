"""decode: bytes as found -> text.

Reads    content, content_type
Adds     received text, charset (a Python codec name), what decided it, number of replaced characters
Rejects  empty (nothing but white space and NUL), binary (a picture, an archive, a program …), undecodable
Source   WHATWG Encoding Standard: a page that says gb2312 means GB18030, big5 means Big5-HKSCS.
         A declaration is a hint, the bytes decide: it is ignored when the text decoded with it is
         clearly not Chinese, and decoded otherwise is.
"""

import re
from dataclasses import dataclass

from tasks.decode.binary import MAX_CONTROL_SHARE, binary_kind, control_share
from tasks.decode.choose import CERTAIN_SCORE, MIN_SCORE, charset_score, choose_charset
from tasks.decode.declared import CharsetSource, declared_charsets
from tasks.decode.evidence import chinese_score
from tasks.decode.mixed import decode_pair_lines, decode_utf8_lines
from tasks.decode.pairs import PAIR_CHARSETS, pair_score
from tasks.decode.resync import decode_pairs
from tasks.reasons import Reason

__all__ = ["CharsetSource", "Decoded", "decode"]

MAX_LOST_SHARE = 0.25
"""Largest share of damaged characters in a readable text."""

_MARGIN = 0.3
_FEW_BYTES = 40
_WIDE_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded document.

    charset: Python codec name; source: what decided it.
    replaced: number of U+FFFD in the text, put in for bytes that are no character.
    reason: set when the content is no text; then ``text`` is empty and ``detail`` says what was seen.
    is_utf8: the content is ``text`` in UTF-8, byte for byte.
    """

    text: str
    charset: str | None
    source: CharsetSource | None
    replaced: int = 0
    reason: Reason | None = None
    detail: str = ""
    is_utf8: bool = False


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SEVEN_BIT = (
    ("hz", re.compile(rb"~\{(?:[!-}][!-~]){2,}~\}")),
    ("utf-7", re.compile(rb"\+[A-Za-z0-9+/]{6,}-?")),
)
"""Charsets of Chinese in bytes of ASCII, and what their text has; RFC 1843, RFC 2152."""
_ESCAPED = re.compile(rb"\x1b\$(?:[@AB]|\([CD])")
"""Where ISO 2022 goes over to two bytes a character, as mail from Japan does (RFC 1554)."""
_REPLACEMENT = "\ufffd"
_LOST = re.compile("\ufffd+")


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of a document and how it was found; never raises.

    >>> decode("中文".encode("gbk"), "text/html; charset=gb2312")
    Decoded(text='中文', charset='gb18030', source='header', replaced=0, reason=None, detail='', is_utf8=False)
    """
    if not content.lstrip(b" \t\r\n\x00\x0b\x0c"):
        return _refused(Reason.EMPTY, "nothing but white space")
    kind = binary_kind(content)
    if kind:
        return _refused(Reason.BINARY, kind)
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _marked(content, mark, name)
    declared = declared_charsets(content, content_type)
    text = _plain_text(content)
    if text is None and (plain := _spread_utf8(content)) is not None:
        return Decoded(plain, "utf-8", "evidence")
    if text is None:
        return _finish(content, *choose_charset(content, declared))
    if len(text) == len(content):
        return _ascii(content, text)
    if len(content) <= _FEW_BYTES and (declared_pair := _short_pair(content, text, declared)):
        return _finish(content, *declared_pair)
    source: CharsetSource = next((s for name, s in declared if name == "utf-8"), "evidence")
    if _REPLACEMENT in text:
        return _finish(content, "utf-8", source)
    return Decoded(text, "utf-8", source, is_utf8=True)


def _marked(content: bytes, mark: bytes, charset: str) -> Decoded:
    """Finish content that begins with a byte order mark; one of UTF-8 may stand before other bytes."""
    if charset == "utf-8-sig":
        try:
            content.decode(charset)
        except UnicodeDecodeError:
            rest = content[len(mark) :]
            found, source = choose_charset(rest, [])
            return _finish(rest, found, "bom" if found == "utf-8" else source)
    if charset == "utf-16" and (lied := _not_wide(content)):
        return _finish(content[len(mark) :], *lied)
    return _finish(content, charset, "bom")


def _not_wide(content: bytes) -> tuple[str, CharsetSource] | None:
    """Return the charset of content that begins with a mark of UTF-16 and goes on in another, ``None`` for UTF-16.

    Only what reads as Chinese, and not at all as marked: the mark is right unless much speaks against it.
    """
    rest = content[2:]
    marked = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
    if charset_score(rest, marked) >= MIN_SCORE:
        return None
    found, source = choose_charset(rest, [])
    return (found, source) if found != marked and charset_score(rest, found) >= CERTAIN_SCORE else None


def _plain_text(content: bytes) -> str | None:
    """Return the text when the content is UTF-8 without a fault, ``None`` else.

    UTF-16 of Western text is faultless UTF-8 too, full of NUL; a few NUL in a page are dirt.
    """
    if b"\0" in content and content.count(0) * 8 > len(content):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


MIN_NUL_SHARE = 0.4
MIN_SPREAD_CHARS = 4


def _spread_utf8(content: bytes) -> str | None:
    """Return the text of UTF-8 with a NUL after each byte, ``None`` for anything else.

    UTF-16 without its NUL bytes is hardly ever UTF-8 with characters of several bytes.
    """
    if b"\0" not in content:  # looking is faster than counting
        return None
    if content.count(0) < MIN_NUL_SHARE * len(content):
        return None
    try:
        text = content.replace(b"\x00", b"").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if len(text) - len(text.encode("ascii", "ignore")) >= MIN_SPREAD_CHARS else None


def _ascii(content: bytes, text: str) -> Decoded:
    for charset, sign in _SEVEN_BIT:
        if sign.search(content) and chinese_score(content.decode(charset, "replace")) >= _WIDE_SCORE:
            return _finish(content, charset, "evidence")
    if _ESCAPED.search(content):
        return _finish(content, "iso2022_jp_2", "evidence")
    if control_share(content) > MAX_CONTROL_SHARE:
        wide = max(("utf-16-le", "utf-16-be"), key=lambda name: pair_score(content, name))
        if pair_score(content, wide) >= _WIDE_SCORE:
            return _finish(content, wide, "evidence")
        return _refused(Reason.BINARY, "control bytes")
    return Decoded(text, "ascii", "evidence", is_utf8=True)


def _short_pair(
    content: bytes, text: str, declared: list[tuple[str, CharsetSource]]
) -> tuple[str, CharsetSource] | None:
    """Return the declared two-byte charset of a few bytes that are UTF-8 by chance, as GBK 联通 is."""
    for name, source in declared:
        if name in PAIR_CHARSETS and pair_score(content, name) >= chinese_score(text) + _MARGIN:
            return name, source
    return None


def _refused(reason: Reason, detail: str) -> Decoded:
    return Decoded("", None, None, 0, reason, detail)


def _text_in(content: bytes, charset: str) -> str:
    """Return the text in a charset, with U+FFFD for what is damaged."""
    if charset == "utf-16":  # the byte order mark says which
        little = content.startswith(b"\xff\xfe")
        return decode_pairs(content[2:], "utf-16-le" if little else "utf-16-be")
    if charset.startswith("utf-16-"):
        return decode_pairs(content, charset)
    if charset in PAIR_CHARSETS:
        return decode_pair_lines(content, charset)
    if charset == "utf-8":
        return decode_utf8_lines(content)
    return content.decode(charset, "replace")


def _is_lost(text: str, replaced: int) -> bool:
    """Say whether too much of a text is U+FFFD: every fourth character, or three of five in all.

    A damaged character leaves one to three of them, so runs count once; the ends may be cut.
    """
    if not replaced:
        return False
    runs = len(_LOST.findall(text.strip(_REPLACEMENT)))
    return runs > MAX_LOST_SHARE * len(text) or (replaced > 0.6 * len(text) and replaced > 6)


def _finish(content: bytes, charset: str, source: CharsetSource) -> Decoded:
    text = _text_in(content, charset)
    if not text.lstrip("\x00\ufeff \t\r\n\u3000\xa0"):
        return _refused(Reason.EMPTY, "nothing but white space")
    replaced = text.count(_REPLACEMENT) if _REPLACEMENT in text else 0
    if _is_lost(text, replaced):
        detail = f"{replaced} of {len(text)} characters unreadable as {charset}"
        return _refused(Reason.UNDECODABLE, detail)
    is_wide = charset.startswith(("utf-16", "utf-32"))
    if not is_wide and control_share(content) > MAX_CONTROL_SHARE:
        return _refused(Reason.BINARY, "control bytes")
    return Decoded(text, charset, source, replaced)
