"""extract: text as decoded -> lines as received, then a label for each line.

Reads    received text, whether it is HTML; later the repaired text of each line and the title
Adds     page (lines with what markup says); labels with their rules, cuts, joins, paragraphs
Rejects  nothing itself; a page without a line labelled body has no article
Source   maximum-sum run over line weights; rules written for Chinese pages, see vocabulary
"""

from tasks.extract.fold import fold
from tasks.extract.joined import paragraphs
from tasks.extract.label import Labelled, label_lines, label_page
from tasks.extract.markup import split_html
from tasks.extract.plain import looks_like_html, split_text
from tasks.extract.rules import RULES
from tasks.extract.run import Run, find_run, weigh_page
from tasks.extract.site_lines import SiteLines
from tasks.lines import Page, PageLine

__all__ = [
    "RULES",
    "Labelled",
    "Run",
    "SiteLines",
    "find_run",
    "fold",
    "keep_lines",
    "label_lines",
    "label_page",
    "looks_like_html",
    "paragraphs",
    "split_page",
    "weigh_page",
]


def split_page(text: str, *, is_html: bool, utf8: bytes | None = None) -> Page:
    """Return the lines of a received text: visible lines of HTML, physical lines of plain text.

    utf8: the same text as bytes in UTF-8, where they are at hand; the tree is then built from them.
    """
    if is_html:
        return split_html(text.encode("utf-8", "ignore") if utf8 is None else utf8)
    return split_text(text)


def keep_lines(lines: list[str]) -> list[bool]:
    """Tell for each line of a page in plain text whether it is body."""
    page = Page([PageLine(number, line) for number, line in enumerate(lines, 1)])
    return [label == "body" for label, _ in label_page(page, lines).labels]
