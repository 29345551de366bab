"""Bylines set against the first and the last sentence; sentences of the same words sign nothing."""

import pytest

from tasks.metadata.signatures import People, described_author, take_from_body, take_signature
from tasks.metadata.zones import find_zones

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def authors(text):
    texts = ["河东渡口恢复夜间班船", text]
    people = People()
    take_from_body(people, find_zones(texts, ["title", "body"], 0), 1)
    return people.credits.authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"河东晚报 记者 孙玉明 {PROSE}", ["孙玉明"]),
        (f"【河东报讯】记者孙玉明报道：{PROSE}", ["孙玉明"]),
        (f"{PROSE}■孙玉明", ["孙玉明"]),
        (f"{PROSE}□孙玉明 乔振海", ["孙玉明", "乔振海"]),
        (f"{PROSE}（作者系河东县广播站编辑 孙玉明）", ["孙玉明"]),
        (f"{PROSE}（作者系河东大学教授）", []),
        (f"{PROSE}（作者为此走访了 三个渡口）", []),
        (f"{PROSE}（编辑：石磊）1090521", []),
        (f"【孙玉明专题报道】{PROSE}", ["孙玉明"]),
        (f"【孫玉明嘉義報導】{PROSE}", ["孫玉明"]),
        (f"【孫玉明、喬振海台北報導】{PROSE}", ["孫玉明", "喬振海"]),
        (f"【渡口、碼頭台北報導】{PROSE}", []),
        (f"【高雄市台南報導】{PROSE}", []),
        (f"【江海社台南報導】{PROSE}", []),
        (f"【渡口上专题报道】{PROSE}", []),
        (f"【江海社综合报道】{PROSE}", []),
        (f"【高河网报道】{PROSE}", []),
        (f"河东晚报 记者 节日里也在渡口 {PROSE}", []),
        (f"河东晚报 记者 调查 {PROSE}", []),
        (f"【河东报讯】记者今天从渡口获悉：{PROSE}", []),
        (f"{PROSE}■渡口的夜", []),
        (f"{PROSE}◆图片新闻", []),
        (f"{PROSE}（完）", []),
        (f"{PROSE}（河东台记者 原野）", ["原野"]),
        (f"{PROSE}（记者 原野）", ["原野"]),
        (f"{PROSE}（记者 综合整理）", []),
        (f"{PROSE}（河东台记者 摄影）", []),
        (f"{PROSE}（河东台记者 采写）", []),
        (f"{PROSE}（高建明報導）", ["高建明"]),
        (f"{PROSE}（高河網報導）", []),
        (f"{PROSE}（高雄市報導）", []),
        (f"{PROSE}（河东大学水利学院 孙玉报道）", ["孙玉"]),
        (f"{PROSE}（校宣传部 孙玉明、乔岭 报道）", ["孙玉明", "乔岭"]),
        (f"{PROSE}（河东大学水利学院 综合报道）", []),
        (f"{PROSE}（据河东新闻 全程报道）", []),
        (f"{PROSE}（渡口的人 孙玉报道）", []),
        (f"{PROSE}（水利学院 现场报道）", []),
        (f"{PROSE}（全程報導）", []),
        (f"【河东网报道 记者 孙玉明】{PROSE}", ["孙玉明"]),
        (f"【河东网科技报道 记者 孙玉明】{PROSE}", ["孙玉明"]),
        (f"【河东网 文/孙玉明】{PROSE}", ["孙玉明"]),
        (f"河东网通讯员孙玉明、记者乔振海4月26日报道：{PROSE}", ["孙玉明", "乔振海"]),
        (f"河东网4月26日讯（记者 孙玉明 通讯员 乔振海）{PROSE}", ["孙玉明", "乔振海"]),
        (f"河东网4月26日讯（通讯员 孙玉明 乔岭）{PROSE}", ["孙玉明", "乔岭"]),
        (f"河东网4月26日电（记者买提江、通讯员孙玉明）{PROSE}", ["买提江", "孙玉明"]),
        (f"河东网消息（记者依不拉音）{PROSE}", ["依不拉音"]),
        (f"【河东网综合报道】{PROSE}", []),
        (f"本报讯（记者手记）{PROSE}", []),
        (f"本报讯（记者 综合）{PROSE}", []),
        (f"本报讯（通讯员 供稿）{PROSE}", []),
        (f"本报讯（记者采访团）{PROSE}", []),
        (f"本报讯（记者 从渡口发回）{PROSE}", []),
        (f"河东网4月26日讯（记者）{PROSE}", []),
        (f"老人（记者见过的最后一位船工）说，{PROSE}", []),
        (f"渡口（记者 站里的人这样叫它）修在河湾，{PROSE}", []),
    ],
)
def test_a_byline_against_the_text(text, names):
    """Paper, 记者 and a name before the first sentence sign it, and names behind a bullet at its end."""
    assert authors(text) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("作者简介：孙玉明，男，河东县人，县志办副研究员。", "孙玉明"),
        ("[作者简介]孙玉明（1985-），女，河东大学讲师。", "孙玉明"),
        ("作者介绍：孙玉明，本名孙大江，写渡口三十年。", "孙玉明"),
        ("本文作者洪玉明，網路書店產品經理，原文刊於個人網站。", "洪玉明"),
        ("（本文作者：孙玉明，河东大学教授。）", "孙玉明"),
        ("本文作者曾任职，后来离开的一位老师说", None),
        ("本文作者孙玉明，说他不愿多谈", None),
        ("本文作者都认为，教师的时间不够。", None),
        ("该文作者孙玉明，河东大学教授。", None),
        ("作者简介：写渡口三十年的船工，男。", None),
        ("作者简介：河东人", None),
        ("作者简介：孙玉明说他不愿多谈", None),
        ("编者简介：孙玉明，男，河东县人。", None),
        ("该书作者简介：孙玉明，男，河东县人。", None),
        ("作者简介", None),
    ],
)
def test_the_note_on_the_author(line, name):
    """A note that tells who the author is names him; notes on others, and those without a life, do not."""
    texts = ["河东渡口恢复夜间班船", PROSE, line]
    found = described_author(find_zones(texts, ["title", "body", "boilerplate"], 0))
    assert (None if found is None else found[0]) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（河东渡口教务处供稿）", ["河东渡口教务处"]),
        ("（河东县教育局）", ["河东县教育局"]),
        ("（供稿）", []),
        ("（渡口供稿人名单）", []),
        ("（未完待续）", []),
    ],
)
def test_the_office_below_the_text(line, names):
    """An office in brackets below the last sentence signs it; that it sent the text in is none of its name."""
    people = People()
    take_signature(
        people, find_zones(["河东渡口恢复夜间班船", PROSE, line], ["title", "body", "boilerplate"], 0)
    )
    assert people.credits.authors == names
