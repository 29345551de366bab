"""Characters of which half is lost: what the page says elsewhere decides where the model alone does not."""

import pytest

from tasks.clean.mirror import repair_mirror
from tasks.clean.mirror.own_words import KNOWN, PAIR, OwnWords
from tasks.clean.mirror.tables import load_tables
from tasks.edit import PageEdits

READINGS = {
    "關": "guān", "現": "xiàn", "問": "wèn", "說": "shuō", "時": "shí", "會": "huì", "開": "kāi", "個": "gè", "見": "jiàn",
}  # fmt: skip
REST = "大家說這個時候開會最好，會上說了三個問題。關于時間，大家又說了一會。"


@pytest.mark.parametrize(
    "text",
    [
        f"停船的地方叫停云渡，停云渡的人說停船要交錢。{REST}船到了停云渡就要停。可是沒有人來。",
        f"海寧渡的船開往海寧渡，海鳥很多。{REST}三個人一起坐船去看海。可是風太大。",
        f"這里的渡口叫常渡，常渡的船慢。{REST}她說要把船開到常。可是水太淺。",
    ],
)
def test_a_character_that_the_page_has_is_preferred(text, make_mirror):
    """Of two that read alike the one that stands elsewhere on the page comes out."""
    edits = PageEdits([make_mirror(text, READINGS)])
    repair_mirror(edits)

    assert edits.texts == [text]


@pytest.mark.parametrize(
    "text",
    [
        f"河邊的鐘壞了，換鐘的人沒有來。{REST}老師們早早到校。可仍舊來不及敲鐘。",
        f"海風大，海鳥多，我們的學校在山上。{REST}學生們說完就回學校。可是誰也不說話。",
        f"停船的地方叫停云渡，停船要交錢。{REST}他說這個時候最平常。可是沒有人來。",
        f"希望小學的希老師，希望學生都來。{REST}他的書里說，日子要過得像往常。可見他想得明白。",
        f"學校的校長說，校門口的校車要換。{REST}他站在岸邊看大海。可是門還沒有開。",
        f"海上的海鳥飛過海面，海風吹著。{REST}這件事就說到這里，問題照舊，風也照常。可是誰也不說話。",
    ],
)
def test_what_reads_better_stays(text, make_mirror):
    """A character that the page has often does not come out where another reads far better."""
    edits = PageEdits([make_mirror(text, READINGS)])
    repair_mirror(edits)

    assert edits.texts == [text]


def test_only_characters_said_twice_speak():
    """Marks, letters and what stands once are worth nothing; a pair of the page is worth more; readings are no text."""
    own = OwnWords("停(tíng)船，停船，渡口，，aa")
    known_as = load_tables().known_as

    assert own.worth("", "停") == KNOWN
    assert own.worth("停", "船") == KNOWN + PAIR
    assert own.worth("船", "停") == KNOWN
    assert not any(own.worth("", known_as.get(char, char)) for char in "渡口，a云")


def test_a_page_without_text_knows_nothing():
    """An empty page is worth nothing."""
    assert not OwnWords("").steps().any()
