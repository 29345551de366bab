"""What clings to the last words of a paragraph, and sentences that only look like it."""

import pytest

from tasks.extract.cuts import find_cuts

STAMP = ("body", "body_run@5")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("候鸟在浅滩上觅食。本报记者 沈一禾 摄", "候鸟在浅滩上觅食。"),
        ("候鸟在浅滩上觅食。 白石新闻网 沈一禾 摄", "候鸟在浅滩上觅食。"),
        ("候鳥在淺灘上覓食。白石網 沈一禾 攝", "候鳥在淺灘上覓食。"),
        ("候鸟在浅滩上觅食。白石社发（沈一禾 摄）", "候鸟在浅滩上觅食。"),
        ("候鸟在浅滩上觅食。沈一禾、路遥/文", "候鸟在浅滩上觅食。"),
        ("候鸟在浅滩上觅食。(白石社 沈一禾 摄)", None),
        ("候鸟在浅滩上觅食。市民纷纷前来拍摄", None),
        ("候鸟在浅滩上觅食。照片由白石新闻网拍摄", None),
        ("候鸟在浅滩上觅食，白石新闻网 沈一禾 摄", None),
        ("候鸟在浅滩上觅食。白石新闻网 沈一禾", None),
        ("白石新闻网 沈一禾 摄", None),
        ("候鸟在浅滩上觅食。白石社发（文化版）", None),
        ("候鸟在浅滩上觅食。他在白石报社 当过三年 摄影", None),
        ("候鸟在浅滩上觅食。片子是某网 请他 来 摄的", None),
        ("候鸟在浅滩上觅食。沈一禾说，这里适合拍摄。", None),
    ],
)
def test_photographers_are_cut_and_sentences_kept(text, rest):
    """Outlet, name and 摄 behind a sentence are no text; other words that end so are."""
    cuts = find_cuts([text], [STAMP], [0])
    assert (text[: cuts[0][1].start] + text[cuts[0][1].end :] if cuts else None) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("今天到花蓮。 -- ※ 發信站: 河東坊(hd.example), 來自: 0.0.0.0 ※ 文章網址: a.html", "今天到花蓮。"),
        ("明天上船※ 来源:·河东社区 hd.example·[FROM: 0.0.0.*]", "明天上船"),
        ("※ 發信站: 河東坊(hd.example)", None),
        ("※ 引述《小禾》之銘言，今天到花蓮。", None),
        ("今天到花蓮。※ 照片在下一篇。", None),
        ("来源：河东社区，今天到花莲。", None),
    ],
)
def test_the_signature_of_a_board_is_cut(text, rest):
    """What a board prints under a post is cut from a line that holds both; a line of its own is none."""
    cuts = find_cuts([text], [STAMP], [0])
    assert (text[: cuts[0][1].start] + text[cuts[0][1].end :] if cuts else None) == rest
