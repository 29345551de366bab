"""label: the lines of a page -> a label and a rule for each, cuts and joins.

Reads    page, repaired texts, indexes of the title, lines known of the site
Adds     a label of ``tasks.lines.LABELS`` and ``rule@version`` per line
Rejects  nothing; without a body label the document has no body
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tasks.edit import Change
from tasks.extract.cuts import find_cuts
from tasks.extract.hints import AGAINST, label_of_hint
from tasks.extract.kinds import Answer, Kind
from tasks.extract.rules import stamp
from tasks.extract.run import GIVEN_TITLE, UNDER_HEADING, Reading, Run, find_run, weigh_page
from tasks.extract.scored import Scored
from tasks.extract.site_lines import SITE_LINE, SiteLines
from tasks.lines import Label, Page, PageLine


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


def label_page(
    page: Page, texts: Sequence[str], title_lines: Collection[int] = (), site: SiteLines | None = None
) -> Labelled:
    """Label every line of a page.

    texts: the repaired text of each of ``page.lines``; title_lines: indexes that hold the title;
    site: what earlier documents of the host taught, when there are any.
    """
    reading = weigh_page(page, texts, site)
    return label_lines(page, texts, reading, find_run(page, reading, title_lines))


def label_lines(page: Page, texts: Sequence[str], reading: Reading, run: Run) -> Labelled:
    """Label the lines of a weighed page around its article."""
    scored, span = run.scored, run.span
    labels = _before(scored[: span[0]], page.lines, run.titles)
    labels += run.labels
    labels += _after(scored, page.lines, span[1] + 1, run.titles)
    joins = {i for i in reading.wrapped if labels[i][0] == "body" and labels[i + 1][0] == "body"}
    return Labelled(labels, find_cuts(texts, labels, run.body()), joins)


_DASHED: Answer = ("subtitle", stamp("dash_subtitle"))
_CAPTION: Answer = ("caption", stamp("lead_caption"))
_SITE_LINE: Answer = ("navigation", stamp("site_line"))
_ABOVE: Answer = ("navigation", stamp("before_article"))
_BELOW: Answer = ("boilerplate", stamp("after_article"))
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
            labels.append(GIVEN_TITLE)
        elif index - 1 in titles and line.folded.startswith("--") and line.size >= 4:
            labels.append(_DASHED)
        elif kind is SITE_LINE:
            labels.append(_SITE_LINE)
        elif kind is not None and not (kind.label in _MENU_LIKE and index < top):
            labels.append(kind.answer)
        elif 0 <= title < index and line.size >= 8 and lines[index].link_share < 0.5:
            labels.append(_CAPTION)
        else:
            labels.append(_ABOVE)
    return labels


def _after(scored: Sequence[Scored], lines: Sequence[PageLine], start: int, titles: set[int]) -> list[Answer]:
    """Label what stands below the article, by its words, by markup, or by the heading above it."""
    labels: list[Answer] = []
    zone: Label | None = None
    below = zip(scored[start:], lines[start:], strict=True)
    for index, (line, source) in enumerate(below, start):
        kind = line.kind
        if kind is not None and not (zone and _is_quiet(kind, zone)):
            zone = kind.label if kind.opens else zone
            labels.append(kind.answer)
        elif zone is not None:
            labels.append((zone, stamp("site_line")) if kind is SITE_LINE else UNDER_HEADING[zone])
        elif source.hints and source.hints[-1] in AGAINST:
            labels.append((label_of_hint(source.hints[-1]), stamp("markup_hint")))
        elif index in titles:
            labels.append(GIVEN_TITLE)
        else:
            labels.append(_BELOW)
        if zone is not None and line.folded.startswith("copyright"):
            zone = None
    return labels


def _is_quiet(kind: Kind, zone: Label) -> bool:
    """Tell whether a line belongs to the list around it whatever its words: dates and names among comments."""
    if kind.rule in {
        "chrome_words",
        "chrome_word",
        "glyphs",
        "site_line",
        "date_line",
        "metadata_line",
        "caption_end",
        "caption",
    }:
        return True
    return zone == "comment" and kind.label in ("metadata", "byline", "share", "promotion") and not kind.opens
