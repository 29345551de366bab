"""Names alone on a line, pen names among them; words, places and people of the news are none."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.pen_names import is_pen_name, is_spaced_name
from tasks.metadata.unlabelled import find_unlabelled
from tasks.metadata.zones import find_zones

PROSE = (
    "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人，船工徐有根一直没有离开。"
)


def name_of(head, date_at=-1, title="河东渡口恢复夜间班船"):
    texts = [title, *head, PROSE]
    page = Page([PageLine(i, t) for i, t in enumerate(texts, 1)], True)
    found = find_unlabelled(find_zones(texts, ["title", *["metadata"] * len(head), "body"], 0), page, date_at)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    "name", ["老周", "码农小何", "墨客老王", "阿磊", "江上钓客", "青山居士", "河边散人", "槐下先生"]
)
def test_a_pen_name_by_its_form(name):
    """What people call themselves is known by its form."""
    assert is_pen_name(name)


@pytest.mark.parametrize(
    "word",
    "小学 小说 小康 小雪 小龙虾 老师 老人 大小 阿里 阿根廷 博客 播客 游客 乘客 请客 富翁 主人翁 武侠 最小何 要闻 社会 时政 文化 副刊 河东 渡口".split(),
)
def test_a_word_is_no_pen_name(word):
    """Words of the same characters, columns and places are no pen names."""
    assert not is_pen_name(word)


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("王 伟", True),
        ("乔 振", True),
        ("图 文", False),
        ("上 下", False),
        ("王伟 李", False),
        ("大 中 小", False),
    ],
)
def test_a_name_set_wide(text, is_name):
    """Two characters with a space between them are a name when the first is a surname."""
    assert is_spaced_name(text) == is_name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (["墨客老王"], "墨客老王"),
        (["墨客老王", "阅读 231"], "墨客老王"),
        (["王　伟"], "王　伟"),
        (["谢若晴"], "谢若晴"),
        (["——记渡口的一个冬天", "谢若晴"], "谢若晴"),
        (["——记渡口的一个冬天", "高尔夫"], None),
        (["记渡口的一个冬天", "谢若晴"], None),
        (["柯若晴"], "柯若晴"),
        (["谢若晴专栏"], "谢若晴"),
        (["谢若晴的博客", "2019-11-08"], "谢若晴"),
        (["谢石〔清代〕"], "谢石"),
        (["宋代：谢石"], "谢石"),
        (["校长 谢若晴"], "谢若晴"),
        (["（谢若晴）"], "谢若晴"),
        (["（图文）"], None),
        (["（上）"], None),
        (["渡口〔公告〕"], None),
        (["校长 致辞"], None),
        (["三年级（2）班 谢若晴"], "谢若晴"),
        (["渡口小学六年级 谢若晴"], "谢若晴"),
        (["三年级 作文"], None),
        (["渡口小学 校园"], None),
        (["高三年级 高考"], None),
        (["校长信箱"], None),
        (["财经专栏"], None),
        (["名家专栏"], None),
        (["评论专栏", "2019-11-08"], None),
        (["要闻"], None),
        (["社会民生"], None),
        (["小说"], None),
        (["高尔夫"], None),
        (["徐有根"], None),
        (["听新闻", "音频"], None),
        (["老周", "老周"], None),
        (["渡口见闻"], None),
        (["点击播放"], None),
        (["河东镇"], None),
        (["大 中 小"], None),
    ],
)
def test_a_name_between_title_and_text(head, name):
    """Between title and text a name alone signs; a column, a place or somebody the text tells of does not."""
    assert name_of(head) == name


@pytest.mark.parametrize("title", ["谢若晴当选河东镇劳模", "记船工谢若晴"])
def test_a_name_in_the_title_signs_nothing(title):
    """Somebody of whom the title speaks stands under it as a caption."""
    assert name_of(["谢若晴", "2019-11-08"], 2, title) is None
    assert name_of(["谢若晴", "2019-11-08"], 2) == "谢若晴"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("慢船渡河关注", "慢船渡河"),
        ("慢船渡河 +关注", "慢船渡河"),
        ("备受关注", None),
        ("引发网友关注", None),
        ("请关注", None),
        ("欢迎关注", None),
        ("社会关注", None),
        ("今日关注", None),
        ("大家都来关注", None),
        ("关注", None),
    ],
)
def test_the_button_beside_the_day(line, name):
    """A name and the button to follow its bearer, beside the day, sign; other words before 关注 do not."""
    assert name_of([line, "2019-11-08 07:35"], 2) == name
