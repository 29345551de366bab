"""label: the lines of a page -> a label and a rule for each, cuts and joins.

Reads    page, repaired texts, indexes of the title, lines known of the site
Adds     a label of ``tasks.lines.LABELS`` and ``rule@version`` per line
Rejects  nothing; without a body label the document has no body
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tasks.edit import Change
from tasks.extract.annex import past_annex
from tasks.extract.article import find_article
from tasks.extract.boxes import join_halves
from tasks.extract.container import read_markup
from tasks.extract.cuts import find_cuts
from tasks.extract.hints import AGAINST
from tasks.extract.kinds import Kind
from tasks.extract.lead import extend_lead, mark_abstract, trim_lead
from tasks.extract.rules import stamp
from tasks.extract.scope import find_edge
from tasks.extract.score import score_page
from tasks.extract.scored import Scored
from tasks.extract.siblings import extend_siblings
from tasks.extract.site_lines import SITE_LINE, SiteLines, mark_site_lines
from tasks.extract.tail import (
    extend_signature,
    extend_tail,
    extend_verse,
    is_signed,
    is_signed_date,
)
from tasks.extract.verse import SHARE_IN_TEXT, allow_verse
from tasks.lines import Label, Page, PageLine

Answer = tuple[Label, str]


@dataclass(slots=True)
class Labelled:
    """The answer for one page.

    labels: (label, ``rule@version``) per line of the page.
    cuts: (index of the line, change in coordinates of its repaired text, ``rule@version``).
    joins: indexes of body lines that go on in the next body line.
    """

    labels: list[Answer]
    cuts: list[tuple[int, Change, str]] = field(default_factory=list)
    joins: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a page weighed, before anything is known of its title.

    wrapped: indexes of lines that were broken to fit a width and go on in the next.
    """

    scored: list[Scored]
    wrapped: set[int]


def label_page(
    page: Page, texts: Sequence[str], title_lines: Collection[int] = (), site: SiteLines | None = None
) -> Labelled:
    """Label every line of a page.

    texts: the repaired text of each of ``page.lines``; title_lines: indexes that hold the title;
    site: what earlier documents of the host taught, when there are any.
    """
    return label_lines(page, texts, weigh_page(page, texts, site), title_lines)


def weigh_page(page: Page, texts: Sequence[str], site: SiteLines | None = None) -> Reading:
    """Weigh every line of a page; most of the work of ``label_page``, and the same whatever the title."""
    scored, wrapped = score_page(texts, page.lines)
    if page.is_html:
        read_markup(scored, page)
    else:
        allow_verse(scored, page.lines, SHARE_IN_TEXT)
    if site is not None:
        mark_site_lines(scored, texts, site)
    mark_abstract(scored)
    return Reading(scored, wrapped)


def label_lines(
    page: Page, texts: Sequence[str], reading: Reading, title_lines: Collection[int] = ()
) -> Labelled:
    """Label the lines of a weighed page, which stays as it is."""
    titles = set(title_lines)
    scored = list(reading.scored)
    edge = find_edge(scored, page, titles) if page.is_html else None
    span = find_article(scored, titles, edge)
    if span is None:
        span = (len(scored), len(scored) - 1)
    else:
        near = scored[:edge] if edge is not None and span[1] < edge else scored
        span = join_halves(near, span, max((i for i in titles if i < span[0]), default=-1))
        span = extend_lead(near, page.lines, titles, trim_lead(near, page.lines, span))
        span = extend_verse(near, titles, span)
        span = extend_tail(near, extend_signature(near, span))
        if page.is_html:
            span = extend_siblings(near, page.lines, titles, span)
        else:
            span = extend_signature(near, past_annex(near, span))
        scored[: len(near)] = near
    labels = _before(scored[: span[0]], page.lines, titles)
    labels += _inside(scored, page.lines, span, titles)
    labels += _after(scored, page.lines, span[1] + 1, titles)
    joins = {i for i in reading.wrapped if labels[i][0] == "body" and labels[i + 1][0] == "body"}
    return Labelled(labels, find_cuts(texts, labels), joins)


_MENU_LIKE = frozenset(("promotion", "related", "comment", "boilerplate"))
"""Labels that above the title only say: an entry of a menu."""


