"""Promises of label_page and paragraphs that hold for any page."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract import RULES, keep_lines, label_page, paragraphs, split_page
from tasks.lines import LABELS, Page, PageLine

WORDS = (
    "首页", "来源：晚报 2019-01-02 08:00", "相关阅读：", "责任编辑：林", "昨天，河水涨了。", "他没有说话", "分享到：", "2019-01-02",
    "（一）总则", "“真的吗？”", "图注：桥", "评论(3)", "Copyright © 甲", "时间：五月九日", "地点：礼堂", "·", "1", "甲 | 乙 | 丙",
    "一个很长很长的句子，有逗号，也有顿号、分号；到最后才有句号。", "来到这里已是黄昏 风从山上下来", "摘要", "主讲人：秦",
)  # fmt: skip


def page_of(lines: list[str]) -> Page:
    """Return a text page of these lines."""
    return Page([PageLine(number, line) for number, line in enumerate(lines, 1)])


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=30), max_size=30), st.data())
def test_every_line_gets_a_label_and_a_known_rule(lines: list[str], data: st.DataObject) -> None:
    """One label of the contract per line, with a rule that RULES knows at that version; titles stay titles."""
    titles = data.draw(st.sets(st.integers(0, max(0, len(lines) - 1)), max_size=2)) if lines else set()

    labelled = label_page(page_of(lines), lines, titles)

    assert len(labelled.labels) == len(lines)
    for index, (label, rule) in enumerate(labelled.labels):
        name, version = rule.split("@")
        assert label in LABELS
        assert RULES[name] == int(version)
        assert index not in titles or label != "body"
    for index, change, _ in labelled.cuts:
        assert labelled.labels[index][0] == "body"
        assert 0 <= change.start <= change.end <= len(lines[index])
    assert all(labelled.labels[i][0] == labelled.labels[i + 1][0] == "body" for i in labelled.joins)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_paragraphs_hold_the_body_and_nothing_else(lines: list[str]) -> None:
    """The characters of the paragraphs are those of the body lines, in order."""
    labelled = label_page(page_of(lines), lines)
    body = "".join(line for line, (label, _) in zip(lines, labelled.labels, strict=True) if label == "body")

    assert "".join("".join(paragraphs(lines, labelled)).split()) == "".join(body.split())


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["首页", "新闻", "体育", "登录", "注册", "Copyright © 2020 甲"], id="menu"),
        pytest.param(["404 Not Found", "nginx"], id="error-page"),
        pytest.param(["请输入验证码", "提交"], id="form"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_page_without_an_article_has_no_body(lines: list[str]) -> None:
    """Where no line reads as article text, none is labelled body."""
    assert not any(keep_lines(lines))


def test_a_short_article_is_found() -> None:
    """Two lines of sixty characters are an article."""
    lines = ["村里的小学今天开学，十一名学生全部到齐。", "老师说，新书下午到，先读旧书。"]

    assert keep_lines(["首页", "开学了", *lines, "版权所有 甲"]) == [False, False, True, True, False]


def test_traditional_and_full_width_are_read_alike() -> None:
    """The same page in traditional characters, with full-width marks, gets the same labels."""
    hans = [
        "首页 > 新闻",
        "来源:晚报 2019-01-02 08:00",
        "昨天河水上涨,两岸的村庄都做好了准备。",
        "责任编辑:林一",
        "相关阅读",
        "桥通车了",
    ]
    hant = [
        "首頁 ＞ 新聞",
        "來源：晚報 2019-01-02 08:00",
        "昨天河水上漲，兩岸的村莊都做好了準備。",
        "責任編輯：林一",
        "相關閱讀",
        "橋通車了",
    ]

    assert label_page(page_of(hans), hans).labels == label_page(page_of(hant), hant).labels


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("水位已经回落。林小舟 何之远/文", "水位已经回落。", id="names-and-text"),
        pytest.param("水位已经回落。本报记者 林小舟/文", "水位已经回落。", id="reporter"),
        pytest.param("水位已经回落。返回搜狐，查看更多", "水位已经回落。", id="portal-link"),
        pytest.param("水位已经回落。（记者 林小舟）", "水位已经回落。（记者 林小舟）", id="in-brackets-kept"),
        pytest.param("他在信里写道：天地/文", "他在信里写道：天地/文", id="no-sentence-before-kept"),
        pytest.param("请查看更多的记录。", "请查看更多的记录。", id="words-of-the-sentence-kept"),
        pytest.param("这是他的第一篇小说/文集。", "这是他的第一篇小说/文集。", id="slash-in-a-sentence-kept"),
    ],
)
def test_only_what_clings_to_the_end_is_cut(line: str, left: str) -> None:
    """A byline or a link glued to the last sentence is cut off; what is part of it stays."""
    lines = ["山里连下了三天的雨，河水漫过了石桥，村民都搬到了高处。", line]
    labelled = label_page(page_of(lines), lines)

    for index, change, _ in labelled.cuts:
        lines[index] = lines[index][: change.start] + change.after + lines[index][change.end :]

    assert lines[1] == left


def test_a_page_of_many_lines_takes_time_in_proportion() -> None:
    """Forty thousand lines, and one line of a million characters, are labelled in seconds."""
    many = [
        "昨天，河水涨了。",
        "他没有说话",
        "相关阅读：",
        "2019-01-02 08:00",
        "摘要",
        "昨天，河水涨了，" * 5 + "。",
    ] * 7_000
    start = time.process_time()
    keep_lines(many)
    keep_lines(["字，" * 500_000 + "完。"])

    assert time.process_time() - start < 8


def test_one_page_text_and_markup_share_the_scorer() -> None:
    """The lines of an HTML page read without markup give the same article when markup adds nothing."""
    html = "".join(f"<p>第{number}天，他们继续往北走，雪越来越深。</p>" for number in range(5))
    page = split_page(html, is_html=True)

    assert keep_lines([line.text for line in page.lines]) == [
        label == "body" for label, _ in label_page(page, [line.text for line in page.lines]).labels
    ]
