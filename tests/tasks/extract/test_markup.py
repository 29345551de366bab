"""Promises of markup: visible lines in page order, with what their elements say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract import label_page, split_page
from tasks.lines import Page

PIECES = (
    "<div>", "</div>", "<p>", "</p>", "<br>", "<td>", "<table>", "<a href='x'>", "</a>", "<b>", "甲乙。", "丙，丁", "&amp;",
    "<", ">", '"', "<div class=\"a\" \"x\">", "<!--", "-->", "<script>", "</script>", "&nbsp;", "\n", "<li id=nav>", "<h1>",
)  # fmt: skip


def lines_of(html: str) -> list[str]:
    """Return the texts of the visible lines."""
    return [line.text for line in split_page(html, is_html=True).lines]


def test_blocks_end_lines_and_inline_elements_do_not() -> None:
    """One line per block or break; inline markup and white space leave no trace."""
    html = "<div>甲<b>乙</b>\n <i>丙</i><br>丁</div><p>戊&nbsp;己&amp;庚</p>辛"

    assert lines_of(html) == ["甲乙 丙", "丁", "戊 己&庚", "辛"]


def test_blanks_among_misread_bytes_are_kept() -> None:
    """UTF-8 read as Latin-1 has characters with a byte A0, which the repair needs; other lines lose such blanks."""
    misread = "改造标志".encode().decode("latin-1")

    assert lines_of(f"<p>{misread}</p><p>改造\xa0 标志\u3000</p><p>\xa0</p>") == [misread, "改造 标志"]


def test_what_is_not_read_is_left_out() -> None:
    """Scripts, styles, comments, templates and drawings are no text."""
    html = "<p>甲</p><script>乙</script><style>丙</style><!-- 丁 --><template>戊</template><svg><text>己</text></svg>"

    assert lines_of(html) == ["甲"]


def test_odd_attributes_do_not_leak() -> None:
    """Angle brackets and quotes inside attributes are not text."""
    assert lines_of('<div title="a > b" data-x=\'"\'>甲</div><div "="">乙</div>') == ["甲", "乙"]


def test_a_lost_quote_stays_in_its_element() -> None:
    """Where a quote is missing in a tag, the elements after it are read each with its own names."""
    html = '<div class="top title="x"><p>甲</p></div><ul class="nav"><li>乙</li></ul>'

    first, second = split_page(html, is_html=True).lines

    assert (first.text, first.hints) == ("甲", ())
    assert (second.text, second.hints) == ("乙", ("navigation",))


def test_text_written_out_as_it_is() -> None:
    """Elements that show markup as text keep to the line ends of the tags they show."""
    html = "<p>甲</p><xmp><p title='a > b'>乙</p> < 丙 &amp; 丁</xmp><p>戊</p>"

    assert lines_of(html)[0] == "甲"
    assert lines_of(html)[-1] == "戊"
    assert "< 丙 & 丁" in "".join(lines_of(html))


def test_features_of_a_line() -> None:
    """A line knows its tag, link share, heading, hints from outside in, and the element it is in."""
    html = (
        "<div class='article'><h2>题目</h2><p>正文<a href=x>链接</a></p><p>二</p></div>"
        "<ul id='nav'><li><a href=y>首页</a></li></ul>"
    )
    heading, first, second, entry = split_page(html, is_html=True).lines

    assert (heading.tag, heading.is_heading, heading.hints) == ("h2", True, ("body",))
    assert (first.tag, first.link_share, first.is_heading) == ("p", 0.5, False)
    assert first.group == second.group == heading.group != entry.group
    assert (entry.link_share, entry.hints) == (1.0, ("navigation",))


def test_a_link_is_one_text_whatever_is_in_it() -> None:
    """Pictures and spans leave no trace; a blank between the words of a link is a part of it."""
    html = (
        "<p><a href=x>甲 <img src=y><span> 乙</span><span class=z></span></a></p><p>丙<span>丁</span>戊</p>"
    )
    link, plain = split_page(html, is_html=True).lines

    assert (link.text, link.link_share) == ("甲 乙", 1.0)
    assert (plain.text, plain.link_share) == ("丙丁戊", 0.0)


def test_places_to_jump_to_are_no_links() -> None:
    """What an anchor with a name and without an address holds is text; one without either is a link of a script."""
    html = "<p><a name=x>甲</a></p><p><a name=y href=z>乙</a></p><p><a onclick=f()>丙</a></p><p><a name=u><a href=v>丁</a>戊</p>"

    assert [line.link_share for line in split_page(html, is_html=True).lines] == [0.0, 1.0, 1.0, 0.5]


def test_elements_named_after_people() -> None:
    """What an element of the body is called tells who wrote and for whom, also where lines do not show the element."""
    html = (
        "<html class=author><title>题目</title><body><div><span class=author-name>林小满</span> | "
        "<a class='news-source' href=x>河湾日报</a><img class=author></div>"
    )
    page = split_page(html, is_html=True)

    assert (page.named_authors, page.named_sources) == (("林小满",), ("河湾日报",))
    assert [line.text for line in page.lines] == ["林小满 | 河湾日报"]


def test_what_the_head_says() -> None:
    """Title, meta by lower-case name, JSON-LD with its graph, times, canonical address."""
    page = split_page(
        "<title> 甲 \n 乙 </title><meta name=Author content=' 丙 '><meta property='og:title' content=丁>"
        '<link rel=canonical href=/c><script type=\'application/ld+json\'>{"@graph": [{"name": "戊"}]}</script>'
        "<script type='application/ld+json'>{broken</script>"
        "<body><time datetime=2020-01-02>昨天</time>",
        is_html=True,
    )

    assert page.title_tag == "甲 乙"
    assert page.meta == {"author": "丙", "og:title": "丁"}
    assert page.json_ld is not None
    assert {"name": "戊"} in page.json_ld
    assert page.times == ("2020-01-02", "昨天")
    assert page.canonical_url == "/c"


def test_deep_nesting_is_read() -> None:
    """Ten thousand open elements are no reason to stop."""
    html = "<div>" * 10_000 + "正文在最里面。" + "</div>" * 10_000

    assert lines_of(html) == ["正文在最里面。"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_markup_gives_numbered_lines_and_labels(html: str) -> None:
    """Whatever the markup, lines are numbered from 1, none is blank, each gets one label."""
    page = split_page(html, is_html=True)

    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))
    assert all(line.text == line.text.strip() != "" for line in page.lines)
    assert all(0 <= line.link_share <= 1 for line in page.lines)
    assert all(line.group < len(page.parents) for line in page.lines)
    labelled = label_page(page, [line.text for line in page.lines])
    assert len(labelled.labels) == len(page.lines)


def test_a_page_without_a_body_has_no_lines() -> None:
    """Frames and empty pages give no lines and no error."""
    assert split_page("<frameset><frame src=a></frameset>", is_html=True).lines == []
    assert isinstance(split_page("", is_html=True), Page)


def test_bytes_at_hand_are_read_like_the_text() -> None:
    """A page is the same whether its tree is built of the text or of its bytes; half a surrogate pair goes."""
    html = "<title>题目</title><div class='nav'>甲\U0001f600</div><p>乙&nbsp;丙</p>"

    assert split_page(html, is_html=True, utf8=html.encode()) == split_page(html, is_html=True)
    assert lines_of("<p>甲\ud800乙</p>") == ["甲乙"]
