"""lead: what stands between the date line and the first paragraph: abstract and captions."""

import re
from collections.abc import Collection, Sequence

from tasks.extract.kinds import Kind
from tasks.extract.opening import MARKED, SALUTATION, above_code, above_method, is_turn, opens_article
from tasks.extract.scored import Scored
from tasks.extract.tables import is_short_list, is_table
from tasks.lines import PageLine

SUMMARY = Kind("summary_text", "summary", 5)
LEAD_CAPTION = Kind("lead_caption", "caption", 5)
LONGEST_ABSTRACT = 400
_INLINE = re.compile(
    r"[\[(]?(?:内容|本文|文章|新闻)?(?:摘要|提要|导读|导语|核心提示|阅读提示)[\])]?\s*:|[\[【](?:内容|本文|文章|新闻)?(?:摘要|提要|导读|核心提示)[\]】]\s?\S"
)
_INLINE_OPENS = frozenset("[(【内本文新摘提导核阅")
"""First characters of such a line."""
PARAGRAPH = 25.0
"""Weight of a line that is a paragraph by itself."""
LONGEST_LIST = 40
"""Lines of a list or table between an opening paragraph and the rest."""
LONGEST_BUTTON = 4
"""Size of a linked word between them that is a button."""
LONGEST_HEADING = 20
FEWEST_HEADINGS = 2
"""Characters of a subheading, and how many of them make the line above an article one too."""
_HEADS = frozenset(
    ("metadata_line", "date_line", "source_line", "reporter", "summary_element", "summary_text")
)
REACH = 6
"""Lines after an abstract within which the article begins."""
_DATELINE = re.compile(
    r"[\[(][^\[\]()。,]{2,24}[讯电][\])]|[^\s。,]{2,12}\d{1,2}日[讯电][\s(,:]|本[报台网站]讯[\s(,:]"
)
"""How a report opens: (某地22日讯), 某社某地10月30日电, 本报讯."""
_PREFACE = re.compile(
    r"前言|引言|导言|引子|楔子|序言?|缘起|起因|写在前面(?:的话)?|(?:项目|基本)?(?:概况|概述)|背景介绍|01|一"
)
"""Headings that stand above a first paragraph and nowhere else."""
LONGEST_ABOVE = 60
MOST_ABOVE = 3
"""Characters and number of the lines that may stand above a dateline: captions, catchlines."""


def mark_abstract(scored: Sequence[Scored]) -> None:
    """Name the paragraph under a heading 摘要 or 导读, and the captions between it and the article.

    Only when the page goes on with at least as much text; a lone abstract is the article. The first paragraph
    in the element of the article is no abstract of a heading outside it.
    """
    below_heading = False
    for index, line in enumerate(scored):
        if line.kind is not None:
            below_heading = line.kind.rule == "summary_heading"
            continue
        may_be = (below_heading and line.is_sentence) or line.folded[:1] in _INLINE_OPENS
        below_heading = False
        if not may_be or not _is_abstract(scored, index):
            continue
        if sum(below.size for below in scored[index + 1 :] if below.weight > 0) >= line.size:
            line.kind, line.weight = SUMMARY, -SUMMARY.cost
            if _is_abstract_heading(scored, index - 1):
                _mark_captions(scored, index + 1, line.folded[:8])


