"""Sites and breadcrumbs: from markup, the breadcrumb's root, the footer; columns and duties are no sites."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.sites import find_breadcrumb, find_site, read_breadcrumb, split_title
from tasks.metadata.zones import find_zones

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def zones_of(above=(), below=()):
    texts = [*above, TITLE, PROSE, *below]
    labels = ["navigation"] * len(above) + ["title", "body"] + ["boilerplate"] * len(below)
    return find_zones(texts, labels, len(above))


def site_of(above=(), below=(), outlets=(), **markup):
    zones = zones_of(above, below)
    page = Page([PageLine(i, t) for i, t in enumerate(zones.texts, 1)], bool(markup), **markup)
    steps, _ = find_breadcrumb(zones)
    found = find_site(zones, page, TITLE, steps, outlets)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("options", "site"),
    [
        ({"meta": {"og:site_name": "河东在线"}, "title_tag": f"{TITLE}_江海网"}, "河东在线"),
        ({"meta": {"sitename": "河东镇人民政府"}}, "河东镇人民政府"),
        ({"title_tag": f"{TITLE}_民生新闻_河东网"}, "河东网"),
        ({"title_tag": f"{TITLE} - 民生 - 河东日报"}, "河东日报"),
        ({"title_tag": f"{TITLE}｜即時｜河東新聞網"}, "河東新聞網"),
        ({"title_tag": f"河东博客 » {TITLE}"}, "河东博客"),
        ({"title_tag": f"河东新闻网-两岸新闻、渡口资讯 - {TITLE}"}, "河东新闻网"),
        ({"title_tag": f"{TITLE} @ 午后的渡口 :: 河东部落"}, "午后的渡口"),
        ({"title_tag": f"{TITLE} @ 午后的渡口 :: 河东网"}, "河东网"),
        ({"title_tag": f"{TITLE} @ 午后的渡口"}, "午后的渡口"),
        ({"title_tag": f"{TITLE}_公司新闻_河东航运设备有限公司"}, "河东航运设备有限公司"),
        ({"above": ["河东网 > 民生 > 正文"]}, "河东网"),
        ({"above": ["河东网首页 > 民生 > 正文"]}, "河东网"),
        ({"above": ["新河东 > 民生 > 正文"], "below": ["Copyright © 2018 新河东 版权所有"]}, "新河东"),
        ({"below": ["Copyright © 2012-2019 河东在线 All Rights Reserved"]}, "河东在线"),
        ({"below": ["Copyright (?) 河东航运设备有限公司 版权所有 技术支持：云帆"]}, "河东航运设备有限公司"),
        ({"below": ["版权所有：河东县航运管理处 电话：0000-123456"]}, "河东县航运管理处"),
        ({"below": ["河东中学 版权所有"]}, "河东中学"),
        ({"below": ["主办单位：河东县航运管理处 承办：信息中心"]}, "河东县航运管理处"),
        ({"below": ["河东日报社出版|国内统一刊号：CN00-0000"]}, "河东日报"),
        ({"below": ["免责声明：凡注明“来源：乐居河东”的文字均属原创"]}, "乐居河东"),
        ({"below": ["江海眼热榜"], "outlets": ["江海眼"]}, "江海眼"),
    ],
)
def test_site_is_named(options, site):
    """Markup first, then the root of the breadcrumb, then the footer, then the frame of the page."""
    assert site_of(**options) == site


@pytest.mark.parametrize(
    ("title_tag", "linked", "site"),
    [
        (f"{TITLE} - 半盏灯 - HedongFault", "HedongFault", "HedongFault"),
        (f"hd730 - 新闻 - {TITLE}", "hd730", "hd730"),
        (f"{TITLE} -- 河东报 / 评论", "首页", "河东报"),
        (f"{TITLE} - 半盏灯 - HedongFault", "登录", None),
        (f"{TITLE} - HedongFault", "HedongFault", "HedongFault"),
        (f"{TITLE} - 半盏灯 - 渡口", "半盏灯", None),
        (f"{TITLE} / 渡口 / 河东", "河东", None),
        (TITLE, TITLE, None),
    ],
)
def test_site_by_its_logo(title_tag, linked, site):
    """The first or last of three parts of a <title> is the site when the top of the page links it alone."""
    zones = zones_of([linked])
    page = Page([PageLine(i, t) for i, t in enumerate(zones.texts, 1)], True, title_tag=title_tag)
    page.lines[0].link_share = 1.0
    found = find_site(zones, page, TITLE, [], [])
    assert (None if found is None else found[0]) == site


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"above": ["首页 > 民生 > 正文"]},
        {"above": ["政策法规 > 地方规章"]},
        {"above": ["国内新闻 > 正文"]},
        {"title_tag": TITLE},
        {"title_tag": f"{TITLE}_渡口_班船_夜间"},
        {"title_tag": f"{TITLE}-公告"},
        {"title_tag": f"{TITLE}_国内新闻"},
        {"below": ["版权所有 未经许可不得转载"]},
        {"below": ["版权归原作者所有"]},
        {"below": ["All Rights Reserved"]},
        {"below": ["本网站所有内容版权所有"]},
        {"below": ["京ICP备00000001号"]},
        {"below": ["联系我们 关于我们"]},
        {"below": ["江海眼热榜"], "outlets": []},
        {"below": ["江海眼记者 孙玉玲"], "outlets": ["江海眼"]},
        {"below": ["技术支持：云帆网络"]},
        {"below": ["更多精彩图片>> 更多幻灯>>"]},
        {"above": ["欢迎光临"]},
        {"title_tag": f"{TITLE} | 河东 | 1910年创刊"},
        {"below": ["上一篇：渡口停航通告"]},
    ],
)
def test_no_site_is_made_up(options):
    """Columns, search words, rights and neighbours name no site."""
    assert site_of(**options) is None


def test_breadcrumb_of_several_lines():
    """Steps on lines of their own, each but the first with its arrow, are one breadcrumb."""
    zones = zones_of(["首页", ">工作动态", ">基层"])
    assert find_breadcrumb(zones)[0] == ["首页", "工作动态", "基层"]


def test_breadcrumb_below_the_text():
    """A breadcrumb at the very end of a dump counts when none stands above."""
    zones = zones_of(below=["投诉", "首页>头条>正文"])
    assert find_breadcrumb(zones)[0] == ["首页", "头条", "正文"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("新桥通车_要闻_河东网", ["新桥通车", "要闻", "河东网"]),
        ("新桥通车 - 要闻 - 河东网", ["新桥通车", "要闻", "河东网"]),
        ("新桥通车--社会--河东网", ["新桥通车", "社会", "河东网"]),
        ("新橋通車｜即時｜河東網", ["新橋通車", "即時", "河東網"]),
        ("5-10岁儿童免票", ["5-10岁儿童免票"]),
        ("T-72展出", ["T-72展出"]),
        ("2018-2020年规划", ["2018-2020年规划"]),
        ("A.B-C", ["A.B-C"]),
    ],
)
def test_title_tag_is_divided(text, parts):
    """Marks between title and site divide; hyphens inside words and numbers do not."""
    assert list(split_title(text)) == parts


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("您的位置：首页 > 广东 > 正文", ["首页", "广东", "正文"]),
        ("当前位置: 首页>>要闻>>正文", ["首页", "要闻", "正文"]),
        ("您当前的位置:河东网 >> 新闻 >> 河东新闻", ["河东网", "新闻", "河东新闻"]),
        ("你现在的位置：河东网 > 民生", ["河东网", "民生"]),
        ("首頁 » 地方", ["首頁", "地方"]),
        ("网易首页--> 主频道--> 消费", ["网易首页", "主频道", "消费"]),
        ("首页>头条>正文", ["首页", "头条", "正文"]),
        ("更多精彩图片>>", []),
        ("查看更多>> 详细>>", []),
        ("3 > 2", []),
        (PROSE, []),
        ("首页 要闻 本地", []),
        ("他说：“这里 > 那里。”", []),
        ("下一页 >", []),
        (">>", []),
        ("＜河东游＞悠闲半日", []),
        ("《夜渡》 > 《晨渡》", []),
        ("渡口风情 当前位置:首页->渡口风情->详细信息", ["首页", "渡口风情", "详细信息"]),
        ("首页 > 民生 > 详细报道在这里", []),
        ("首页 > 详细 > 渡口", []),
    ],
)
def test_breadcrumb_steps(text, steps):
    """Steps between arrows, without the words before them; single arrows and sentences are none."""
    assert read_breadcrumb(text) == steps
