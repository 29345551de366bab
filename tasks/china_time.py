"""china_time: the zone in which people are told times, and in which a day begins."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""UTC+8: the one zone of China, without summer time since 1991; Hong Kong, Macau and Taiwan have it too."""
