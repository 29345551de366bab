"""head: what an HTML page says of itself outside its text.

Adds  title_tag, meta, json_ld, times, canonical_url of a ``Page``
"""

import json
from collections import deque
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tasks.lines import Page

MAX_JSON_OBJECTS = 100
"""Objects read from the JSON-LD of one page; the news pages seen have up to nine."""


_TELLING = 'title,meta[content],script[type="application/ld+json"],time,link[rel~=canonical i][href]'
"""Every element that is read here; one look through the tree costs as much as one for each."""


def read_head(tree: LexborHTMLParser, page: Page) -> None:
    """Fill the fields of ``page`` from the parsed tree; absent things stay None or empty."""
    found: dict[str, list[LexborNode]] = {}
    for node in tree.css(_TELLING):
        found.setdefault(node.tag or "", []).append(node)
    title = found.get("title", ())
    page.title_tag = " ".join(title[0].text().split()) or None if title else None
    page.meta = _meta(found.get("meta", ()))
    page.json_ld = [thing for node in found.get("script", ()) for thing in _objects(node.text())]
    times: list[str] = []
    for node in found.get("time", ()):
        times += (t for t in (node.attributes.get("datetime"), node.text().strip()) if t)
    page.times = tuple(times)
    for node in found.get("link", ()):
        attributes = node.attributes
        relation = (attributes.get("rel") or "").lower().split()
        if "canonical" in relation and not page.canonical_url:
            page.canonical_url = attributes.get("href")


def _meta(nodes: Iterable[LexborNode]) -> dict[str, str]:
    """Return name, property or itemprop of each ``<meta>`` -> content; the first of a name counts."""
    meta: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            meta.setdefault(name.strip().lower(), content.strip())
    return meta


def _objects(text: str) -> list[dict[str, object]]:
    """Return the objects of a JSON-LD block, its ``@graph`` opened; none when it does not parse."""
    try:
        waiting: deque[object] = deque([json.loads(text, strict=False)])
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, object]] = []
    while waiting and len(found) < MAX_JSON_OBJECTS:
        thing = waiting.popleft()
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            found.append(thing)
            graph = thing.get("@graph")
            if isinstance(graph, list):
                waiting += graph
    return found
