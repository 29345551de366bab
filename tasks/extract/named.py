"""named: what stands in elements whose class, id or property speaks of an author or of a source.

Inline elements are joined in lines; where sites print name, outlet and day without a mark between
them, only the names of their elements tell them apart.

Adds     named_authors, named_sources of a ``Page``: first text of each such element, in page order
Source   names of elements in blogs, forums, portals and platforms, 2008 to 2024
"""

from selectolax.lexbor import LexborHTMLParser

from tasks.lines import Page

MOST = 12
"""Elements of a kind that are read; comment lists name hundreds of authors, below the article."""
LONGEST = 40
"""Characters of a first text; a longer one is no name."""

_AUTHORS = ",".join(
    [
        f"[class*={word} i]"
        for word in (
            "author",
            "nickname",
            "nick-name",
            "username",
            "user-name",
            "userlink",
            "userinfo",
            "user-info",
        )
    ]
    + ["[class*=writer i]", "[class*=byline i]", "[class~=authi]", "[id*=author i]", "[itemprop=author]", "[rel=author]"]
    + ["[property*=reviewer i]"]
)
_SOURCES = (
    "#js_name,[class*=source i],[id*=source i],[class*=publisher i],[class*=wemedia i],[itemprop=publisher]"
)


def read_named(tree: LexborHTMLParser, page: Page) -> None:
    """Fill ``named_authors`` and ``named_sources`` of ``page`` from a tree without scripts and styles."""
    page.named_authors = _first_texts(tree, _AUTHORS)
    page.named_sources = _first_texts(tree, _SOURCES)


def _first_texts(tree: LexborHTMLParser, selector: str) -> tuple[str, ...]:
    found: list[str] = []
    for node in tree.css(selector)[:MOST]:
        pieces = map(str.strip, node.text(separator="\n").split("\n"))
        text = next((piece for piece in pieces if piece and piece[-1] not in ":："), "")
        if 1 < len(text) <= LONGEST:
            found.append(" ".join(text.split()))
    return tuple(dict.fromkeys(found))
