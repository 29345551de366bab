"""Bytes become text: the right charset, no silent loss, no exception."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.decode import decode
from tasks.reasons import Reason

HANS = (
    "清晨六点，码头上的灯还亮着。老船长把缆绳绕在手臂上，一圈一圈地理顺，动作慢得像在数日子。"
    "他说，这条河比从前安静多了，鱼也少了，只有雾没有变。年轻的伙计们坐在岸边喝豆浆，谁也不急着开船。"
    "“等雾散了再走。”他说完便不再开口。城里的新桥去年通了车，过河的人都走桥上，渡船一天只开两趟。"
    "可是他每天照旧擦洗甲板，照旧把时刻表写在黑板上，字写得很大，远远就能看见。\n"
)
HANT = (
    "清晨六點，碼頭上的燈還亮著。老船長把纜繩繞在手臂上，一圈一圈地理順，動作慢得像在數日子。"
    "他說，這條河比從前安靜多了，魚也少了，只有霧沒有變。年輕的夥計們坐在岸邊喝豆漿，誰也不急著開船。"
    "「等霧散了再走。」他說完便不再開口。城裡的新橋去年通了車，過河的人都走橋上，渡船一天只開兩趟。\n"
)
CANTONESE = "佢哋今日唔使返工，喺屋企睇電視，食咗飯先至出去行街。阿媽話啲餸好好味，叫我哋第日再嚟。\n"

TEXTS = [
    pytest.param(HANS, "utf-8", "utf-8", id="utf-8"),
    pytest.param(HANS, "gb18030", "gb18030", id="gb18030"),
    pytest.param(HANT, "gbk", "gb18030", id="gbk-hant"),
    pytest.param(HANT, "big5", "big5hkscs", id="big5"),
    pytest.param(CANTONESE, "big5hkscs", "big5hkscs", id="hkscs"),
    pytest.param(HANS, "utf-16-le", "utf-16-le", id="utf-16-le"),
    pytest.param(HANT, "utf-16-be", "utf-16-be", id="utf-16-be"),
]


@pytest.mark.parametrize("size", [100, 1000, 10000])
@pytest.mark.parametrize(("text", "codec", "charset"), TEXTS)
def test_the_charset_is_found_at_any_size_and_cut(text: str, codec: str, charset: str, size: int) -> None:
    """A buffer of 100 B, 1 kB or 10 kB that begins and ends anywhere is recognised."""
    whole = (text * (2 * size // len(text) + 2)).encode(codec)
    for begin in range(0, 40, 2 if "16" in codec else 1):
        decoded = decode(whole[begin : begin + size])
        assert decoded.charset == charset, begin


@pytest.mark.parametrize(("text", "codec", "charset"), TEXTS)
def test_one_broken_byte_in_500_does_not_change_the_charset(text: str, codec: str, charset: str) -> None:
    """Replaced, stray and missing bytes leave the charset, and most of the text, as they are."""
    rng = random.Random(4)
    content = bytearray((text * 8).encode(codec))
    for start in range(0, len(content) - 500, 500):
        place = start + rng.randrange(490)
        match rng.randrange(3):
            case 0:
                content[place] = rng.randrange(0x80, 0x100)
            case 1:
                content.insert(place, 0xFF)
            case 2:
                del content[place]
    decoded = decode(bytes(content))
    assert decoded.charset == charset
    assert 0 < decoded.replaced <= 6 * (len(content) // 500 + 1)
    sentence = "，".join(text.split("，")[1:3])
    assert decoded.text.count(sentence) >= 4


@pytest.mark.parametrize(("text", "codec", "charset"), TEXTS)
def test_ten_characters_are_enough(text: str, codec: str, charset: str) -> None:
    """A title of ten characters is read."""
    for begin in (0, 10, 20, 30):
        title = text[begin : begin + 10]
        assert decode(title.encode(codec)).text == title
        assert decode(title.encode(codec)).charset == charset


@pytest.mark.parametrize(
    ("content", "content_type", "charset", "source"),
    [
        pytest.param("\ufeff中文".encode(), None, "utf-8-sig", "bom", id="bom"),
        pytest.param("中文".encode("utf-16"), None, "utf-16", "bom", id="utf-16-bom"),
        pytest.param(HANS.encode("gbk"), "text/html; charset=GB2312", "gb18030", "header", id="header"),
        pytest.param(b"<meta charset='gbk'>" + HANS.encode("gbk"), None, "gb18030", "meta", id="meta"),
        pytest.param(
            HANS.encode("gbk"), "text/html; charset=utf-8", "gb18030", "evidence", id="header-wrong"
        ),
        pytest.param(
            b'<meta charset="utf-8">' + HANT.encode("big5"), None, "big5hkscs", "evidence", id="meta-wrong"
        ),
        pytest.param(HANS.encode(), "text/html; charset=gb2312", "utf-8", "evidence", id="utf-8-as-gb"),
        pytest.param(HANS.encode(), "text/html; charset=UTF-8", "utf-8", "header", id="utf-8-header"),
        pytest.param("联通".encode("gbk"), "text/plain; charset=gbk", "gb18030", "header", id="chance-utf-8"),
        pytest.param(b"plain text", None, "ascii", "evidence", id="ascii"),
        pytest.param("中文字".encode("hz"), None, "hz", "evidence", id="hz"),
        pytest.param("船开走了".encode("utf-7"), None, "utf-7", "evidence", id="utf-7"),
        pytest.param("船は出た".encode("iso2022_jp"), None, "iso2022_jp_2", "evidence", id="iso-2022"),
    ],
)
def test_what_decided_is_said(content: bytes, content_type: str | None, charset: str, source: str) -> None:
    """Mark, header, markup, evidence: in this order, and evidence wins over a wrong declaration."""
    decoded = decode(content, content_type)
    assert (decoded.charset, decoded.source, decoded.reason) == (charset, source, None)


@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-8"])
def test_a_page_with_a_long_english_head_is_read(codec: str) -> None:
    """The bytes that matter are looked for where they are."""
    head = b"<script>" + b"var a = 1;\n" * 3000 + b"</script>\n"
    text = HANT if codec == "big5" else HANS
    assert text in decode(head + text.encode(codec)).text


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_a_missing_byte_costs_a_few_characters(codec: str) -> None:
    """After a lost byte the line is in step again within a few characters."""
    text = HANT.replace("\n", "")
    content = text.encode(codec)
    for place in (0, 1, 40, 41, 81):
        decoded = decode(content[:place] + content[place + 1 :])
        assert decoded.text[-60:] == text[-60:]
        assert sum(a != b for a, b in zip(reversed(decoded.text), reversed(text), strict=False)) <= 6


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", Reason.EMPTY, id="nothing"),
        pytest.param(b" \n\t \r\n", Reason.EMPTY, id="blanks"),
        pytest.param(b"\x00" * 64, Reason.EMPTY, id="nul"),
        pytest.param("\ufeff".encode(), Reason.EMPTY, id="only-bom"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 40, Reason.BINARY, id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(60), Reason.BINARY, id="jpeg"),
        pytest.param(b"PK\x03\x04\x14\x00" + bytes(60), Reason.BINARY, id="zip"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(60), Reason.BINARY, id="elf"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Reason.BINARY, id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), Reason.BINARY, id="doc"),
        pytest.param(random.Random(1).randbytes(4000), Reason.BINARY, id="noise"),
        pytest.param(bytes(range(256)) * 8, Reason.BINARY, id="all-bytes"),
        pytest.param(
            bytes(byte | 0x80 for byte in random.Random(2).randbytes(3000)),
            Reason.UNDECODABLE,
            id="high-noise",
        ),
        pytest.param("\ufffd".encode() * 500, Reason.UNDECODABLE, id="lost-before"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(content: bytes, reason: Reason) -> None:
    """A reason, no text, and words for people."""
    decoded = decode(content)
    assert decoded.reason is reason
    assert decoded.text == ""
    assert decoded.detail


def test_nul_bytes_in_good_text_are_kept_for_the_edits() -> None:
    """A few NUL bytes are dirt: the text is read, and they are still in it."""
    for codec in ("utf-8", "gb18030"):
        assert decode(HANS.replace("，", "\x00", 1).encode(codec)).text == HANS.replace("，", "\x00", 1)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        pytest.param("Les élèves français étaient déjà là. " * 6, "cp1252", id="french"),
        pytest.param("Über die Größe müssen wir später reden, schöne Grüße! " * 5, "latin-1", id="german"),
        pytest.param("日本語の文章です。これは普通のテキストです。" * 6, "shift_jis", id="japanese"),
        pytest.param("日本語の文章です。これは普通のテキストです。" * 6, "euc_jp", id="japanese-euc"),
        pytest.param("안녕하세요. 이것은 한국어 텍스트입니다. " * 6, "euc_kr", id="korean"),
        pytest.param("Обычный русский текст без изысков. " * 6, "utf-8", id="russian"),
    ],
)
def test_other_languages_are_not_read_as_chinese(text: str, codec: str) -> None:
    """They come out as they are, to be refused later for what they are."""
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(("most", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
def test_a_page_put_together_from_two_charsets_is_read_whole(most: str, other: str) -> None:
    """Lines in another charset than the page's are read in theirs."""
    stranger = (
        "這一行是從別的頁面貼過來的，寫法不同。"
        if other == "big5"
        else "这一行是从别的页面贴过来的，写法不同。"
    )
    content = (HANS * 3).encode(most) + (stranger + "\n").encode(other) + HANS.encode(most)
    decoded = decode(content)
    assert decoded.text == HANS * 3 + stranger + "\n" + HANS
    assert decoded.charset == most


