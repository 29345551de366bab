"""label: the lines of a page -> a label and a rule for each, cuts and joins.

Reads    page, repaired texts, indexes of the title, lines known of the site
Adds     a label of ``tasks.lines.LABELS`` and ``rule@version`` per line
Rejects  nothing; without a body label the document has no body
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tasks.edit import Change
from tasks.extract.fold import fold
from tasks.extract.rules import stamp
from tasks.extract.article import find_article
from tasks.extract.score import Scored, score_page
from tasks.extract.site_lines import SiteLines
from tasks.lines import Label, Page

@dataclass(slots=True)
class Labelled:
    """The answer for one page.

    labels: (label, ``rule@version``) per line of the page.
    cuts: (index of the line, change in coordinates of its repaired text, ``rule@version``).
    joins: indexes of body lines that go on in the next body line.
    """

    labels: list[tuple[Label, str]]
    cuts: list[tuple[int, Change, str]] = field(default_factory=list)
    joins: set[int] = field(default_factory=set)


def label_page(
    page: Page, texts: Sequence[str], title_lines: Collection[int] = (), site: SiteLines | None = None
) -> Labelled:
    """Label every line of a page.

    texts: the repaired text of each of ``page.lines``; title_lines: indexes that hold the title.
    """
    scored = score_page(texts, page.lines)
    titles = set(title_lines)
    span = find_article(scored, titles) or (len(scored), len(scored) - 1)
    labels = _label(scored, titles, span)
    return Labelled(labels, _cuts(texts, labels))


def _label(scored: list[Scored], titles: set[int], span: tuple[int, int]) -> list[tuple[Label, str]]:
    first, last = span
    labels: list[tuple[Label, str]] = []
    zone: Label | None = None
    head = min(titles, default=-1)
    for index, line in enumerate(scored):
        kind = line.kind
        if index in titles:
            labels.append(("title", stamp("given_title")))
        elif first <= index <= last:
            if kind is not None and (kind.firm or line.size < 40):
                labels.append((kind.label, stamp(kind.rule)))
            else:
                labels.append(("body", stamp("body_run")))
        elif kind is not None:
            if kind.opens:
                zone = kind.label
            labels.append((kind.label, stamp(kind.rule)))
        elif index < first:
            if zone == "summary":
                labels.append(("summary", stamp("under_heading")))
                zone = None
            elif 0 <= head < index and line.size >= 8:
                labels.append(("caption", stamp("lead_caption")))
            else:
                labels.append(("navigation", stamp("before_article")))
        elif zone is not None:
            labels.append((zone, stamp("under_heading")))
        else:
            labels.append(("boilerplate", stamp("after_article")))
        if index == first:
            zone = None
    return labels


_TRAILING = re.compile(
    r"(?<=[。！？!?”」])\s*(?:(?:记者|通讯员|記者|通訊員)\s*)?[\u3400-\u9fff]{2,4}(?:[\s、]+[\u3400-\u9fff]{2,4}){0,4}\s*/\s*[文圖图攝摄]{1,2}\s*$"
)
_TRAILING_CHROME = re.compile(r"(?<=[。！？!?”」）)])\s*(?:返回搜狐[，,]?查看更多|【详细】|查看更多|阅读全文)\s*$")


def _cuts(texts: Sequence[str], labels: list[tuple[Label, str]]) -> list[tuple[int, Change, str]]:
    cuts: list[tuple[int, Change, str]] = []
    for index, (label, _) in enumerate(labels):
        if label != "body":
            continue
        tail_start = max(0, len(texts[index]) - 60)
        tail = texts[index][tail_start:]
        for rule, pattern in (("trailing_byline", _TRAILING), ("trailing_chrome", _TRAILING_CHROME)):
            found = pattern.search(tail)
            if found:
                cuts.append((index, Change(tail_start + found.start(), tail_start + found.end(), ""), stamp(rule)))
                break
    return cuts


def paragraphs(texts_after_cuts: Sequence[str], labelled: Labelled) -> list[str]:
    """Return the body paragraphs in order, stripped, hard-wrapped lines joined back."""
    out: list[str] = []
    open_ = False
    for index, (text, (label, _)) in enumerate(zip(texts_after_cuts, labelled.labels, strict=True)):
        if label != "body":
            continue
        text = text.strip()
        if open_ and out and text:
            spaced = out[-1][-1:].isascii() and text[:1].isascii()
            out[-1] += (" " if spaced else "") + text
        elif text:
            out.append(text)
        open_ = index in labelled.joins
    return out
