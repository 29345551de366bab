"""traffic: what a run asked of the web, and why it may have brought nothing, in a line each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.counted import counted, in_bytes
from tasks.china_time import CHINA
from tasks.fetch import Traffic

NAMED = 3
"""Hosts that a line names."""


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


def hosts_left_alone(summary: Mapping[str, Any]) -> str:
    """Return which hosts were not asked, because they had asked for that or did not answer, "" when none was.

    >>> hosts_left_alone({"left_alone": {"a.cn": "2024-05-01T09:00:00+00:00"}, "pages_left_alone": 12})
    'a.cn asked to be left alone until 2024-05-01 17:00 (UTC+8); 12 pages wait (wencang ingest URL asks all the same)'
    """
    told = [
        f"{host} {why} until {datetime.fromisoformat(until).astimezone(CHINA):%Y-%m-%d %H:%M}"
        for name, why in (
            ("left_alone", "asked to be left alone"),
            ("silent", "did not answer and is left alone"),
        )
        for host, until in sorted((summary.get(name) or {}).items())
    ]
    if not told:
        return ""
    more = f" and {counted(len(told) - NAMED, 'more host')}" if len(told) > NAMED else ""
    pages = summary.get("pages_left_alone", 0)
    waiting = f"; {counted(pages, 'page waits', 'pages wait')}" if pages else ""
    return f"{', '.join(told[:NAMED])}{more} (UTC+8){waiting} (wencang ingest URL asks all the same)"


def in_numbers(traffic: Traffic) -> dict[str, Any]:
    """Return what a run's summary holds of its traffic."""
    return {
        "requests": traffic.requests,
        "requests_not_modified": traffic.not_modified,
        "received_bytes": traffic.received_bytes,
        "listings": traffic.listings,
        "links": traffic.links,
        "links_left_out": traffic.links_left_out,
        "left_alone": {host: until.isoformat() for host, until in traffic.left_alone.items()},
        "silent": {host: until.isoformat() for host, until in traffic.silent.items()},
        "pages_left_alone": traffic.pages_left_alone,
    }


def led_nowhere(summary: Mapping[str, Any]) -> str:
    """Return what the feeds, sitemaps and lists held that led to nothing, "" when none was read.

    >>> led_nowhere({"listings": 1, "links": 1, "links_left_out": 0})
    ': read 1 feed, sitemap or list, which names no page but itself'
    """
    listings, links, left_out = (summary.get(name, 0) for name in ("listings", "links", "links_left_out"))
    if not listings:
        return ""
    read = f": read {counted(listings, 'feed, sitemap or list', 'feeds, sitemaps or lists')}, which "
    name, itself = ("names", "itself") if listings == 1 else ("name", "themselves")
    if left_out:
        return f"{read}{name} {counted(links, 'page')}; include and exclude leave out {left_out:,}"
    return f"{read}{name} no page" + (f" but {itself}" if links else "")
