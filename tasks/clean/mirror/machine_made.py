"""machine_made: traditional text made character by character from simplified text.

Reads    text
Adds     nothing; answers one question
Source   A converter without phrases leaves characters alone that have two traditional forms:
         后 stays 后 where a writer has 後. Among the pairs below the share of kept forms was 1.00 on
         mirror pages, 0.001 in Taiwan prose, 0.05 in transcribed Cantonese.
"""

import re

from tasks.script.classify import detect_script

PAIRS = "于於 后後 么麼 里裡裏 云雲 范範 并並 采採"
"""Simplified form first, then what a writer of traditional Chinese has for most of its meanings."""

MIN_EVIDENCE = 5
"""Characters of ``PAIRS`` that a text must have before it is judged."""
MIN_KEPT_SHARE = 0.7
"""Share of kept simplified forms from which a text counts as machine-made."""

_TRADITIONAL = re.compile("[這個們來為國會時對學說過經發還動現長電體點機實車開問無話書見關門東]")
_SIMPLIFIED = re.compile("[这个们来为国会时对学说过经发还动现长电体点机实车开问无话书见关门东]")
_BEHIND_CUT = re.compile(r"\?[!;?,。！；？，][^\n,;，；。]{1,30}")
_KEPT = re.compile(f"[{''.join(pair[0] for pair in PAIRS.split())}]")
_WRITTEN = re.compile(f"[{''.join(pair[1:] for pair in PAIRS.split())}]")


def machine_made(text: str) -> bool:
    """Return whether traditional text keeps the simplified forms only a converter keeps.

    False for simplified text (nothing was converted) and for text with too little evidence.
    Wrong for a traditional page that quotes much simplified text.

    >>> machine_made("這個問題由于歷史的原因,在會議后才說明,關于時間,對于學生來說,最后還是沒有什么進展。")
    True
    >>> machine_made("這個問題由於歷史的原因,在會議後才說明,關於時間,對於學生來說,最後還是沒有什麼進展。")
    False
    """
    kept = len(_KEPT.findall(text))
    if kept < MIN_EVIDENCE * MIN_KEPT_SHARE or not is_traditional(text):
        return False
    total = kept + len(_WRITTEN.findall(text))
    return total >= MIN_EVIDENCE and kept >= MIN_KEPT_SHARE * total


def only_kept_forms(text: str) -> bool:
    """Return whether a short text has at least one form that only a converter keeps, and none of the others."""
    return _KEPT.search(text) is not None and not has_written_forms(text)


def kept_forms(text: str) -> int:
    """Return how many forms a text has that only a converter keeps."""
    return len(_KEPT.findall(text))


def has_written_forms(text: str) -> bool:
    """Return whether a text has a form that a writer of traditional Chinese has, and no such converter."""
    return _WRITTEN.search(text) is not None


def mostly_written_forms(text: str) -> bool:
    """Return whether a text has more forms that only a writer has than forms that a converter keeps."""
    return len(_WRITTEN.findall(text)) > len(_KEPT.findall(text))


def is_traditional(text: str) -> bool:
    """Return whether common characters with two forms stand in their traditional form, nine of ten times.

    What stands behind a cut may be read one step aside; it does not count against. A text without common ones
    is judged by all of its characters.
    """
    traditional, simplified = len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))
    if not traditional + simplified:
        return detect_script(text) == "hant"
    if traditional < 9 * simplified and traditional > simplified:
        simplified = len(_SIMPLIFIED.findall(_BEHIND_CUT.sub("", text)))
    return traditional > 0 and traditional >= 9 * simplified


def mostly_simplified(text: str) -> bool:
    """Return whether more of those characters stand in their simplified form than in the other."""
    return len(_SIMPLIFIED.findall(text)) > len(_TRADITIONAL.findall(text))
