"""UTF-16 with and without its mark, among markup and other languages."""

import pytest

from tasks.decode import decode


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
@pytest.mark.parametrize(
    "text", ["A", "The ferry has left.", "Вчера шёл дождь.", "비가 온다", "雨", "饕餮魑魅魍魉踟蹰"]
)
def test_a_mark_of_utf_16_before_other_languages_is_believed(text: str, mark: bytes, codec: str) -> None:
    """Text that is not Chinese, and text too short to tell."""
    assert decode(mark + text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_nul_after_each_byte_is_not_utf_16(codec: str) -> None:
    """UTF-8 that some program stored in wide characters reads as UTF-8; UTF-16 stays UTF-16."""
    text = (
        "<p>渡口 2021</p>\n<div class=a>老船工上岸了。</div>\n" * 3
        + "<a href=/>a plain line of markup</a>\n" * 9
    )
    content = text.encode(codec)
    if codec == "utf-8":
        content = b"".join(bytes((byte, 0)) for byte in content)
    found = decode(content)

    assert (found.text, found.charset) == (text, codec)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["Data ", "<a href=x>", "月"])
def test_utf_16_among_much_ascii_is_found(codec: str, words: str) -> None:
    """Whatever share of a page in UTF-16 is ASCII, its NUL bytes tell it from GB18030 and Big5."""
    for count in (1, 20, 200):
        text = "渡口的老船工" + words * count + "上岸了。"
        assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_a_lost_byte_in_utf_16_of_mostly_markup_does_not_turn_it_round(codec: str, share: float) -> None:
    """After it the NUL bytes stand on the other side, and what stands before and behind is read all the same."""
    page = "<div class='nav'><a href='/'>首页</a></div><p>雨停了，渡船还没有来。</p>\n" * 10
    content = page.encode(codec)
    place = int(share * len(content)) & ~1

    decoded = decode(content[:place] + content[place + 1 :])

    assert decoded.charset == codec
    assert decoded.text[:20] == page[:20]
    assert decoded.text[-20:] == page[-20:]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("place", [10, 31, 64, 99])
def test_a_byte_lost_early_does_not_turn_a_short_text_round(codec: str, place: int) -> None:
    """A hundred bytes of markup with a byte too few or too many: the first whole characters tell the side."""
    content = ('<li><a href="/a1.html">渡口' + "<b>ab</b>" * 8).encode(codec)[:100]
    assert decode(content[:place] + content[place + 1 :]).charset == codec
    assert decode(content[:place] + b"\xff" + content[place:]).charset == codec
