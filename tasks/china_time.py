"""china_time: the zone in which people are told times, and in which a day begins."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""China's one zone, without summer time since 1991; Taiwan and Hong Kong share it."""
