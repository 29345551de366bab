"""Pages of thousands of equal parts take time in proportion to their size, wherever the parts are read."""

import time

from tasks.article import read_article
from tasks.extract.fields import allow_announced
from tasks.extract.joined import paragraphs
from tasks.extract.label import Labelled
from tasks.extract.scored import Scored
from tasks.metadata.credits import Credits
from tasks.metadata.signatures import People

SENTENCE = "渡船回港，码头上摆满了刚上岸的鱼，买鱼的人从桥头一直排到祠堂。"


def test_headlines_above_paragraphs_are_compared_with_those_near_them() -> None:
    """Thousands of beginnings of other articles on one page."""
    page = f"<h1>河东渡口恢复夜间班船</h1><p>{SENTENCE * 3}</p>" + "".join(
        f"<div><h3><a href=/{n}>河东渡口恢复夜间班船{n}</a></h3><p>{SENTENCE}这是{n}。</p><i>1天前</i></div>"
        for n in range(4000)
    )
    started = time.process_time()

    assert read_article(page.encode(), content_type="text/html").text
    assert time.process_time() - started < 1


def test_a_list_of_numbers_as_metadata_is_read_once() -> None:
    """JSON-LD that holds many things which are no objects."""
    page = f"<h1>河东渡口恢复夜间班船</h1><p>{SENTENCE * 3}</p>"
    page += f'<script type="application/ld+json">[{"1," * 300_000}1]</script>'
    started = time.process_time()

    assert read_article(page.encode(), content_type="text/html").text
    assert time.process_time() - started < 1


def test_each_name_of_a_page_counts_once_however_many_there_are() -> None:
    """Fifty thousand photographers, each named twice, in the order of the page."""
    people = People()
    names = [f"{chr(0x4E00 + n % 250)}{chr(0x4E00 + n // 250)}" for n in range(50_000)]
    started = time.process_time()
    for index, name in enumerate(names):
        people.take(Credits(photographers=[name, names[0]]), index)

    assert people.credits.photographers == names
    assert people.where == {"photographers": 0}
    assert time.process_time() - started < 1


def test_lines_broken_to_fit_a_width_are_joined_at_once() -> None:
    """A long text as one paragraph, with a space between words only."""
    lines = ["河边的渡口有船 by the river", "and 船上有人，岸上也有人"] * 30_000
    labelled = Labelled([("body", "")] * len(lines), [], set(range(len(lines) - 1)))
    started = time.process_time()
    (text,) = paragraphs(lines, labelled)

    assert text.startswith("河边的渡口有船 by the river and 船上有人，岸上也有人河边的渡口")
    assert time.process_time() - started < 1


def test_lines_that_announce_fields_are_looked_up_at_once() -> None:
    """A page of announcements, one below the other."""
    announcement = "现将河东渡口恢复夜间班船有关事项公告如下:"
    scored = [Scored(announcement, 20, False, False, 0, None, 0.0) for _ in range(30_000)]
    started = time.process_time()
    allow_announced(scored, range(len(scored)))

    assert time.process_time() - started < 1