def _before(scored: Sequence[Scored], lines: Sequence[PageLine], titles: set[int]) -> list[Answer]:
    """Label what stands above the article: navigation, then title, fields, captions."""
    labels: list[Answer] = []
    title = max((i for i in titles if i < len(scored)), default=-1)
    top = title if title >= 0 else len(scored)
    for index, line in enumerate(scored):
        kind = line.kind
        if index in titles:
            labels.append(("title", stamp("given_title")))
        elif index - 1 in titles and line.folded.startswith("--") and line.size >= 4:
            labels.append(("subtitle", stamp("dash_subtitle")))
        elif kind is SITE_LINE:
            labels.append(("navigation", stamp(kind.rule)))
        elif kind is not None and not (kind.label in _MENU_LIKE and index < top):
            labels.append((kind.label, stamp(kind.rule)))
        elif 0 <= title < index and line.size >= 8 and lines[index].link_share < 0.5:
            labels.append(("caption", stamp("lead_caption")))
        else:
            labels.append(("navigation", stamp("before_article")))
    return labels


def _inside(
    scored: Sequence[Scored], lines: Sequence[PageLine], span: tuple[int, int], titles: set[int]
) -> list[Answer]:
    """Label the lines of the run: body, but for what is firmly something else."""
    labels: list[Answer] = []
    zone: Label | None = None
    headline = "".join(scored[index].folded for index in sorted(titles)) if span[1] > span[0] else ""
    for index in range(span[0], span[1] + 1):
        line, source = scored[index], lines[index]
        kind = line.kind
        if line.weight > 0 or line.ends:
            zone = None
        if index in titles:
            labels.append(("title", stamp("given_title")))
        elif kind is not None and kind.firm and not is_signed_date(scored, index, span[0]):
            labels.append((kind.label, stamp(kind.rule)))
            zone = kind.label if kind.opens else (None if kind.rule == "skip_end" else zone)
        elif line.size > 5 and line.folded == headline and not is_signed(scored, index):
            labels.append(("caption", stamp("title_copy")))  # the text of a picture, mostly
        elif _is_bulleted(scored, index):
            labels.append(("related", stamp("bulleted_link")))
        elif (kind is None or not kind.firm) and source.link_share > 0.8 and not line.ends and line.size < 60:
            labels.append(("related", stamp("linked_line")))
        elif zone is not None and line.size < 60:
            labels.append((zone, stamp("under_heading")))
        else:
            labels.append(("body", stamp("body_run")))
    return labels


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


def _after(scored: Sequence[Scored], lines: Sequence[PageLine], start: int, titles: set[int]) -> list[Answer]:
    """Label what stands below the article, by its words, by markup, or by the heading above it."""
    labels: list[Answer] = []
    zone: Label | None = None
    for index in range(start, len(scored)):
        line, kind, hints = scored[index], scored[index].kind, lines[index].hints
        if kind is not None and not (zone and _is_quiet(kind, zone)):
            zone = kind.label if kind.opens else zone
            labels.append((kind.label, stamp(kind.rule)))
        elif zone is not None:
            labels.append((zone, stamp("site_line" if kind is SITE_LINE else "under_heading")))
        elif hints and hints[-1] in AGAINST:
            labels.append((_label_of_hint(hints[-1]), stamp("markup_hint")))
        elif index in titles:
            labels.append(("title", stamp("given_title")))
        else:
            labels.append(("boilerplate", stamp("after_article")))
        if line.folded.startswith("copyright"):
            zone = None
    return labels


def _is_quiet(kind: Kind, zone: Label) -> bool:
    """Lines that are part of a list whatever their words: dates and names among comments."""
    if kind.rule in (
        "chrome_words",
        "chrome_word",
        "glyphs",
        "site_line",
        "date_line",
        "metadata_line",
        "caption_end",
        "caption",
    ):
        return True
    return zone == "comment" and kind.label in ("metadata", "byline", "share", "promotion") and not kind.opens


_HINTED: dict[str, Label] = {
    "comment": "comment",
    "related": "related",
    "navigation": "navigation",
    "share": "share",
    "legal": "legal",
    "promotion": "promotion",
}


def _label_of_hint(hint: str) -> Label:
    return _HINTED[hint]
