"""named: elements that markup names after people give people, whatever length their names have."""

import pytest

from tasks.article import read_article

PAGE = """<html><head><title>小镇昨夜下了今年第一场雪_河口网</title></head><body>
<h1>小镇昨夜下了今年第一场雪</h1><div><span class="author">{author}</span></div><div class="content">
<p>天亮以后,清扫街道的人先到了,他们把路口的雪堆到树下。</p>
<p>中午时分,渡口重新开放,等船的人排到了桥头。</p>
<p>傍晚,气温又降了下来,河面上结了一层薄冰。</p></div></body></html>"""


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        pytest.param("李明", ["李明"], id="two-characters"),
        pytest.param("欧阳晚晴", ["欧阳晚晴"], id="four-characters"),
        pytest.param("河", [], id="one-character"),
        pytest.param("管理员", [], id="nobody"),
        pytest.param("河口日报", [], id="outlet"),
    ],
)
def test_who_an_element_names(author: str, authors: list[str]) -> None:
    """A name of two characters is one; a single character, an account without a person and a paper are none."""
    assert read_article(PAGE.format(author=author).encode()).authors == authors
