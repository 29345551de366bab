"""opening: lines that open an article and are no sentence.

A salutation, a dashed line, the name of a court and the number of its case, when a law was passed, the code of a
listed company, what a dish is made of: below them stands the first sentence.
"""

import re
from collections.abc import Collection, Sequence

from tasks.extract.scored import Scored
from tasks.lines import PageLine

MARKED = re.compile(
    r"-{2,}|[\[【]|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+、|\d{1,2}[、.]|\d{1,2}(?:\.\d{1,2})* [\u3400-\u9fff]{2}|第.{1,3}[章节条]|\S{2,16}(?:[电讯]|消息)[\s,(]"
)
"""How sections, datelines and notes in brackets begin."""
_ENACTED = re.compile(
    r"\((?:(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})年.{1,80}(?:通过|公布|发布|印发|施行|实施|批准|修订|修正)\S{0,6}\)"
)
"""When and by whom a law was passed, above its first article."""
_CASE = re.compile(r"[\[(](?:19|20)\d\d[\])][^\s。,:]{2,16}号")
_COURT = re.compile(r"(?:\S\s?){0,8}(?:判\s?决|裁\s?定|调\s?解|决\s?定)\s?书|[^\s。,:]{2,16}法院")
"""How a judgment opens: court, its name, number of the case."""
DOCUMENT_NUMBER = re.compile(
    r"\(?[\u3400-\u9fff]{1,14}\s?[\[(](?:19|20)\d\d[\])]\s?(?:第\s?)?\d{1,5}\s?号\)?"
)
"""The number of an official document, above its salutation: 县政办发[2019]29号."""
_SPEAKER = re.compile(
    r"\(?[\u3400-\u9fff]{0,10}(?:[省市县区镇乡州]长|主任|院长|检察长|书记|主席|校长|部长|总经理|董事长)\s[\u3400-\u9fff]{1,2}\s?[\u3400-\u9fff]{1,2}\)?"
)
"""Who gives a speech, above its salutation."""
_LISTED = re.compile(r"(?:证券|股票|债券)(?:代码|简称)\s?:")
"""How the notice of a listed company opens."""
SALUTATION = re.compile(r"[\u3400-\u9fff]{0,4}[爸妈爹娘爷奶哥姐弟妹叔舅姑姨伯婆儿子友兄]:")
"""How a letter within the family opens, however short."""
_METHOD = re.compile(
    r"(?:详细|具体|制作|烹饪|烹调|操作)?(?:做法|作法|步骤|方法|过程)(?:\([^()]{1,20}\))?\s?:?"
)
_INGREDIENTS = re.compile(
    r"(?:所需|准备|需要|使用|[主配食]\s?)?(?:材料|食材|原料|用料|主料|配料|佐料)(?:准备|清单|明细)?(?:\([^()]{1,12}\))?\s?(?::|$)"
)
"""How a recipe opens, and the heading above its first step."""
LONGEST_LIST = 30
"""Lines between these."""
FEWEST_TURNS = 2
"""Lines of the article by a speaker that make a line above it, which ends without a mark, his too."""
_TURN = re.compile(r"[^\s:。,\d]{1,8}:(?=.{4})")
NEAR_METHOD = 4
"""Lines of the article among which the first step begins; the last of the ingredients may read like a sentence."""
NEAR_CODE = 3
"""Lines between the code of a company and the first sentence: its name, the heading of the notice."""


def opens_article(line: Scored, following: Scored) -> bool:
    """Does a line open an article that goes on with ``following``?"""
    if line.folded.endswith((":", ",", ";")) or MARKED.match(line.folded) or _ENACTED.fullmatch(line.folded):
        return True
    if _CASE.fullmatch(line.folded) or _is_spoken(line.folded):
        return True
    if _COURT.fullmatch(line.folded) and (
        _CASE.fullmatch(following.folded) or _COURT.fullmatch(following.folded)
    ):
        return True
    salutes = following.folded.endswith(":")
    if salutes and _SPEAKER.fullmatch(line.folded):
        return True
    return (line.inside or salutes) and DOCUMENT_NUMBER.fullmatch(line.folded) is not None


def is_turn(scored: Sequence[Scored], index: int, last: int) -> bool:
    """Does somebody speak in a line who speaks again and again in the article, which ends at ``last``?"""
    turn = _TURN.match(scored[index].folded)
    if turn is None:
        return False
    return sum(line.folded.startswith(turn[0]) for line in scored[index + 1 : last + 1]) >= FEWEST_TURNS


def _is_spoken(folded: str) -> bool:
    """Is a line nothing but what somebody says: a call, a saying?"""
    return len(folded) >= 6 and folded[0] == folded[-1] == '"' and folded.count('"') == 2


def above_code(scored: Sequence[Scored], lines: Sequence[PageLine], first: int) -> int:
    """Return where the code of a listed company stands above its name and the heading of a notice, or ``first``."""
    for index in range(first - 1, max(-1, first - 1 - NEAR_CODE), -1):
        if _LISTED.match(scored[index].folded):
            return index
        if scored[index].kind is not None or lines[index].link_share:
            break
    return first


def above_method(scored: Sequence[Scored], titles: Collection[int], first: int) -> int:
    """Return where the ingredients of a dish begin above its first step, or ``first``."""
    near = range(max(first - 1, 0), min(first + NEAR_METHOD, len(scored)))
    head = next((index for index in near if _METHOD.fullmatch(scored[index].folded)), -1)
    if head < 0 or head in titles:
        return first
    start = first
    for index in range(head, max(-1, head - LONGEST_LIST), -1):
        if index in titles or scored[index].kind is not None:
            break
        if _INGREDIENTS.match(scored[index].folded):
            start = min(index, first)
    return start
