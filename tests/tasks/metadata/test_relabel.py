"""relabel: a line that gave a field and was taken for text stays text, unless it is nothing but that field."""

import pytest

from tasks.article import read_article

TEXT = """天亮以后,清扫街道的人先到了,他们把路口的雪堆到树下。
中午时分,渡口重新开放,等船的人排到了桥头。
傍晚,气温又降了下来,河面上结了一层薄冰。"""


@pytest.mark.parametrize(
    ("line", "label"),
    [
        pytest.param("新华社北京3月5日电 小镇下雪了。", "body", id="dateline"),
        pytest.param("2019-03-05 07:14 来源:河口日报", "metadata", id="labels-alone"),
    ],
)
def test_a_sentence_that_gave_a_field_stays_text(line: str, label: str) -> None:
    """However short it is: nobody reads the outlet or the day in its place."""
    article = read_article(f"小镇昨夜下了今年第一场雪\n{line}\n{TEXT}".encode())

    assert article.source_name or article.published_at
    assert article.lines[1].label == label
    assert (line in article.text) == (label == "body")


@pytest.mark.parametrize(
    "line", ["2019年3月5日清晨,老王推开门,雪已经没过脚踝。", "2019年3月5日,小镇下雪了。"]
)
def test_a_day_in_the_first_sentence_is_no_day_of_publication(line: str) -> None:
    """What the text tells happened on it; the sentence stays, and a printed day is read all the same."""
    bare = read_article(f"小镇昨夜下了今年第一场雪\n{line}\n{TEXT}".encode())
    dated = read_article(f"小镇昨夜下了今年第一场雪\n2019-03-07 河口日报\n{line}\n{TEXT}".encode())

    assert (bare.published_at, bare.lines[1].label) == (None, "body")
    assert dated.published_at
    assert (dated.published_at.day, dated.lines[2].label) == (7, "body")
