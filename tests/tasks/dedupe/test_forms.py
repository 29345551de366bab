"""Pages of one form, filled in for somebody else, are articles of their own; their reprints are copies."""

from functools import cache

import opencc
import pytest

from tasks.dedupe import ArticleText

FORMS = {
    "obituary": (
        "{0}同志逝世",
        "{1}离休干部{0}同志，因病医治无效，不幸在县医院逝世，终年{2}岁。{0}同志早年参加工作，先后当过文书、记账员、股长和"
        "副站长，离休以后仍旧惦记站里的大小事情，常常回来给年轻人讲当年修渠的经过，讲到冬天在冰水里抬石头的那些夜里，听的人都不出声。他待人和气，做事仔细，家里的摆设几十年"
        "没有换过。遵照{0}同志生前的愿望，后事一切从简，不设灵堂，不收花圈，骨灰撒在渠首的林子里。",
    ),
    "judgment": (
        "{0}与{3}借款纠纷一审民事判决书",
        "原告{0}，住{1}。被告{3}，住{1}。原告{0}与被告{3}借款纠纷一案，本院立案以后依法由审判员一人独任审判，公开开庭进行了"
        "审理。原告到庭参加诉讼，被告经传票传唤没有到庭。原告提出的诉讼请求是判令被告归还借款并承担诉讼费用，被告没有答辩，也"
        "没有提交证据。本院认为，借条写明了借款人和借款的事实，被告应当归还。依照有关规定，判决被告{3}在判决生效以后十日之内"
        "归还原告{0}借款{2}万元。不服本判决的，可以在收到判决书之日起十五日之内提出上诉。",
    ),
    "vacancy": (
        "{1}招聘{4}",
        "{1}因为生意扩大，现在向社会招聘{4}两名。要求身体健康，做事踏实，肯吃苦，会和同事商量，有同样工作经历的优先，能上"
        "夜班的优先。录用以后签订合同，按月发工资，逢年过节有补贴，每年安排一次体检，中午在食堂吃饭不收钱，路远的可以住宿舍。"
        "有意的人请带上身份证和简历到办公室找{0}面谈，谈妥以后三天之内答复，材料不退，来往路费自理。",
    ),
    "appointment": (
        "关于拟任{0}等人职务的公示",
        "按照有关规定，经过会议讨论，现在把拟任人选予以公示。{0}，{1}人，现任{5}副主任，拟任{5}主任。公示期间，单位和个人"
        "可以通过来信、来电、来访等方式反映公示对象存在的问题。反映问题应当实事求是，提供可以核实的线索，署上真实姓名，以便"
        "联系。受理部门对反映人和反映的内容严格保密，对借机造谣的依照规定处理。",
    ),
}
FILLED = (
    ("周茂林", "青石渠管理站", "八十一", "钱广生", "电工", "粮食供应办公室"),
    ("贺秋平", "云桥供销合作社", "九十二", "陶立新", "仓库保管员", "水利建设办公室"),
    ("童素珍", "临江县广播站", "七十九", "邵文彬", "糕点师傅", "校舍修缮办公室"),
    ("韦大川", "松坪林场", "八十五", "郝小曼", "货车司机", "道路养护办公室"),
)


@cache
def taiwan() -> opencc.OpenCC:
    return opencc.OpenCC("s2twp")


def page(form: str, number: int, filled: tuple[str, ...]) -> ArticleText:
    title, text = FORMS[form]
    return ArticleText(f"{number:032x}", text.format(*filled), title.format(*filled))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_filled_in_for_others_stays_apart(index, form, take_in):
    """Names in title and text tell the pages of a form apart, without any number, from the first two on."""
    rows = take_in(index, [page(form, n, filled) for n, filled in enumerate(FILLED)])
    assert len({row["cluster_id"] for row in rows.values()}) == len(FILLED)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda title, text: (title, text.replace("以后", "之后")), id="another word"),
        pytest.param(lambda title, text: (f"{title}（转载）", text), id="a longer title"),
        pytest.param(lambda title, text: (title[:6], text), id="a shorter title"),
        pytest.param(lambda title, text: (f"本站消息：{title[2:]}", text), id="another title"),
        pytest.param(lambda title, text: (title, f"首页 新闻 公告\n{text}\n版权所有"), id="in a frame"),
        pytest.param(lambda title, text: (title, text[: len(text) * 4 // 5]), id="cut off"),
        pytest.param(
            lambda title, text: tuple(map(taiwan().convert, (title, text))), id="in words of Taiwan"
        ),
    ],
)
def test_a_reprint_of_a_filled_form_is_its_copy(index, form, change, take_in):
    """Who reprints a page may change its title, its frame, its script or a word: it finds its own original."""
    originals = [page(form, n, filled) for n, filled in enumerate(FILLED)]
    changed = [change(original.title, original.text) for original in originals]
    reprints = [ArticleText(f"{100 + n:032x}", text, title) for n, (title, text) in enumerate(changed)]
    rows = take_in(index, originals)
    rows |= take_in(index, reprints, 2)
    clusters = [rows[original.article_id]["cluster_id"] for original in originals]
    assert [rows[reprint.article_id]["cluster_id"] for reprint in reprints] == clusters
    assert len(set(clusters)) == len(FILLED)