def test_a_mark_of_utf8_before_gbk_is_passed_over() -> None:
    """Editors put it there."""
    assert decode(b"\xef\xbb\xbf" + HANS.encode("gbk")).text == HANS


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_mark_of_utf_16_before_other_bytes_is_passed_over(mark: bytes, codec: str) -> None:
    """A mark says what follows unless that reads as Chinese only otherwise."""
    assert decode(mark + HANS.encode(codec)).text == HANS


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(
            "门票要".encode("gbk") + b"\x80" + "二十，很贵".encode("gbk"), "门票要€二十，很贵", id="gbk-euro"
        ),
        pytest.param(
            "李奧納多".encode("big5") + b"\xa1\x45" + "狄卡皮歐來了".encode("big5"),
            "李奧納多‧狄卡皮歐來了",
            id="dot",
        ),
        pytest.param(
            "營業時間早上".encode("big5") + b"\xa1\xe3" + "晚上".encode("big5"),
            "營業時間早上～晚上",
            id="wave",
        ),
        pytest.param(
            "門票要".encode("big5") + b"\xa3\xe1" + "二十元，很貴".encode("big5"),
            "門票要€二十元，很貴",
            id="big5-euro",
        ),
    ],
)
def test_marks_are_those_that_pages_mean(content: bytes, text: str) -> None:
    """Where Python's tables differ from those of the web, the web's count."""
    assert decode(content).text == text


