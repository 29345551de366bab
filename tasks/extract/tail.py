"""tail: how articles end, and the signature under them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.scored import Scored
from tasks.extract.tables import is_table

_SIGNED_DATE = re.compile(
    r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[\u3400-\u9fff]{1,6}$|(?:\d{4}|[二〇○零一九]{2}[〇○零一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,2}月"
    r"(?:[\d一二三四五六七八九十]{1,3}日(?:[清凌早上中下傍深午]\S|[夜晚晨])?(?:[写作改定完]?稿?于[\u3400-\u9fff·]{1,10})?|[写作改定完]?稿?于[\u3400-\u9fff·]{1,10})$"
)
_SIGNED_LETTER = re.compile(
    rf"{_SIGNED_DATE.pattern}|[\d一二三四五六七八九十腊正]{{1,2}}月[\d初一二三四五六七八九十廿]{{1,3}}[日夜晚晨]?$"
)
_SHORT_DATE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
OFFICE = re.compile(
    r"^[\u3400-\u9fff]{2,14}(?:部|局|处|厅|政府|[法察]院|办|办公室|委|委员会|党委|支部|团委|学院|学校|大学|医院|公司|协会|中心|校|站|馆|所|工会)$"
)
_CLERK = re.compile(
    r"(?:代理?\s?)?(?:书\s?记\s?员|法\s?官\s?助\s?理|速\s?录\s?员)[\s:]{0,4}\S(?:\s?\S){1,3}$"
)
"""Who took a judgment down, below its day."""
SIGNATURE = 8
"""Lines between the text of a notice and its date: annexes, contacts, up to five offices."""
PARAGRAPH = 18.0
"""Weight of a line that is a paragraph by itself."""
CELL = 12
"""Size of the longest table cell passed over; headlines are longer."""
MOST_CELLS = 60
LONGEST_SIGNER = 40
FEWEST_ENTRIES = 3
"""Lines of a list below the last paragraph; one or two are tags or counters."""
_QUIET = frozenset(("contact", "glyphs", "date_line"))
"""Kinds of lines that may belong to the end of an article."""


def extend_signature(scored: list[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past the contact, name and date under a notice, which belong to it; the date is then text."""
    first, last = span
    end, signs = last + 1, _SIGNED_LETTER if scored[first].folded.endswith(":") else _SIGNED_DATE
    stop = min(len(scored), end + SIGNATURE)
    while end < stop and _is_signer(scored[end]) and not signs.match(scored[end].folded):
        end += 1
    signed = scored[end].folded.replace(" ", "") if end < len(scored) else ""
    office = end > last + 1 and scored[end - 1].kind is None and OFFICE.search(scored[end - 1].folded)
    if signs.match(signed) or (office and _SHORT_DATE.fullmatch(signed)):
        scored[end] = replace(scored[end], kind=None)
        while end + 1 < len(scored) and _CLERK.match(scored[end + 1].folded):
            end += 1
        return first, end
    return span


def is_signed_date(scored: Sequence[Scored], index: int, first: int) -> bool:
    """The day under the name of an office, and its telephone, in a notice that goes on with what it makes known."""
    line, above = scored[index], scored[index - 1] if index > first else None
    if above is not None and above.kind is not None and above.kind.rule == "contact" and index - 1 > first:
        above = scored[index - 2]
    return (
        line.kind is not None
        and line.kind.rule == "date_line"
        and above is not None
        and above.kind is None
        and not above.ends
        and is_dated(scored, index)
    )


