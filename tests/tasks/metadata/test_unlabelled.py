"""Names without a role: on the date line or alone beside it; words that look like names are none."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.unlabelled import find_unlabelled, posted_by
from tasks.metadata.zones import find_zones

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def name_of(head, date_at=1, meta=None, json_ld=None, hints=(), is_html=False):
    texts = ["河东渡口恢复夜间班船", *head, PROSE]
    page = Page([PageLine(i, t) for i, t in enumerate(texts, 1)], is_html, meta=meta, json_ld=json_ld)
    for line in page.lines[1:-1]:
        line.hints = tuple(hints)
    labels = ["title", *["metadata"] * len(head), "body"]
    found = find_unlabelled(find_zones(texts, labels, 0), page, date_at)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("谢若晴2017-03-01 14:27:02", "谢若晴"),
        ("谢若晴 发表于 2017-03-01", "谢若晴"),
        ("谢晴 · 2017-03-01", "谢晴"),
        ("ALAN BRIGGS 2017年3月1日", "ALAN BRIGGS"),
        ("2012年05月08日07:12 河东晚报 谢若晴 我要评论(0)", "谢若晴"),
        ("2012-05-08 07:12 河东晚报 谢若晴", "谢若晴"),
        ("posted @ 2012-05-10 10:12 谢若晴 阅读(3) 评论(0)", "谢若晴"),
        ("2012-05-08 07:12 责任编辑：谢若晴 评论(0)", None),
        ("河东网-河东日报 发表时间：2012-05-08 谢若晴", "谢若晴"),
        ("河东日报 2012-05-08 高尔夫", None),
        ("渡口停航 2012-05-08 谢若晴", None),
        ("2012-05-08 07:12", None),
        ("河东晚报 2012-05-08 07:12", None),
        ("来源：河东晚报 2012-05-08 07:12", None),
        ("发布时间：2012-05-08 07:12", None),
        ("2012-05-08 07:12 谢若晴", None),
        ("2012-05-08 07:12 高尔夫 评论(0)", None),
        ("2012-05-08 07:12 阅读 120 喜欢 评论", None),
        ("2012-05-08 07:12 分享到 微博", None),
        ("2012-05-08 07:12 字号 大 中 小", None),
        ("安徽省 2012-05-08", None),
        ("时间：2012-05-08 点击：35", None),
        ("金融网 2012-05-08", None),
        ("Posted on 2012-05-08", None),
        ("Hedong 2012-05-08", None),
    ],
)
def test_name_on_the_date_line(line, name):
    """A name against the date, or behind an outlet on the date line; buttons and places are none."""
    assert name_of([line]) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("慢船渡河 LV.21 关注", "慢船渡河"),
        ("慢船渡河 吧龄 4.2年", "慢船渡河"),
        ("river77 Lv3", "river77"),
        ("LV.21 关注", None),
        ("慢船渡河 4.2年", None),
        ("吧龄 4.2年", None),
        ("本期 重点关注", None),
        ("慢船 渡河 LV.21", None),
        ("慢船渡河 LV.21 已签到", None),
    ],
)
def test_level_behind_the_name(line, name):
    """Beside the day, who has been a member for long or on what level is who posted."""
    assert name_of([line, "2019-11-08 22:07"], date_at=2) == name


def test_name_alone_known_from_markup():
    """Any handle alone on a line is the author when markup says so."""
    assert name_of(["2019-11-08", "船工"], json_ld=[{"author": {"name": "船工"}}]) == "船工"
    assert name_of(["2019-11-08", "boatman"], meta={"author": "boatman (id7)"}) == "boatman"
    assert (
        name_of(["2019-11-08", "boatman"], json_ld=[{"@graph": []}, {"author": [{"name": "boatman"}]}])
        == "boatman"
    )


@pytest.mark.parametrize("meta", [{"author": "河东网"}, {"author": "admin"}, {"author": "洪佩君"}, {}])
def test_markup_alone_names_nobody(meta):
    """An author that only markup names is not printed, so it is none."""
    assert name_of(["2019-11-08", "分享"], meta=meta) is None


@pytest.mark.parametrize(
    ("text", "hints", "name"),
    [
        ("洪佩君", ("metadata",), "洪佩君"),
        ("洪佩君", ("byline",), "洪佩君"),
        ("洪佩君", ("share",), None),
        ("洪佩君", ("related",), None),
        ("高尔夫", ("metadata",), None),
        ("张家界", ("metadata",), None),
        ("江苏网", ("metadata",), None),
        ("分享到", ("metadata",), None),
        ("时尚", ("metadata",), None),
        ("洪佩", ("metadata",), None),
    ],
)
def test_name_alone_beside_the_date(text, hints, name):
    """Three characters with a frequent surname beside the date are a name, menu words are not."""
    assert name_of(["2019-11-08", text], hints=hints, is_html=True) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("河东晚报 谢若晴", "谢若晴"),
        ("河東新聞 謝若晴", "謝若晴"),
        ("河东晚报 谢若晴说", None),
        ("河东晚报 天气预报", None),
        ("渡口停航 谢若晴", None),
        ("河东晚报 高尔夫", None),
    ],
)
def test_a_name_behind_an_outlet(line, name):
    """An outlet and a name alone on a line sign the article; two other words do not."""
    assert name_of(["2012-05-08 07:12", line]) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("2012-11-2 09:15| 发布者: 阿漆| 查看: 1877| 评论: 6", "阿漆"),
        ("發佈者: river77 | 2012-11-2 | 回復: 3", "river77"),
        ("本帖最后由 阿漆 于 2012-11-2 09:15 编辑", "阿漆"),
        ("本帖最后由 admin 于 2012-11-2 09:15 编辑", None),
        ("本帖最后由 版主办公室 于 2012-11-2 09:15 编辑", None),
        ("本帖最后由谁于何时编辑", None),
        ("他说本帖最后由 阿漆 于 2012-11-2 改过", None),
        ("2012-11-2 09:15 发布者：办公室 评论: 0", None),
        ("2012-11-2 09:15 发布者：admin 评论: 0", None),
        ("2012-11-2 09:15 发布者：宣传部 点击：31", None),
        ("发布者：阿漆", None),
    ],
)
def test_who_posted_on_a_board(line, name):
    """发布者 beside a number of replies is who wrote; offices and administrators are not."""
    texts = ["河东渡口恢复夜间班船", line, PROSE]
    found = posted_by(find_zones(texts, ["title", "metadata", "body"], 0))
    assert (None if found is None else found[0]) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("老火車/河東日誌/回應(8)/引用(0)/好文轉寄", "老火車"),
        ("小禾 發表在 河東客 留言(3) 人氣(40)", "小禾"),
        ("发布:老火车 | 分类:往事 | 评论:3 | 引用:0 | 浏览:618", "老火车"),
        ("小禾 at 河東小站 於 11:47 PM 發表 | 回應(6) | 引用(0)", "小禾"),
        ("admin at 河東小站 於 11:47 PM 發表", None),
        ("阿粿 發表於 2007-05-13 22:08:51 | 引用(0) | 回應(3)", "阿粿"),
        ("阿粿 發表於 2007-05-13 22:08:51 的文章", None),
        ("河東社 發表於 2007-05-13 22:08:51 | 引用(0)", None),
        ("小禾 at 河東小站 的聚會於 11:47 開始", None),
        ("小禾 發表在 河東客", None),
        ("发布:admin | 分类:往事 | 评论:3", None),
        ("发布:河东县气象局 | 时间:2019-11-08", None),
        ("回應(8)/引用(0)", None),
        ("小禾昨天在河東日誌上說，回應(8)", None),
        ("慢船渡河 发表于22:41:05 | 阅读全文 | 评论 5 | 引用 0 | 编辑", "慢船渡河"),
        ("慢船渡河 发表于 22:41 | 评论 5", "慢船渡河"),
        ("慢船渡河 发表于 22:41:05", None),
        ("河东水文局 发表于 22:41:05 | 评论 5", None),
    ],
)
def test_who_signs_off_a_weblog(line, name):
    """Below a post, a name before the weblog and the number of replies is who wrote; other lines sign nothing."""
    texts = ["河东渡口恢复夜间班船", PROSE, line]
    found = posted_by(find_zones(texts, ["title", "body", "boilerplate"], 0))
    assert (None if found is None else found[0]) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("阿蕨不说话关注", "阿蕨不说话"),
        ("阿蕨不说话 粉丝：1.1万 文章：23", "阿蕨不说话"),
        ("阿蕨不说话的故事", None),
        ("大家都来关注", None),
        ("关注阿蕨不说话", None),
    ],
)
def test_an_account_with_its_button(line, name):
    """A name that markup knows counts before the button to follow its bearer, not before other words."""
    assert name_of(["2012-05-08 07:12", line], meta={"author": "阿蕨不说话"}) == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (["谢晴"], "谢晴"),
        (["河东县人民检察院 谢若晴"], "谢若晴"),
        (["高清"], None),
        (["江苏"], None),
        (["金融"], None),
        (["文化"], None),
        (["谢晴", "河东渡口"], None),
        (["谢晴", "谢晴"], None),
        (["河东县人民检察院 公开听证"], None),
    ],
)
def test_name_between_title_and_text(head, name):
    """Two characters between title and first paragraph are a name; columns, places and rows of words are none."""
    assert name_of(head, date_at=-1) == name
    assert len(head[0]) > 2 or name_of(head, date_at=-1, is_html=True) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("河东市委党校课题组", "河东市委党校课题组"),
        ("《河东志》编写组", None),
        ("河东镇灌区管理组", None),
        ("渡口改造项目组", None),
        ("省委巡视组", None),
    ],
)
def test_a_group_that_writes(line, name):
    """A group that says it writes or studies signs an article; other groups are in the news."""
    assert name_of(["2012-05-08 07:12", line]) == name


@pytest.mark.parametrize(
    ("line", "above", "name"),
    [
        ("2017.05.16 09:12* 字数 1233 阅读 233 喜欢 8", "河滩上的风", "河滩上的风"),
        ("于 2021-05-16 09:12 发布 阅读量3.2k 收藏 12", "river_77", "river_77"),
        ("2017.05.16 09:12 阅读 233", "河滩上的风", None),
        ("2017.05.16 09:12 字数 1233", "河东晚报", None),
        ("2017.05.16 09:12 字数 1233", "生活随笔，2017", None),
        ("2017.05.16 09:12 字数 1233", "原创", None),
        ("2017.05.16 09:12 字数 1233", "水路", None),
        ("2017.05.16 09:12 字数 1233", "河滩上的风关注", "河滩上的风"),
        ("2017.05.16 09:12 字数 1233", "引发关注", None),
        ("2017.05.16 09:12 字数 1233", "渡口停航 班船", None),
    ],
)
def test_who_stands_above_the_counters_of_a_platform(line, above, name):
    """Between title and a day with counters of a platform stands who wrote; outlets, notes and words of the text do not."""
    assert name_of([above, line], date_at=2) == name
