"""titles: the headline of a page, with and without markup.

Reads    a page and its repaired texts, before any label exists
Gives    ``Title``: as printed, with the lines that hold it
Wrong for pages whose title is a picture; then the markup's title stands, without a line
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.extract.vocabulary import kind_of
from tasks.lines import Page, PageLine
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import key, key_of_folded
from tasks.metadata.outlets import is_outlet
from tasks.metadata.subtitles import find_subtitle
from tasks.metadata.title_lines import MAX_TITLE, Title, join_lines, take_whole
from tasks.metadata.title_markup import References, find_references, fit_of, part_in, title_of_markup
from tasks.metadata.title_paths import LEAST_STEP, ends_path, paths_of
from tasks.metadata.title_place import MOST_NEAR, Surroundings
from tasks.metadata.title_shape import MOST_SHAPE, is_metadata, shape_of

LONGEST_UNMARKED: Final = 100
"""Longest title in characters without markup, less than ``MAX_TITLE``: longer ones are abstracts."""
WINDOW: Final = 30
"""Lines above the prose among which a title without markup is looked for."""
DATED: Final = 12
"""Lines with a date above which a title without markup is looked for."""
REPEATED: Final = 1.0
"""What it adds to a line that it stands two or three times, or ends the path to the page."""
IN_PATH: Final = 0.4
"""How well it has to stand for that."""
FEWEST_TOPS: Final = 3
"""Lines in ``h1`` of a page that sets its text so."""
BELOW_TEXT: Final = 2.0
"""What it takes from a line that sentences stand above or a speaker opens, where no markup tells what they are."""
LEAST_MARKED: Final = 3.0
LEAST_UNMARKED: Final = 1.6
"""Scores under which no line is the title. Tried 1.0 to 2.5 without markup: lower takes menus."""
_FIT: Final = 5.0
_HEADINGS: Final = {"h1": 2.6, "h2": 1.8, "h3": 1.2, "h4": 1.0}
_FURNITURE: Final = frozenset(("navigation", "share", "related", "comment", "legal", "boilerplate"))
"""Labels of lines that are no title, whatever they look like."""
_REPORTS: Final = ("报道", "报导", "电", "摄")
_DESK: Final = re.compile(r"\S{2,8}\s?/\s?\S{2,5}(?:报道|报导)")
"""The desk of a paper and where it reports from: 社会中心/综合报道."""
_DATE_LABEL: Final = re.compile(
    r"\s*(?:https?://[\w./-]+\s*)?(?:(?:发[布表]|更新)?(?:时间|日期)\s?[:|]?|[\[(|:·-])*\s*$"
)
_COUNT: Final = re.compile(r"\s?[（(]\s?\d{1,3}\s?/\s?\d{1,3}\s?[)）]$")
"""Which picture of how many is shown."""
_AROUND: Final = " \t\u3000|"
"""What may stand around a title and is none of it: blanks, the bars of a table."""
_LABEL: Final = re.compile(
    r"(?:篇名[\s\u3000]?[:：]|(?:[标標][\s\u3000]{0,4}|[\u3400-\u9fff]{2,4}[社网網][^\s，。：:]{4,20}[电電][\s\u3000]*)[题題][\s\u3000]?[:：])[\s\u3000]*(?=\S\S)"
)
"""The label 标题 in a header printed as text; what an agency sets before a headline: 某社某地10月12日电 题：."""
_RECORD: Final = re.compile(
    r"(?:公告|公文|通知|新闻|消息|讯息|活动|信件|来信|留言|咨询|诉求|问题|投诉|建议)?(?:主旨|标\s?题|题\s?目|主题|事由)\s?:?"
)
LONGEST_LABEL: Final = 8
"""The label of the title in the record of a notice, and its characters."""
_SORT: Final = re.compile(r"标题\s?:?\s?(?=\S)|\[[^\[\]]{1,8}\]\s*")
"""What boards print in front of a title and leave out of the markup: its label, the sort of post ([原创])."""


def find_title(page: Page, texts: Sequence[str]) -> Title:
    """Return the title of a page; ``texts[i]`` is the repaired text of ``page.lines[i]``."""
    references = find_references(page)
    around = Surroundings(page, texts)
    best, evidence = _best_marked(page, texts, references, around)
    best = _shorter_heading(page, texts, best)
    in_menu = evidence == "heading" and _is_in_menu(page, texts, references, best)
    if best < 0:
        best = _unmarked(page, texts, around)
        evidence = "shape"
    best = best if best >= 0 else _labelled(texts, around)
    if best < 0 or in_menu:
        text = title_of_markup(references)
        return Title(text, evidence="markup") if text else _merged(texts, around)
    printed = _COUNT.sub("", texts[best].strip(_AROUND))
    if evidence != "shape" and not any(key(printed) in reference for reference in references.keys):
        printed = part_in(printed, references) or printed
    if (label := _LABEL.match(printed)) is not None:
        printed = printed[label.end() :]
        best = next((index for index in range(max(best - WINDOW, 0), best) if texts[index] == printed), best)
    title = Title(printed, None, [best], [], evidence)
    if not take_whole(title, texts, references):
        join_lines(title, texts, references, around)
    _add_subtitle(title, page, texts, around)
    return title


def _is_in_menu(page: Page, texts: Sequence[str], references: References, best: int) -> bool:
    """Is one of many lines in ``h1`` the best, none of which fits, while the menu above prints what markup says?"""
    if page.lines[best].tag != "h1" or sum(line.tag == "h1" for line in page.lines) < FEWEST_TOPS:
        return False
    above = zip(page.lines[1:best], texts[1:best], strict=True)
    return any(line.link_share == 1.0 and key(text) in references.keys for line, text in above)


def _shorter_heading(page: Page, texts: Sequence[str], best: int) -> int:
    """Return the one ``h1`` that a lesser heading only lengthens: 酸汤鱼 above 酸汤鱼的做法."""
    if best < 0 or page.lines[best].tag not in ("h2", "h3"):
        return best
    tops = [index for index, line in enumerate(page.lines) if line.tag == "h1"]
    is_longer = len(tops) == 1 and tops[0] < best and key(texts[best]).startswith(key(texts[tops[0]]))
    return tops[0] if is_longer and len(texts[tops[0]].strip()) >= 4 else best


def _best_marked(
    page: Page, texts: Sequence[str], references: References, around: Surroundings
) -> tuple[int, str]:
    """Return the best line among headings and lines that begin like a reference, -1 without one.

    Neighbours are read for those only that can still win by them; then the shape.
    """
    likely: list[_Contender] = []
    for index in _marked(page, texts, references):
        folded, line = around.folded(index), page.lines[index]
        fit = fit_of(key_of_folded(folded), references)
        if not fit and (sort := _SORT.match(folded)) is not None:
            fit = fit_of(key_of_folded(folded[sort.end() :]), references)
        heading = _HEADINGS.get(line.tag, 1.5) if line.is_heading else 0.0
        if fit >= 0.3 or heading:
            base = _FIT * fit + heading - line.link_share * (0.4 if fit >= 0.9 else 1.5)
            likely.append((base + around.place(index), -index, fit))
    sure, likely = _contenders(page, likely, MOST_NEAR + MOST_SHAPE)
    if len(likely) > 1 or sure == LEAST_MARKED:
        near = [(score + around.near(-negative), negative, fit) for score, negative, fit in likely]
        sure, likely = _contenders(page, near, MOST_SHAPE)
    if len(likely) > 1 or sure == LEAST_MARKED:
        likely = [(score + _shape(around, -n, fit), n, fit) for score, n, fit in likely]
    score, negative, fit = max(likely, default=(LEAST_MARKED, 1, 0.0))
    return (-negative, "fit" if fit >= 0.5 else "heading") if score > LEAST_MARKED else (-1, "")


_Contender = tuple[float, int, float]
"""A score as far as it is known, the index of the line (below 0: the first of equals wins), its fit."""


def _contenders(page: Page, likely: Sequence[_Contender], most: float) -> tuple[float, list[_Contender]]:
    """Return what the best line scores at least, and the lines that may score as much with ``most`` more."""
    sure = max([LEAST_MARKED, *(s for s, n, fit in likely if _is_well_shaped(page.lines[-n], fit))])
    return sure, [each for each in likely if each[0] + most >= sure]


def _marked(page: Page, texts: Sequence[str], references: References) -> list[int]:
    """Return the lines that are headings or begin like a reference."""
    if not page.is_html:
        return []
    starts = references.starts
    return [
        index
        for index, (line, text) in enumerate(zip(page.lines, texts, strict=True))
        if (line.is_heading or text[:1] in starts) and 2 <= len(text) <= MAX_TITLE
    ]


def _is_well_shaped(line: PageLine, fit: float) -> bool:
    """Tell whether no shape takes anything from a line: one that fits needs no fine shape."""
    return fit >= 0.9 or (fit >= 0.5 and line.is_heading)


def _shape(around: Surroundings, index: int, fit: float) -> float:
    """Return the part of the shape that counts beside markup."""
    shape = shape_of(around.folded(index))
    if fit < 0.9 and around.is_metadata(index):
        shape -= 3.0
    return max(shape, 0.0) if _is_well_shaped(around.page.lines[index], fit) else shape


def _unmarked(page: Page, texts: Sequence[str], around: Surroundings) -> int:
    """Return the line that looks and stands like a title; -1 when none does.

    Looked for above the prose, and above every line that prints a date.
    """
    top = min(around.prose, len(texts))
    near = set(range(max(top - WINDOW, 0), min(top + 2, len(texts))))
    for index in around.dated(DATED):
        near.update(range(max(index - 5, 0), index))
    paths = paths_of(texts[:top]) if not page.is_html else []
    best, best_score = -1, LEAST_UNMARKED
    # those that stand best come first, so that the shape is asked of those only that can still win
    likely = [i for i in near if 4 <= len(texts[i].strip()) <= LONGEST_UNMARKED and not around.is_metadata(i)]
    for stands, negative in sorted(((around.score(index), -index) for index in likely), reverse=True):
        index = -negative
        if stands + MOST_SHAPE + REPEATED < best_score:
            break
        score = shape_of(around.folded(index)) + stands - 1.5 * page.lines[index].link_share
        is_repeated = stands >= 1.5 and len(texts[index]) >= 12 and texts.count(texts[index]) in (2, 3)
        if is_repeated or (stands >= IN_PATH and ends_path(texts, index, paths)):
            score += REPEATED
        if (score, negative) <= (best_score, -best):
            continue
        is_within = not page.is_html and (around.is_below_text(index) or around.is_spoken(index))
        if is_within or around.goes_on(index):
            score -= BELOW_TEXT
        if (score, negative) > (best_score, -best) and not _is_furniture(around.folded(index).strip(_AROUND)):
            best, best_score = index, score
    return best


def _labelled(texts: Sequence[str], around: Surroundings) -> int:
    """Return the line below the label of the title, as boards print the record of a notice; -1 without one."""
    for index in range(min(around.prose, len(texts) - 1)):
        is_label = len(texts[index]) <= LONGEST_LABEL and _RECORD.fullmatch(around.folded(index))
        if is_label and LEAST_STEP <= len(texts[index + 1].strip()) <= LONGEST_UNMARKED:
            return index + 1
    return -1


def _is_furniture(folded: str) -> bool:
    """Tell whether the words of a line say that it is a path, a row of links, a button, a byline or the like."""
    kind = kind_of(folded)
    if kind is not None and kind.rule == "dateline" and _DESK.fullmatch(folded) is not None:
        return True
    if kind is None or not kind.firm:
        return False
    if kind.label == "metadata":
        return next(find_dates(folded), None) is None
    return kind.label in _FURNITURE or (kind.rule == "reporter" and folded.endswith(_REPORTS))


def _merged(texts: Sequence[str], around: Surroundings) -> Title:
    """Return the title printed on one line with its date: what stands before the date."""
    for index in around.dated(DATED):
        if index > around.prose:
            break
        folded = around.folded(index)
        date = next(find_dates(folded), None)
        part = _DATE_LABEL.sub("", folded[: date.start]) if date is not None else ""
        if (
            len(part) >= 10
            and shape_of(part) > 0
            and not is_outlet(part.split()[-1])
            and not is_metadata(part)
        ):
            return Title(texts[index].strip()[: len(part)].strip(), None, [index], [], "shape")
    return Title()


def _add_subtitle(title: Title, page: Page, texts: Sequence[str], around: Surroundings) -> None:
    if title.subtitle is None:
        index = find_subtitle(page, texts, title.lines, around)
        if index >= 0:
            title.subtitle, title.subtitle_lines = texts[index].strip(), [index]
