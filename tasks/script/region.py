"""Region of traditional text: Taiwan, Hong Kong, or made by a machine from simplified text.

Source   counted on Taiwan prose, transcribed Cantonese and pages converted character by character:
         of the forms that a per-character conversion cannot decide, real traditional text keeps 0 to
         5 % simplified, machine-made text all of them.
"""

import re

from tasks.script.classify import Region

_KEPT = re.compile("[于后么里云范并采]")
_CHANGED = re.compile("[於後麼裡裏雲範並併採]")
_MIN_PAIRS = 5
_MACHINE_SHARE = 0.7

_CANTONESE = re.compile("[嘅咗喺啲佢嚟冇嘢唔咁噉哋睇攞嗰咩啱瞓嘥諗]")
_HK_FORMS = re.compile("[衞説脱鋭閲税温枱鈎敍悦藴氲兑]")
"""Standard in Hong Kong, and in no other standard of traditional characters."""
_TW_FORMS = re.compile("[裡著啟]")
_SHARED_FORMS = re.compile("[裏着啓]")
"""Hong Kong's and the classical forms of the three above."""
_MIN_FORMS = 3


def is_machine_made(text: str) -> bool:
    """Say whether traditional text was converted character by character from simplified text."""
    kept = len(_KEPT.findall(text))
    changed = len(_CHANGED.findall(text))
    return kept + changed >= _MIN_PAIRS and kept >= _MACHINE_SHARE * (kept + changed)


def detect_region(text: str) -> Region | None:
    """Return where traditional text comes from, ``None`` when it does not say; only for hant text.

    Without Cantonese, Hong Kong is named only when at least three of its forms stand and outnumber
    Taiwan's, because written text from both places is often the same.
    """
    if is_machine_made(text):
        return "machine"
    hk = len(_HK_FORMS.findall(text))
    tw = len(_TW_FORMS.findall(text))
    if len(_CANTONESE.findall(text)) >= _MIN_FORMS or (hk >= _MIN_FORMS and hk > 2 * tw):
        return "hk"
    other = hk + len(_SHARED_FORMS.findall(text))
    return "tw" if tw >= _MIN_FORMS and tw > 2 * other else None
