"""prose: one line alone -> how much it looks like running text, in characters of it.

A sentence weighs what it holds; a line that is no sentence costs, less so when it looks like a
part of a text (quotation, numbered item, dated line) and when function characters fill it.
"""

import re

from tasks.extract.fold import EDGE

GAP = 20.0
"""Cost of a line that is no sentence; 15 gives the same articles, 25 loses verse."""
SHORTEST = 10
"""Size from which a line without any mark may be text."""
_WORDY_GAP = -1.5 * GAP
"""Weight of a row of words."""
LONGEST = 200.0
"""Weight no line exceeds: one huge paragraph must not outweigh an article of many."""

CRY = 0.25
"""Worth of a short question or cry, of that of a statement: 189 of 202 on 58 pages stood outside the article."""
LONGEST_CRY = 34
_ENDS = frozenset("。！？!?；;…：:.")
_CLOSING = " \t\r\n\u3000\u00a0”\"’'」』）)】]"
_QUOTES = frozenset("”」』")
_BEFORE_NUMBER = frozenset("。）)")
_PAUSES = frozenset(",:")
MARKS = "。!?;…"
"""One of them makes a folded line a sentence."""
_ENGLISH = re.compile(r"[a-z][,.] [\w ,'-]+[a-z]\.")
_CRIES = re.compile(r"[^\"“「『(][^。…;]*[!?][)\]]?$")
"""A question or cry outside quotation marks; teasers and advertisements speak so."""
CUT_OFF = re.compile(r"(?<![.…])(?:\.{2,3}|…)$")
"""A text cut off by the page with three dots; an author's own ellipsis is twice as long (……)."""
_DOTS, _OPENING, _CLOSED = frozenset(".…"), frozenset('“"「『'), frozenset('”"」』')
_ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,3}[、.,章节条款:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]\D|[①-⑳]|"
    r"[●■◆※○◎▲★]\s?\S|[\[【].{2,12}[\]】]|(?:问|答|q|a)\d*:|-{2,}\S)"
)
_ITEM_OPENS = frozenset("第一二三四五六七八九十百(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳●■◆※○◎▲★[【问答qa-")
"""First characters of an item, but for digits."""
PERIOD = re.compile(
    r"(?!\d{4}[-.]\d{1,2}[-.]\d{1,2}\D)(?:19|20)\d\d(?:[.年]\s?\d{0,2}月?)?\s?(?:[-至到~][\d\s.年月-]*|\s)[\u3400-\u9fff]{2}"
)
"""A line of a career or chronicle: 1992.07-2001.08 and what was done."""
DATELINE = re.compile(
    r"[\[(]?(?:据)?[^\s。,;:!?]{2,16}(?:\d{1,2}月\d{1,2}日)?(?:[电讯]|消息|报[道导]|电题)(?:[\s:,(\])]|\S*记者)"
)
FUNCTION = frozenset(
    "的了是在也就都很还又这那我你他她它们着过吧呢啊而与但却因所以如果来到去会能可要有没不只最更才再被把让给从对于并或及其之一样时后前里中上下出起"
)
"""Function characters: a fifth of running text, a twentieth of headlines and menus (58 pages)."""


def is_filed(text: str) -> bool:
    """Does a line end with the number that an agency of Taiwan sets behind its last sentence: 。1030404?"""
    return text[-8:-7] in _BEFORE_NUMBER and text[-7:].isdecimal() and text[-7] == "1"


def ends_sentence(tail: str, folded: str) -> bool:
    """Does a line end a sentence: with a mark, or with a quotation after a comma or colon?"""
    if tail.rstrip(_CLOSING)[-1:] in _ENDS:
        return True
    return tail.rstrip()[-1:] in _QUOTES and not _PAUSES.isdisjoint(folded)


def hides_sentence(text: str, folded: str) -> bool:
    """Does a line hold a sentence though its folded form has none of ``MARKS``: an English one, or in its middle?"""
    if "。" in text or ("." in folded and _ENGLISH.search(folded)):
        return True
    return len(text) > 2 * EDGE and any(mark in text for mark in "！？；!?;…")


def weigh(folded: str, size: int, sentence: bool, ends: bool, function: int, wire: bool = True) -> float:
    """Return the weight of a line by itself; negative when it is no text.

    function: number of its function characters; wire: whether it has the words of a dateline.
    """
    first, last = folded[:1], folded[-1:]
    if size < SHORTEST and not sentence and not ends and first.isalpha() and first not in _ITEM_OPENS:
        # a word or two, which most lines are: none of the rest speaks of them
        return -GAP if folded.count(" ") < 4 else _WORDY_GAP
    if last in _DOTS and size >= 16 and CUT_OFF.search(folded):
        return -GAP
    if sentence and (ends or size >= 60 or "。" in folded):
        weight = min(size, LONGEST) if size >= 12 else max(size - 7.0, 1.0)
        return weight * CRY if size <= LONGEST_CRY and "。" not in folded and _CRIES.match(folded) else weight
    if wire and size >= 12 and DATELINE.match(folded):
        return size * 0.8
    if size >= (20 if ends else 40) and "," in folded:
        return size * 0.6
    if ends or (last in _CLOSED and first in _OPENING and len(folded) > 1):
        return -4.0
    is_number = first.isdecimal()
    if is_number and folded[:2] in ("19", "20") and PERIOD.match(folded):
        return size * 0.4
    if (is_number or first in _ITEM_OPENS) and _ITEM.match(folded):
        return -8.0
    if size < SHORTEST or folded.count(" ") * 9 > size * 2:
        return -GAP if folded.count(" ") < 4 else _WORDY_GAP
    if sentence:
        return -6.0
    share = function / len(folded)
    return min(-GAP + size * share * 4.0, 10.0 if size >= 14 else -4.0)
