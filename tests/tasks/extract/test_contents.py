"""Tables of contents above an article, whose entries stand again below; lists that stand once are text."""

import time

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

TITLE = "渡船夜里漏水怎么办"
OPENING = "船是上个月开始漏的，每天早上舱底都有半寸深的水，舀干净要二十分钟，老秦已经骂了三回。"
PARTS = [
    (
        "先看水从哪里来",
        "把舱底擦干，撒一层面粉，坐在船上等一刻钟，哪里先湿，缝就在哪里，多半在船头的第二道榫上。",
    ),
    (
        "再看木头坏没坏",
        "拿锥子轻轻扎一下，扎不进去的是缝松了，一扎一个眼的是木头朽了，后一种要换板，自己修不了。",
    ),
    (
        "最后才动手补缝",
        "麻丝捻成细绳，一段一段敲进缝里，再抹桐油石灰，三天不下水，第四天下水以后多半就不漏了。",
    ),
]


def body_of(lines: list[str]) -> list[str]:
    page = Page([PageLine(n, line) for n, line in enumerate(lines, 1)])
    labels = label_page(page, lines, {0}).labels
    return [line for line, (label, _) in zip(lines, labels, strict=True) if label == "body"]


@pytest.mark.parametrize(
    ("heading", "number"),
    [("文章目录", "{} "), ("目录", "{}. "), ("目 录 [隐藏]", "• {}"), ("本文目录", "（{}）")],
)
def test_entries_are_named(heading: str, number: str) -> None:
    """What stands under 目录 and again below leads there, with its numbers or without."""
    entries = [number.format(place) + name for place, (name, _) in enumerate(PARTS, 1)]
    article = [OPENING, *(line for part in PARTS for line in part)]

    assert body_of([TITLE, "2023-04-18 渡口杂记", heading, *entries, *article]) == article


def test_the_first_heading_below_the_table_is_text() -> None:
    """The opening stands above the table: the heading right below it is the first of the text."""
    entries = [name for name, _ in PARTS]
    article = [line for part in PARTS for line in part]

    assert body_of([TITLE, "2023-04-18 渡口杂记", OPENING, "目录", *entries, *article]) == [OPENING, *article]


@pytest.mark.parametrize("heading", ["要准备的东西", "目录"])
def test_a_list_that_stands_once_is_text(heading: str) -> None:
    """A list of which nothing stands again below is what the author lists."""
    things = ["麻丝半斤，要当年的新麻。", "桐油一斤，熟的。", "石灰两斤，筛过。"]
    told = [text for _, text in PARTS]

    assert body_of([TITLE, "2023-04-18 渡口杂记", OPENING, heading, *things, *told])[-6:] == [*things, *told]


def test_a_single_heading_is_no_table() -> None:
    """One line under 目录 that stands again is not enough."""
    name, text = PARTS[0]
    body = body_of([TITLE, "2023-04-18 渡口杂记", OPENING, "目录", name, text, *PARTS[1], name, PARTS[2][1]])

    assert body[-1] == PARTS[2][1]
    assert {text, PARTS[1][1]} <= set(body)


def seconds_with(heading: str) -> float:
    """Return the least of three times, as the collector may look at all of a test run in any of them."""
    lines = [OPENING, *(line for n in range(3_000) for line in (heading, f"第{n}节说的事"))]
    times = []
    for _ in range(3):
        start = time.process_time()
        body_of(lines)
        times.append(time.process_time() - start)
    return min(times)


def test_thousands_of_tables_cost_no_more_than_other_lines() -> None:
    """A page of nothing but 目录 takes a few times as long as one of other words, not thousands."""
    assert seconds_with("目录") < 8 * seconds_with("船篷")
