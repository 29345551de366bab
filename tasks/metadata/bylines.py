"""bylines: the people of a page, from the places where bylines are printed.

Reads    zones of the page, its markup
Gives    ``People``: names by role, the line of each role, the media named with 记者
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.captions import read_caption
from tasks.metadata.credits import Credits
from tasks.metadata.folding import fold
from tasks.metadata.named import named_author
from tasks.metadata.names import is_likely_name, split_names
from tasks.metadata.people import CREDIT_SIGN, read_credits
from tasks.metadata.posted import member_above
from tasks.metadata.rows import find_row
from tasks.metadata.signatures import People, described_author, take_from_body, take_signature
from tasks.metadata.signed import signed_by
from tasks.metadata.unlabelled import find_unlabelled, posted_by
from tasks.metadata.zones import Zones

_LABEL_ALONE: Final = re.compile(r"作\s?者|本报记者|记者|撰文|责任编辑|责编|编辑|摄影")
"""A label printed as a line of its own; the name is the next line."""
_MARK: Final = re.compile(r"[:|]")
_REPLY: Final = re.compile(r"作者\s?:\s?\S{2,20} (?:回复)?(?:时间|日期)\s?:|\S{0,3}\d+楼")
"""How a board heads a reply."""


def find_people(zones: Zones, page: Page, date_at: int) -> People:
    """Return the people of a page."""
    people = People()
    for index in [i for i in zones.above if zones.title - i <= 3 and page.lines[i].link_share <= 0.9]:
        _take_labelled(people, zones, index)
    merged = [date_at] if date_at == zones.title >= 0 else []
    for index in [*merged, *zones.head]:
        _take_labelled(people, zones, index)
    if not people.credits.authors:
        found = find_unlabelled(zones, page, date_at)
        names, index = ([found[0]], found[1]) if found is not None else find_row(zones, page, date_at)
        people.take(Credits(authors=names), index)
    for index in range(zones.first, zones.last + 1):
        take_from_body(people, zones, index)
    for index in zones.tail:
        if people.credits.authors and _REPLY.match(zones.folded(index)):
            break
        _take_labelled(people, zones, index)
    if not people.credits.authors:
        take_signature(people, zones)
    if not people.credits.authors:
        named = posted_by(zones) or named_author(zones, page) or described_author(zones)
        named = named or member_above(zones, date_at) or signed_by(zones)
        if named is not None:
            people.take(Credits(authors=split_names(named[0])), named[1])
    return people


def _take_labelled(people: People, zones: Zones, index: int) -> None:
    """Read a line of the head or the tail; an empty label takes the line after it."""
    text = zones.texts[index]
    folded = zones.folded(index)
    says_nothing = CREDIT_SIGN.search(folded) is None and len(folded) == len(text)
    if (
        says_nothing
        and not folded.endswith((":", "|"))
        and not folded.startswith(_OPENINGS)
        and not folded.endswith("著")
    ):
        if zones.labels[index] == "caption" and (names := read_caption(text)):
            people.take(Credits(photographers=names), index)
        return
    if zones.labels[index] == "caption" or folded.endswith(("摄", "摄影", "摄)")):
        if (" 文 " in folded or "/文 " in folded) and (both := read_credits(text)).authors and both.is_whole:
            people.take(both, index)  # 记者 张三 文 记者 李四 摄
            return
        if names := read_caption(text):
            people.take(Credits(photographers=names), index)
            return
    if len(folded) <= 12 and (folded.endswith((":", "|")) or _LABEL_ALONE.fullmatch(folded)):
        following = zones.next_text(index)
        is_other = index > zones.last and zones.labels[index + 1 : index + 2] == ["related"]
        if 2 <= len(following.strip()) <= 20 and not is_other and not _MARK.search(fold(following)):
            text = f"{text}{'' if folded.endswith((':', '|')) else '：'}{following}"
    if (signed := _SIGNED.fullmatch(folded)) is not None and (
        not signed["above"] or is_likely_name(signed["above"])
    ):
        text = f"作者：{text.strip()[slice(*signed.span(signed.lastgroup or 0))]}"
    elif (label := _BOARD_AUTHOR.match(folded)) is not None:
        text = f"作者：{text[label.end() :]}"
    elif folded.endswith("作者") and (behind := _AUTHOR_BEHIND.fullmatch(folded)) is not None:
        text = f"作者：{text.strip()[: behind.end('name')]}"
    if CREDIT_SIGN.search(fold(text)) is None:
        return
    found = read_credits(text)
    bar = _OUTLET_BAR.match(folded) if not found and folded.endswith(("报道", "报导")) else None
    if bar is not None:
        found = read_credits(text.lstrip()[bar.end() :])
        found.outlets.append(text.lstrip()[: bar.end("outlet")])
    people.take(found, index)


_OPENINGS: Final = ("Author, ", "发信人", "By ", "by ", "BY ", "By:", "Text by ", "Story by ")
"""How lines begin that say who wrote without a word of a byline."""
_BOARD_AUTHOR: Final = re.compile(
    r"(?:作者|发信人\s?:\s?)(?=[A-Za-z]\w{2,15}(?: \(|$))|作者 (?=[A-Za-z][\w.-]{1,20}(?: [A-Z][\w.-]{1,20})? \|)"
)
"""The label of a board, set against the name or in a header of text: 作者river77 (小河)."""
_SIGNED: Final = re.compile(
    r"(?:Author, |作者, (?=[\u3400-\u9fff·]{2,4}(?:$|[、 ])|[A-Z]))(?P<label>\S.*)|(?:Text |Story )?[Bb][Yy]\s?:? (?P<by>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){1,3}|[\u3400-\u9fff·]{2,9}|(?<=By )[a-z][a-z0-9_.-]{3,15})"
    r"|(?P<above>[\u3400-\u9fff]{2,4}) {1,4}[编原]?著"
)
"""Who wrote, behind a word of another tongue or before 著: By John Smith, 张三 著."""
_AUTHOR_BEHIND: Final = re.compile(r"(?P<name>[^\s|][^|]{1,14}?)\s?\|\s?作者")
"""The label behind the name and a bar: 孙玉 | 作者."""
_OUTLET_BAR: Final = re.compile(r"(?P<outlet>[^|]{2,16}?)\s*\|\s*(?=\S)")
"""某报 | 张三 台南报道."""
