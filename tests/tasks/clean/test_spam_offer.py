"""Offers put into a page: what is cut can be put back, and once is enough. What changes and stays is in tests/cases."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean import repair_lines
from tasks.edit import apply_edits, undo_edits

PAGE = "今年的稻子长得很好，穗子压弯了腰。等收完这一季，村里人要去把河堤修一修，省得明年再淹。" * 4
PIECES = (
    *("代开发票", "办证刻章", "传奇私服", "白癜风医院", "最好的", "微信", "abc12345", "13800001111", "电话:"),
    *("小城的早晨", "孩子们围在旁边看", "，", "。", "！", " ", "【", "】", "“", "”", "、", "|"),
)
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=3)


@settings(max_examples=80, deadline=None)
@given(LINES)
def test_offers_are_cut_once_and_can_be_put_back(lines: list[str]) -> None:
    """Replaying the edits backwards gives the received lines; a repaired page has no more to cut."""
    received = [*lines, PAGE]
    once = repair_lines(received)
    for number, (line, text) in enumerate(zip(received, once.texts, strict=True), 1):
        edits = [edit for edit in once.edits() if edit.line == number]
        assert apply_edits(line, edits) == text
        assert undo_edits(text, edits) == line
    twice = repair_lines(once.texts)
    assert twice.texts == once.texts
    assert twice.spam.keys() == once.spam.keys()


def test_a_line_of_many_offers_is_read_once() -> None:
    """A page of nothing else is left alone, and soon."""
    line = "代开发票13800001111。" * 20_000
    started = time.process_time()

    assert repair_lines([line]).texts == [line]
    assert time.process_time() - started < 2
