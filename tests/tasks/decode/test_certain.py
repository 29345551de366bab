"""Of two-byte text with lost bytes only what is certain is read."""

import random
from difflib import SequenceMatcher

import pytest

from tasks.decode.certain import MARGIN_SILENT, decode_certain

TEXT = "茶馆里坐满了听书的老人，门外的雨下个不停。说书人拍一下木板，大家都安静下来，只听见水开的声音。"


def test_whole_text_is_read_whole() -> None:
    """Without a lost byte nothing is."""
    assert decode_certain(TEXT.encode("gbk"), "gb18030") == TEXT


@pytest.mark.parametrize("seed", range(12))
def test_marked_bytes_cost_their_characters_and_invent_none(seed: int) -> None:
    """What comes back is the text with gaps."""
    rng = random.Random(seed)
    content = bytearray(TEXT.encode("gbk"))
    for place in rng.sample(range(len(content)), 3):
        content[place] = 0xFF
    read = decode_certain(bytes(content), "gb18030")
    kept = SequenceMatcher(None, TEXT, read, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in kept) == len(read) - read.count("\ufffd")
    assert read.count("\ufffd") <= 12


def test_more_is_doubted_on_pages_that_lose_bytes_without_a_mark() -> None:
    """A higher margin never reads more."""
    content = TEXT.encode("gbk")[1:]
    strict = decode_certain(content, "gb18030", MARGIN_SILENT)
    assert strict.count("\ufffd") >= decode_certain(content, "gb18030").count("\ufffd") > 0


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"?", b"\x81", b"\x81\x30", b"\x81\x30\x81", b"\xff\xff\x81?"]
)
def test_scraps_are_read_without_complaint(content: bytes) -> None:
    """Half characters alone give marks, never an error."""
    assert isinstance(decode_certain(content, "gb18030"), str)


def test_a_question_mark_of_the_writer_casts_no_doubt() -> None:
    """Among characters that are in step ``?`` was written; where a half is lost, what follows is doubted."""
    asked = TEXT.replace("，", "?", 1) if "，" in TEXT else TEXT[:6] + "?" + TEXT[6:]
    assert decode_certain(asked.encode("gbk"), "gb18030") == asked
    content = bytearray(TEXT.encode("gbk"))
    content[8:9] = b"?"
    assert "\ufffd" in decode_certain(bytes(content), "gb18030")