def _is_abstract(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether a line says that it is an abstract, or is a sentence under the heading of one."""
    line = scored[index]
    if (
        line.folded[:1] in _INLINE_OPENS
        and 12 <= line.size <= LONGEST_ABSTRACT
        and _INLINE.match(line.folded)
    ):
        return True
    if not line.is_sentence or not _is_abstract_heading(scored, index - 1):
        return False
    return scored[index - 1].inside or not line.inside


def _is_abstract_heading(scored: Sequence[Scored], index: int) -> bool:
    kind = scored[index].kind if index >= 0 else None
    return kind is not None and kind.rule == "summary_heading"


def _mark_captions(scored: Sequence[Scored], start: int, opening: str) -> None:
    """Mark the lines between an abstract and the paragraph that opens like it as captions."""
    for index in range(start, min(start + REACH, len(scored))):
        if scored[index].folded.startswith(opening):
            for line in scored[start:index]:
                if line.kind is None and line.size < 60:
                    line.kind, line.weight = LEAD_CAPTION, -LEAD_CAPTION.cost
            return


def trim_lead(scored: Sequence[Scored], lines: Sequence[PageLine], span: tuple[int, int]) -> tuple[int, int]:
    """Move the start of the article past captions: lines without an end before paragraphs that end.

    An article whose paragraphs mostly lack an end mark (verse, notes) is left as it is.
    """
    first, last = span
    paragraphs = [line for line in scored[first : last + 1] if line.kind is None and line.size >= 30]
    ended = sum(line.ends for line in paragraphs)
    if not paragraphs or ended * 10 < len(paragraphs) * 7:
        return span
    start = first
    while start < last and (
        _is_caption(scored[start], lines[start]) or _opens_alike(scored[start], scored[start + 1])
    ):
        start += 1
    start = _at_dateline(scored, start, last)
    return (start, last) if any(line.weight > 0 for line in scored[start : last + 1]) else span


def _at_dateline(scored: Sequence[Scored], start: int, last: int) -> int:
    """Return the one paragraph that opens with a dateline, below a few short lines; else ``start``.

    A round-up has many of them, and its lines above are headings.
    """
    near = range(start, min(start + MOST_ABOVE, last) + 1)
    at = next((index for index in near if _DATELINE.match(scored[index].folded)), start)
    if at == start or any(line.size > LONGEST_ABOVE for line in scored[start:at]):
        return start
    again = any(_DATELINE.match(line.folded) for line in scored[at + 1 : last + 1])
    return start if again else at


def _earlier_paragraph(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], first: int
) -> int:
    """Return where an opening paragraph stands that a long list or table parts from the rest.

    Nothing that closes an article may stand between, nor title or date.
    """
    start = first
    for index in range(first - 1, max(-1, first - 1 - LONGEST_LIST), -1):
        line = scored[index]
        if line.kind is not None and line.kind.rule in ("contents_entry", "button"):
            continue
        if index in titles or _closes(line):
            break
        if lines[index].link_share > 0.5 and line.size > LONGEST_BUTTON:
            break
        if line.ends and (line.weight >= PARAGRAPH or _ends_block(scored, index, start < first and start)):
            between = scored[index + 1 : start]
            is_list = is_table(between) or (index > max(titles, default=index) and is_short_list(between))
            if not is_list or _opens_alike(line, scored[start]):
                break
            start = index
    return start


def _closes(line: Scored) -> bool:
    """Tell whether a line ends the text above it; the heading of a table of contents does not."""
    kind = line.kind
    return kind is not None and bool(kind.closing or kind.firm) and kind.rule != "contents_heading"


def _ends_block(scored: Sequence[Scored], index: int, below: int) -> bool:
    """Tell whether a short sentence is one of two, the second at ``below``, that are a paragraph together."""
    line, above = scored[index], scored[index - 1]
    if line.weight <= 0 or index == 0:
        return False
    return index == below - 1 or (above.ends and above.weight > 0 and line.weight + above.weight >= PARAGRAPH)


def extend_lead(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], span: tuple[int, int]
) -> tuple[int, int]:
    """Move the start back over what opens an article and is no sentence: salutation, verse, dashed line, marker."""
    first, last = span
    first = _earlier_paragraph(scored, lines, titles, first)
    while first > 0 and first - 1 not in titles:
        line = scored[first - 1]
        opens = opens_article(line, scored[first]) or is_turn(scored, first - 1, last)
        is_short = line.size < (2 if line.folded[0].isdigit() else 4) if line.folded else True
        is_short = is_short and SALUTATION.fullmatch(line.folded) is None
        if line.kind is not None or not opens or lines[first - 1].link_share > 0.5 or is_short:
            break
        if first - 2 in titles and line.folded.startswith("--"):
            break
        first -= 1
    first = _first_section(scored, lines, titles, first)
    first = above_method(scored, titles, above_code(scored, lines, first))
    if first - 1 not in titles and first and scored[first - 1].kind is None:
        first -= _PREFACE.fullmatch(scored[first - 1].folded) is not None
    if _is_first_heading(scored, lines, titles, (first, last)):
        first -= 1
    return first, last


def _first_section(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], first: int
) -> int:
    """Return where the numbered sections above ``first``, itself a later one, begin: at 一、, or ``first``."""
    number = _SECTION.match(scored[first].folded)
    if number is None or number[1] == "一":
        return first
    for index in range(first - 1, max(-1, first - 1 - LONGEST_LIST), -1):
        line = scored[index]
        if index in titles or lines[index].link_share > 0.5 or (line.kind is not None and line.kind.firm):
            return first
        found = _SECTION.match(line.folded)
        if found is not None and found[1] == "一":
            return index
    return first


_SECTION = re.compile(r"([一二三四五六七八九十]{1,3})、")


def _is_first_heading(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], span: tuple[int, int]
) -> bool:
    """Is the line above the article the first of its subheadings: right below title or date, with two like it inside?"""
    index, last = span[0] - 1, span[1]
    if index < 1 or index in titles or not _is_heading(scored[index], scored[index + 1]):
        return False
    above = scored[index - 1].kind
    is_below = index - 1 in titles or (above is not None and above.rule in _HEADS)
    apart = lines[index].hints and (lines[index].group, lines[index].tag) != (
        lines[span[0]].group,
        lines[span[0]].tag,
    )
    if not is_below or lines[index].link_share > 0.5 or apart:
        return False
    inside = zip(scored[span[0] + 1 : last], scored[span[0] + 2 : last + 1], strict=True)
    return sum(_is_heading(line, following) for line, following in inside) >= FEWEST_HEADINGS


def _is_heading(line: Scored, following: Scored) -> bool:
    plain = line.kind is None and not line.ends and not line.is_sentence and 3 <= line.size <= LONGEST_HEADING
    return plain and "," not in line.folded and following.weight >= PARAGRAPH


def _opens_alike(line: Scored, following: Scored) -> bool:
    """Tell whether a line is the first words of the paragraph below it: an abstract made by cutting."""
    words = line.folded.rstrip("。.… ")[:100]  # of a long line the middle is not folded
    return len(words) >= 16 and following.size > line.size and following.folded.startswith(words)


def _is_caption(line: Scored, source: PageLine) -> bool:
    if line.kind is not None:
        return line.kind.firm
    if source.hints and source.hints[-1] == "caption" and line.size < 80:
        return True
    if line.weight > 0 and line.size < 40:
        return False
    return not line.ends and line.size < 90 and not MARKED.match(line.folded) and "。" not in line.folded
