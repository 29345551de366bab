"""Promises of the note on an author below the text."""

from tasks.article import read_article

TITLE = "<h1>渡口的最后一个冬天</h1>"
DAY = '<div class="meta">作者：林小渡 2016-03-02 08:15</div>'
TEXT = (
    "<div class='entry'><p>渡口结冰的那个早晨，老船工把缆绳收进了屋里，说今年不会再用它了。</p>"
    "<p>桥在上游通车已经三年，过河的人一年比一年少，船却还是每天漆得发亮。</p>"
    "<p>他把最后一张船票送给了我，票面上印着的价钱还是两角。</p></div>"
)
NOTE = "<div class='box'><p>林小渡</p><p>在河边长大，写过许多关于船的文章。</p></div>"
COMMENTS = "<div id='comments'><p class='comment'>阿福：小时候坐过这条船。</p><p class='comment'>写得真好。</p></div>"


def test_the_note_on_the_author_is_no_text() -> None:
    """The author's name once more, with a sentence on him, stands below the article."""
    text = read_article((TITLE + DAY + TEXT + NOTE + COMMENTS).encode()).text

    assert text.endswith("还是两角。")


def test_a_title_below_the_comments_is_no_harm() -> None:
    """A page whose blocks stand in another order than usual is read like any other."""
    entry = TEXT.replace("</div>", NOTE.removeprefix("<div class='box'>"))
    article = read_article(
        (TITLE.replace("h1", "title") + entry + COMMENTS + TITLE).encode(), content_type="text/html"
    )

    assert (article.reject, article.title) == (None, "渡口的最后一个冬天"), article.reject_detail
    assert "漆得发亮" in article.text


def test_the_last_section_is_no_note() -> None:
    """A heading that the contents above the text name as they do the other headings is none of an author."""
    contents = "<p><a href='#a'>船的来历</a> <a href='#b'>桥的来历</a></p>"
    text = TEXT.replace("<p>渡口", "<p>船的来历</p><p>渡口").replace(
        "</div>", "<p>桥的来历</p><p>桥是后来修的，修了四年。</p></div>"
    )

    assert read_article((TITLE + DAY + contents + text).encode()).text.endswith("修了四年。")
