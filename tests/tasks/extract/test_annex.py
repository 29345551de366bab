"""What an author puts below the last sentence of a text, and what only stands there."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

TEXT = [
    "河口渡船全年检修计划公布",
    "发布时间：2016-03-04 来源：河口航运站",
    "河口航运站昨天公布了全年检修计划，六条渡船将分三批进厂，每批大约需要二十天，其间由备用船顶替。",
    "站长说，船工们盼着这一天已经很久，去年冬天有两条船漏水，只能停在岸边，乘客得绕远路。",
]
FOOT = ["责任编辑：沈一禾", "上一篇：码头添了一盏灯"]


def taken(below: list[str], text: list[str] = TEXT) -> int:
    """Return how many of the lines below a text are body."""
    lines = [*text, *below, *FOOT]
    labelled = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0})
    body = [index for index, (label, _) in enumerate(labelled.labels) if label == "body"]
    assert body == list(range(2, 2 + len(body)))
    return len(body) - (len(text) - 2)


@pytest.mark.parametrize(
    "below",
    [
        ["附：获奖船工名单", "一等奖", "乔宇 罗汉章", "二等奖", "秦川 陆小满"],
        ["各批船只：", "第一批：江鸥、白鹭、翠鸟", "第二批：灰雁、红隼、麻鸭"],
        ["序号 船名 码头", "1 江鸥号 北码头", "2 白鹭号 南码头", "3 翠鸟号 西码头"],
        ["联系电话：0900-4440001", "序号 船名 码头", "1 江鸥号 北码头", "2 白鹭号 南码头", "3 翠鸟号 西码头"],
        ["【乘船须知】", "地址：河口镇渡船路三号", "电话：0900-4440001", "票价：每人两元"],
        ["参考文献：", "[1] 乔宇. 河口渡船小史", "[2] 罗汉章. 木船的修补"],
        ["两队船工名单及成绩", "北队：乔宇三圈、秦川两圈、陆小满两圈", "南队：罗汉章三圈、沈一禾一圈"],
        ["地址：河口镇渡船路三号", "营业时间：六点至二十点，逢大风停航"],
        ["停航日期", "北码头", "检修前：每天六班", "总结", "坐船的人少了，等船的人多了。"],
        ["前三班次序：", "北码头 5-3 南码头", "江鸥 4-4 白鹭", "秋天以前还有三次比赛。"],
        ["●新闻链接", "坐船三不要", "不要在船头站立；", "不要把手伸出船外；", "不要超过二十人。"],
        ["划船比赛前三名", "北队：三班 七班", "南队：五班 二班", "西队：六班 四班"],
        ["表：近三周班次", "日期 北码头 南码头", "三月四日 6 4", "三月十一日 5 5", "三月十八日 4 6"],
        ["永远等船的人", "二〇一六年三月四日夜"],
        ["2016年3月于河口"],
        [
            "效果",
            "修补以前：每小时进水三寸，船底全湿",
            "修补以后：一天进水半寸，船底是干的",
            "总结",
            "花费不到五十元，船还能用三年。",
        ],
        [
            "几个数字",
            "木料：4631块",
            "桐油：54斤，共三桶",
            "要图纸的船工说一声，我整理出来。",
            "下一条船？你们搬到岸上去修。",
        ],
        ["审 判 员 秦 川", "二〇一六年三月四日", "书 记 员 乔 宇"],
        ["划船比赛数据：", "北队：", "乔宇：三圈、两次靠岸", "南队：", "秦川：两圈、一次靠岸"],
        ["码头茶馆", "地址：河口镇渡船路三号", "电话：0900-4440001", "营业时间：六点至二十点，逢大风停航"],
        ["让船在冬天里也有个去处", "让等在岸上的人", "不再绕着河走", "也让老船工们放了心"],
        ["让船在冬天里也有个去处", "让等在岸上的人", "不再绕着河走", "也让老船工们，都放了心。"],
        [
            "序号 船名 码头",
            *(f"{n} 渡船{n}号 北码头" for n in range(1, 12)),
            "河口航运站",
            "2016年3月4日",
        ],
    ],
)
def test_what_announces_itself_is_text(below):
    """Enclosures, announced lists, tables with a header, fields under their heading, signatures with a place."""
    assert taken(below) == len(below)


def test_a_mark_of_an_advertisement_does_not_part_a_list():
    """What a line announces below an advertisement is text, the mark above it is not."""
    below = ["ADVERTISEMENT", "以下是各码头的班次：", "北码头：每小时一班", "西码头：每天四班"]
    lines = [*TEXT, *below, *FOOT]
    labelled = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0})

    assert [i for i, (label, _) in enumerate(labelled.labels) if label == "body"] == [2, 3, 5, 6, 7]


def test_a_section_that_goes_on_is_text():
    """A numbered section after the last one is text with the fields right below it; another number is not."""
    text = [
        *TEXT,
        "一、检修范围",
        "全部六条渡船，以及两条备用船的发动机和救生设备。",
        "二、检修时间",
        "自四月一日起，至六月底结束，遇到大风顺延。",
    ]
    below = ["{}、有意参加检修的船厂请按以下方式联系", "联系人：乔宇", "地址：河口镇渡船路三号"]

    assert taken([below[0].format("三"), *below[1:]], text) == 3
    assert taken([below[0].format("七"), *below[1:]], text) == 0


@pytest.mark.parametrize(
    "below",
    [
        ["北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["今日看点：", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["【今日看点】", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["1 北岸的桥灯昨夜全部亮起", "2 老船工教孩子认星星", "3 码头面馆换了新招牌"],
        ["排名 球队 胜 负", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["一、北岸的桥灯昨夜全部亮起", "二、老船工教孩子认星星", "三、码头面馆换了新招牌"],
        ["联系电话：0900-4440001"],
        ["最新文章", "船工：河上的三十年", "组图：北岸的桥灯", "镇上：码头面馆换招牌"],
        ["北岸的桥灯昨夜亮起", "船工：河上的三十年", "组图：北岸的桥灯", "码头面馆换招牌"],
        ["【渡船检修】相关文章：", "1.北岸的桥灯", "2.老船工和星星", "3.码头面馆"],
        ["上一讲：木船的修补 下一讲：桐油", "听众留言", "讲得真好，我每天等船的时候听一讲。"],
        ["地址：河口镇渡船路三号", "电话：0900-4440001"],
        ["【相关链接】", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["【相关链接】", "北岸的桥灯昨夜亮起。"],
        ["推荐船工名单", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["附：", "北岸的桥灯昨夜全部亮起无人喝彩", "老船工在河边教孩子们认识星星"],
        ["专题：", "渡船"],
        ["河口航运站", "北岸的桥灯昨夜全部亮起"],
        ["船名 码头 船长", "江鸥 北码头 乔宇"],
        ["【关闭窗口】", "【打印本页】"],
        ["相关附件：", "检修计划.zip"],
        ["附件：", "没有附件"],
        [
            "附件：",
            "网站管理：河口航运站办公室 技术支持：河口信息所",
            "地址：河口镇渡船路三号",
            "邮编：000000",
        ],
        ["2016年3月份最热的帖子", "北岸的桥灯昨夜全部亮起"],
        ["渡船 码头 检修", "河口 航运"],
        ["北码头 南码头 西码头", "订票 退票 改签", "天气 潮汐 水位"],
        ["字号：大 中 小", "分享：微信 微博"],
        ["航运频道：", "首页", "渡船", "码头"],
        ["ADVERTISEMENT", "今日看点：", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["ADVERTISEMENT", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["北岸桥灯全部亮起", "老船工教孩子认星星", "码头面馆换新招牌", "渡口老茶馆重新开张"],
        ["书 记 员 乔 宇"],
        ["推荐阅读", "新闻：北岸的桥灯亮了", "老船工教孩子认星星，一教就是三十年。"],
        ["乘船须知", "票价：每人两元", "本站转载请注明出处，谢谢合作。"],
        ["二〇一六年的书记员", "北岸的桥灯昨夜全部亮起"],
        ["渡船 检修", "河口 航运", "码头 班次", "北岸 桥灯"],
        ["北岸桥灯全部亮起", "老船工教孩子认星星", "码头面馆换新招牌", "渡口茶馆，重新开张。"],
        ["今日看点：北岸桥灯", "码头面馆换新招牌", "渡口茶馆重新开张！", "河口大桥明年合龙"],
        ["码头茶馆", "地址：河口镇渡船路三号", "电话：0900-4440001"],
        ["北岸的桥灯昨夜全部亮起来了", "地址：河口镇渡船路三号", "营业时间：六点至二十点"],
        ["今日看点：", "北岸：", "桥灯昨夜全部亮起", "南岸：", "老船工教孩子认星星"],
        ["码头茶馆", "渡口渔具店", "地址：河口镇渡船路三号", "营业时间：六点至二十点"],
        ["渡船", "检修", "作者", "沈一禾", "离开码头到报社写字的人，喜欢用船桨量日子。"],
        [
            "渡船",
            "桥灯",
            "船工",
            "北岸的桥灯亮了。",
            "老船工认得星星。",
            "码头面馆换招牌。",
            "渡口的茶馆开张。",
        ],
    ],
)
def test_what_only_stands_below_is_none(below):
    """Headlines, rankings, buttons, rows of links and lone contacts below a text stay outside."""
    assert taken(below) == 0


def test_background_in_full_paragraphs_is_text():
    """Below a heading such as 【相关链接】 whole paragraphs are background, entries of a list are not."""
    below = [
        "【相关链接】",
        "河口渡船始于一九〇三年，最初只有两条木船，船工都是本村人，收入由全村分配，到七十年代才改成机动船，载客量是从前的六倍。",
    ]

    assert taken(below) == 2


def test_sections_above_the_first_paragraph_are_text():
    """Numbered sections of short fields belong to the article that goes on with the next number."""
    above = [
        "一、项目编号：河口-2016-003",
        "二、项目名称：渡船检修",
        "三、中标信息",
        "中标单位",
        "白石船厂",
    ]
    text = [
        *TEXT[:2],
        *above,
        "四、检修的范围是六条渡船，以及两条备用船的发动机和救生设备，不含码头。",
        *TEXT[2:],
    ]

    assert taken([], text) == 0


def test_a_note_on_names_may_stand_below_the_byline():
    """文中人物为化名 belongs to the text though the reporter stands between; the reporter does not."""
    lines = [*TEXT, "本报记者 沈一禾 通讯员 秦川", "（文中船工为化名）", *FOOT]
    labels = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0}).labels

    assert [label for label, _ in labels[2:7]] == ["body", "body", "byline", "body", "byline"]


def body_of(lines: list[str]) -> list[str]:
    """Return the body lines of a text whose first line is the title."""
    labels = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0}).labels
    return [line for line, (label, _) in zip(lines, labels, strict=True) if label == "body"]


def test_a_notice_below_a_table_is_none():
    """What the site says about itself right below a table is no last sentence."""
    table = ["序号 船名 码头", "1 江鸥号 北码头", "2 白鹭号 南码头", "3 翠鸟号 西码头"]

    assert taken([*table, "河口网声明：此消息系转载自合作媒体，登载此文出于传递更多信息之目的。"]) == 4
    assert taken([*table, "第四条船还在船坞里，要等到秋天才下水。"]) == 5


def test_numbered_sections_go_on_to_the_signature():
    """Sections of short lines are text while their numbers go on, with office and date below the last."""
    sections = [
        "一、报名时间",
        "六月四日至六月十五日，过了这几天不再补报，请各位船工互相转告。",
        "二、考试科目",
        "甲级 驾驶、轮机",
        "乙级 水手、机工",
        "三、咨询电话",
        "0900-4440001（北码头）",
        "河口航运站",
        "二〇一六年三月四日",
    ]

    assert body_of([*TEXT[:2], *sections, *FOOT]) == sections


def test_short_lines_between_the_first_paragraphs_are_text():
    """Subheadings and tools between the opening paragraph and the rest are text, and so is 前言 above it."""
    opening = "渡船用了三年，一起风就吱吱地响，趁冬天没有客人，买了一桶桐油，顺手把船底也刮一遍。"
    tools = ["准备工具", "刮刀", "旧棉布", "桐油一桶", "开始动手"]

    assert body_of([*TEXT[:2], "前言", opening, *tools, *TEXT[2:], *FOOT]) == [
        "前言",
        opening,
        *tools,
        *TEXT[2:],
    ]


def test_a_judgment_begins_with_its_court():
    """Court, name and number of a judgment stand above the parties and belong to it; a lone court does not."""
    head = ["河口县人民法院", "民 事 判 决 书", "（2014）河民初字第01873号"]

    assert body_of([*TEXT[:2], *head, *TEXT[2:], *FOOT]) == [*head, *TEXT[2:]]
    assert body_of([*TEXT[:2], head[0], *TEXT[2:], *FOOT]) == TEXT[2:]


def test_a_menu_above_fields_is_no_verse():
    """A row of short words above an article of fields without end marks is a menu."""
    fields = [
        "展览名称：河口渡船老照片",
        "展览时间：三月四日到五月九日",
        "展览地点：河口镇文化站二楼",
        "票价：免费",
    ]

    assert body_of(["河口文化站", "参观 展览 典藏 教育", TEXT[2], *fields, *FOOT]) == [
        TEXT[2],
        *fields,
    ]


def test_a_quoted_call_to_scan_is_no_promotion():
    """A sentence about codes and accounts that quotes what is said at a table is text."""
    said = "坐进船舱，船工头也不抬：“扫码买票。”关注公众号、填上手机号，船还没有开，先把自己交代了出去。"

    assert body_of([*TEXT, said, *FOOT]) == [*TEXT[2:], said]


def test_a_letter_ends_with_name_and_day():
    """A letter begins with whom it is written to, however short, and ends with name and day without a year."""
    letter = ["舅舅：", *TEXT[2:], "外甥女 小满", "三月九日"]

    assert body_of([TEXT[0], "2016-03-04", *letter, "分享到：", *FOOT]) == letter
    assert body_of([*TEXT, "外甥女 小满", "三月九日", "分享到：", *FOOT]) == TEXT[2:]


def test_the_name_of_the_author_below_the_text_is_none_of_it():
    """The author's name once more, with a sentence on him, is no text; a speaker of the text, a place or a day is."""
    byline, note = "沈一禾 2016-03-04", ["沈一禾", "船工的女儿，写码头、渡口与灯。"]

    assert body_of([TEXT[0], byline, *TEXT[2:], *note, *FOOT]) == TEXT[2:]
    assert body_of([TEXT[0], "2016-03-04", *TEXT[2:], *note, "说到这里，他又去看船了。", *FOOT]) == [
        *TEXT[2:],
        *note,
        "说到这里，他又去看船了。",
    ]
    talk = ["沈一禾说，那年的雾有三天。", "沈一禾", "我记得最清楚的是那盏灯，一直亮到船靠岸。"]
    assert body_of([TEXT[0], byline, *TEXT[2:], *talk, *FOOT]) == [*TEXT[2:], *talk]
