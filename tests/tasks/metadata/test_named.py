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
        pytest.param("LV. 31", [], id="rank"),
        pytest.param("管理员", [], id="nobody"),
        pytest.param("河口日报", [], id="outlet"),
    ],
)
def test_who_an_element_names(author: str, authors: list[str]) -> None:
    """A name of two characters is one; a single character, an account without a person and a paper are none."""
    assert read_article(PAGE.format(author=author).encode()).authors == authors


@pytest.mark.parametrize(
    ("printed", "outlet"),
    [
        pytest.param("河口日报", "河口日报", id="paper"),
        pytest.param("来源：河口日报", "河口日报", id="with-its-label"),
        pytest.param("河口观察", "河口观察", id="a-name-like-no-other"),
        pytest.param("本站", None, id="the-site-itself"),
        pytest.param("来自河口日报", "河口日报", id="behind-from"),
        pytest.param("我要评论", None, id="button"),
        pytest.param("评论 12 条", None, id="counter"),
        pytest.param("2019-03-05", None, id="day"),
    ],
)
def test_which_outlet_an_element_names(printed: str, outlet: str | None) -> None:
    """What stands in an element called source is the outlet, unless it is a button, a counter or a day."""
    page = PAGE.replace('class="author"', 'class="source"')
    article = read_article(page.format(author=printed).encode())

    assert article.source_name == (outlet or "河口网")
    assert (article.evidence.get("source_name", 0) > 0) == (outlet is not None)


@pytest.mark.parametrize(
    ("title_tag", "authors"),
    [
        pytest.param("小镇昨夜下了今年第一场雪 | by 北岸灯火 | Medium", ["北岸灯火"], id="by"),
        pytest.param("小镇昨夜下了今年第一场雪_北岸灯火_新浪博客", ["北岸灯火"], id="platform"),
        pytest.param("小镇昨夜下了今年第一场雪 | by 南岸灯火 | Medium", [], id="not-printed"),
        pytest.param("小镇昨夜下了今年第一场雪_北岸灯火_河口网", [], id="no-platform"),
    ],
)
def test_whose_weblog_the_title_tells(title_tag: str, authors: list[str]) -> None:
    """The owner that the title of a platform tells is the author where the page prints the name, and nowhere else."""
    page = PAGE.replace("小镇昨夜下了今年第一场雪_河口网", title_tag).replace(' class="author"', "")
    assert read_article(page.format(author="北岸灯火").encode()).authors == authors
