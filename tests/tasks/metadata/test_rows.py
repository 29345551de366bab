"""Rows of names without a role; menus, places and people of the news are none."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.rows import (
    names_above_affiliation,
    names_behind_bullet,
    names_behind_date,
    names_in_row,
)
from tasks.metadata.zones import find_zones

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人乔振海说，这条水路已经走了三代人。"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("2019-11-08 07:35孙玉明", ["孙玉明"]),
        ("2019-11-08孙玉乔振海", ["孙玉", "乔振海"]),
        ("2019-11-08 07:35 孙玉明", []),
        ("2019-11-08 07:35阅读", []),
        ("2019-11-08 07:35高尔夫", []),
        ("2019-11-08河东晚报", []),
        ("孙玉明2019-11-08 07:35", []),
    ],
)
def test_names_against_the_date(line, names):
    """Archives of journals print the writers right behind the date."""
    texts = ["河东渡口恢复夜间班船", line, PROSE]
    assert names_behind_date(find_zones(texts, ["title", "metadata", "body"], 0), 1) == names


@pytest.mark.parametrize(
    ("above", "line", "names"),
    [
        ("孙玉明　乔振海", "（河东大学 文学院，北京 100029）", ["孙玉明", "乔振海"]),
        ("孙玉明1，乔振海2*", "（1.河东大学，北京 100029；2.河东水文局，北京 100030）", ["孙玉明", "乔振海"]),
        ("孙玉明1 乔振海1,2", "1 河东大学水利学院，河东 310000；", ["孙玉明", "乔振海"]),
        ("渡口1，水路2", "（1.河东大学，北京 100029；2.河东水文局，北京 100030）", []),
        ("第1章 渡口2", "1 河东大学水利学院，河东 310000；", []),
        ("孙玉明", "(河东研究院,山东 济南 250100)", ["孙玉明"]),
        ("孙玉明，乔振海", "（河东大学，北京100029）", ["孙玉明", "乔振海"]),
        ("孙 玉 乔 振 海", "（河东大学 文学院，北京 100029）", ["孙玉", "乔振海"]),
        ("孙　玉　　乔　振　海", "（河东大学 文学院，北京 100029）", ["孙玉", "乔振海"]),
        ("目 录", "（河东大学 文学院，北京 100029）", []),
        ("摘 要", "（河东大学 文学院，北京 100029）", []),
        ("渡口的冬天", "（河东大学 文学院，北京 100029）", []),
        ("孙玉明 渡口研究所", "（河东大学 文学院，北京 100029）", []),
        ("孙玉明", "（河东大学 文学院）", []),
        ("孙玉明", "（证书编号 20191108）", []),
        ("孙玉明", "河东大学 文学院，北京 100029", []),
        ("孙玉明", "（2019年第100029号）河东大学", []),
        ("首页", "（邮编 100029）", []),
    ],
)
def test_names_above_where_they_work(above, line, names):
    """Journals print the authors above their institute and its postcode; a title there is no name."""
    texts = [above, line, "冬天的渡口停了三天船，坐船的人都在岸边等着。"]
    zones = find_zones(texts, ["navigation", "navigation", "body"], -1)
    assert names_above_affiliation(zones)[0] == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["□秋棠"], ["秋棠"]),
        (["◎ 半山"], ["半山"]),
        (["■ 雁南飞", "2019-11-08"], ["雁南飞"]),
        (["□孙玉明"], ["孙玉明"]),
        (["□散文"], []),
        (["■编者按"], []),
        (["■要闻"], []),
        (["□高校"], []),
        (["■河东晚报"], []),
        (["□渡口"], []),
        (["□秋棠", "□晚报"], []),
        (["2019-11-08", "分享到", "□秋棠"], []),
    ],
)
def test_a_pen_name_behind_a_bullet(lines, names):
    """Papers print who wrote behind a bullet under the title; columns, genres and words of the text are no name."""
    texts = ["河东渡口恢复夜间班船", *lines, PROSE]
    zones = find_zones(texts, ["title", *["metadata"] * len(lines), "body"], 0)
    assert names_behind_bullet(zones)[0] == names


def row_of(head, date_at=-1):
    texts = ["河东渡口恢复夜间班船", *head, PROSE]
    zones = find_zones(texts, ["title", *["metadata"] * len(head), "body"], 0)
    return names_in_row(zones, Page([PageLine(i, t) for i, t in enumerate(texts, 1)]), date_at)[0]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (["孙玉明 谢若晴", "2019-11-08"], ["孙玉明", "谢若晴"]),
        (["孙玉、谢若晴", "2019-11-08 07:35 河东晚报"], ["孙玉", "谢若晴"]),
        (["孙玉 谢晴", "摘要：渡口的变化"], ["孙玉", "谢晴"]),
        (["孙玉明, 谢晴, Barbara M. HOLM", "摘　要：渡口的变化"], ["孙玉明", "谢晴", "Barbara M. HOLM"]),
        (["2019-11-08", "河东时报", "谢若晴 、雲林"], ["谢若晴"]),
        (["2019-11-08", "河东时报", "高雄 、雲林"], []),
        (["高校 田园", "2019-11-08"], []),
        (["金融 江苏 高校", "2019-11-08"], []),
        (["孙玉明 渡口新闻", "2019-11-08"], []),
        (["高尔夫 张家界", "2019-11-08"], []),
        (["江苏省 安徽省", "2019-11-08"], []),
        (["孙玉明 乔振海", "2019-11-08"], []),
        (["孙玉 谢晴", "2019-11-08"], []),
        (["2019-11-08", "分享到", "收藏本文", "孙玉明 谢若晴"], []),
        (["图书 渡口", "摘要：渡口的变化"], []),
    ],
)
def test_a_row_of_names(head, names):
    """Names only, one of three characters, near title or day and not told of in the text; or above an abstract."""
    assert row_of(head) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("● 孙玉 报道", ["孙玉"]),
        ("□孙玉明 乔振海", ["孙玉明", "乔振海"]),
        ("◎孙玉明报道", ["孙玉明"]),
        ("● 孙玉", []),
        ("● 本报 报道", []),
        ("● 渡口停航报道", []),
        ("□渡口", []),
    ],
)
def test_names_behind_a_bullet(line, names):
    """Papers set a bullet before who wrote; a round one, which opens any entry, only with 报道 behind the name."""
    texts = ["河东渡口恢复夜间班船", line, PROSE]
    assert names_behind_bullet(find_zones(texts, ["title", "byline", "body"], 0))[0] == names
