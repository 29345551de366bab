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
    cuts = find_cuts([text], [STAMP])
    assert (text[: cuts[0][1].start] + text[cuts[0][1].end :] if cuts else None) == rest
