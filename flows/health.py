"""health: how each source does, in this run and over the last month.

A run writes what each source gave into its summary (``core.runs.summary``), so the history of
the sources costs a reading of the runs, never of the articles.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tasks.discover import file_uri, is_url
from tasks.sources import Source
from warehouse.catalog import Warehouse

HISTORY_DAYS = 30
"""How far back a source's habit is looked for."""
QUIET_AT_LEAST = timedelta(hours=24)
QUIET_GAPS = 5
"""A source is silent after five times its usual gap between new documents, and never within a day."""
USUAL_FROM = 3
"""Runs with something new from which a gap can be called usual."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What a source gave in one run.

    title: its name; new, again, rejected: documents; same: inputs that needed no reading;
    asked, not_modified: pages asked for over HTTP, and those answered with 304; is_missing: nothing is there;
    is_left_alone: its host asked for that, and nothing came.
    """

    title: str
    new: int = 0
    again: int = 0
    rejected: int = 0
    same: int = 0
    asked: int = 0
    not_modified: int = 0
    is_missing: bool = False
    is_left_alone: bool = False

    @property
    def is_failing(self) -> bool:
        """Whether it gave nothing but rejects, without having asked to be left alone."""
        return self.rejected > 0 and not (self.new or self.again or self.same or self.is_left_alone)


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """A source over ``HISTORY_DAYS``. Times with zone; usual_gap: median time between runs with something new."""

    title: str
    last_success: datetime | None
    last_new: datetime | None
    runs_with_new: int
    usual_gap: timedelta | None

    def is_silent(self, now: datetime) -> bool:
        """Whether it has been quiet for much longer than it used to be."""
        if self.last_new is None or self.usual_gap is None or self.runs_with_new < USUAL_FROM:
            return False
        return now - self.last_new > max(QUIET_AT_LEAST, QUIET_GAPS * self.usual_gap)


def beginnings_of(source: Source) -> tuple[str, ...]:
    """Return how the addresses of a source's documents begin, a ``#`` put behind each address.

    Of a file: itself, its rows and its members; else what is below the folder, the fixed part of the glob, the host.

    >>> beginnings_of(Source(location="https://example.org/feed.xml"))
    ('https://example.org/',)
    """
    location = source.location
    if is_url(location):
        parts = urlsplit(location)
        return (f"{parts.scheme}://{parts.netloc}/",)
    if signs := [location.find(sign) for sign in "*?[" if sign in location]:
        return (file_uri(location[: min(signs)]),)
    uri = file_uri(location.rstrip("/"))
    return (f"{uri}#", f"{uri}!/", f"{uri}/")


COUNTS = """
with seen as (
    select uri, 'document' as kind from core.documents where run_id = $run
    union all select uri, 'sighting' from core.sightings where run_id = $run
    union all select uri, 'reject' from core.rejects where run_id = $run
    union all select uri, if(status = 304, 'not_modified', 'asked') from core.http_state where run_id = $run
),
source as (select unnest($titles) as title, unnest($beginnings) as beginning)
select title, kind, count(*) from seen join source on starts_with(uri || '#', beginning) group by all
"""


def count_sources(
    warehouse: Warehouse,
    run_id: str,
    sources: Sequence[Source],
    same: Sequence[str],
    missing: Sequence[str],
    left_alone: Collection[str] = (),
) -> list[SourceCount]:
    """Return what each source gave in a run.

    same: addresses that needed no reading; missing: locations; left_alone: hosts that asked for it.
    """
    pairs = [(each.title, beginning) for each in sources for beginning in beginnings_of(each)]
    given = {"run": run_id, "titles": [pair[0] for pair in pairs], "beginnings": [pair[1] for pair in pairs]}
    with warehouse.connect() as con:
        rows = con.execute(COUNTS, given).fetchall()
    found = {(title, kind): count for title, kind, count in rows}
    counts = [
        SourceCount(
            title=each.title,
            new=found.get((each.title, "document"), 0),
            again=max(0, found.get((each.title, "sighting"), 0) - found.get((each.title, "document"), 0)),
            rejected=found.get((each.title, "reject"), 0),
            same=sum(f"{uri}#".startswith(beginnings_of(each)) for uri in same),
            asked=found.get((each.title, "asked"), 0) + found.get((each.title, "not_modified"), 0),
            not_modified=found.get((each.title, "not_modified"), 0),
            is_missing=each.location in missing,
        )
        for each in sources
    ]
    return [
        replace(
            count, is_left_alone=_host_of(each) in left_alone and not (count.new or count.again or count.same)
        )
        for each, count in zip(sources, counts, strict=True)
    ]


