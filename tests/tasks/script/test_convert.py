"""Conversion by the class of each line: nothing simplified is touched, words are never rewritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import ContractError
from tasks.script import convert, detect_region, to_hans, to_region
from tasks.script.convert import corrected_words


@pytest.mark.parametrize(
    "text",
    [
        "乾隆年间的瓷器，釉色温润。",
        "显著的成绩，著名的论著，土著居民。",
        "老幺么妹都来了，这么多人。",
        "他姓萧名乾，是位记者。",
        "皇后在后花园里赏云。",
        "这是干净的毛巾，那是干部的办公室。",
        "王丙乾、郭振乾",
        "家里有台灯，台风来了。",
        "",
        "只有汉字山水人口手",
        "English only",
    ],
)
def test_simplified_text_is_not_touched(text: str) -> None:
    """Not one character, not even those that look traditional."""
    assert to_hans(text) == text


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("牆上掛著一幅畫，畫著一隻貓。", "墙上挂着一幅画，画着一只猫。"),
        ("這部專著卓著有名，原著作者是土著。", "这部专著卓著有名，原著作者是土著。"),
        ("她靜靜地看著書，等著天亮。", "她静静地看着书，等着天亮。"),
        ("他著書立說，成果顯著。", "他著书立说，成果显著。"),
        ("位於倫敦的學校熱衷於戲劇。", "位于伦敦的学校热衷于戏剧。"),
        ("乾隆皇帝和蕭乾先生", "乾隆皇帝和萧乾先生"),
        ("衞生署的檯燈和枱面", "卫生署的台灯和台面"),
        ("你怎么來了，這么晚！是么？", "你怎么来了，这么晚！是么？"),
        ("老么還沒來", "老幺还没来"),
        ("建立資料庫與程式", "建立资料库与程式"),
        ("車伕揹著包袱", "车夫背着包袱"),
        ("想像力豐富", "想象力丰富"),
        ("宮商角徵羽，應徵與徵調", "宫商角徵羽，应征与征调"),
    ],
)
def test_traditional_text_becomes_simplified_and_keeps_its_words(hant: str, hans: str) -> None:
    """Characters change, words do not."""
    assert to_hans(hant) == hans


def test_each_line_is_converted_by_its_own_class() -> None:
    """Simplified lines of a traditional page stay, undecided lines follow the page."""
    page = "這裡寫著歷史。\n显著的著作\n坐著看書\n山水"
    assert to_hans(page) == "这里写着历史。\n显著的著作\n坐着看书\n山水"


def test_a_mixed_line_loses_its_traditional_characters_one_by_one() -> None:
    """No phrase of the one script is applied to the other."""
    assert to_hans("显著的開始，著名的发展与關係") == "显著的开始，著名的发展与关系"


def test_machine_made_text_keeps_the_characters_of_its_original() -> None:
    """What no machine makes of simplified text was there before: names with 乾, 沈, 於."""
    page = (
        "由于時間關系，會后再說。對于這里的問題，什么也沒有，之后再議。\n郭乾、於敏和沈陽的先生反覆藉此說明。"
    )
    assert to_hans(page).split("\n")[1] == "郭乾、於敏和沈阳的先生反覆藉此说明。"


def test_protected_words_stay() -> None:
    """A name given by the caller is kept as it stands."""
    assert to_hans("錢鍾書寫過《圍城》。", protect=["錢鍾書"]) == "錢鍾書写过《围城》。"


@given(st.text(alphabet="這裡著書後於乾么里山水的了\n，a1", max_size=60))
def test_lines_and_lengths_are_kept(text: str) -> None:
    """Conversion replaces characters one for one."""
    assert [len(line) for line in to_hans(text).split("\n")] == [len(line) for line in text.split("\n")]


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\U0001f600", "\u2028", "\r", "\x07"])
def test_nothing_ends_a_text_early(odd: str) -> None:
    """What OpenCC stops at or refuses is carried over."""
    assert to_hans(f"這裡寫著{odd}歷史") == f"这里写着{odd}历史"
    assert to_region(f"这里写着{odd}历史", "tw") == f"這裡寫著{odd}歷史"


def test_corrections_are_one_for_one() -> None:
    """Every correction has the length of its word."""
    words = corrected_words()
    assert words
    assert [word for word, after in words.items() if len(word) != len(after)] == []


@pytest.mark.parametrize(
    ("region", "expected"),
    [("tw", "裡面寫著：著名的軟件在這裡發佈"), ("hk", "裏面寫着：著名的軟件在這裏發佈")],
)
def test_regional_forms_change_characters_only(region: str, expected: str) -> None:
    """软件 stays 軟件: a region is a matter of characters here."""
    assert to_region("里面写着：著名的软件在这里发布", region) == expected  # type: ignore[arg-type]
    assert to_hans(expected) == "里面写着：著名的软件在这里发布".replace("发布", "发布")


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("裏面坐着人，衞生署説了", "tw", "裡面坐著人，衛生署說了"),
        ("裡面坐著人，衛生署說了", "hk", "裏面坐着人，衞生署説了"),
        (
            "由于時間關系，會后再說，對于這里的云，什么也沒有。",
            "tw",
            "由於時間關係，會後再說，對於這裡的雲，什麼也沒有。",
        ),
        ("里面\n裏面說著\n山水", "tw", "裡面\n裡面說著\n山水"),
        ("", "hk", ""),
    ],
)
def test_traditional_text_goes_to_another_region_too(text: str, region: str, expected: str) -> None:
    """From Hong Kong to Taiwan, back, and from machine-made text to either."""
    assert to_region(text, region) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        pytest.param("屋裡放著桌子，裡面坐著人，他說著話。", "tw", id="taiwan"),
        pytest.param("佢哋喺屋企睇電視，唔想出街，話啲嘢好貴。", "hk", id="cantonese"),
        pytest.param("衞生署説，服務將脱離原有系統，税務亦有改變。", "hk", id="hong-kong-forms"),
        pytest.param(
            "由于時間關系，會后再說。對于這里的問題，云端什么也沒有，之后再議。", "machine", id="machine"
        ),
        pytest.param("學校今天開學。", None, id="no-evidence"),
    ],
)
def test_the_region_is_named_only_with_evidence(text: str, region: str | None) -> None:
    """Taiwan, Hong Kong, machine-made, or nothing."""
    assert detect_region(text) == region


def test_another_opencc_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that steals the module name is named."""
    monkeypatch.setattr(convert.opencc, "__version__", "0.1.7")
    convert._converter.cache_clear()
    with pytest.raises(ContractError, match="opencc-python-reimplemented"):
        to_hans("這裡")
    convert._converter.cache_clear()
