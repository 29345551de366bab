"""markup: an HTML page -> its visible lines, one per block, and what only markup can tell.

The text of inline elements is joined; a block element or ``<br>`` ends a line. Lines are
numbered from 1 among themselves. Each carries its block's tag, depth, the share of its
characters inside links, and hints from the class and id names of the elements around it.
Style sheets are not read: what a style hides counts as visible. Parser: selectolax (lexbor);
its tree is written out again, well-formed, and read by one regular expression.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
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
UNSEEN = "script style noscript template svg math object embed iframe textarea img".split()
"""Elements whose text is not part of the page as read, and one that has none and is frequent."""
_WRAPPERS = ["span"]
"""Elements around text of which nothing is asked. There are many, and the tags of each cost more than to take it away."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LEAVES = HEADINGS | {"p", "li", "dt", "dd", "pre", "blockquote", "figcaption"}
"""Blocks that hold one paragraph: their siblings are told by the parent."""
_VOID = ("br", "hr", "frame")
_UNESCAPED = ("xmp", "noframes", "noembed", "plaintext")
"""Elements whose text is written out as it is, whatever tags it holds (HTML Standard, 13.3)."""

_LINK, _VOID_BLOCK, _BLOCK, _LEAF, _RAW = 1, 2, 3, 4, 5
_CLOSED_LINK, _CLOSED_BLOCK = -1, -2
_KINDS = (
    dict.fromkeys(BLOCKS, _BLOCK)
    | dict.fromkeys(LEAVES, _LEAF)
    | dict.fromkeys(_VOID, _VOID_BLOCK)
    | {f"/{name}": _CLOSED_BLOCK for name in BLOCKS}
    | {"a": _LINK, "/a": _CLOSED_LINK}
    | dict.fromkeys(_UNESCAPED, _RAW)
)
"""Name in a tag -> what the tag does; one of any other name does nothing."""

_ODD_SPACES = r"\t\r\n\f\v\u00a0\u3000\u200b\ufeff"
_SPACE = re.compile(f"[ {_ODD_SPACES}](?:[ {_ODD_SPACES}]+|(?<=[{_ODD_SPACES}]))")
"""Blanks that are not one space."""
_MARKUP_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WESTERN = re.compile("[\xc2\xc3\xe2-\xef][^\x00-\x7f]")
"""Letters and signs of which UTF-8 read as Latin-1 is full; a blank among them is a byte of a character."""
_LATIN = b"\xc3"
_LATIN_LETTER = re.compile(b"\xc3[\x82\x83\xa2-\xaf]")
"""Those letters in UTF-8, and the first byte of them."""
_END = "\0"
"""Between two lines: the one character that a parser leaves in none."""
_COMMENT = "!--.*?--|[!?][^>]*"
_SPLITTING = re.compile(rf"<(?:([a-z/][^ >]*+)([^>]*+)|{_COMMENT})>", re.DOTALL)
"""Where the page falls apart: at tags and comments. No attribute holds ``<`` or ``>`` as written out."""
_SPLITTING_RAW = re.compile(rf'<(?:(/?[a-z][^\s/>]*+)((?:[^=>]*+="[^"]*+")*+)[^>]*|{_COMMENT})>', re.DOTALL)
"""The same where text is written out as it is, and tags in it, too."""


def split_html(html: bytes) -> Page:
    """Return the visible lines of a page in UTF-8 with title, meta, JSON-LD, times, canonical and next address."""
    tree = LexborHTMLParser(limit_depth(html))
    page = Page([], is_html=True)
    read_head(tree, page)
    tree.strip_tags(UNSEEN)
    root = tree.body or tree.root
    if root is not None:
        read_named(root, page)
        root.unwrap_tags(_WRAPPERS, delete_empty=True)
        page.lines, page.parents = _lines_of(root.html or "")
    return page


_Gathered = tuple[str, int, int, int]
"""A line as written out, its characters inside links, number of the innermost block, number of open ones."""