def is_dated(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether there is a line at ``index`` with a date as in a signature, and nothing else."""
    return index < len(scored) and _SIGNED_DATE.match(scored[index].folded.replace(" ", "")) is not None


def is_signed(scored: Sequence[Scored], index: int) -> bool:
    """Is a line the first or second name above the day that signs a notice?"""
    return is_dated(scored, index + 1) or (is_dated(scored, index + 2) and _is_signer(scored[index + 1]))


def extend_tail(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past a last sentence that short lines part from the article.

    Goes on to the first line whose words close an article, or that opens a list; short lines cost
    half of what they do elsewhere.
    """
    first, last = span
    last = _past_table(scored, _to_end_of_element(scored, _past_promotion(scored, last)))
    best, total = last, 0.0
    for index in range(last + 1, min(len(scored), last + 1 + SIGNATURE)):
        line = scored[index]
        if line.kind is not None and (line.kind.closing or line.kind.opens):
            break
        total += line.weight if line.weight > 0 else line.weight / 2
        if total > 0 and line.weight > 0 and line.ends:
            best, total = index, 0.0
    best = _to_way_back(scored, best)
    note = best + 1
    while note < min(len(scored), best + 3) and _has_rule(scored[note], _SIGNED):
        note += 1
    if note < len(scored) and scored[note].kind is None and _NOTE.match(scored[note].folded):
        best = note
    return first, best


def _to_way_back(scored: Sequence[Scored], last: int) -> int:
    """Return the last paragraph when what leads back to the site clings to it, though it is no full sentence."""
    for index in range(last + 1, min(len(scored), last + 1 + SIGNATURE)):
        kind = scored[index].kind
        if kind is not None and (kind.firm or kind.closing):
            break
        if scored[index].size >= WITH_WAY_BACK and _WAY_BACK.search(scored[index].folded):
            return index
    return last


_WAY_BACK = re.compile(r"返回[^\s。,]{1,4},?查看更多\W*$")
WITH_WAY_BACK = 14
"""Size of a line that holds words before it."""
_NOTE = re.compile(
    r"[(*※注]\S{0,40}(?:化名|受访者|亦有贡献)|[(*※]以上(?:数据|价格|统计|人物)|特此(?:通知|公告|通告|通报|公示|函告|报告|批复|说明|声明|鸣谢)$|"
    r"此致(?:\s?敬礼)?!?$|(?:[\u3400-\u9fff]{1,4}\s){0,2}[\u3400-\u9fff]{1,8}\s?(?:敬[上启贺輓挽]|谨[上启]|叩[上首]|拜上)$|\(?(?:未完)?待续\)?$|(?:相关|原始)?论文(?:链接|信息|地址|网址|原文|doi)\s?:\s?\S"
)
"""What an author adds below: 文中人物为化名, 特此通知, 未完待续, where the paper stands that is told of."""


def _past_promotion(scored: Sequence[Scored], last: int) -> int:
    """Return the index of the last paragraph, past appeals that part it from those above."""
    while True:
        index = last + 1
        while index < min(len(scored), last + 4) and _has_rule(scored[index], _APPEALS):
            index += 1
        if index == last + 1 or index >= len(scored):
            return last
        line = scored[index]
        if (
            line.kind is not None
            or line.weight < (SENTENCE if _closes(scored, index + 1) else WHOLE)
            or not line.ends
            or line.inside != scored[last].inside
        ):
            return last
        last = index


_SIGNED = frozenset(("reporter", "dateline"))
_APPEALS = frozenset(("promotion", "button", "advert_mark"))
WHOLE = 25.0
"""Weight of a line that is a paragraph for certain."""
SENTENCE = 15.0
"""Weight of one just above what closes an article."""


def _closes(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether the line at ``index`` closes an article or opens a list below it."""
    kind = scored[index].kind if index < len(scored) else None
    return kind is not None and kind.closing > 0


def _has_rule(line: Scored, rules: frozenset[str]) -> bool:
    return line.kind is not None and line.kind.rule in rules


def _to_end_of_element(scored: Sequence[Scored], last: int) -> int:
    """Return the last line of a list, a table or of whom to ask that ends the element which holds the article."""
    end = last + 1
    while end < len(scored) and scored[end].inside and _is_quiet(scored[end]):
        end += 1
    tail = scored[last + 1 : end]
    is_list = len(tail) >= FEWEST_ENTRIES and is_table(tail)
    is_asked = 0 < len(tail) <= FEWEST_ENTRIES and all(_ASKED.match(line.folded) for line in tail)
    return end - 1 if is_list or is_asked or _is_address(tail) else last


def _is_address(tail: Sequence[Scored]) -> bool:
    """A note about a place: fields and nothing else, or such a note under its own heading and a last word."""
    fields = [line for line in tail if _FIELD.match(line.folded)]
    if len(fields) < 2 or not _ADDRESS.search(fields[0].folded):
        return False
    is_framed = len(tail) <= SIGNATURE and (
        tail[0].folded[0] == "[" or any(_has_rule(line, _RULE) or "==" in line.folded for line in tail)
    )
    return len(fields) == len(tail) or is_framed


_ASKED = re.compile(
    r"(?:业务|政策)?(?:咨询|联系|监督|报名|受理|投诉|办公|服务)(?:电话|地址|地点|邮箱|人|方式)\s?:\s?\S"
)
"""How authorities say whom to ask; papers print the number of their own desk."""
_RULE = frozenset(("glyphs",))
_FIELD = re.compile(r"\S{2,6}\s?:\s?\S")
_ADDRESS = re.compile(r"^(?:店名|地址|地点|营业|开放|门票|交通)")
"""Fields that a note about a place ends with."""


def _is_quiet(line: Scored) -> bool:
    return line.kind is None or line.kind.rule in _QUIET


def _past_table(scored: Sequence[Scored], last: int) -> int:
    """Return the last paragraph below ``last`` that only the short cells of a table part from it."""
    cells = 0
    for index in range(last + 1, len(scored)):
        line = scored[index]
        if line.kind is not None and (line.kind.firm or line.kind.closing):
            break
        if line.weight >= PARAGRAPH and line.is_sentence:
            if not is_table(scored[last:index]):
                break
            last, cells = index, 0
        elif (line.cell or line.size <= CELL) and cells < MOST_CELLS:
            cells += 1
        elif line.weight <= 0:
            break
    return last


def _is_signer(line: Scored) -> bool:
    if line.kind is not None:
        return line.kind.rule in ("contact", "glyphs")
    return line.size <= LONGEST_SIGNER
