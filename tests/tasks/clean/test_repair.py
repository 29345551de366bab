"""The repair of a page as a whole: order of rules, edits that replay, nothing done to clean text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import RULES, RepairOptions, repair_lines
from tasks.edit import Edit, apply_edits, undo_edits

CLEAN = [
    "老街的尽头有一家修表铺，铺子里只有一盏灯、一张桌子和一位不爱说话的师傅。",
    "他修过的表，走得比新表还准；街坊们都这么说。",
    "老街的盡頭有一家修錶鋪，鋪子裡只有一盞燈、一張桌子和一位不愛說話的師傅。",
    "“明天来取。”师傅说，“不急的话，后天也行。”",
    "for (int i = 0; i < n; i++) { a[i] = b[i] ? c : d; }",
    "囧(jiǒng)字原义为光明；彳亍(chì chù)，慢步走的样子。",
    "【注】①“乾”音 qián；②“卓著”不作“卓着”。",
    "服务太差了!!!再也不来了??不过菜还行,给3分",
    "床前明月光，疑是地上霜。",
    "比分 3:2，时间 07:47，价格 1,000.50 元，版本 v1.2.3-beta。",
    "See https://example.org/a?b=1&c=2#d or mail me@example.org.",
    "赤橙黄绿青蓝紫 ①②③ ★☆ → ≥ ± ℃ № ㎡",
    "佢哋今日唔使返工，喺屋企睇電視。",
    "Crème brûlée、São Paulo、naïve、Zürich",
    "饕餮、貔貅、氤氲、踽踽独行、彳亍、耄耋",
]

HOSTILE = st.text(
    alphabet=st.sampled_from(
        "中文乾著，。,;?!()（）&amp;lt#123 \t\xa0\u3000\u200b\ufeff\x00\x07ＡＢ０１．％\ue78d\uf06c©\ufe0f😀�é脱Ã"
    ),
    max_size=40,
)


@pytest.mark.parametrize("line", CLEAN)
def test_clean_text_is_not_touched(line: str) -> None:
    """Not one edit: prose, code, notes, reviews, poems, addresses, both scripts."""
    assert repair_lines([line]).edits() == []


def test_a_clean_page_is_not_touched() -> None:
    """Nor are all of them together."""
    repaired = repair_lines(CLEAN * 3)
    assert repaired.edits() == []
    assert repaired.spam == {}
    assert repaired.facts.unrecoverable == []


@settings(max_examples=150, deadline=None)
@given(st.lists(HOSTILE, max_size=6), st.booleans())
def test_edits_replay_both_ways_on_hostile_text(lines: list[str], width: bool) -> None:
    """Applying the edits gives the repaired line, undoing them the received one."""
    repaired = repair_lines(lines, options=RepairOptions(punctuation_width=width))
    by_line: dict[int, list[Edit]] = {}
    for edit in repaired.edits():
        by_line.setdefault(edit.line, []).append(edit)
    for number, (received, text) in enumerate(zip(lines, repaired.texts, strict=True), 1):
        edits = by_line.get(number, [])
        assert apply_edits(received, edits) == text
        assert undo_edits(text, edits) == received


@settings(max_examples=100, deadline=None)
@given(st.lists(HOSTILE, max_size=5))
def test_repairing_twice_changes_nothing_more(lines: list[str]) -> None:
    """A repaired page is a clean page, but for what unescaping brought to light."""
    once = repair_lines(lines).texts
    if "&" not in "".join(once):
        assert repair_lines(once).texts == once


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, max_size=5))
def test_every_edit_names_a_rule_with_its_version(lines: list[str]) -> None:
    """``name@version``, joined with ``+`` where two rules met."""
    known = {f"{name}@{version}" for name, version in RULES.items()}
    for edit in repair_lines(lines).edits():
        assert set(edit.rule.split("+")) <= known


def test_line_numbers_are_those_of_the_page() -> None:
    """Edits carry the received line numbers, spam the index of the line."""
    repaired = repair_lines(["　一", "　二"], [4, 9])
    assert [edit.line for edit in repaired.edits()] == [4, 9]


def test_no_lines() -> None:
    """An empty page is no special case."""
    assert repair_lines([]).texts == []


def test_rules_meet_on_one_line_in_order() -> None:
    """Unescape first, then what that brought: an invisible character, a blank."""
    assert repair_lines(["甲&#8203;乙&amp;nbsp;&nbsp;丙　"]).texts == ["甲乙 丙"]


def test_short_lines_follow_the_misreading_of_their_page() -> None:
    """A title of four characters proves nothing; its page does."""
    page = ["山乡来信", "清晨的菜市场里人来人往，卖豆腐的大婶最先摆好摊子。", "七月三日"]
    broken = [line.encode("gbk").decode("latin-1") for line in page]
    assert repair_lines(broken).texts == page


def test_what_is_lost_is_flagged_and_not_guessed() -> None:
    """锟斤拷 stays as it is, and its line is reported."""
    page = ["清晨的菜市场里人来人往。", "锟斤拷锟斤拷锟斤拷锟斤拷"]
    repaired = repair_lines(page, [1, 3])
    assert repaired.texts == page
    assert repaired.facts.unrecoverable == [3]


def test_big5_private_use_is_left_alone_on_traditional_pages() -> None:
    """The cell that is a comma in GBK is a character of its own in Big5 sets."""
    page = ["這裡寫的是傳統漢字，請別亂改。", "字\ue78d字"]
    assert repair_lines(page).texts == page


def test_lines_that_lost_too_much_are_flagged_and_left() -> None:
    """UTF-8 read as Big5 loses bytes without a trace: what remains would make other characters."""
    broken = "城东的学校今天放假，孩子们都去河边看龙舟。".encode().decode("big5", "ignore")
    repaired = repair_lines([broken])
    assert repaired.texts == [broken]
    assert repaired.facts.unrecoverable == [1]


def test_kana_of_either_table_of_big5_are_never_taken_for_the_other() -> None:
    """Kana stand for other bytes in Hong Kong's table than in the one with the extensions of ETEN."""
    text = "请你把情况告诉其他同学，请不要忘记其中的情节。"
    assert repair_lines([text.encode("gbk").decode("big5")]).texts == [text]
    assert "签" not in repair_lines([text.encode("gbk").decode("big5hkscs")]).texts[0]


