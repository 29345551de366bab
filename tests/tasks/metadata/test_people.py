"""Bylines: who did what, in every form that pages print, and sentences that are no bylines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.metadata.captions import read_caption
from tasks.metadata.names import COMPOUND_SURNAMES, has_surname, is_likely_name, split_run
from tasks.metadata.people import read_credits


def people(text):
    found = read_credits(text)
    return found.authors, found.photographers, found.editors


@pytest.mark.parametrize(
    ("text", "authors", "photographers", "editors"),
    [
        ("采写：本报记者孙玉乔振海", ["孙玉", "乔振海"], [], []),
        ("记者 孙玉 通讯员 乔振海", ["孙玉", "乔振海"], [], []),
        ("记者孙玉通讯员乔振海", ["孙玉", "乔振海"], [], []),
        ("河东晚报记者 孙玉", ["孙玉"], [], []),
        ("河东晚报全媒体记者 孙玉、乔振海", ["孙玉", "乔振海"], [], []),
        ("见习记者 孙玉 实习生 乔振海", ["孙玉", "乔振海"], [], []),
        ("特约记者：孙玉", ["孙玉"], [], []),
        ("（记者 孙玉）", ["孙玉"], [], []),
        ("(职工通讯员 孙玉 乔振海)", ["孙玉", "乔振海"], [], []),
        ("記者孫玉玲／台北報導", ["孫玉玲"], [], []),
        ("〔記者孫玉玲、喬振海／綜合報導〕", ["孫玉玲", "喬振海"], [], []),
        ("（江海社記者孫玉玲台南8日電）", ["孫玉玲"], [], []),
        ("（江海社記者孫玉玲、喬振海台北12日電）", ["孫玉玲", "喬振海"], [], []),
        ("（江海社記者孫玉玲華盛頓12日專電）", ["孫玉玲"], [], []),
        ("〔編譯孫玉玲／綜合報導〕", ["孫玉玲"], [], []),
        ("孫玉玲／台北報導", ["孫玉玲"], [], []),
        ("特派記者孫玉玲/北京報導河東報", ["孫玉玲"], [], []),
        ("河東時報 孫玉玲／台北報導", ["孫玉玲"], [], []),
        ("孙玉/河东青年报", ["孙玉"], [], []),
        ("本报记者孙玉乔振海发自北京", ["孙玉", "乔振海"], [], []),
        ("本报记者 孙玉 北京报道", ["孙玉"], [], []),
        ("孙玉玲 北京报道", ["孙玉玲"], [], []),
        ("■本报记者 孙玉", ["孙玉"], [], []),
        ("作者：孙玉 乔振海", ["孙玉", "乔振海"], [], []),
        ("作 者：孙 玉", ["孙玉"], [], []),
        ("作者︱听雨", ["听雨"], [], []),
        ("作者：[美] 艾伦·布里格斯", ["艾伦·布里格斯"], [], []),
        ("作者：Alan Briggs", ["Alan Briggs"], [], []),
        ("本文作者：孙玉，系河东大学教授", ["孙玉"], [], []),
        ("文／孫玉玲", ["孫玉玲"], [], []),
        ("文/本报记者 孙玉", ["孙玉"], [], []),
        ("孙玉 乔振海/文", ["孙玉", "乔振海"], [], []),
        ("文/孙玉 图/乔振海", ["孙玉"], ["乔振海"], []),
        ("文/江海晚报记者 孙玉 图/乔振海", ["孙玉"], ["乔振海"], []),
        ("文/图 孙玉 乔振海", ["孙玉", "乔振海"], ["孙玉", "乔振海"], []),
        ("本报记者 孙玉 文/图", ["孙玉"], ["孙玉"], []),
        ("文字：孙玉 图片：乔振海", ["孙玉"], ["乔振海"], []),
        ("图文：孙玉", ["孙玉"], ["孙玉"], []),
        ("记者 孙玉 摄影报道", ["孙玉"], ["孙玉"], []),
        ("记者 孙玉 摄影 乔振海", ["孙玉"], ["乔振海"], []),
        ("摄影：本报记者沈洁", [], ["沈洁"], []),
        ("江海社记者 沈洁 摄", [], ["沈洁"], []),
        ("（圖／記者沈潔儀攝）", [], ["沈潔儀"], []),
        ("沈洁 摄", [], ["沈洁"], []),
        ("编辑 石磊", [], [], ["石磊"]),
        ("責任編輯：石磊磊", [], [], ["石磊磊"]),
        ("[责任编辑：石磊、袁莉]", [], [], ["石磊", "袁莉"]),
        ("（责编：石磊 责校：袁莉）", [], [], ["石磊"]),
        ("编辑：石磊 | 审核：袁莉", [], [], ["石磊"]),
        ("责编/石磊 监制/袁莉", [], [], ["石磊"]),
        ("责任编辑：石磊_JH2541", [], [], ["石磊"]),
        ("核稿編輯：石磊磊", [], [], ["石磊磊"]),
        ("主编：石磊 副主编：袁莉", [], [], ["石磊", "袁莉"]),
        ("撰稿：孙玉 摄影：沈洁 编辑：石磊 审核：袁莉", ["孙玉"], ["沈洁"], ["石磊"]),
        ("采写/孙玉 摄影/沈洁 编辑/石磊", ["孙玉"], ["沈洁"], ["石磊"]),
        ("来源：河东网 作者：孙玉 编辑：石磊 2019-11-08 07:35", ["孙玉"], [], ["石磊"]),
        ("2019-11-08 07:35 聯合早報 記者孫玉玲／即時報導", ["孫玉玲"], [], []),
        ("整合 江海日报·渡口眼记者 孙玉玲", ["孙玉玲"], [], []),
        ("江海新闻·河东商报记者孙玉玲/文受访者供图", ["孙玉玲"], [], []),
        ("记者 格桑卓玛", ["格桑卓玛"], [], []),
        ("记者 欧阳雪", ["欧阳雪"], [], []),
        ("记者 孙玉（实习）", ["孙玉"], [], []),
        ("本报记者 孙玉 sunyu@hedong.example", ["孙玉"], [], []),
        ("作者 孙玉玲 于 2019-11-08 发布", ["孙玉玲"], [], []),
        ("责任编辑：石磊 JH123", [], [], ["石磊"]),
        ("孫玉玲報道", ["孫玉玲"], [], []),
        ("聯合早報 記者孫玉玲/即時報導", ["孫玉玲"], [], []),
        ("供稿单位：渡口公司", ["渡口公司"], [], []),
        ("（本报记者 孙玉明 文/摄）", ["孙玉明"], ["孙玉明"], []),
    ],
)
def test_byline_gives_its_people(text, authors, photographers, editors):
    """A byline gives each person under the role printed for them, as printed."""
    assert people(text) == (authors, photographers, editors)


@pytest.mark.parametrize(
    "text",
    [
        "记者从河东镇了解到",
        "记者在现场看到，渡船已经靠岸",
        "记者获悉，夜间班次将恢复",
        "记者：请问夜间班次何时恢复？",
        "记者手记",
        "记者调查：渡口为何停航",
        "记者节专题",
        "记者会实录",
        "记者站",
        "记者 来源",
        "本报记者",
        "新华社记者",
        "联系记者",
        "多名记者前往采访",
        "小记者训练营",
        "作者简介",
        "作者单位：河东大学",
        "作者系河东镇文化站站长",
        "作者：佚名",
        "作者:admin",
        "作者：网络转载",
        "图文：河东渡口恢复夜间班船",
        "（圖/船工臉書）",
        "（圖/翻攝自渡口IG）",
        "全媒体报道",
        "江苏省报道",
        "金融界报道",
        "作者：",
        "作者：未知 来源：网络",
        "本文仅代表作者观点",
        "版权归原作者所有",
        "著作者权",
        "编辑部电话：0000-123456",
        "编辑推荐",
        "编辑 推荐",
        "编辑 收藏",
        "编辑：",
        "编辑词条",
        "视频编辑：石磊",
        "校对：石磊",
        "审核：石磊",
        "监制：石磊",
        "责任编辑：HN666",
        "编辑整理",
        "总编辑信箱",
        "文化 教育 体育",
        "文学 艺术",
        "文：",
        "文明河东",
        "文件下载",
        "人文/地理",
        "图：资料图片",
        "图/CFP",
        "图片来源：江海社",
        "图片新闻",
        "图为渡船靠岸",
        "（圖／翻攝畫面）",
        "圖片提供",
        "摄影大赛",
        "摄影 旅游 美食",
        "摄影作品展开幕",
        "来源：河东日报",
        "译：曾可",
        "翻译：曾可",
        "設計：曾可欣",
        "出品：江海网",
        "策划：孙玉",
        "社會中心／綜合報導",
        "國際中心/綜合報導",
        "〔即時新聞／綜合報導〕",
        "（江海社台北12日電）",
        "河东讯",
        "本报综合报道",
        "综合报道",
        "评论员文章",
        "本报评论员",
        "通讯员培训班开班",
        "实习生招聘启事",
        "撰稿要求",
        "采写规范",
        "整合资源 提升服务",
        "供稿",
        "主笔",
        "阅读：1644 评论：3",
        "2019-11-08 07:35",
        "责任重大",
        "责任编辑",
        "关于我们 | 联系编辑",
        "执行力",
        "首席执行官孙玉",
        "特约经销商",
        "作品",
        "写作指导",
        "者",
        "摄氏三十度",
        "报名",
        "报告文学",
        "电报挂号",
        "稿费标准",
        "投稿邮箱：a@hedong.example",
        "投稿须知",
        "编剧：孙玉",
        "编号：20191108",
        "编者按：渡口的夜班船",
        "主编推荐",
        "总编室",
        "河东网总编辑信箱",
        "图解：渡口三十年",
        "图表：客流变化",
        "文旅融合",
        "文/科",
        "语文/数学",
        "作业",
        "作家作品",
        "笔记本",
        "笔者认为，渡口不可少",
        "博主推荐",
        "发布者：石磊",
        "上传：石磊",
        "点击：35",
        "受访者供图",
        "供图单位",
        "资料照片",
        "拍摄时间：2018年",
        "摄像头安装",
        "记者专访河东镇镇长孙玉玲",
        "一线记者探访渡口",
        "实习记者招聘",
        "外国记者看河东",
        "记者走基层",
        "通讯员队伍",
        "观察员国",
        "研究员级",
        "责编：",
        "（完）",
        "编辑计划表",
        "关于河东 投稿中心 广告刊登",
        "（包括文字、图片、多媒体资讯等）",
        "孩子母亲供图",
    ],
)
def test_sentence_is_no_byline(text):
    """Sentences, menus, empty labels and other roles name nobody."""
    assert people(text) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("渡船靠岸。本报记者 沈洁 摄", ["沈洁"]),
        ("渡船靠岸。 江海社记者沈洁、袁莉摄", ["沈洁", "袁莉"]),
        ("▲渡船靠岸。（圖／記者沈潔儀攝）", ["沈潔儀"]),
        ("渡船靠岸 沈洁/摄", ["沈洁"]),
        ("渡船靠岸。", []),
        ("渡船靠岸。资料图", []),
        ("渡船靠岸，网友供图", []),
        ("这是一场关于摄影的展览，许多人到场观摩拍摄", []),
        ("气温升到三十摄", []),
        ("渡船靠岸（受访者供图）", []),
        ("渡船靠岸 翻攝畫面", []),
        ("河东镇组织居民参观摄影", []),
    ],
)
def test_caption_gives_its_photographer(text, names):
    """The name before 摄 at the end of a caption is the photographer; other endings give none."""
    assert read_caption(text) == names


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("孙玉乔振海", ["孙玉", "乔振海"]),
        ("孙玉乔海", ["孙玉", "乔海"]),
        ("孙玉玲乔振海", ["孙玉玲", "乔振海"]),
        ("孙玉乔海李山", ["孙玉", "乔海", "李山"]),
        ("欧阳雪司马长风", ["欧阳雪", "司马长风"]),
        ("欧阳雪飞", ["欧阳雪飞"]),
        ("孙玉", ["孙玉"]),
        ("孙玉玲", ["孙玉玲"]),
        ("格桑卓玛", ["格桑卓玛"]),
        ("对此文亦有贡献", ["对此文亦有贡献"]),
        ("了解到的情况", ["了解到的情况"]),
        ("综合新华社消息", ["综合新华社消息"]),
    ],
)
def test_run_is_divided_at_surnames(run, names):
    """Names printed without a mark are divided where surnames stand; anything else stays whole."""
    ends = split_run(run)
    assert [run[a:b] for a, b in zip([0, *ends], ends, strict=False)] == names


SURNAME = st.sampled_from(["王", "李", "张", "刘", "陈", "赵", "周", "徐", "孙", "欧阳", "司马", "诸葛"])
GIVEN = st.sampled_from(["玉玲", "建国", "晓棠", "思远", "静怡", "子涵", "海波", "丽娜"])


@given(
    st.lists(st.tuples(SURNAME, GIVEN).map("".join), min_size=1, max_size=4),
    st.sampled_from(["、", " ", "，", "　"]),
)
def test_separated_names_come_back(names, mark):
    """Names with any mark between them are read back, in order, each once."""
    found = read_credits("记者：" + mark.join(names))
    assert found.authors == list(dict.fromkeys(names))
    assert found.is_whole


@given(SURNAME, GIVEN, SURNAME, GIVEN)
def test_two_glued_names_come_back(a, b, c, d):
    """Two usual names without a mark are divided into the two."""
    names = [a + b, c + d]
    ends = split_run("".join(names))
    assert ends[-1] == len("".join(names))
    if len(set(map(len, names))) == 1 and not any(n[:2] in COMPOUND_SURNAMES for n in names):
        assert ends == [len(names[0]), len("".join(names))]


@given(st.text(max_size=80))
def test_any_line_is_read_without_error(text):
    """No line breaks the reader; every name was printed on it, spaces aside."""
    found = read_credits(text)
    squeezed = "".join(text.split())
    for name in (*found.authors, *found.photographers, *found.editors):
        assert "".join(name.split()) in squeezed or name in text


def test_likely_names_need_a_surname():
    """A known surname and two or three characters; compound surnames three or four."""
    assert is_likely_name("孙玉玲")
    assert is_likely_name("欧阳雪飞")
    assert not is_likely_name("渡口")
    assert not is_likely_name("孙玉玲飞")
    assert not is_likely_name("欧阳")
    assert has_surname("司马长风")
