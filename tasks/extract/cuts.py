"""cuts: bylines, buttons and signature bars at the end of a paragraph, which are not its text."""

import re
from collections.abc import Sequence

from tasks.edit import Change
from tasks.extract.rules import stamp
from tasks.lines import Label

_NAME = r"[\u3400-\u9fff]{2,4}"
_BYLINE = re.compile(
    rf"(?<=[。！？!?”」…])\s*(?:(?:本报)?(?:记者|通讯员|記者|通訊員)[\s:：]*)?{_NAME}(?:[\s、]+{_NAME}){{0,4}}\s*[/／]\s*"
    r"(?:文|图|文图|图文|摄|圖|文圖|攝|撰文|整理)\s*$"
    rf"|(?<=[。！？!?”」…])\s*[^\s。，,！？!?“”]{{0,8}}(?:记者|通讯员|記者|通訊員)[\s:：]*{_NAME}(?:[\s、]+{_NAME}){{0,3}}\s*"
    r"(?:摄|攝|摄影|攝影|文/摄|文/图|摄影报道)\s*$"
    rf"|(?<=[。！？!?”」…])\s*[^\s。，,！？!?“”在是被由的了]{{1,8}}[网網报報社]\s+{_NAME}(?:[\s、]+{_NAME}){{0,2}}\s*[摄攝]影?\s*$"
    rf"|(?<=[。！？!?”」…])\s*[^\s。，,！？!?“”]{{1,6}}社[发發]\s*[(（]{_NAME}(?:[\s、]+{_NAME}){{0,2}}\s*[摄攝]影?[)）]\s*$"
)
_CLINGING = re.compile(
    r"(?<=[。！？!?”」…）)])\s*[\[【(（]?(?:返回搜狐[，,]?查看更多|返回[^。]{1,4}[，,]查看更多|详细|查看更多|阅读全文|查看全文|展开全文|點我看更多)"
    r"[\]】)）>》]*\s*$|(?<=[。！？!?”」…）)])(?:\s*[|｜])+\s*$"
    r"|(?<=[\u3400-\u9fff。！？!?”」…）)])(?:\\n)+\s*$"
)
_BOARD = re.compile(r"\s*(?:(?<=\s)-{2}\s+)?※\s?(?:[发發]信站|[来來]源)\s?[:：].*$", re.DOTALL)
"""What a bulletin board prints under each post, on one line with it once its line breaks are gone."""
_SHOT = re.compile(r"[摄攝]影?[)）\s]*$")
"""Who took a picture: part of its caption, when that is the whole article."""
_RULES = (("trailing_byline", _BYLINE), ("trailing_chrome", _CLINGING))
_CUT_ENDS = frozenset("文图摄圖攝影理道)）细多]】》>|｜n")
"""Last characters of what the two patterns find."""
REACH = 80
"""Characters at the end of a paragraph that are looked at."""


def find_cuts(
    texts: Sequence[str], labels: Sequence[tuple[Label, str]], body: Sequence[int]
) -> list[tuple[int, Change, str]]:
    """Return the ends of body paragraphs that are not text: (index, change, ``rule@version``).

    body: indexes of the lines that are body.
    """
    cuts: list[tuple[int, Change, str]] = []
    for index in body:
        if "※" in texts[index] and (found := _BOARD.search(texts[index])) and found.start():
            cuts.append((index, Change(found.start(), len(texts[index]), ""), stamp("board_signature")))
            continue
        end = texts[index][-REACH:]
        if end.rstrip()[-1:] not in _CUT_ENDS:
            continue
        start = len(texts[index]) - len(end)
        for rule, pattern in _RULES:
            found = pattern.search(end)
            if found and not (_SHOT.search(found.group()) and _is_photo_news(labels)):
                cuts.append((index, Change(start + found.start(), start + found.end(), ""), stamp(rule)))
                break
    return cuts


def _is_photo_news(labels: Sequence[tuple[Label, str]]) -> bool:
    """Is the article no more than a caption, on a page that holds more lines?"""
    return len(labels) > 1 and sum(label == "body" for label, _ in labels) == 1
