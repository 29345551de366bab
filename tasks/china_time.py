"""china_time: the zone of days, of times shown to people, and of times that a page prints without a zone."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""UTC+8: the one zone of China, without summer time since 1991; Hong Kong, Macau and Taiwan have it too."""
