"""Lines: what a document consists of once it is text.

A line is numbered as received, from 1; blank lines are counted and not kept.
The labels are a contract: ``Article.lines`` and the ``lines`` view have them.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Label = Literal[
    "title",
    "subtitle",
    "metadata",
    "byline",
    "summary",
    "caption",
    "body",
    "navigation",
    "breadcrumb",
    "related",
    "share",
    "contact",
    "promotion",
    "legal",
    "comment",
    "spam",
    "boilerplate",
]
LABELS: tuple[str, ...] = get_args(Label)
"""Every label a line can have; ``boilerplate`` when nothing more exact is known."""


class Line(NamedTuple):
    """One received line.

    number: 1-based position in the received text (HTML: among the visible lines).
    text: as received; repairs are ``Edit`` rows, not changes of this text.
    label: one of ``LABELS``.
    rule: the rule that gave the label, as ``name`` or ``name@version``.
    """

    number: int
    text: str
    label: Label
    rule: str


@dataclass(slots=True)
class PageLine:
    """One received line with what the markup said about it, before labelling.

    tag: nearest block element in lower case, ``""`` without markup.
    link_share: share of the line's characters inside links, 0 to 1.
    depth: number of open block elements, 0 without markup.
    hints: words from class, id and ancestors that speak for or against body text.
    is_heading: inside ``h1`` to ``h6``.
    group: number of the element whose paragraphs are siblings of this line, in page order, 0 without markup.
    """

    number: int
    text: str
    tag: str = ""
    link_share: float = 0.0
    depth: int = 0
    hints: tuple[str, ...] = ()
    is_heading: bool = False
    group: int = 0


@dataclass(slots=True)
class Page:
    """A received page as lines, with what only markup can tell.

    meta: ``<meta>`` name or property in lower case -> content.
    json_ld: objects of the ``application/ld+json`` blocks that parse, with those inside ``@graph``.
    times: ``<time>`` texts and datetime attributes, in page order.
    parents: number of an element (see ``PageLine.group``) -> number of the element around it.
    named_authors, named_sources: first texts of elements whose class or id speaks of an author or source.
    """

    lines: list[PageLine]
    is_html: bool = False
    title_tag: str | None = None
    meta: dict[str, str] | None = None
    json_ld: list[dict[str, object]] | None = None
    times: tuple[str, ...] = ()
    canonical_url: str | None = None
    parents: tuple[int, ...] = ()
    named_authors: tuple[str, ...] = ()
    named_sources: tuple[str, ...] = ()
