"""pen_names: pen names, and two-character names printed with a space between, alone on a line.

Reads    a folded line that holds nothing else
Gives    whether its form is that of such a name; being short is not enough, as the words of a menu are short
"""

import re
from typing import Final

from tasks.metadata.names import FREQUENT_SURNAMES, SURNAMES

_SURNAME: Final = f"[{''.join(sorted(FREQUENT_SURNAMES))}]"
_PEN_NAME: Final = re.compile(
    rf"[\u3400-\u9fff]{{0,4}}(?<![大最从中缩渺微弱])[老小阿]{_SURNAME}"
    r"|[\u3400-\u9fff]{0,3}(?<![沙科])阿(?!里|根|富|拉|尔|塞|勒|联|姨|胶|门|婆|布|卜|公$|妈$|爸$)[\u3400-\u9fff]{1,2}"
    r"|[\u3400-\u9fff]{1,4}(?:(?<![博播乘游顾旅黑极创访贵刺政骇常做请待会宾掮散熟说])客|(?<![人富])翁|老叟|山人|居士|先生|书生|散人|道人|浪子|(?<!武)侠|公子)"
    r"|[\u3400-\u9fff]{2,4}(?:主人|(?<![中世界国球港仪亚场])小姐|郎君|太太|大叔|大爷)"
)
"""老王, 码农小何, 阿磊, 江上钓客, 青山居士: how people call themselves who do not sign with their name."""
_COMMON: Final = frozenset(
    "小说 小学 小区 小康 小雪 大小 老石 小金 老白 小马 小江 小龙 小孔 老家 小白 小常 小史 小程 老汤 小方 小石 小田 小董 小熊 主人 游侠 奇侠 公子 先生".split()
)
"""Common words of the same form."""
_APART: Final = re.compile(r"(?P<first>[\u3400-\u9fff])\s{1,3}(?P<second>[\u3400-\u9fff])")


def is_pen_name(folded: str) -> bool:
    """Tell whether a line is a name that a writer made up, by its form.

    >>> is_pen_name("江上钓客"), is_pen_name("美食博客")
    (True, False)
    """
    return 2 <= len(folded) <= 7 and folded not in _COMMON and _PEN_NAME.fullmatch(folded) is not None


def is_spaced_name(folded: str) -> bool:
    """Tell whether a line is a name of two characters set as wide as one of three: 王　伟."""
    found = _APART.fullmatch(folded)
    return found is not None and found["first"] in SURNAMES
