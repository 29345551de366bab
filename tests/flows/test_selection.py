"""Which sources and days a run reads."""

from datetime import UTC, date, datetime

import pytest

from flows.selection import UnknownSource, choose, day_of, in_days, limit_web, split_missing
from tasks.discover import Input
from tasks.sources import Source

MARCH = int(datetime(2024, 3, 5, tzinfo=UTC).timestamp() * 1e9)


def found(location: str) -> Input:
    """A file, changed on 5 March 2024."""
    return Input(f"file://{location}", "file", location, Source(location="/in"), 1, MARCH)


@pytest.mark.parametrize(
    ("location", "day"),
    [
        ("/in/2023-07-09/a.html", date(2023, 7, 9)),
        ("/in/2023/07/09/a.html", date(2023, 7, 9)),
        ("/in/news_20230709.jsonl.gz", date(2023, 7, 9)),
        ("/in/2020-01-01/dump-2023.07.09.csv", date(2023, 7, 9)),
        ("/in/a.html", date(2024, 3, 5)),
        ("/in/120230709123.html", date(2024, 3, 5)),
        ("/in/2023-13-09.html", date(2024, 3, 5)),
        ("/in/2023-02-30.html", date(2024, 3, 5)),
        ("/in/2023-0709.html", date(2024, 3, 5)),
    ],
)
def test_the_day_is_in_the_name_or_on_the_file(location, day):
    """The last date in the path counts; a number that is no date does not."""
    assert day_of(found(location)) == day


def test_a_range_takes_both_ends():
    """First and last day are taken, the days beside them are not; without a range there is no test."""
    takes = in_days(date(2023, 7, 1), date(2023, 7, 31))

    assert takes is not None
    assert [takes(found(f"/in/2023-{day}.txt")) for day in ("06-30", "07-01", "07-31", "08-01")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert in_days(None, None) is None


def test_sources_are_chosen_by_name_or_location():
    """A name nobody has is said, with the names there are."""
    sources = [Source(location="/in", name="县报"), Source(location="/more")]

    assert choose(sources, []) == sources
    assert choose(sources, ["县报"]) == sources[:1]
    assert choose(sources, ["/more"]) == sources[1:]
    with pytest.raises(UnknownSource, match=r"市报.*县报, /more"):
        choose(sources, ["市报"])


def test_a_missing_source_does_not_stop_the_others(tmp_path):
    """What is not there is named; what is there is read."""
    there, missing = split_missing([Source(location=str(tmp_path)), Source(location=str(tmp_path / "*.gz"))])

    assert [each.location for each in there] == [str(tmp_path)]
    assert missing == [str(tmp_path / "*.gz")]


def test_web_sources_are_limited_to_the_months():
    """Each month of the range in three spellings; a source with filters of its own keeps them."""
    own = Source(location="https://e.example/feed", include=("*/x/*",))
    plain = Source(location="https://e.example/feed")
    limited = limit_web([own, plain, Source(location="/in")], date(2023, 12, 5), date(2024, 1, 5))

    assert limited[0] == own
    assert limited[1].takes("https://e.example/2024/01/03/a.html")
    assert limited[1].takes("https://e.example/a_20231231.html")
    assert not limited[1].takes("https://e.example/2024/02/03/a.html")
    assert limited[2].include == ()
