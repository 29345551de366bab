"""site_lists: the characters that mirror sites are known to annotate.

Reads    the notes of a page, its text
Adds     nothing; answers one question
Source   26 public mirror pages: 21 of 24 with readings follow one list, of which a site takes the upper part,
         so that a character is annotated only where all those above it are; one family has a list of its own
"""

from collections.abc import Collection, Mapping

SCALE = (
    "發準調應點實風內統學認構機嚴術謹揚",
    "現當經關標規結擔優責轉權護細補",
    "礎獻據習數預聯紀醫節範側",
    "領導協務復環戰執業網訓",
    "創產態遠",
    "鄉設質達",
    "強農隊養區負",
    "項報堅",
    "進藍團運絡續",
    "號鎮無濟計穩",
    "績時錯價",
    "個會驗寫獨",
    "對盤營",
    "國勢動評測",
    "識級爭儲",
    "類長",
    "來沒見",
    "過開問書說",
)
"""The list, from what all sites annotate to what few do; its steps are those seen between sites."""
OTHER = "實動進領發關點聯會來務業個網協過見問門開優類時書創著態長經話簡價線專盤無績絡頁稱風車質學術"
"""The other family's; some of its pages have 說, 驗 and 現 too."""

_RANK = {char: rank for rank, chars in enumerate(SCALE) for char in chars}

TWO_READINGS = frozenset("調應當強長會說數沒過車個間")
"""Those of them that a writer may gloss wherever they stand, because they are read in two ways."""

MIN_LISTED = 2
"""Different characters of a list that must be annotated."""
MIN_LISTED_SHARE = 0.5
"""Their share of the annotated ones: an eighth of the rarer characters is annotated besides."""


def is_listed(char: str) -> bool:
    """Return whether a site is known to annotate a character."""
    return char in _RANK or char in OTHER


def follows_a_list(
    annotated: Mapping[str, int], others: Collection[str], *, may_be_one: bool = False
) -> bool:
    """Return whether the annotated characters of a page are those of a site's list, and no other of it is there.

    annotated: character -> its notes; others: characters of the page that are not annotated wherever they stand.
    may_be_one: one character of one reading is enough where it returns, with a note each time.
    """
    returns = (
        len(annotated) == 1 and sum(annotated.values()) >= MIN_LISTED and TWO_READINGS.isdisjoint(annotated)
    )
    least = 1 if may_be_one and returns else MIN_LISTED
    scale = [char for char in annotated if char in _RANK]
    if len(scale) >= max(least, MIN_LISTED_SHARE * len(annotated)):
        lowest = max(_RANK[char] for char in scale)
        if not any(_RANK.get(char, len(SCALE)) <= lowest for char in others):
            return True
    other = [char for char in annotated if char in OTHER]
    return len(other) == len(annotated) >= least and not any(char in OTHER for char in others)


def exceptions(annotated: Collection[str], others: Collection[str]) -> int:
    """Return how many characters of the page a site that annotates those of a list would annotate besides.

    0 when none is of a list. annotated: different characters; others: as in ``follows_a_list``.
    """
    scale = [_RANK[char] for char in annotated if char in _RANK]
    listed = sum(map(is_listed, annotated))
    if not listed:
        return 0
    lowest = max(scale, default=-1)
    missing = sum(_RANK.get(char, len(SCALE)) <= lowest for char in others) + listed - len(scale)
    strange = sum(char not in OTHER for char in annotated if char in _RANK)
    return min(missing, sum(char in OTHER for char in others) + strange)