MISREAD = (
    "天亮以後，清掃街道的人先到了，他們把路口的雪堆到樹下，又在橋面上撒了一層細沙。",
    "中午時分，渡口重新開放，等船的人排到了橋頭，賣熱湯的鋪子前也站滿了人。",
    "傍晚，氣溫又降了下來，河面上結了一層薄冰，最後一班船提前開走了。",
)


@pytest.mark.parametrize("written", ["utf-8", "gbk", "big5"])
@pytest.mark.parametrize("short", ["下雪", "渡口", "河口網"])
def test_short_lines_of_a_misread_page_are_read_like_its_long_ones(written: str, short: str) -> None:
    """A line of two or three characters says too little alone; what stands around it says how it was read."""
    lines = [line.encode(written).decode("latin-1") for line in (short, *MISREAD)]

    assert repair_lines(lines).texts == [short, *MISREAD]


RIGHT = ("café", "2 × 3 = 6", "下雪", "© 2019", "Ærø")


@pytest.mark.parametrize(
    ("line", "written"), [*((line, None) for line in (*RIGHT, "Ñ©")), *((line, "gbk") for line in RIGHT)]
)
def test_short_lines_that_are_right_stay(line: str, written: str | None) -> None:
    """Where the page is right its short lines are; on a misread page those that another reading does not better."""
    around = [text.encode(written).decode("latin-1") if written else text for text in MISREAD]

    assert repair_lines([line, *around]).texts == [line, *MISREAD]


@pytest.mark.parametrize(
    ("written", "read", "is_lost"),
    [
        ("gbk", "latin-1", False),
        ("utf-8", "latin-1", False),
        ("utf-8", "gbk", True),
        ("utf-8", "cp1252", True),
    ],
)
def test_lines_with_bytes_lost_for_good_are_named(written: str, read: str, is_lost: bool) -> None:
    """A misread line that came back whole is not among them; one with U+FFFD left in it is."""
    lines = [line.encode(written).decode(read, "replace") for line in MISREAD]
    repaired = repair_lines(lines)

    assert repaired.texts[0].startswith("天亮以後，清掃")
    assert ["\ufffd" in text for text in repaired.texts] == [is_lost] * 3
    assert repaired.facts.unrecoverable == ([1, 2, 3] if is_lost else [])
