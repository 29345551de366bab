"""Labels behind their names, oral accounts, desks, offices and names written in characters of another tongue."""

import pytest

from tasks.metadata.names import is_transcribed
from tasks.metadata.people import read_credits


def people(text):
    found = read_credits(text)
    return found.authors, found.photographers, found.editors


@pytest.mark.parametrize(
    ("text", "authors", "photographers", "editors"),
    [
        ("本报记者 孙玉明 文 沈洁 图", ["孙玉明"], ["沈洁"], []),
        ("孙玉明 乔振海 文 沈洁 图", ["孙玉明", "乔振海"], ["沈洁"], []),
        ("文 孙玉明 图 沈洁", ["孙玉明"], ["沈洁"], []),
        ("记者孙玉明文/图", ["孙玉明"], ["孙玉明"], []),
        ("口述：孙阿婆　整理：乔振海", ["孙阿婆", "乔振海"], [], []),
        ("编译：孙玉明", ["孙玉明"], [], []),
        ("——本报记者 孙玉明", ["孙玉明"], [], []),
        ("河东网专栏作家 孙玉明", ["孙玉明"], [], []),
        ("公民记者 孙玉明", ["孙玉明"], [], []),
        ("蹲点记者：孙玉明（民生新闻部记者）", ["孙玉明"], [], []),
        ("随队记者 孙玉明", ["孙玉明"], [], []),
        ("撰文者：孙玉明 渡口专栏", ["孙玉明"], [], []),
        ("2016-06-22撰文者：孫玉明瀏覽數：48,213", ["孫玉明"], [], []),
        ("作者：孙玉明阅读量：213", ["孙玉明"], [], []),
        ("独家报导：孙玉明", ["孙玉明"], [], []),
        ("文．攝影／孫玉明", ["孫玉明"], ["孫玉明"], []),
        ("編採／孫玉明", ["孫玉明"], [], []),
        ("採訪撰文／孫玉明", ["孫玉明"], [], []),
        ("文：孫玉明｜圖：沈潔", ["孫玉明"], ["沈潔"], []),
        ("特約記者孫玉明／專訪", ["孫玉明"], [], []),
        ("記者孫玉明專訪", ["孫玉明"], [], []),
        ("文：攝影集裡的渡口｜書訊", [], [], []),
        ("採訪手記／渡口停航以後", [], [], []),
        ("文.件／下載", [], [], []),
        ("撰文＝孫玉明", ["孫玉明"], [], []),
        ("文＝孫玉明　攝影＝沈潔", ["孫玉明"], ["沈潔"], []),
        ("文＝形式與內容的總和", [], [], []),
        ("x=文", [], [], []),
        ("整理・撰文 孫玉明 收藏", ["孫玉明"], [], []),
        ("撰文・攝影 孫玉明", ["孫玉明"], ["孫玉明"], []),
        ("整理・收納 孫玉明的房間", [], [], []),
        ("撰文・收藏", [], [], []),
        ("独家报导：渡口停航以后", [], [], []),
        ("特别报道 渡口的冬天", [], [], []),
        ("作者： 英国《河东时报》专栏作家 露西•哈伍德 字号 最大", ["露西•哈伍德"], [], []),
        ("英国《河东时报》专栏 渡口往事", [], [], []),
        ("英国 《河东时报》", [], [], []),
        ("社會中心／孫玉玲報導", ["孫玉玲"], [], []),
        ("河东新闻编辑 | 石磊", [], [], ["石磊"]),
        ("作者：中共河东县委书记 孙玉明", ["孙玉明"], [], []),
        ("记者边巴次仁、孙玉明", ["边巴次仁", "孙玉明"], [], []),
        ("作者：校团委　来源：本站原创", ["校团委"], [], []),
        ("作者： 团区委 浏览次数：35", ["团区委"], [], []),
        ("作者：第三党支部 2019-11-08", ["第三党支部"], [], []),
        ("作者：团支部", ["团支部"], [], []),
        ("作者：校办 时间：2019-11-08", ["校办"], [], []),
        ("作者：语文组", ["语文组"], [], []),
        ("作者：院党委 石磊", ["石磊"], [], []),
        ("2019年11月08日 04:10 孫玉玲／彰化報導 河東時報", ["孫玉玲"], [], []),
        ("孫玉玲／彰化報導", ["孫玉玲"], [], []),
        ("記者 孫玉玲 喬振海 報導", ["孫玉玲", "喬振海"], [], []),
        ("記者 孫玉玲 高雄 報導", ["孫玉玲"], [], []),
        ("記者 孫玉玲 高雄市 報導", ["孫玉玲"], [], []),
        ("記者 孫玉玲 連江縣 報導", ["孫玉玲"], [], []),
    ],
)
def test_each_gets_the_role_printed(text, authors, photographers, editors):
    """A label behind the names is theirs; who told and who wrote down both are authors; an office is no name."""
    assert people(text) == (authors, photographers, editors)


@pytest.mark.parametrize(
    "text",
    [
        "整理现场",
        "口述历史",
        "口述：一个船工家庭的三十年",
        "讲述：他说那天的水很大",
        "整理 房间的十个办法",
        "编译出版",
        "社會中心／綜合報導",
        "社會中心／台南報導",
        "政治中心／高雄報導",
        "作者：中共河东县委书记",
        "作者：主办",
        "作者：编辑组",
        "作者：承办 渡口小学",
        "主办：河东镇政府",
        "（作者：河东大学教授）",
        "编辑：河东财富网",
        "责任编辑：河东日报",
        "译者：孙玉明",
        "热点 编辑部",
        "图文 直播",
        "记者边走边看",
        "文图不符",
        "记者节活动",
        "讲述者",
        "2019年11月08日 17:21 作者： 用户评论（0）",
    ],
)
def test_nobody_is_named(text):
    """Headings, offices, places and media behind the same words name nobody."""
    assert people(text) == ([], [], [])


@pytest.mark.parametrize("name", ["边巴次仁", "扎西顿珠", "格桑卓玛", "古丽娜尔", "玉素甫江", "乌云其其格"])
def test_a_transcribed_name(name):
    """Names put together of parts that only such names have."""
    assert is_transcribed(name)


@pytest.mark.parametrize(
    "word", "次仁 古丽 边走边看 大吉大利 普通 多吉 努力工作 河东渡口 吉普 珍珠 觉得 雪域高原".split()
)
def test_no_transcribed_name(word):
    """One part alone may be a word, and words hold parts."""
    assert not is_transcribed(word)


@pytest.mark.parametrize("line", ["蹲点记者：孙玉明", "值班记者 孙玉明", "前方记者：孙玉明"])
def test_what_a_reporter_was_sent_for_is_no_outlet(line):
    """蹲点, 值班 and the like before 记者 say what he does, not for whom."""
    assert read_credits(line).outlets == []
