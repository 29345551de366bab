"""markup: an HTML page -> its visible lines, one per block, and what only markup can tell.

The text of inline elements is joined; a block element or ``<br>`` ends a line. Lines are
numbered from 1 among themselves. Each carries its block's tag, depth, the share of its
characters inside links, and hints from the class and id names of the elements around it.
Style sheets are not read: what a style hides counts as visible. Parser: selectolax (lexbor);
its tree is written out again, well-formed, and read by one regular expression.
"""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from tasks.extract.head import read_head
from tasks.extract.hints import hints_of
from tasks.lines import Page, PageLine

_BLOCK_NAMES = """
address article aside blockquote body br button canvas caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hr html iframe legend li main menu nav ol
option p pre section select summary table tbody td tfoot th thead tr ul video audio
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that end a line: HTML Standard, section 15 (rendering), display block, table or list-item."""
UNSEEN = ["script", "style", "noscript", "template", "svg", "math", "object", "embed", "iframe", "textarea"]
"""Elements whose text is not part of the page as read."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LEAVES = HEADINGS | {"p", "li", "dt", "dd", "pre", "blockquote", "figcaption"}
"""Blocks that hold one paragraph: their siblings are told by the parent."""

_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u3000\u200b\ufeff]+")
_TOKEN = re.compile(
    r'([^<]+)|<(/?)([a-z][^\s/>]*)((?:\s[^\s=>]+(?:="[^"]*")?)*+)[^>]*>|<!--.*?-->|<[!?][^>]*>', re.S | re.I
)
_VOID = frozenset(("br", "hr", "frame"))


class _Block:
    """An open block element; hints: of this element and those around it, outermost first."""

    __slots__ = ("depth", "hints", "number", "parent", "tag")

    def __init__(self, parent: "_Block | None", tag: str, attributes: str, number: int) -> None:
        self.parent = parent
        self.tag = tag
        self.number = number
        self.depth: int = parent.depth + 1 if parent else 0
        self.hints: tuple[str, ...] = parent.hints if parent else ()
        if attributes:
            found = hints_of(attributes)
            if found:
                self.hints = tuple(dict.fromkeys(self.hints + found))

    def group(self) -> int:
        """Return the number of the element whose paragraphs are siblings of the lines here."""
        block = self
        while block.tag in LEAVES and block.parent:
            block = block.parent
        return block.number


def split_html(text: str) -> Page:
    """Return the visible lines of a page with title, meta, JSON-LD, times, canonical and next address."""
    tree = LexborHTMLParser(text)
    page = Page([], is_html=True)
    read_head(tree, page)
    tree.strip_tags(UNSEEN)
    root = tree.body or tree.root
    if root is not None:
        page.lines, page.parents = _lines_of(root.html or "")
    return page


def _lines_of(html: str) -> tuple[list[PageLine], tuple[int, ...]]:
    """Return lines and parents of serialised HTML: elements closed, attributes in double quotes."""
    lines: list[PageLine] = []
    parts: list[str] = []
    block = _Block(None, "body", "", 0)
    parents = [0]
    links = linked = 0
    for text, closing, tag, attributes in _TOKEN.findall(html):
        if text:
            parts.append(text)
            if links:
                linked += len(text)
        elif tag in BLOCKS:
            if parts:
                _end_line(lines, parts, linked, block)
                linked = 0
            if tag in _VOID:
                continue
            if not closing:
                parents.append(block.number)
                block = _Block(block, tag, attributes, len(parents) - 1)
            elif block.parent:
                block = block.parent
        elif tag == "a":
            links = max(0, links + (-1 if closing else 1))
    _end_line(lines, parts, linked, block)
    return lines, tuple(parents)


def _end_line(lines: list[PageLine], parts: list[str], linked: int, block: _Block) -> None:
    """Add the line gathered in ``parts`` and empty them; ``linked``: its characters inside links."""
    text = "".join(parts)
    parts.clear()
    if text.isspace():
        return
    if "&" in text:
        text = unescape(text)
    text = _SPACE.sub(" ", text).strip()
    if text:
        share = min(1.0, linked / len(text))
        is_heading = block.tag in HEADINGS
        lines.append(
            PageLine(
                len(lines) + 1, text, block.tag, share, block.depth, block.hints, is_heading, block.group()
            )
        )
