"""accounts: the platform account that published an article, as platforms print it beside the date.

Reads    zones of the page, the line of the date
Gives    the name of the account: 河东观察 above 企鹅号 or above its handle, 河东发布官方账号
"""

import re
from typing import Final

from tasks.metadata.outlets import COLUMN
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

NEAR: Final = 4
"""Lines between the date and the kind of account (企鹅号, 官方账号), at most."""
_SORT: Final = re.compile(
    r"(?P<name>[\w·&-]{0,16}?)(?:(?:企鹅|百家|搜狐|网易|大鱼|头条|一点|澎湃|天目|看点)号|官方[账帐]号)"
)
_HANDLE: Final = re.compile(r"微信号\s?:?\s?[A-Za-z][\w-]{4,24}")
"""The handle of an account, as a messenger prints it below the name."""
_NAME: Final = re.compile(r"[\w·&-]{2,16}")
_OTHER: Final = re.compile(r"^\d|微信|微博|分享|关注|作者|来源|认证|优质|扫|[转评赞]|发布于|\d$")


def account_beside_date(zones: Zones, date_at: int) -> tuple[str, int] | None:
    """Return the account and its line: the name stands before the kind of account, or on the line above it."""
    near = range(max(date_at - NEAR, zones.title + 1), min(date_at + NEAR + 1, zones.first))
    for index in near if date_at >= 0 else ():
        text = zones.texts[index].rstrip()
        found = _SORT.fullmatch(zones.folded(index)) if len(text) <= 24 and text[-1:] in "号號" else None
        if found is None and not (text[:2] == "微信" and _HANDLE.fullmatch(zones.folded(index))):
            continue
        name = found["name"] if found is not None else ""
        at, name = (index, name) if name else (index - 1, zones.folded(index - 1))
        if at > zones.title and _is_account(name):
            return zones.texts[at].strip()[: len(name)], at
    return None


def _is_account(name: str) -> bool:
    is_name = _NAME.fullmatch(name) is not None and name.lower() not in NOBODY
    return is_name and not (_OTHER.search(name) or COLUMN.fullmatch(name))
