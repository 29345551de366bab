"""run: which lines of a page are the article, before and after anything is known of its title.

Reads    page, repaired texts, lines known of the site; then indexes of the title
Adds     weights of all lines; the article's first and last line, labels of the lines between
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import get_args

from tasks.extract.annex import past_annex
from tasks.extract.article import find_article
from tasks.extract.author_note import without_note
from tasks.extract.boxes import join_halves
from tasks.extract.broken import allow_broken
from tasks.extract.container import read_markup
from tasks.extract.contents import ENTRY
from tasks.extract.ending import above_imprint, end_of_bulletin, with_announced, with_office, with_question
from tasks.extract.hints import label_of_hint
from tasks.extract.kinds import Answer
from tasks.extract.lead import extend_lead, mark_abstract, trim_lead
from tasks.extract.rules import stamp
from tasks.extract.scope import find_edge, weigh_scope
from tasks.extract.score import score_page
from tasks.extract.scored import Scored
from tasks.extract.sections import with_sections
from tasks.extract.siblings import extend_siblings
from tasks.extract.site_lines import SiteLines, mark_site_lines
from tasks.extract.standfirst import below_standfirst
from tasks.extract.tail import (
    extend_signature,
    extend_tail,
    is_dated,
    is_signed,
    is_signed_date,
)
from tasks.extract.verse import allow_even, allow_verse, extend_verse, share_in_text
from tasks.lines import Label, Page, PageLine

GIVEN_TITLE: Answer = ("title", stamp("given_title"))
_BODY: Answer = ("body", stamp("body_run"))
_TITLE_COPY: Answer = ("caption", stamp("title_copy"))
_STRAY = frozenset(("|", "||", "?", "? ?"))
"""The edges of a table, and a mark that is left of a character of no charset: no words of the text."""
_STRAY_MARK: Answer = ("boilerplate", stamp("glyphs"))
_BULLETED: Answer = ("related", stamp("bulleted_link"))
_LINKED: Answer = ("related", stamp("linked_line"))
UNDER_HEADING: dict[Label, Answer] = {label: (label, stamp("under_heading")) for label in get_args(Label)}
"""Label of a heading -> what the lines below it are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a page weighed, before anything is known of its title.

    wrapped: indexes of lines that were broken to fit a width and go on in the next.
    """

    scored: list[Scored]
    wrapped: set[int]


def weigh_page(page: Page, texts: Sequence[str], site: SiteLines | None = None) -> Reading:
    """Weigh every line of a page; most of the work of ``label_page``, and the same whatever the title."""
    scored, wrapped = score_page(texts, page.lines)
    if page.is_html:
        read_markup(scored, page)
    else:
        allow_verse(scored, page.lines, share_in_text(scored))
    allow_broken(scored, page.lines)
    allow_even(scored, page.lines)
    if site is not None:
        mark_site_lines(scored, texts, site)
    mark_abstract(scored)
    return Reading(scored, wrapped)


@dataclass(frozen=True, slots=True)
class Run:
    """The run of lines that is the article, for one title.

    titles: indexes of lines that hold the title; scored: the lines, as the ends of the run show them;
    span: first and last index; labels: of the lines of the span. framed: it ends in the element that holds its
    title, with the day it is signed with, or above the heading of another element.
    """

    titles: set[int]
    scored: list[Scored]
    span: tuple[int, int]
    labels: list[Answer]
    framed: bool = False

    def body(self) -> list[int]:
        """Return the indexes of the lines that are body; there are none outside the run."""
        return [index for index, (label, _) in enumerate(self.labels, self.span[0]) if label == "body"]


def find_run(page: Page, reading: Reading, title_lines: Collection[int] = ()) -> Run:
    """Find the article among the lines of a weighed page, which stays as it is."""
    titles = set(title_lines)
    scored = list(reading.scored)
    edge = find_edge(scored, page, titles) if page.is_html else None
    if edge is not None:
        weigh_scope(scored, titles, edge)
    span = find_article(scored, titles, edge)
    if span is None:
        span = (len(scored), len(scored) - 1)
    else:
        near = scored[: _end_of_search(page.lines, span[1], edge)] if page.is_html else scored
        span = join_halves(near, span, max((i for i in titles if i < span[0]), default=-1))
        span = below_standfirst(near, titles, trim_lead(near, page.lines, span))
        span = extend_lead(near, page.lines, titles, span)
        span = extend_verse(near, titles, span)
        span = extend_tail(near, extend_signature(near, span))
        if page.is_html:
            span = extend_siblings(near, page.lines, titles, span)
        else:
            span = end_of_bulletin(near, extend_signature(near, past_annex(near, span)))
            span = with_question(near, with_office(near, with_sections(near, span)))
        span = above_imprint(near, with_announced(near, span))
        span = without_note(near, {index for index in titles if index < span[0]}, span)
        scored[: len(near)] = near
    framed = edge is not None and span[1] < edge and _is_apart(scored, page.lines, span[1], edge)
    return Run(titles, scored, span, _inside(scored, page.lines, span, titles), framed)


def _is_apart(scored: Sequence[Scored], lines: Sequence[PageLine], last: int, edge: int) -> bool:
    """Does the article end signed, or another element begin with a heading of its own?"""
    return is_dated(scored, last) or (lines[edge].is_heading and not lines[edge].link_share)


def _end_of_search(lines: Sequence[PageLine], last: int, edge: int | None) -> int:
    """Return the index up to which more of the article is looked for: its element's end, or the comments below."""
    end = edge if edge is not None and last < edge else len(lines)
    if "comment" in lines[last].hints:
        return end
    return next((index for index in range(last + 1, end) if "comment" in lines[index].hints), end)


