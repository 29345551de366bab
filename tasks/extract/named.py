"""named: what stands in elements whose class, id or property speaks of an author or of a source.

Inline elements are joined in lines; where sites print name, outlet and day without a mark between
them, only the names of their elements tell them apart.

Adds     named_authors, named_sources of a ``Page``: first text of each such element, in page order
Source   names of elements in blogs, forums, portals and platforms, 2008 to 2024
"""

from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborNode

from tasks.lines import Page

MOST = 12
"""Elements of a kind that are read; comment lists name hundreds of authors, below the article."""
LONGEST = 40
"""Characters of a first text; a longer one is no name."""

_AUTHOR_CLASSES = (
    "author", "nickname", "nick-name", "username", "user-name", "userlink", "userinfo", "user-info", "writer",
    "byline",
)  # fmt: skip
_SOURCE_CLASSES = ("source", "publisher", "wemedia")
_PARTS = ",".join(
    f"[class*={part} i]"
    for part in ("auth", "nick", "user", "writer", "byline", "rich_media_meta", *_SOURCE_CLASSES)
)
_NAMED = (
    f"[class]:is({_PARTS}),[id]:is([id*=author i],[id*=source i],#js_name),[rel=author],"
    "[property*=reviewer i],[itemprop]:is([itemprop=author],[itemprop=publisher])"
)
"""Elements that may be named so, and few others. Most elements have no class, and are asked for one thing only."""


def read_named(root: LexborNode, page: Page) -> None:
    """Fill ``named_authors`` and ``named_sources`` of ``page`` from its body, without scripts and styles."""
    authors: list[LexborNode] = []
    sources: list[LexborNode] = []
    for node in {node.mem_id: node for node in root.css(_NAMED)}.values():
        attributes = node.attributes
        classes, name = attributes.get("class") or "", (attributes.get("id") or "").lower()
        if _names_author(attributes, classes, name):
            authors.append(node)
        if _names_source(attributes, classes.lower(), name):
            sources.append(node)
    page.named_authors = _first_texts(authors[:MOST])
    page.named_sources = _first_texts(sources[:MOST])


def _names_author(attributes: Mapping[str, str | None], classes: str, name: str) -> bool:
    small = classes.lower()
    if "rich_media_meta" in small:  # a messenger: account and writer are told apart by class alone
        return "nickname" not in small and "list" not in small
    return "comment" not in small and (
        any(part in small for part in _AUTHOR_CLASSES)
        or "authi" in classes.split()
        or "author" in name
        or attributes.get("itemprop") == "author"
        or (attributes.get("rel") or "").lower() == "author"
        or "reviewer" in (attributes.get("property") or "").lower()
    )


def _names_source(attributes: Mapping[str, str | None], classes: str, name: str) -> bool:
    return (
        any(part in classes for part in _SOURCE_CLASSES)
        or "source" in name
        or name == "js_name"
        or "rich_media_meta_nickname" in classes
        or attributes.get("itemprop") == "publisher"
    )


def _first_texts(nodes: Iterable[LexborNode]) -> tuple[str, ...]:
    found: list[str] = []
    for node in nodes:
        pieces = map(str.strip, node.text(separator="\n").split("\n"))
        text = next((piece for piece in pieces if piece and piece[-1] not in ":："), "")
        if 1 < len(text) <= LONGEST:
            found.append(" ".join(text.split()))
    return tuple(dict.fromkeys(found))
