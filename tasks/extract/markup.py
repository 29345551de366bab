"""markup: an HTML page -> its visible lines, one per block, and what only markup can tell.

The text of inline elements is joined; a block element or ``<br>`` ends a line. Lines are
numbered from 1 among themselves. Each carries its block's tag, depth, the share of its
characters inside links, and hints from the class and id names of the elements around it.
Style sheets are not read: what a style hides counts as visible. Parser: selectolax (lexbor);
its tree is written out again, well-formed, and read by one regular expression.
"""

import re
from collections.abc import Iterable
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from tasks.extract.depth import limit_depth
from tasks.extract.head import read_head
from tasks.extract.hints import hints_of
from tasks.extract.named import read_named
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


def shared_prefixes(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words and tries each common beginning once.

    Twice as fast as the words set side by side.

    >>> shared_prefixes(["td", "th", "tr"])
    't(?:d|h|r)'
    """
    endings: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        endings.setdefault(word[:1], []).append(word[1:])
    branches = [first + (shared_prefixes(rest) if first else "") for first, rest in sorted(endings.items())]
    optional = "" in endings
    found = "|".join(branch for branch in branches if branch)
    grouped = f"(?:{found})" if found and (optional or len(branches) > 1) else found
    return grouped + "?" if optional and found else grouped


_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u3000\u200b\ufeff]+")
_MARKUP_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WESTERN = re.compile("[\xc2\xc3\xe2-\xef][^\x00-\x7f]")
"""Letters and signs of which UTF-8 read as Latin-1 is full; a blank among them is a byte of a character."""
_ATTRIBUTES = r'(?:[^=>]*+="[^"]*+")*+'
_SPLITTING = re.compile(
    rf"<(?:(/?)({shared_prefixes(BLOCKS | {'a'})})(?![^\s/>])({_ATTRIBUTES})[^>]*|"
    rf"!--.*?--|[!?][^>]*|/?[a-z]{_ATTRIBUTES}[^>]*)>",
    re.DOTALL,
)
"""Where the page falls apart: at tags and comments; only block tags and links are told apart."""
_VOID = frozenset(("br", "hr", "frame"))


def split_html(text: str) -> Page:
    """Return the visible lines of a page with title, meta, JSON-LD, times, canonical and next address."""
    tree = LexborHTMLParser(limit_depth(text))
    page = Page([], is_html=True)
    read_head(tree, page)
    tree.strip_tags(UNSEEN)
    read_named(tree, page)
    root = tree.body or tree.root
    if root is not None:
        page.lines, page.parents = _lines_of(root.html or "")
    return page


_Block = tuple[str, tuple[str, ...], int, int]
"""An open block element: tag, hints of it and those around it (outermost first), number, and the number of
the nearest element that is no leaf: that of the lines in it."""


def _lines_of(html: str) -> tuple[list[PageLine], tuple[int, ...]]:
    """Return lines and parents of serialised HTML: elements closed, attributes in double quotes."""
    pieces = _SPLITTING.split(html)
    closings, tags, attributes, texts = (pieces[first::4] for first in range(1, 5))
    hints = hints_of({each for tag, each in zip(tags, attributes, strict=True) if each and tag != "a"})
    lines: list[PageLine] = []
    parents = [0]
    block: _Block = ("body", (), 0, 0)
    around: list[_Block] = []
    gathered = pieces[0]
    links = linked = 0
    for closing, tag, named, text in zip(closings, tags, attributes, texts, strict=True):
        if tag == "a":
            links = max(0, links - 1) if closing else links + 1
        elif tag:
            if gathered:
                _end_line(lines, gathered, linked, block, len(around))
                gathered, linked = "", 0
            if closing:
                block = around.pop() if around else block
            elif tag not in _VOID:
                around.append(block)
                block = _open(tag, hints[named] if named else (), block, len(parents))
                parents.append(around[-1][2])
        if text and (gathered or not text.isspace()):
            gathered += text
            if links:
                linked += len(text.strip())
    _end_line(lines, gathered, linked, block, len(around))
    return lines, tuple(parents)


def _open(tag: str, hints: tuple[str, ...], around: _Block, number: int) -> _Block:
    """Return the block that a tag opens inside another."""
    hints = tuple(dict.fromkeys(around[1] + hints)) if hints else around[1]
    return tag, hints, number, around[3] if tag in LEAVES else number


def _readable(gathered: str) -> str:
    """Return the text of a line without what markup and layout put around it and between its words."""
    text = gathered.strip()
    if not text.isprintable() or "  " in text:  # what _SPACE holds beside the space is not printable
        text = _SPACE.sub(" ", text).strip()
    return text


def _end_line(lines: list[PageLine], gathered: str, linked: int, block: _Block, depth: int) -> None:
    """Add the line gathered in the innermost block; ``linked``: its characters inside links."""
    if "&" in gathered:
        gathered = gathered.replace("&nbsp;", "\xa0")
        gathered = unescape(gathered) if "&" in gathered else gathered
    if not gathered.isascii() and _WESTERN.search(gathered):
        text = _MARKUP_SPACE.sub(" ", gathered).strip(" ")
    else:
        text = _readable(gathered)
    if not text or text.isspace():
        return
    tag, hints, _, group = block
    share = min(1.0, linked / len(text)) if linked else 0.0
    lines.append(PageLine(len(lines) + 1, text, tag, share, depth, hints, tag in HEADINGS, group))