def _inside(
    scored: Sequence[Scored], lines: Sequence[PageLine], span: tuple[int, int], titles: set[int]
) -> list[Answer]:
    """Label the lines of the run: body, but for what is firmly something else."""
    labels: list[Answer] = []
    zone: Label | None = None
    headline = "".join(scored[index].folded for index in sorted(titles)) if span[1] > span[0] else ""
    near = scored[max(span[0] - 3, 0) : span[1] + 3]
    is_entry = False
    has_bullets = not _BULLETS.isdisjoint([line.folded for line in near])
    for index in range(span[0], span[1] + 1):
        line, source = scored[index], lines[index]
        kind = line.kind
        if line.weight > 0 or line.ends or (zone == "navigation" and (source.is_heading or is_entry)):
            zone = None  # what is no entry below one is a heading of the text
        is_entry = kind is ENTRY
        if index in titles:
            labels.append(GIVEN_TITLE)
        elif line.folded in _STRAY:
            labels.append(_STRAY_MARK)
        elif kind is not None and kind.firm and not is_signed_date(scored, index, span[0]):
            labels.append(kind.answer)
            zone = kind.label if kind.opens else (None if kind.rule == "skip_end" else zone)
        elif line.size > 5 and line.folded == headline and not is_signed(scored, index):
            labels.append(_TITLE_COPY)  # the text of a picture, mostly
        elif line.inset and not line.is_sentence and source.hints[-1:] != ("comment",):
            labels.append((label_of_hint(source.hints[-1]), stamp("markup_hint")))
        elif has_bullets and _is_bulleted(scored, index):
            labels.append(_BULLETED)
        elif source.link_share > 0.8 and _is_linked_text(scored, lines, index):
            labels.append(_BODY)
        elif (kind is None or not kind.firm) and source.link_share > 0.8 and _is_headline(line):
            labels.append(_LINKED)
        elif zone is not None and line.size < 60 and not (zone == "metadata" and _SECTION.match(line.folded)):
            labels.append(UNDER_HEADING[zone])
        elif kind is not None and kind.opens and index < span[1] and lines[index + 1].link_share > 0.8:
            labels.append(kind.answer)
        else:
            labels.append(_BODY)
    return labels


LONGEST_WORD = 8
"""Size of a word in a cell; headlines are longer."""


def _is_linked_text(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> bool:
    """Is a link a thing that a table lists, or a numbered entry with what the author says of it right below?"""
    if not 0 < index < len(lines) - 1 or lines[index + 1].link_share:
        return False
    own, above, below = lines[index], lines[index - 1], lines[index + 1]
    if own.tag in _CELLS:
        return below.tag in _CELLS and scored[index].size <= LONGEST_WORD
    return (
        _ENTRY.match(scored[index].folded) is not None
        and scored[index + 1].kind is None
        and scored[index + 1].weight > 0
        and not above.link_share
        and below.group == own.group == above.group
    )


def _is_headline(line: Scored) -> bool:
    """Does a line that is a link lead elsewhere? One that prints the address itself is to be read."""
    return not line.ends and line.size < 60 and "://" not in line.folded


_SECTION = re.compile(
    r"[(\[]?[一二三四五六七八九十]{1,2}[)\]、.]\s?\S|(?:[01]\s?[.、]?\s?)?(?:引\s?言|前\s?言|绪\s?论)$"
)
"""The heading of a section, as papers print the first one right below their keywords."""
_CELLS = frozenset(("td", "th"))
_ENTRY = re.compile(r"\(?\d{1,2}[、.)]\s?\S")


def _is_bulleted(scored: Sequence[Scored], index: int) -> bool:
    """An entry of a list whose bullets are lines of their own, as table cells give; or such a bullet."""
    if scored[index].kind is None and scored[index].weight < 0 and not scored[index].is_sentence:
        return _is_bullet(scored, index - 1) and (
            _is_bullet(scored, index + 1) or _is_bullet(scored, index - 3)
        )
    return _is_bullet(scored, index) and (_is_bullet(scored, index + 2) or _is_bullet(scored, index - 2))


def _is_bullet(scored: Sequence[Scored], index: int) -> bool:
    return 0 <= index < len(scored) and scored[index].folded in _BULLETS


_BULLETS = frozenset("··•●■◆○□▪*-")
