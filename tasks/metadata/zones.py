"""zones: where on a page metadata is printed: around the title, and after the body.

Reads    repaired texts, labels, the index of the title
Gives    ``Zones``: indexes to look at, and each text folded once
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.metadata.folding import fold_lines

ABOVE: Final = 10
"""Lines above the title that may hold a date or an outlet."""
HEAD: Final = 40
"""Most lines between title and body that are read: share boxes and menus stand there too."""
BELOW: Final = 14
"""Lines after the body that may hold credits."""
LONGEST: Final = 200
"""Characters of a line of metadata; longer ones are text."""

_STOP: Final = re.compile(
    r"\W*(?:相关(?:新闻|阅读|报道|链接|文章|推荐|搜索|资讯|内容|专题)|推荐(?:阅读|新闻|文章)?$|猜你|热门|热点|(?:网友|最新|精彩|全部|发表)?评论(?:\W|$)|"
    r"最新(?:动态|新闻|文章|资讯)|更多(?:新闻|精彩|资讯|文章|>)|延伸阅读|新闻推荐|为您推荐|你可能|您可能|大家都在|换一换|.{0,4}排行|其他(?:重点)?新闻|"
    r"频道推荐|精彩推荐|今日(?:新闻|头条|热点)|评论\()"
)

_COMMENTS: Final = re.compile(
    r"\W*\S{0,6}?\s?(?:评论|跟[帖贴]|留言|(?<=[友者部新条])回[复覆应]|回帖|说两句|comments)", re.IGNORECASE
)
"""How a heading of comments begins; a button of the article looks the same, unless an entry is below."""
_ENTRY: Final = re.compile(r"\d[-/月.]\d{1,2}\D{0,3}\d{1,2}:\d\d|\d\s?(?:分钟|小时|天|楼)")
"""What stands beside the name of who comments."""
_DAY: Final = re.compile(r"\d[-/月.]\d{1,2}")


@dataclass(slots=True)
class Zones:
    """Indexes into the lines of a page.

    title: index of the (last) title line, -1 without one. first, last: ends of the body; without
    a body ``first`` is the number of lines and ``last`` the same less one.
    above: nearest first. head: between title and body. tail: after the body.
    folded: returns the folded text of a line.
    """

    texts: Sequence[str]
    labels: Sequence[str]
    title: int
    first: int
    last: int
    above: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    folded: Callable[[int], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.folded = fold_lines(self.texts).__getitem__  # asked a hundred times a page

    def is_foot(self, index: int) -> bool:
        """Tell whether a line is right below the body, where notes print the day of their last change."""
        return 0 < index - self.last <= 2

    def next_text(self, index: int) -> str:
        """Return the text of the line after, empty at the end."""
        return self.texts[index + 1] if index + 1 < len(self.texts) else ""


def find_zones(texts: Sequence[str], labels: Sequence[str], title: int, others: Sequence[int] = ()) -> Zones:
    """Return the zones of a page; ``others`` are further lines of the title and subtitle."""
    count = len(texts)
    below = labels[title + 1 :]
    has_body = "body" in below
    first = title + 1 + below.index("body") if has_body else count
    last = count - 1 - (labels[::-1].index("body") if has_body else 0)
    zones = Zones(texts, labels, title, first, last)
    start = title + 1 if title >= 0 else max(first - ABOVE, 0)
    top = title if title >= 0 else start
    skip = set(others)
    head = [i for i in range(start, min(first, count)) if len(texts[i]) <= LONGEST and i not in skip]
    zones.head = head if len(head) <= HEAD else [*head[: HEAD // 2], *head[-HEAD // 2 :]]
    zones.above = [
        i for i in range(top - 1, max(top - 1 - ABOVE, -1), -1) if len(texts[i]) <= LONGEST and i not in skip
    ]
    for index in range(last + 1, min(last + 1 + BELOW, count)) if has_body else ():
        if len(texts[index]) <= 24 and (_STOP.match(zones.folded(index)) or _begins_comments(zones, index)):
            break
        if len(texts[index]) <= LONGEST:
            zones.tail.append(index)
    _leave_out_entries(zones)
    return zones


def _leave_out_entries(zones: Zones) -> None:
    """End the tail above the first of several lines with day and author: they are readers', whatever heads them."""
    entries = [i for i in zones.tail if "作者" in zones.folded(i) and _DAY.search(zones.folded(i))]
    if len({zones.folded(i) for i in entries}) > 1:
        del zones.tail[zones.tail.index(entries[0]) :]


def _begins_comments(zones: Zones, index: int) -> bool:
    """Tell whether a heading has an entry of a reader below: credits among those are not the article's."""
    labels = zones.labels[index : index + 2]
    if list(labels) != ["comment"] * 2 or not _COMMENTS.match(zones.folded(index)):
        return False
    return any(_ENTRY.search(zones.folded(i)) for i in range(index + 1, min(index + 3, len(zones.texts))))
