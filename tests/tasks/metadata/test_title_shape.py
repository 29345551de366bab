"""Shapes: which lines look like titles, and which are date, source or byline."""

import pytest

from tasks.metadata.folding import fold
from tasks.metadata.title_shape import is_metadata, shape_of

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


@pytest.mark.parametrize(
    "text",
    [
        "2019-11-08 07:35",
        "来源：河东网 2019-11-08",
        "记者 孙玉玲",
        "责任编辑：石磊",
        "文/孙玉玲",
        "河东晚报2019/11/08 07:35",
        "发布时间：2019-11-08 浏览次数：35",
        "孙玉玲/河东晚报",
    ],
)
def test_metadata_lines_are_known(text):
    """Date, source and byline lines are metadata."""
    assert is_metadata(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        "河东镇2019年客运量增长两成",
        "2018-2020年河东镇客运规划出台",
        "1-10月河东镇客运量稳步回升",
        "记者走基层：渡口的夜班船",
        "首页",
        "11月8日起恢复夜间班船",
        "作者与读者见面会",
        "编辑部的故事",
        "来源不明的包裹",
        PROSE,
        "图解：渡口三十年",
        "评论员文章：让渡口亮起来",
        "2019年11月8日，河东镇的渡口改成了一天四班船。",
        "第12届河东读书节",
        "文旅融合的新路",
    ],
)
def test_titles_and_sentences_are_no_metadata(text):
    """Titles with numbers, days or words like 记者, and sentences, are not metadata."""
    assert not is_metadata(fold(text))


def test_shape_prefers_titles():
    """A title scores above menus, sentences, captions and addresses."""
    others = [
        "首页 要闻 本地 专题 图片",
        "登录",
        "更多>>",
        "入冬以后，渡口改成四班船。",
        "渡船靠岸 资料图",
        "www.hedong.example",
    ]
    assert all(shape_of(TITLE) > shape_of(text) for text in others)
