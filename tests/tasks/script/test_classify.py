"""The script of a text is told by share, the language by its letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.script import detect_line_scripts, detect_script, is_chinese
from tasks.script.classify import one_script

HANS = "老师把作业本发下来，让我们检查还有没有错误。"
HANT = "老師把作業本發下來，讓我們檢查還有沒有錯誤。"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        pytest.param(HANS, "hans", id="hans"),
        pytest.param(HANT, "hant", id="hant"),
        pytest.param(HANS + HANT, "mixed", id="mixed"),
        pytest.param("人山人海，大江大河。", "unknown", id="common-to-both"),
        pytest.param("", "unknown", id="empty"),
        pytest.param("plain English", "unknown", id="english"),
        pytest.param("乾隆年间，皇后与太后同游；他说著名的学者也来了。", "hans", id="ambiguous-characters"),
        pytest.param(HANS * 10 + "店名叫「龍鳳樓」。", "hans", id="a-traditional-name-in-hans"),
        pytest.param(HANT * 10 + "网址见下。", "hant", id="a-simplified-line-in-hant"),
    ],
)
def test_script_is_judged_by_share(text: str, script: str) -> None:
    """One stray character of the other script changes nothing."""
    assert detect_script(text) == script


def test_the_same_text_only_longer_has_the_same_script() -> None:
    """A test for presence would fall over with length."""
    noisy = HANT * 50 + "云" * 10
    assert detect_script(noisy) == "hant"


def test_one_script_characters_do_not_overlap() -> None:
    """No character counts for both, and the ambiguous ones count for neither."""
    hans, hant = map(set, one_script())
    assert not hans & hant
    assert len(hans) > 3700
    assert len(hant) > 3100
    assert not (hans | hant) & set("后于么里云范采干斗著乾只台松")


@given(st.lists(st.sampled_from([HANS, HANT, HANS + HANT, "", "山水", "a b"]), max_size=12))
def test_lines_together_are_judged_as_lines_alone(lines: list[str]) -> None:
    """Looking at all lines at once is only faster."""
    assert detect_line_scripts(lines) == [detect_script(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HANS, True, id="hans"),
        pytest.param(HANT, True, id="hant"),
        pytest.param("用 Python 写一个 web server 只要五行代码。", True, id="with-english"),
        pytest.param("好", True, id="one-character"),
        pytest.param("他叫 Alexander Smith", True, id="short-with-a-name"),
        pytest.param("日本の首相は記者会見で述べました。", False, id="japanese"),
        pytest.param("우리는 오늘 學校에 갑니다. 날씨가 좋습니다.", False, id="korean"),
        pytest.param("This is English with one 字 in a long enough sentence.", False, id="english"),
        pytest.param("Это русский текст", False, id="russian"),
        pytest.param("12345 67890", False, id="digits"),
        pytest.param("", False, id="empty"),
        pytest.param("佢哋今日唔使返工，喺屋企睇電視。", True, id="cantonese"),
        pytest.param(
            "这家店叫「の屋」，卖乌冬面和各种寿司，学生常常来这里吃午饭。", True, id="a-kana-in-a-name"
        ),
    ],
)
def test_whether_a_text_is_chinese(text: str, expected: bool) -> None:
    """Enough hanzi among the letters, hardly any kana or hangul."""
    assert is_chinese(text) is expected
