"""subtitles: the second line of a headline: below it (副题), else above it (引题, 肩题: a kicker).

Reads    a page, its texts, the indexes of the title
Gives    the index of the subtitle, -1 without one. Columns, breadcrumbs, sites, links and dates stand above
         headlines as well, so a kicker must read like a headline and be the first line of the element that
         holds both, or a heading beside the title
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold, key
from tasks.metadata.outlets import COLUMN, is_outlet
from tasks.metadata.people import read_credits
from tasks.metadata.sites import SITE_END, read_breadcrumb
from tasks.metadata.title_place import Surroundings
from tasks.metadata.title_shape import is_metadata, shape_of

SHORTEST: Final = 7
LONGEST: Final = 40
"""Characters of a kicker."""
STEPS: Final = 4
"""Elements gone up from the title: a cell, a row, a table and its section."""
_DASHED: Final = re.compile(r"-{2,}\s?[^-\s>|]")
_NO_KICKER: Final = re.compile(
    r"[>|/:]|。$|电话|热线|欢迎|当前|位置|字体|字号|第\s?\S{1,4}\s?版|\d{4}\s?[年/.-]\s?\d"
)


def find_subtitle(page: Page, texts: Sequence[str], title: Sequence[int], around: Surroundings) -> int:
    """Return the index of a line with a leading dash before the prose, of a lesser heading below, or of a kicker."""
    at = title[-1]
    for index in range(at + 1, min(at + 10, len(texts))):
        text = around.folded(index) if len(texts[index]) <= 120 else texts[index]
        if len(text) <= 60 and _DASHED.match(text) and not text.endswith("。"):
            if read_credits(text).is_whole:  # who wrote, behind a dash
                continue
            return index
        if len(text) > 60 or index > around.prose + 2:
            break
    return at + 1 if _is_heading_below(page, texts, at, around) else _find_kicker(page, texts, title[0])


def _is_heading_below(page: Page, texts: Sequence[str], at: int, around: Surroundings) -> bool:
    index = at + 1
    if index >= min(len(texts), around.prose) or not (
        page.lines[index].is_heading and page.lines[at].is_heading
    ):
        return False
    folded = fold(texts[index]).strip()
    if not 6 <= len(folded) <= 60 or around.is_metadata(index) or page.lines[index].link_share >= 0.5:
        return False
    return shape_of(folded) > 0 and key(texts[index]) != key(texts[at])


def _find_kicker(page: Page, texts: Sequence[str], title: int) -> int:
    """Return the index of the line above the title when it is a kicker, -1 when it is not."""
    above = title - 1
    if not page.is_html or above < 0 or page.lines[above].link_share > 0:
        return -1
    text = texts[above].strip()
    if text.startswith(("——", "--")) and len(text) <= LONGEST and not read_credits(text).is_whole:
        return above
    if not SHORTEST <= len(text) <= LONGEST or texts.count(texts[above]) > 1:
        return -1
    if not (_is_beside(page, above, title) or _opens_block(page, above, title)):
        return -1
    folded = fold(text)
    short = key(text)
    other = (
        _NO_KICKER.search(folded) or COLUMN.fullmatch(short) or is_outlet(folded) or SITE_END.search(folded)
    )
    if other or is_metadata(folded) or read_breadcrumb(text) or short in key(page.title_tag or ""):
        return -1
    return above if shape_of(folded) > 0 else -1


def _is_beside(page: Page, above: int, title: int) -> bool:
    """Tell whether both are headings and children of one element."""
    first, second = page.lines[above], page.lines[title]
    return first.is_heading and second.is_heading and first.group == second.group


def _opens_block(page: Page, above: int, title: int) -> bool:
    """Tell whether ``above`` is the first line of the smallest element that holds both lines."""
    around = _ancestors(page, page.lines[title].group)[: STEPS + 1]
    common = next((n for n in _ancestors(page, page.lines[above].group) if n in around and n), 0)
    if not common:
        return False
    return above == 0 or common not in _ancestors(page, page.lines[above - 1].group)


def _ancestors(page: Page, group: int) -> list[int]:
    """Return an element and those around it, innermost first."""
    found = [group]
    while group:
        group = page.parents[group]
        found.append(group)
    return found
