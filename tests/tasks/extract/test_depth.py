"""However a page is nested, reading it takes time and memory in proportion to its size."""

import time

import pytest

from tasks.extract import split_page
from tasks.extract.depth import DEEPEST, limit_depth

SENTENCE = "渡船回港，码头上摆满了刚上岸的鱼。"
TAGS = 30_000
PAGES = {
    "blocks": "<div>" * TAGS + SENTENCE + "</div>" * TAGS,
    "unclosed blocks": "<div>" * TAGS + SENTENCE,
    "lists": "<ul><li>" * TAGS + SENTENCE,
    "formatting": "".join(f"<p><b id={n}>" for n in range(TAGS)) + SENTENCE,
    "fonts": "".join(f"<font size={n}>" for n in range(TAGS)) + SENTENCE,
    "spans": "<span>" * TAGS + SENTENCE,
    "spans with text": f"<p>{SENTENCE}</p>" + "<span>甲" * TAGS + "<span>乙</span>" * TAGS,
    "unknown": "<x-y>" * TAGS + SENTENCE,
    "comments": f"<p>{SENTENCE}</p>" + "<!--" * TAGS,
    "scripts": f"<p>{SENTENCE}</p>" + "<script>" * TAGS,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(TAGS)) + f">{SENTENCE}",
    "classes": '<p class="' + " ".join(f"c{n}" for n in range(TAGS)) + f'">{SENTENCE}',
    "choices": f"<p>{SENTENCE}</p><select>" + "<option>甲" * 2 * TAGS,
    "choices in groups": f"<p>{SENTENCE}</p><SELECT>" + "<optgroup><Option>甲</option>" * 2 * TAGS,
    "beginnings": "".join(f"<html a{n}=1><body b{n}=1>" for n in range(TAGS)) + SENTENCE,
    "quotes": f"<p>{SENTENCE}</p>" + '<a x="' * TAGS,
}


@pytest.mark.parametrize("name", PAGES)
def test_text_is_found_in_bounded_time(name):
    """Without the limit some of these take minutes or gigabytes; and the text is there."""
    started = time.process_time()
    page = split_page(PAGES[name], is_html=True)

    assert SENTENCE in [line.text for line in page.lines]
    assert time.process_time() - started < 5


def test_formatting_without_end_goes():
    """The source that a tree is built of is no longer than the page."""
    page = PAGES["formatting"].encode()
    limited = limit_depth(page)

    assert b"<b" not in limited
    assert len(limited) < len(page)


def test_choices_beyond_number_are_lines():
    """As many choices as no page has are still read, a line each."""
    texts = [line.text for line in split_page(f"<p>{SENTENCE}</p>{PAGES['choices']}", is_html=True).lines]

    assert texts[2:] == ["甲"] * 2 * TAGS


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + SENTENCE,
        "<li><a href=x>" + SENTENCE + "</a>",
        "<div><b>" + SENTENCE + "</b></div>",
        "<td><p>" + SENTENCE + "<br>",
        "<div title='a>b'><span>" + SENTENCE + "</span></div>",
        "<!-- <div> --><script>if (a<b) '<div>'</script><p>" + SENTENCE,
    ],
)
def test_long_pages_stay_as_they_are(page):
    """However many tags there are, and paragraphs or cells left open: only depth counts."""
    source = page.encode() * 3000

    assert limit_depth(source) == source


def test_blocks_too_deep_still_end_lines():
    """What lies too deep is read line by line."""
    page = "<section>" * 2 * DEEPEST + "<div>甲</div><div>乙</div>" + "</section>" * 2 * DEEPEST + "<p>丙</p>"

    assert [line.text for line in split_page(page, is_html=True).lines] == ["甲", "乙", "丙"]


@pytest.mark.parametrize("tag", ["b", "B", "font", "FONT", "strong"])
@pytest.mark.parametrize("end", [" id=x{}>", "\n id=x{}>", "/ id=x{}>"])
def test_formatting_is_counted_however_it_is_written(tag, end):
    """Small and capital letters, a name that ends at a blank, a line end or a stroke."""
    page = "".join(f"<p><{tag}{end.format(n)}甲" for n in range(1000)).encode()

    assert f"<{tag}".encode() not in limit_depth(page)
