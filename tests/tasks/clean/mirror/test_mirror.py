"""The repair of mirror pages as a whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.mirror import RULES, repair_mirror
from tasks.edit import PageEdits, apply_edits, undo_edits

READINGS = {
    "關": "guān", "現": "xiàn", "問": "wèn", "說": "shuō", "時": "shí", "會": "huì", "開": "kāi", "個": "gè",
    "發": "fā", "書": "shū", "優": "yōu", "驗": "yàn", "見": "jiàn", "學": "xué", "長": "zhǎng",
}  # fmt: skip

TEXTS = [
    "因為發現了問題，館長說這個書架要換。關于時間，大家開了三次會，說來說去還是沒有結果。"
    "《目錄》。《索引》。兩本書都在里間。可是開門的時候沒有人。",
    "學校的鐘壞了，因為長時間沒有人修。后來發現齒輪里有一個螺絲，學生們說：“難怪它會走慢。”"
    "現在鐘又走了起來，經過的人都要停下來聽一聽。",
    "因為經驗不足，他在試驗中發現的問題沒有說明白。關于這個問題，后來的人又開會討論過。"
    "可見書里說的不一定都對；時間會給出回答。確保基礎打好，問題就少。",
]

CLEAN = [
    "真的嗎?!我不信。你說呢??他沒有回答?。於是我們都走了。",
    "关(guān)于这个字，书上说：关，闭也。开(kāi)，启也。",
    "函數 f(x) 的值是多少?,請寫出過程?;第二題呢?",
    "囧(jiǒng)是一個字，囧(jiǒng)也是一種心情，囧(jiǒng)得沒有辦法。",
]


def repaired(text: str) -> str:
    edits = PageEdits(text.split("\n"))
    repair_mirror(edits)
    return "\n".join(edits.texts)


@pytest.mark.parametrize("text", TEXTS)
def test_a_mirror_page_reads_as_its_source(text, make_mirror):
    """Readings go, shifted runs are read back, nothing else changes."""
    shown = make_mirror(text, READINGS)

    assert "?" in shown
    assert repaired(shown) == text


def test_a_page_cut_without_readings_reads_as_its_source(make_mirror):
    """Shifted runs alone are enough, when a page has a clear one."""
    shown = "\n".join(make_mirror(text, {}) for text in TEXTS)

    assert repaired(shown) == "\n".join(TEXTS)


def test_private_use_characters_count_as_bytes(page):
    """A run that shows a private-use character is read through it."""
    edits = page(
        "各單位(wèi)要按照規(guī)定辦理，規(guī)定的時(shí)間，時(shí)間到了，確?；鶎又卫碚\ue41d_方向。規(guī)定時(shí)間。"
    )
    repair_mirror(edits)
    assert "確保基層治理正確方向" in edits.texts[0]


@pytest.mark.parametrize("text", [*TEXTS, *CLEAN])
def test_other_pages_stay(text):
    """A page without inserted readings and shifted runs keeps every character."""
    edits = PageEdits(text.split("\n"))
    facts = repair_mirror(edits)

    assert edits.edits() == []
    assert not facts.is_mirror


def test_each_note_and_each_run_is_an_edit_of_its_rule(make_mirror):
    """The edits name their rules; facts count them."""
    edits = PageEdits([make_mirror(TEXTS[0], READINGS)])
    facts = repair_mirror(edits)
    rules = [edit.rule for edit in edits.edits()]

    assert set(rules) == {f"{rule}@{version}" for rule, version in RULES.items() if rule != "plain_notes"}
    assert rules.count(f"pinyin_notes@{RULES['pinyin_notes']}") == facts.notes_removed
    assert rules.count(f"gbk_shift@{RULES['gbk_shift']}") == facts.damages_repaired
    assert facts.is_mirror


def test_a_swallowed_digit_is_marked_and_not_invented(make_mirror):
    """What a stray half swallowed cannot be known: the facts say where."""
    text = TEXTS[0] + "因為5個人沒有到。"
    edits = PageEdits([make_mirror(text, READINGS)])
    facts = repair_mirror(edits)

    assert edits.texts[0] == text.replace("5", "")
    assert len(facts.unresolved) == 1


@given(
    st.lists(
        st.text(alphabet="?!;,。？，()關現書的是人guānxiàshū確保；鶎\ue41d_ A\u3000 5", max_size=60),
        max_size=4,
    )
)
def test_every_repair_can_be_undone(lines):
    """Whatever the lines are, replaying the edits backwards gives them back."""
    received = ["關(guān)現(xiàn)關(guān)書(shū)關(guān)現(xiàn)因?yàn)", *lines]
    edits = PageEdits(received)
    repair_mirror(edits)
    for number, line in enumerate(received, 1):
        own = [edit for edit in edits.edits() if edit.line == number]
        assert apply_edits(line, own) == edits.texts[number - 1]
        assert undo_edits(edits.texts[number - 1], own) == line


@pytest.mark.parametrize(
    "text",
    [
        "繁体字与简化字对照：“學(xué)”字、“國(guó)”字、“書(shū)”字，后来都简化了，里面的笔画少了一半。",
        "我们这里学写字：學(xué)校、國(guó)家、書(shū)本、車(chē)站、東(dōng)方、學(xué)生。",
        "常見字讀音：學(xué)、國(guó)、書(shū)、車(chē)、東(dōng)、學(xué)。",
        "不亦說(yuè)乎，不亦樂(lè)乎；論(lún)語的讀法，和會(kuài)計、還(huán)書、長(cháng)江一樣，要多讀幾遍。",
    ],
)
def test_readings_that_teach_something_stay(text):
    """Lists of characters with their readings, pages in simplified script, unusual readings."""
    assert repaired(text) == text


def test_a_short_page_whose_readings_tell_nobody_anything_is_a_mirror():
    """Five common characters with their usual reading, each at its only occurrence."""
    shown = "老橋上的石獅子少了一只，誰也說(shuō)不清是哪(nǎ)年丟的。橋邊開(kāi)茶館的人講，那天夜里風(fēng)很大。"
    shown = shown.replace("哪(nǎ)", "哪") + "他聽見(jiàn)水響，出門(mén)一看，什么也沒有。"
    assert "(" not in repaired(shown)


def test_a_reading_after_a_letter_goes_with_the_others():
    """款A(yù)I: the second byte of 款 and the letter were taken for 預."""
    shown = "會(huì)上發(fā)布了首款A(yù)I芯片，會(huì)后有人問(wèn)價(jià)格，發(fā)言人沒有回答。"
    assert repaired(shown) == "會上發布了首款AI芯片，會后有人問價格，發言人沒有回答。"


def test_a_quotation_that_lost_its_end_tells_a_cut_page():
    """?!? stands for 。” where the next quotation begins before the first has an end."""
    page = "他說：“水退了?!?后來的人都說：“里面還有東西。”關于這件事，云云。"
    assert repaired(page) == page.replace("?!?", "。”")
    kept = page.replace("?!?后", "?!?”后")
    assert repaired(kept) == kept


def test_a_short_page_needs_more_than_a_few_readings():
    """Three readings are a gloss, unless the rest of the page speaks for a mirror."""
    assert repaired("電(diàn)話(huà)號(hào)碼") == "電(diàn)話(huà)號(hào)碼"
    assert repaired("關(guān)于網(wǎng)絡(luò)號碼") == "關于網絡號碼"
    assert repaired("茶(chá)于電(diàn)話(huà)號碼") == "茶(chá)于電(diàn)話(huà)號碼"


@pytest.mark.parametrize("piece", ["?", "?,", "?；", "?，關(guān)"])
def test_rows_of_marks_cost_no_time_and_stay(piece):
    """A long row of question marks on a mirror page is left alone."""
    start = "這個會(huì)開(kāi)了，會(huì)又開(kāi)了，會(huì)還要開(kāi)，關(guān)于會(huì)。"
    line = start + piece * 800
    edits = PageEdits([line])
    repair_mirror(edits)

    assert "?" * 6 in edits.texts[0] or edits.texts[0].count("?") == line.count("?")


def test_a_writers_row_of_question_marks_at_the_end_of_a_line_stays(page):
    """On a mirror page too ``???`` at a line's end is what was written, not a word cut in two (專科)."""
    repaired = page(
        "過(guò)了三天才有人來看,可是誰見(jiàn)過(guò)這樣的鐘???\n打開(kāi)一看,里面不送電池???\n"
        "問(wèn)他為什么,他說(shuō)書(shū)上寫得很清楚。"
    )
    repair_mirror(repaired)
    assert repaired.texts[:2] == ["過了三天才有人來看,可是誰見過這樣的鐘???", "打開一看,里面不送電池???"]


@pytest.mark.parametrize("mark", ["©", "😀", "é", "ð", "한", "?", "\ud800"])
def test_a_sign_that_the_code_page_lacks_is_no_fault(mark):
    """Whatever stands behind a cut, a traditional page is read to its end."""
    page = [f"這個問題沒有說明白嗎?!{mark}，我們學會了?,{mark}開始", f"大家都說不知道?！{mark}"]
    edits = PageEdits(page)
    repair_mirror(edits)

    assert edits.texts == page


@pytest.mark.shared
def test_seed_001_loses_its_notes_and_its_shifts():
    """290 notes, two runs; the body is the proof-read one."""
    shared = Path(__file__).parents[5] / "shared"
    received = (shared / "seeds/001_2fcff67ce00ef835.txt").read_text("utf-8").split("\n")
    edits = PageEdits(received)
    facts = repair_mirror(edits)
    text = "\n".join(edits.texts)

    assert facts.notes_removed == 290
    assert facts.damages_repaired == 2
    assert facts.machine_made
    assert "明確崗位職責。《意見》中強調要" in text
    assert "確保基層治理正確方向" in text
