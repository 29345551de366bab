"""Titles: cut from the site's name, found by shape without markup, joined when wrapped."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata import find_title
from tasks.metadata.title_markup import find_references, title_of_markup

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def page_of(texts, title_tag=None, headings=(), links=(), **markup):
    lines = [PageLine(i, t) for i, t in enumerate(texts, 1)]
    for index, tag in dict(headings).items():
        lines[index].tag, lines[index].is_heading = tag, True
    for index in links:
        lines[index].link_share = 1.0
    return Page(lines, bool(title_tag or headings or markup), title_tag=title_tag, **markup)


def title_of(texts, *args, **options):
    return find_title(page_of(texts, *args, **options), texts)


@pytest.mark.parametrize(
    "suffix",
    [
        "_河东网",
        "--社会--河东网",
        " - 河东网",
        " | 地方 | 河東新聞網",
        "｜即時｜河東日報",
        "_要闻_新闻中心_河东网_hd.example",
        " :: 河东博客 ::",
        "-河东网",
    ],
)
def test_suffix_of_the_site_is_cut(suffix):
    """What the line prints is the title, whatever the <title> adds."""
    found = title_of(["首页", TITLE, "2019-11-08 07:35", PROSE], TITLE + suffix)
    assert found.title == TITLE
    assert found.lines == [1]


@pytest.mark.parametrize("suffix", ["_河东网", "--社会--河东网", " - 河东网", " | 地方 | 河東新聞網"])
def test_title_without_a_line_comes_from_markup(suffix):
    """A page whose title is a picture takes it from the <title>, without a line."""
    found = title_of(["首页", PROSE, PROSE], TITLE + suffix)
    assert found.title == TITLE
    assert found.lines == []
    assert found.evidence == "markup"


@pytest.mark.parametrize(
    "markup",
    [
        {"meta": {"og:title": TITLE}},
        {"meta": {"articletitle": TITLE}},
        {"json_ld": [{"@type": "NewsArticle", "headline": TITLE}]},
        {"title_tag": "河东渡口恢复夜间班船 居民出..._河东网"},
        {"title_tag": f"河东网 - {TITLE}"},
        {"title_tag": "河東渡口恢復夜間班船　居民出行多一條路"},
        {"title_tag": f"「{TITLE}」"},
    ],
)
def test_markup_points_to_the_line(markup):
    """og:title, headline, a <title> cut short or in the other script all lead to the printed line."""
    found = title_of(["首页", "要闻", TITLE, PROSE, "热门推荐"], **markup)
    assert found.title == TITLE
    assert found.lines == [2]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"[闲聊] {TITLE}", TITLE),
        (f"{TITLE} 2019-11-08 07:35", TITLE),
        (f"视频丨{TITLE}", f"视频丨{TITLE}"),
        (f"{TITLE} 收藏", TITLE),
        (f"{TITLE}[编辑] [打印]", TITLE),
        (f"{TITLE}编辑部", f"{TITLE}编辑部"),
        (f"{TITLE}值得收藏", f"{TITLE}值得收藏"),
        (f"{TITLE}（组图）", f"{TITLE}（组图）"),
        (f"河东要闻 {TITLE}", f"河东要闻 {TITLE}"),
    ],
)
def test_title_within_its_heading(line, title):
    """What a heading prints around the title goes, unless markup has it too."""
    tag = f"{line}_河东网" if "丨" in line else f"{TITLE}_河东网"
    assert title_of(["首页", line, PROSE], tag, headings={1: "h1"}).title == title


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"{TITLE} [原创 2019-11-08 07:35:22] 字号：大 中 小", TITLE),
        (f"{TITLE} 来源：河东网", TITLE),
    ],
)
def test_title_on_the_line_of_its_day(line, title):
    """A line that opens with the title and goes on with day or source holds it; the heading of a box does not."""
    texts = ["最近访客", "山中老樵", line, PROSE]
    assert title_of(texts, f"{TITLE}-半盏灯-河东博客", headings={0: "h3"}).title == title


def test_heading_without_title_tag():
    """A heading above the text is the title of a page without <title>."""
    found = title_of(["首页", TITLE, "2019-11-08 07:35", PROSE, "相关新闻"], headings={1: "h1", 4: "h2"})
    assert found.title == TITLE


def test_title_behind_the_name_of_an_issue():
    """What a <title> prints behind a colon is the title where a line is just that; a section below it is none."""
    texts = ["“半价”船票的来历", "文/孙玉玲", "【“半价”船票】", PROSE, PROSE]
    assert title_of(texts, "渡口杂志第三期：“半价”船票的来历").title == texts[0]


@pytest.mark.parametrize(
    ("texts", "title_tag"),
    [
        (["河东镇渡口小学欢迎您！", TITLE, "2019-11-08", PROSE], "河东镇渡口小学"),
        (["《渡口》第四期", TITLE, "2019-11-08", PROSE], "《渡口》第四期之人物专访<<<<渡口小学"),
    ],
)
def test_greeting_and_issue_are_not_the_title(texts, title_tag):
    """A line that greets in the name of the site, or names the issue of a magazine, is none."""
    assert title_of(texts, title_tag).title == TITLE


def test_logo_is_not_the_title():
    """An h1 with the name of the site loses to the line that the <title> begins with."""
    found = title_of(["河东网", TITLE, PROSE], f"{TITLE}_河东网", headings={0: "h1"})
    assert found.title == TITLE


def test_line_near_the_text_wins_over_its_copy_in_a_menu():
    """Of two equal lines the one above the text holds the title."""
    texts = [TITLE, *["菜单"] * 20, TITLE, "2019-11-08 07:35", PROSE, PROSE]
    assert title_of(texts, f"{TITLE}_河东网", links=[0]).lines == [21]


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["首页 要闻 本地", TITLE, "2019-11-08 07:35 来源：河东网", PROSE], TITLE),
        (["首页 > 要闻 > 正文", TITLE, "记者 孙玉玲", PROSE], TITLE),
        (["本页位置：首页新闻中心文娱新闻", TITLE, "2019-11-08 07:35 来源：河东网", PROSE], TITLE),
        (["• 即时报价", "• 产品服务 / 串流版", "• 设定", "2019-11-08", TITLE, "• 收藏文章", PROSE], TITLE),
        ([TITLE, "孙玉玲 乔振海", "（河东大学 文学院，北京 100029）", PROSE], TITLE),
        ([TITLE, PROSE, PROSE], TITLE),
        (["河东网", "欢迎光临", TITLE, "", "2019-11-08", PROSE], TITLE),
        (["2019-11-08", TITLE, PROSE], TITLE),
        (["登录 注册", "搜索", TITLE, "分享到：", "2019-11-08 07:35", PROSE], TITLE),
        ([TITLE, "2019-11-08 07:35", "▲渡船靠岸。（资料图）", PROSE], TITLE),
        (["2019年11月8日 星期五", "第A02版：民生", TITLE, PROSE], TITLE),
    ],
)
def test_plain_text_title(texts, title):
    """Without markup position, shape and neighbours tell."""
    assert title_of(texts).title == title


@pytest.mark.parametrize(
    "texts",
    [
        [PROSE, PROSE],
        ["首页", "登录", PROSE],
        ["首页 > 要闻 > 正文", PROSE],
        ["2019-11-08 07:35 来源：河东网", PROSE],
        ["责任编辑：石磊", PROSE],
        ["电话：0000-1234567", "地址：河东镇临江路12号", PROSE],
        ["版权所有 河东网", PROSE],
        ["分享到：", PROSE],
        ["http://www.hedong.example/", PROSE],
        ["1", "2", "3", PROSE],
        [],
        ["", " "],
    ],
)
def test_no_title_is_made_up(texts):
    """Menus, dates, credits and addresses are no titles; a text may have none."""
    assert title_of(texts).title is None


def test_wrapped_title_is_joined():
    """A line with an open quotation mark goes on in the next one."""
    found = title_of(["河东镇推出“夜航便民", "一号线”船票不涨价", "2019-11-08 07:35", PROSE])
    assert found.title == "河东镇推出“夜航便民一号线”船票不涨价"
    assert found.lines == [0, 1]


def test_title_in_two_elements_is_joined():
    """Two lines that the <title> has as one are one title."""
    texts = ["河东镇延续渡口票价优惠", "预计全年惠及两万人次", "2019-11-08", PROSE]
    found = title_of(texts, "河东镇延续渡口票价优惠预计全年惠及两万人次_河东网", headings={0: "h1"})
    assert found.title == texts[0] + texts[1]


def test_second_line_that_markup_sets_apart_is_the_subtitle():
    """A second line that the <title> prints behind a gap is the subtitle."""
    texts = ["河东镇延续渡口票价优惠", "预计全年惠及两万人次", "2019-11-08", PROSE]
    found = title_of(texts, "河东镇延续渡口票价优惠 预计全年惠及两万人次_河东网", headings={0: "h1", 1: "h2"})
    assert (found.title, found.subtitle) == (texts[0], texts[1])
    broken = title_of(
        texts, "河东镇延续渡口票价优惠 预计全年惠及两万人次_河东网", headings={0: "h1", 1: "h1"}
    )
    assert broken.title == f"{texts[0]} {texts[1]}"


@pytest.mark.parametrize("dash", ["——", "———", "──", "--"])
def test_dash_line_is_the_subtitle(dash):
    """A line with a leading dash below the title is its subtitle, also when other lines stand between."""
    texts = ["百年渡口又见灯火", "河东晚报2019/11/08 07:35", "", f"{dash}河东镇夜航侧记", PROSE]
    found = title_of(texts)
    assert found.title == texts[0]
    assert found.subtitle == texts[3]
    assert found.subtitle_lines == [3]


@pytest.mark.parametrize("text", ["——", "————————", "-->下一页", "—— 船工老李说，夜里也要值班，天亮才回家。"])
def test_other_dash_lines_are_no_subtitle(text):
    """Rules, arrows and sentences with a dash are no subtitle."""
    assert title_of([TITLE, text, PROSE]).subtitle is None


def test_markup_title_drops_the_site():
    """The part that names a site is never the title, first or last."""
    assert title_of_markup(find_references(page_of([], f"河东新闻网 - {TITLE}"))) == TITLE
    assert title_of_markup(find_references(page_of([], f"{TITLE} | 河东新闻网"))) == TITLE


def test_bars_of_a_table_are_no_part_of_the_title():
    """Dumps print a page of tables with bars and rules; neither is title or subtitle."""
    found = title_of([TITLE + " | ||||", "---|---|---|---|---|", "2019-11-08 07:35 河东晚报 | ||||", PROSE])
    assert (found.title, found.subtitle) == (TITLE, None)


@pytest.mark.parametrize(
    "text",
    [
        "“船老大，夜班的灯修好了！”",
        "共 9926字，需浏览 20分钟",
        "第02版：要闻",
        "跳转到指定楼层",
        "论文部分内容阅读",
        "河东网（微博）讯：今天渡口又停航了，船工们一早就等在岸上，消息整理如下：",
        "11/8，渡口的船工们等了一早上，因为雾太大，船又不敢开，所以.....",
        "河东县政办发〔2019〕29号",
        "（河政发[2010]23号）",
        "發稿單位：新聞及國際關係處",
    ],
)
def test_speech_and_the_frame_of_a_page_are_no_titles(text):
    """A line of dialogue above the prose, or what a reader program adds, is not the title."""
    assert title_of([text, PROSE]).title is None


def test_three_stops_end_a_title_as_dots_do():
    """A title may trail off in full stops."""
    assert title_of([TITLE + "。。。", "2019-11-08 07:35", PROSE]).title == TITLE + "。。。"


def test_title_printed_whole_above_its_parts():
    """Papers on line print a title whole and again in parts; the whole one is the title."""
    parts = ["河东渡口恢复夜间班船", "上游三镇同日开航", "居民出行多一条路"]
    found = title_of(["第02版：要闻", " ".join(parts), *parts, "2019-11-08 来源：河东晚报", PROSE])
    assert found.title == " ".join(parts)
    assert found.lines == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("label", "line"),
    [("公告主旨", 4), ("主旨：", 4), ("公告單位", -1), ("主旨說明與依據及辦法", -1)],
)
def test_the_label_of_a_title_in_the_record_of_a_notice(label, line):
    """Where nothing else is the title, the line below its label is; below other labels none is."""
    title = "98學年度第2學期宿舍續住申請"
    record = ["公告單位", "住宿組", "公告類別", "學生事務", "公告日期", "98/12/03", "聯絡人", "溫小姐"] * 2
    texts = ["校園公佈欄", "首頁", "失物招領", label, title, *record, "公告內容", "各位同學：", PROSE]
    found = find_title(page_of(texts, "河東大學 校園公佈欄"), texts)
    assert found.lines == ([line] if line >= 0 else [])


@pytest.mark.parametrize(
    ("menu", "is_markup"),
    [("灵泉寺的井", True), ("灵泉寺的井和桥", False), ("渡口石桥", False)],
)
def test_where_all_is_a_heading_the_menu_tells_the_title(menu, is_markup):
    """On a page that sets its text in headings, markup whose words the menu prints is its title."""
    texts = ["首页", "渡口", menu, "修建年月在光绪二十年", "井口是石板一块", "井深六丈有余", PROSE]
    headings = dict.fromkeys((3, 4, 5), "h1")
    found = title_of(texts, "灵泉寺的井", headings=headings, links=(0, 1, 2))
    assert (found.title == "灵泉寺的井" and found.lines == []) is is_markup, found
