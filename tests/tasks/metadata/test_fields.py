"""Fields: what the source gave wins, every value keeps its line, and nothing breaks the reader."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.document import Given
from tasks.extract import label_page
from tasks.lines import LABELS, Page, PageLine
from tasks.metadata import RULES, find_fields, find_title, relabel
from tasks.metadata.fields import given_moment, given_names

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"
TEXTS = [
    "河东网 > 民生 > 正文",
    "河东渡口恢复夜间班船 居民出行多一条路",
    "2019-11-08 07:35 来源：河东晚报",
    "文：孙玉玲",
    PROSE,
    "摄影：沈洁",
    PROSE,
    "责任编辑：石磊",
]


def page_of(texts):
    return Page([PageLine(i, t) for i, t in enumerate(texts, 1)])


def read(texts, given_fields=None, labels=None):
    page = page_of(texts)
    title = find_title(page, texts)
    if labels is None:
        labels = [label for label, _ in label_page(page, texts, title.lines).labels]
    fields = find_fields(page, texts, labels, title, given_fields)
    return fields, relabel(page, texts, labels, title, fields)


def test_every_field_of_a_usual_page():
    """A usual page gives all its fields, with the number of the line each came from."""
    fields, _ = read(TEXTS)
    assert fields.title == TEXTS[1]
    assert fields.source_name == "河东晚报"
    assert fields.site == "河东网"
    assert fields.published_at.isoformat() == "2019-11-08T07:35:00+08:00"
    assert fields.date_printed == "2019-11-08"
    assert (fields.authors, fields.photographers, fields.editors) == (["孙玉玲"], ["沈洁"], ["石磊"])
    assert fields.breadcrumb == ["河东网", "民生", "正文"]
    assert fields.evidence == {
        "title": 2,
        "published_at": 3,
        "date_printed": 3,
        "source_name": 3,
        "site": 1,
        "breadcrumb": 1,
        "authors": 4,
        "photographers": 6,
        "editors": 8,
    }


def test_where_a_picture_was_taken_from_is_no_outlet():
    """The source behind the sentence of a caption is that of the picture; one that opens its line is the page's."""
    for line, outlet in (("等船的人排到了橋頭。 Source: AAP", None), ("来源：江海网", "江海网")):
        texts = [TEXTS[1], line, "2019-11-08 07:35", PROSE, PROSE]
        labels = ["title", "caption", "metadata", "body", "body"]
        assert read(texts, labels=labels)[0].source_name == outlet


@pytest.mark.parametrize(
    ("name", "tag", "author", "outlet"),
    [
        ("*河東", "｜*河東", "作者：孙玉玲", "*河東"),
        ("河東日光‧渡口知識頻道", "-河東日光‧渡口知識頻道", "作者：孙玉玲", "河東日光‧渡口知識頻道"),
        ("*河東", "｜*河東", "渡口停航", None),
        ("*河東", "", "作者：孙玉玲", None),
        ("河東航運公司", "｜河東航運公司", "作者：孙玉玲", None),
        ("河東政府新聞網", "｜河東政府新聞網", "渡口停航", "河東政府新聞網"),
        ("河東政府網", "｜河東政府網", "渡口停航", None),
    ],
)
def test_where_somebody_signs_is_the_outlet(name, tag, author, outlet):
    """The site that markup and the <title> name alike is the outlet where somebody signs; a company is none."""
    texts = [TEXTS[1], author, "2019-11-08 07:35", PROSE, PROSE]
    lines = [PageLine(i, t) for i, t in enumerate(texts, 1)]
    page = Page(lines, True, title_tag=TEXTS[1] + tag, meta={"og:site_name": name})
    labels = ["title", "metadata", "metadata", "body", "body"]
    assert find_fields(page, texts, labels, find_title(page, texts)).source_name == outlet


def test_lines_get_the_label_of_their_field():
    """Lines that carry a field are labelled so, a byline in the body too; the body stays body."""
    _, labels = read(
        TEXTS, labels=["navigation", "title", "metadata", "body", "body", "body", "body", "boilerplate"]
    )
    assert {index: label for index, (label, _) in labels.items()} == {
        0: "breadcrumb",
        1: "title",
        2: "metadata",
        3: "byline",
        5: "byline",
        7: "byline",
    }


def test_a_paragraph_with_a_name_stays_body():
    """A paragraph that ends in a byline keeps its label: the name is read, the text is not lost."""
    texts = [*TEXTS[:3], PROSE, PROSE + "（记者 孙玉玲）"]
    fields, labels = read(texts, labels=["navigation", "title", "metadata", "body", "body"])
    assert fields.authors == ["孙玉玲"]
    assert 4 not in labels


def test_given_fields_win():
    """What the record itself says wins over the page; its evidence is 0."""
    fields, _ = read(
        TEXTS, Given(title="另一个标题", date="2020-01-02", source_name="江海网", authors=("乔舟",))
    )
    assert fields.title == "另一个标题"
    assert fields.published_at.isoformat() == "2020-01-02T00:00:00+08:00"
    assert fields.source_name == "江海网"
    assert fields.authors == ["乔舟"]
    assert [fields.evidence[name] for name in ("title", "published_at", "source_name", "authors")] == [0] * 4