def test_plus_signs_and_escapes_are_no_charset_of_seven_bits() -> None:
    """Search words joined by pluses, and what colours a terminal, are ASCII."""
    text = "see +abcdefgh-+ZZZZZZZZ- or http://a.cn/?q=+monday+tuesday- \x1b[31mred\x1b[0m costs \x1b$5\n"

    assert decode(text.encode()).charset == "ascii"


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_byte_missing_after_a_byte_order_mark_costs_a_few_characters(mark: bytes, codec: str) -> None:
    """The text goes on with the next pair of bytes that makes sense."""
    content = bytearray((HANS * 2).encode(codec))
    del content[301]
    decoded = decode(mark + bytes(content))

    assert decoded.charset == "utf-16"
    assert decoded.text[:148] == (HANS * 2)[:148]
    assert decoded.text[-100:] == HANS[-100:]


def test_tildes_and_braces_are_not_hz() -> None:
    """Templates use them too."""
    assert decode(b"a ~{name}~{value~} b").charset == "ascii"


@given(st.binary(max_size=400))
def test_no_bytes_raise(content: bytes) -> None:
    """Whatever comes: text, or a reason."""
    decoded = decode(content)
    assert (decoded.reason is None) == (decoded.charset is not None)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"]), min_size=1))
def test_clean_utf8_comes_back_unchanged(text: str) -> None:
    """Valid UTF-8 is never reread as something else, but for a mark at its beginning."""
    if text.strip("\ufeff \u3000\xa0") and not text.startswith("\ufeff") and "~{" not in text:
        decoded = decode(text.encode())
        assert decoded.reason in (None, Reason.BINARY)
        if decoded.reason is None:
            assert decoded.text == text


@given(st.sampled_from(["\n", "\r\n", "\r", "\u2028"]), st.sampled_from(["utf-8", "gb18030"]))
def test_line_ends_are_kept(end: str, codec: str) -> None:
    """Decoding does not touch them; lines are counted later."""
    text = f"第一行{end}第二行{end}"
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("content", "is_utf8"),
    [
        pytest.param(HANS.encode(), True, id="utf-8"),
        pytest.param(b"plain", True, id="ascii"),
        pytest.param(HANS.encode("gb18030"), False, id="gb18030"),
        pytest.param(HANS.encode("utf-8-sig"), False, id="byte-order-mark"),
        pytest.param(HANS.encode()[1:], False, id="cut"),
        pytest.param(HANS.encode() + HANS.encode("gb18030"), False, id="two-charsets"),
        pytest.param(HANS.encode().replace(b"\n", b"\n\xff"), False, id="stray-byte"),
    ],
)
def test_content_is_passed_on_only_where_it_is_the_text(content: bytes, is_utf8: bool) -> None:
    """What is said to be the text in UTF-8 is that, byte for byte."""
    decoded = decode(content)

    assert decoded.is_utf8 == is_utf8
    assert not is_utf8 or decoded.text.encode() == content