def _lines_of(html: str, splitting: re.Pattern[str] = _SPLITTING) -> tuple[list[PageLine], tuple[int, ...]]:
    """Return lines and parents of serialised HTML: elements closed, attributes in double quotes."""
    kind_of = _KINDS.get
    pieces = iter(splitting.split(html))
    found: list[_Gathered] = []
    parents, groups, tags, names = [0], [0], ["body"], [""]
    block = depth = links = linked = 0
    gathered = next(pieces)
    for tag, named, text in zip(pieces, pieces, pieces, strict=True):
        kind = kind_of(tag)
        if kind is None:
            pass
        elif kind == _LINK:
            # a place to jump to (<a name=…>) leads nowhere: what it holds is text
            links += "href" in named or "name=" not in named
        elif kind == _CLOSED_LINK:
            links = links - 1 if links else 0
        elif kind == _RAW:
            if splitting is _SPLITTING:
                return _lines_of(html, _SPLITTING_RAW)
        else:
            if gathered:
                found.append((gathered, linked, block, depth))
                gathered, linked = "", 0
            if kind == _CLOSED_BLOCK:
                if depth:
                    block = parents[block]
                    depth -= 1
            elif kind != _VOID_BLOCK:
                parents.append(block)
                number = len(tags)
                groups.append(groups[block] if kind == _LEAF else number)
                tags.append(tag)
                names.append(named)
                block = number
                depth += 1
        if text and (gathered or not text.isspace()):
            gathered += text
            if links:
                linked += len(text.strip())
    if gathered:
        found.append((gathered, linked, block, depth))
    return _page_lines(found, tags, groups, _hints_around(parents, names)), tuple(parents)


def _hints_around(parents: Sequence[int], names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each element the hints of it and of those around it, outermost first."""
    own = hints_of(set(names))
    hints: list[tuple[str, ...]] = [()]
    for parent, added in zip(parents[1:], map(own.__getitem__, names[1:]), strict=True):
        hints.append(_joined(hints[parent], added) if added else hints[parent])
    return hints


@lru_cache(maxsize=4096)
def _joined(outer: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outer + added))


def _page_lines(
    found: Sequence[_Gathered], tags: Sequence[str], groups: Sequence[int], hints: Sequence[tuple[str, ...]]
) -> list[PageLine]:
    """Return the lines with text, numbered; tags, groups, hints: of the blocks."""
    lines: list[PageLine] = []
    if not found:
        return lines
    for text, (_, linked, block, depth) in zip(_texts_of(found), found, strict=True):
        if text:
            share = 0.0 if not linked else linked / len(text) if linked < len(text) else 1.0
            tag, group = tags[block], groups[block]
            lines.append(
                PageLine(len(lines) + 1, text, tag, share, depth, hints[block], tag in HEADINGS, group)
            )
    return lines


def _texts_of(found: Sequence[_Gathered]) -> list[str]:
    """Return the text of each line, without what markup and layout put around it and between its words."""
    page = _END.join([line[0] for line in found])
    if "&" in page:
        page = page.replace("&nbsp;", "\xa0")
        page = unescape(page) if "&" in page else page
    lines = page.split(_END)
    if not page.isascii() and _may_be_misread(page):
        return [_western_text(line) if _WESTERN.search(line) else _readable(line) for line in lines]
    # what _SPACE holds beside the space is not printable
    return [
        text if (text := line.strip()).isprintable() and "  " not in text else _readable(text)
        for line in lines
    ]


def _may_be_misread(page: str) -> bool:
    """Tell whether a page holds letters of UTF-8 read as Latin-1; bytes are looked through much faster than characters."""
    encoded = page.encode("utf-8", "surrogatepass")
    return _LATIN in encoded and bool(_LATIN_LETTER.search(encoded) and _WESTERN.search(page))


def _readable(line: str) -> str:
    return _SPACE.sub(" ", line.strip()).strip()


def _western_text(line: str) -> str:
    """Return the text of a line that may be UTF-8 read as Latin-1: other blanks may be parts of characters."""
    text = _MARKUP_SPACE.sub(" ", line).strip(" ")
    return "" if text.isspace() else text
