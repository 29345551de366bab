"""traffic: what a run asked of the web, in a line."""

from collections.abc import Mapping
from typing import Any

from flows.counted import counted, in_bytes


def traffic_of(summary: Mapping[str, Any]) -> str:
    """Return what a run asked of the web, "" when it asked nothing.

    >>> traffic_of({"requests": 30, "requests_not_modified": 24, "received_bytes": 51_200})
    '30 requests, 24 answered 304 (80 %), 52 kB received'
    """
    requests, same = summary.get("requests", 0), summary.get("requests_not_modified", 0)
    if not requests:
        return ""
    return (
        f"{counted(requests, 'request')}, {same:,} answered 304 ({100 * same / requests:.0f} %), "
        f"{in_bytes(summary.get('received_bytes', 0))} received"
    )