def test_given_fields_are_mended_like_lines():
    """No NUL, no marks of direction, no zero-width characters, no entities reach the tables."""
    fields, _ = read(
        ["雨后的集市"],
        Given(
            title="\u202e雨后\x00&nbsp;的\u200b集市\r\n第二行",
            source_name="江畔\ufeff晚报",
            authors=("林\u200b晚", "\x00"),
        ),
    )

    assert (fields.title, fields.source_name, fields.authors) == ("雨后 的集市 第二行", "江畔晚报", ["林晚"])


def test_given_fields_that_are_empty_do_not_win():
    """An empty given field leaves what was found."""
    fields, _ = read(TEXTS, Given(title="", date="unknown", source_name=None))
    assert fields.title == TEXTS[1]
    assert fields.source_name == "河东晚报"
    assert fields.published_at.year == 2019


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-08-21", "2019-08-21T00:00:00+08:00"),
        ("2019-08-21T00:00:00Z", "2019-08-21T00:00:00+00:00"),
        ("2019年8月21日 08:30", "2019-08-21T08:30:00+08:00"),
        ("1566345600", "2019-08-21T08:00:00+08:00"),
        ("1566345600000", "2019-08-21T08:00:00+08:00"),
        ("20190821", "2019-08-21T00:00:00+08:00"),
        ("2019-08", "2019-08-01T00:00:00+08:00"),
        ("2019/8", "2019-08-01T00:00:00+08:00"),
        ("201908", "2019-08-01T00:00:00+08:00"),
        ("20198", None),
        ("2019-13", None),
        ("2019", None),
        ("Wed, 21 Aug 2019 08:30:00 GMT", "2019-08-21T08:30:00+00:00"),
        ("yesterday", None),
        ("08-21", None),
        ("", None),
        (None, None),
    ],
)
def test_given_date_in_any_form(text, moment):
    """A given date is read in any printed form or as Unix time; what is none gives none."""
    found, _ = given_moment(text)
    assert (found.isoformat() if found else None) == moment


def test_page_without_body_is_read():
    """A page whose lines are all something else still gives what it prints."""
    fields, _ = read(TEXTS, labels=["boilerplate"] * len(TEXTS))
    assert fields.title == TEXTS[1]
    assert fields.source_name == "河东晚报"


PIECES = st.sampled_from(
    [
        *TEXTS,
        "",
        " ",
        "来源：",
        "记者：",
        "2019",
        "11/08",
        "19:02",
        ">",
        "——侧记",
        "（记者 孙玉玲）",
        "文/",
        "/图",
        "摄",
        "〔記者",
        "\u3000",
    ]
)
LINES = st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=14)


@settings(max_examples=150, deadline=None)
@given(LINES, st.data())
def test_any_page_is_read_without_error(texts, data):
    """Whatever the lines and labels, title, fields and labels come out, and evidence names a line or 0."""
    labels = data.draw(st.lists(st.sampled_from(LABELS), min_size=len(texts), max_size=len(texts)))
    fields, changed = read(texts, labels=labels)
    assert all(number == 0 or 1 <= number <= len(texts) for number in fields.evidence.values())
    assert all(0 <= index < len(texts) and label in LABELS for index, (label, _) in changed.items())
    assert all(rule.split("@")[0] in RULES for _, rule in changed.values())


@pytest.mark.parametrize(
    "unit", ["来源：", "本报记者", " ", "2018-", "> ", "文/图 ", "责任编辑", "_-", "（记者"]
)
def test_long_lines_cost_no_more_than_their_length(unit):
    """Lines and titles of a hundred thousand characters are read in no time: nothing is quadratic in them."""
    long = (unit * 100_000)[:100_000]
    page = page_of(["首页", "河东渡口恢复夜间班船", long, PROSE, long])
    page.title_tag, page.is_html = long, True
    texts = [line.text for line in page.lines]
    begin = time.process_time()
    title = find_title(page, texts)
    find_fields(page, texts, ["navigation", "title", "byline", "body", "legal"], title)
    assert time.process_time() - begin < 2.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("林晚、秦朗", ["林晚", "秦朗"]),
        ("林晚,秦朗", ["林晚", "秦朗"]),
        ("林晚；秦朗", ["林晚", "秦朗"]),
        ("林晚 / 秦朗", ["林晚", "秦朗"]),
        ("林晚 秦朗", ["林晚", "秦朗"]),
        ("本报记者林晚 通讯员秦朗", ["林晚", "秦朗"]),
        ("林晚", ["林晚"]),
        ("admin", ["admin"]),
        ("John Smith", ["John Smith"]),
        ("Smith, John", ["Smith, John"]),
        ("青石网 编辑部", ["青石网 编辑部"]),
        ("让·雅克", ["让·雅克"]),
        ("一只猫", ["一只猫"]),
        ("老街 小店", ["老街 小店"]),
        ("Lin Wan 工作室", ["Lin Wan 工作室"]),
    ],
)
def test_a_given_author_is_taken_apart_and_otherwise_left(text, names):
    """Names in one field are names each; pen names, companies and Latin names stay as given."""
    assert given_names(text) == names