def _host_of(source: Source) -> str | None:
    return urlsplit(source.location).hostname if is_url(source.location) else None


def as_summary(counts: Sequence[SourceCount]) -> list[dict[str, Any]]:
    """Return the counts for the summary of a run; zeros are left out."""
    return [{key: value for key, value in asdict(each).items() if value or key == "title"} for each in counts]


HISTORY = """
with given as (
    select started_at, unnest(from_json(summary -> '$.sources',
        '[{"title":"VARCHAR","new":"BIGINT","again":"BIGINT","same":"BIGINT","rejected":"BIGINT",
           "is_left_alone":"BOOLEAN"}]')) as s
    from core.runs
    where flow = 'ingest' and event_no = 2 and started_at > $since and summary is not null
),
told as (
    select s.title as title, started_at, coalesce(s.new, 0) > 0 as is_new,
        coalesce(s.new, 0) + coalesce(s.again, 0) + coalesce(s.same, 0) > 0
            or coalesce(s.rejected, 0) = 0 and not coalesce(s.is_left_alone, false) as is_good
    from given
),
gaps as (
    select title, started_at - lag(started_at) over (partition by title order by started_at) as gap
    from told where is_new
)
select title, max(started_at) filter (is_good), max(started_at) filter (is_new), count(*) filter (is_new),
    (select epoch(median(gap)) from gaps where gaps.title = told.title)
from told group by title order by title
"""


def source_histories(warehouse: Warehouse, now: datetime | None = None) -> dict[str, SourceHistory]:
    """Return the history of each source by its title."""
    since = (now or datetime.now(UTC)) - timedelta(days=HISTORY_DAYS)
    with warehouse.connect() as con:
        rows = con.execute(HISTORY, {"since": since}).fetchall()
    return {
        title: SourceHistory(title, good, new, count, timedelta(seconds=gap) if gap is not None else None)
        for title, good, new, count, gap in rows
    }


def with_this_run(
    histories: dict[str, SourceHistory], counts: Sequence[SourceCount], started_at: datetime
) -> dict[str, SourceHistory]:
    """Return the histories with a run that is not recorded yet."""
    known = dict(histories)
    for each in counts:
        before = known.get(each.title, SourceHistory(each.title, None, None, 0, None))
        good = not (each.is_failing or each.is_missing or each.is_left_alone)
        known[each.title] = replace(
            before,
            last_success=started_at if good else before.last_success,
            last_new=started_at if each.new else before.last_new,
        )
    return known


@dataclass(frozen=True, slots=True)
class RunSize:
    """A run that loaded something or stopped something, for the growth chart."""

    run_id: str
    flow_run_id: str | None
    started_at: datetime
    articles: int
    duplicates: int
    rejects: int


def last_runs(warehouse: Warehouse, most: int = 30) -> list[RunSize]:
    """Return the last ingests that loaded or rejected something, oldest first."""
    with warehouse.connect() as con:
        rows = con.execute(
            "select run_id, flow_run_id, started_at, articles, duplicates, rejects from core.runs "
            "where flow = 'ingest' and event_no = 2 and articles + rejects > 0 "
            "order by started_at desc limit ?",
            [most],
        ).fetchall()
    return [RunSize(*row) for row in reversed(rows)]


def loaded_so_far(warehouse: Warehouse) -> int:
    """Return the number of articles loaded since the beginning, copies included."""
    with warehouse.connect() as con:
        row = con.execute("select coalesce(sum(articles), 0) from core.runs where event_no = 2").fetchone()
    return int(row[0]) if row else 0
