"""title_paths: the path to a page, as plain text prints it, and the title that is its last step.

Reads    the texts of a page above its prose
Gives    whether a line is the last step of a path. A short one is also the name of many a column: it has to
         stand right below the path, word by word, and must not end as columns do
"""

import re
from collections.abc import Sequence
from typing import Final

LEAST_STEP: Final = 10
"""Characters from which the last step of a path is no column."""
FEWEST_STEPS: Final = 2
"""Steps above a shorter one."""
_AROUND: Final = " \t\u3000|"
_STEP: Final = re.compile("[>›»＞→]")
_COLUMN: Final = re.compile(
    r"(?:新[闻聞]|公告|公示|通知|[动動][态態]|[资資][讯訊]|信息|[头頭][条條]|要[闻聞]|快[讯訊]|[频頻]道|中心|[栏欄]目?|[专專][题題区區]|[评評論论]|文章|知[识識]|案例|介[绍紹]|"
    r"[简簡]介|[风風]采|精神|工作|建[设設]|文化|生活|[园園]地|天地|之窗|下[载載]|服[务務]|法[规規]|公[开開]|正文|内容|[详詳]情|列表|大全|[类類]|史|[学學])$"
)
"""How columns end."""


def paths_of(texts: Sequence[str]) -> list[str]:
    """Return the lines that hold a mark of a path."""
    if not _STEP.search("\n".join(texts)):
        return []
    return [text.rstrip() for text in texts if _STEP.search(text)]


def ends_path(texts: Sequence[str], index: int, paths: Sequence[str]) -> bool:
    """Tell whether a path to the page ends with a line: its last step is the title.

    paths: what ``paths_of`` found on the page.
    """
    text = texts[index]
    if len(text) >= LEAST_STEP:
        return any(len(path) > len(text) + 3 and path.endswith(text.strip(_AROUND)) for path in paths)
    if index == 0 or texts[index - 1].rstrip() not in paths:
        return False
    *steps, last = _STEP.split(texts[index - 1])
    own = text.strip(_AROUND)
    return len(steps) >= FEWEST_STEPS and last.strip() == own and _COLUMN.search(own) is None
