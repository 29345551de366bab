"""plain: text as decoded -> lines as received, and whether it is markup at all.

Lines are the physical lines of the text: broken at LF, CR LF, CR (and CR CR LF, as some mirrors
send), at U+2028 and U+2029. Form feed and vertical tab are white space, as for ``grep -n``.
"""

import re

from tasks.lines import Page, PageLine

_BREAK = re.compile(r"\r{0,2}\n|\r|\u2028|\u2029")
_BLANK = "\u200b\ufeff\u00ad\u2060"
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|br|span|table|tbody|tr|td|th|a|ul|ol|li|dl|dd|dt|h[1-6]|meta|script|style|link|"
    r"title|img|font|center|section|article|header|footer|nav|main|strong|em|b|i|u|hr|form|input|iframe|pre|"
    r"blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<[a-z][a-z0-9]*\s+[a-z-]+\s*=|</(?:p|div|td|tr|li|ul|span|font|a)>|<br\s*/?>\s*(?:<|\n|\r|\u3000|&nbsp;)",
    re.IGNORECASE,
)
"""Tags that do markup's work: with attributes, closing a block, or a break at the end of a line."""
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_OPENING = re.compile(r"<(?:!|\?xml|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_PROSE = re.compile(r"[\u3400-\u9fff]{6}")
_ELEMENT = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
TEXT_LINES = 3
TEXT_SHARE = 0.7
"""Lines of text below the last tag, and their share of the Chinese characters, that make a page text."""
WINDOW = 65_536
"""Characters looked at to tell markup from text."""


def looks_like_html(text: str) -> bool:
    """Tell a page in HTML from a text that merely holds a ``<`` or quotes a tag.

    HTML is: a document element before any prose, or a text that opens with a tag and goes on
    with tags, or one with more tags than one in 60 characters that do markup's work.
    """
    head = text[:WINDOW].lstrip("\ufeff \t\r\n\f\v\0")
    if "<" not in head:
        return False
    document = _DOCUMENT.search(head)
    if document and not _PROSE.search(head, 0, document.start()):
        return True
    tags = sum(1 for _ in zip(_TAG.finditer(head), range(2000), strict=False))
    if _OPENING.match(head):
        return tags >= 2 and not _is_text_below_tags(head)
    working = sum(1 for _ in zip(_MARKUP.finditer(head), range(4), strict=False))
    return tags >= 4 and tags * 60 > len(head) and working >= 3


def _is_text_below_tags(head: str) -> bool:
    """Tell whether tags stand only above the lines of a text: some mirrors hide empty elements on top."""
    last = max((tag.end() for tag in _ELEMENT.finditer(head)), default=0)
    below = head[last:]
    lines = sum(1 for line in below.split("\n") if _PROSE.search(line))
    return lines >= TEXT_LINES and len(_HAN.findall(below)) > TEXT_SHARE * len(_HAN.findall(head))


def split_text(text: str) -> Page:
    """Return the lines of a text that are not blank, numbered as received, unchanged."""
    is_plain = "\r" not in text and "\u2028" not in text and "\u2029" not in text
    found = text.split("\n") if is_plain else _BREAK.split(text)
    lines = [PageLine(number, line) for number, line in enumerate(found, 1) if line and not line.isspace()]
    if any(blank in text for blank in _BLANK):
        lines = [line for line in lines if line.text.strip(_BLANK)]
    return Page(lines)
