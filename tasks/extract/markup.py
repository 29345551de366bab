"""markup: an HTML page -> its visible lines, one per block, and what only markup can tell.

The text of inline elements is joined; a block element or ``<br>`` ends a line. Lines are
numbered from 1 among themselves. Each carries its block's tag, depth, the share of its
characters inside links, and hints from the class and id words of the elements around it.
Style sheets are not read: what a style hides counts as visible. Parser: selectolax (lexbor).
"""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.lines import Page, PageLine

BLOCKS = frozenset(
    "address article aside blockquote body br button canvas caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hr html iframe legend li "
    "main menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul video audio".split()
)
"""Elements that end a line: HTML Standard, section 15 (rendering), display block, table or list-item."""
UNSEEN = frozenset("script style noscript template head svg math object embed iframe textarea".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u3000\u200b\ufeff]+")
_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
_HINT_WORDS = {
    "comment": "comment comments cmt reply replies pinglun gentie discuss disqus liuyan respond",
    "related": "related relate relative recommend recommends recommended tuijian hot rank ranking paihang xiangguan "
    "similar readmore guess like",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs topbar sitenav toolbar weizhi "
    "position path location footer foot header bottom sidebar aside side",
    "share": "share sharing bdsharebuttonbox jiathis bshare social fenxiang",
    "legal": "copyright disclaimer statement shengming",
    "promotion": "ad ads adv advert advertisement guanggao banner qrcode download app promo gg",
    "summary": "summary abstract zhaiyao daodu digest intro lead",
    "caption": "caption figcaption tuzhu imgtxt picdesc pictext",
    "metadata": "meta info source pubtime date author byline infobar artinfo",
    "byline": "editor bianji zebian",
    "body": "article articles content contents body text main entry post zhengwen neirong detail story artibody "
    "txt",
}
HINT_OF = {word: hint for hint, words in _HINT_WORDS.items() for word in words.split()}
"""Word of a class or id -> what it hints at; the labels' names, ``body`` for the article itself."""


@lru_cache(maxsize=4096)
def hints_of(names: str) -> tuple[str, ...]:
    """Return the hints in the class and id of one element.

    >>> hints_of("main-nav clearfix")
    ('body', 'navigation')
    """
    found = (HINT_OF.get(word) for word in _WORD.findall(names.lower()))
    return tuple(dict.fromkeys(hint for hint in found if hint))


@dataclass(slots=True)
class _Line:
    """The line being gathered."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0


def split_html(text: str) -> Page:
    """Return the visible lines of a page with title, meta, JSON-LD, times, canonical and next address."""
    tree = LexborHTMLParser(text)
    page = Page(_visible_lines(tree), is_html=True)
    _read_head(tree, page)
    return page


def _visible_lines(tree: LexborHTMLParser) -> list[PageLine]:
    root = tree.body or tree.root
    lines: list[PageLine] = []
    if root is None:
        return lines
    parts: list[str] = []
    linked = 0
    # (node, closing, tag of the block, depth, hints, inside a link)
    stack: list[tuple[LexborNode, bool, str, int, tuple[str, ...], bool]] = [(root, False, "body", 0, (), False)]

    def flush(tag: str, depth: int, hints: tuple[str, ...]) -> None:
        nonlocal linked
        if not parts:
            return
        line = _SPACE.sub(" ", "".join(parts)).strip()
        parts.clear()
        if line:
            share = min(1.0, linked / len(line))
            lines.append(PageLine(len(lines) + 1, line, tag, share, depth, hints, tag in HEADINGS))
        linked = 0

    while stack:
        node, closing, block, depth, hints, in_link = stack.pop()
        if closing:
            flush(block, depth, hints)
            continue
        tag = node.tag or ""
        if tag == "-text":
            content = node.text_content or ""
            parts.append(content)
            if in_link:
                linked += len(content.strip())
            continue
        if tag in UNSEEN or not tag or tag[0] in "-!_":
            continue
        if tag == "br":
            flush(block, depth, hints)
            continue
        if tag in BLOCKS:
            flush(block, depth, hints)
            attributes = node.attributes
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}" if attributes else ""
            found = hints_of(names) if len(names) > 1 else ()
            if found:
                hints = tuple(dict.fromkeys(hints + found))
            block, depth = tag, depth + 1
            stack.append((node, True, block, depth, hints, in_link))
        elif tag == "a":
            in_link = True
        child = node.last_child
        while child is not None:
            stack.append((child, False, block, depth, hints, in_link))
            child = child.prev
    flush("body", 0, ())
    return lines


def _read_head(tree: LexborHTMLParser, page: Page) -> None:
    title = tree.css_first("title")
    page.title_tag = _SPACE.sub(" ", title.text()).strip() or None if title else None
    page.meta = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            page.meta.setdefault(name.strip().lower(), content.strip())
    page.json_ld = [
        thing for node in tree.css('script[type="application/ld+json"]') for thing in _json_objects(node.text())
    ]
    times: list[str] = []
    for node in tree.css("time"):
        times += (t for t in (node.attributes.get("datetime"), node.text().strip()) if t)
    page.times = tuple(times)
    for node in tree.css("link[rel][href], a[rel][href]"):
        relation = (node.attributes.get("rel") or "").lower().split()
        address = node.attributes.get("href")
        if "canonical" in relation and not page.canonical_url:
            page.canonical_url = address
        elif "next" in relation and not page.next_url:
            page.next_url = address


def _json_objects(text: str) -> list[dict[str, object]]:
    """Return the objects of a JSON-LD block, its ``@graph`` opened; none when it does not parse."""
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, object]] = []
    waiting: list[object] = [loaded]
    while waiting and len(found) < 100:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            found.append(thing)
            graph = thing.get("@graph")
            if isinstance(graph, list):
                waiting += graph
    return found
