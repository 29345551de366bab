"""The report: what it says, and that nothing from a document is read as Markdown."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.chart import Bar, bars
from flows.health import RunSize, SourceCount, SourceHistory, beginnings_of
from flows.markdown import cell, place
from flows.run_report import RunReport, as_markdown
from flows.summary import as_text, headline
from flows.traffic import hosts_left_alone, led_nowhere
from tasks.sources import Source
from warehouse.readers import read_only_connection

NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
SUMMARY = {
    "documents": 7, "new": 4, "unchanged": 2, "articles": 4, "duplicates": 1, "rejects": 1, "edits": 9,
    "seconds": 2.5, "snapshot_id": 12, "run_id": "20240301T000000-ab12", "failures": [],
    "step_seconds": {"clean": 1.5, "load": 0.5},
}  # fmt: skip


def report(**changes):
    """A report of a run with everything in it."""
    values = {
        "summary": SUMMARY,
        "warehouse": Path("/srv/the lake"),
        "rejects": [("fetch", "empty", 1, "file:///in/a.txt", "no bytes")],
        "rules": {"pinyin_notes@1": 7, "whitespace@1": 2},
        "copies": [("near", 1, "河湾步道", "https://a.example/1", "步道通行", "https://b.example/2", 0.93)],
        "sources": [SourceCount("县报", new=4, again=2, rejected=1, asked=4, not_modified=1)],
        "histories": {"县报": SourceHistory("县报", NOW, NOW, 3, timedelta(hours=1))},
        "growth": [RunSize("r", None, NOW, 4, 1, 1)],
        "loaded": 400,
    }
    return as_markdown(RunReport(**{**values, **changes}))


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("# 4 new, 1 copy, 2 unchanged, 1 rejected", id="headline"),
        pytest.param("**empty** | fetch | 1 | /in/a.txt | no bytes", id="reject-with-example"),
        pytest.param(
            "[河湾步道](<https://a.example/1>) | [步道通行](<https://b.example/2>) | near 0.93",
            id="copy-linked",
        ),
        pytest.param("县报 | ok | 4 | 2 | 1 (14%) | 25% | 2024-03-01 16:00 | 2024-03-01 16:00", id="source"),
        pytest.param("Slowest step: **clean**", id="slowest-step"),
        pytest.param("pinyin\\_notes@1 | 7", id="rule"),
        pytest.param("wencang sql --warehouse '/srv/the lake' \\\n  --at 12", id="query"),
        pytest.param("similarity, duplicate_of from duplicates", id="query-of-copies"),
        pytest.param("select step, reason, uri, detail from rejects", id="query-of-rejects"),
        pytest.param("Times are China's (UTC+8).", id="zone"),
        pytest.param("where run_id = '20240301T000000-ab12'", id="rows-of-the-run"),
        pytest.param("data:image/svg+xml;base64,", id="chart"),
        pytest.param("400 articles loaded so far", id="total"),
    ],
)
def test_the_report_says(shown):
    """Counts, reasons with examples, links, the slowest step, the sources, and how to see the rows."""
    assert shown in report()


@pytest.mark.parametrize("query", re.findall(r'wencang sql[^"]*"([^"]+)"', report()))
def test_the_queries_of_the_report_run(query, empty_lake):
    """Each query, as it is printed, is SQL that the warehouse answers."""
    con = read_only_connection(empty_lake)
    try:
        assert con.execute(query).fetchall() == []
    finally:
        con.close()


def test_there_is_a_query_for_each_kind_of_row():
    """Articles, copies and rejects of the run, each in a block to copy."""
    assert re.findall(r"from (\w+)\n  where run_id", report()) == ["all_articles", "duplicates", "rejects"]


def test_one_is_not_many():
    """A single document, article, copy or edit is told in the singular; none and several are not."""
    one = {**SUMMARY, "documents": 1, "articles": 1, "edits": 1}
    assert as_text(one, []).startswith("1 document: 4 new")
    assert "1 article loaded, 1 of them a copy; 1 edit\n" in as_text(one, [])
    several = {**SUMMARY, "duplicates": 0}
    assert as_text(several, []).startswith("7 documents: 4 new")
    assert "4 articles loaded, 0 of them copies; 9 edits\n" in as_text(several, [])


def test_a_report_of_nothing_is_short():
    """A run that found nothing has no empty tables."""
    nothing = {**SUMMARY, **dict.fromkeys(("documents", "new", "unchanged", "articles", "duplicates", "rejects"), 0),
               "snapshot_id": None, "step_seconds": {}}  # fmt: skip
    text = as_markdown(RunReport(nothing, Path("lake")))

    assert text.startswith("# nothing to read")
    assert "## Rejected" not in text
    assert "nothing was committed" in text
    assert "wencang sql" not in text


@pytest.mark.parametrize(
    "text",
    ["a|b", "<script>alert(1)</script>", "![x](http://e.example/p.png)", "**x**", "`x`", "[a](b)", "a\n# b"],
)
def test_text_of_documents_stays_text(text):
    """A title is neither a column, nor an image, nor a heading, nor HTML."""
    shown = cell(text)

    assert "\n" not in shown
    for mark in ("|", "<", "*", "`", "[", "!", "#"):
        assert shown.count(mark) == shown.count(f"\\{mark}")


def test_a_link_cannot_be_broken_out_of():
    """An address ends where its link ends, whatever it holds."""
    assert place("https://e.example/a>b|c", "题") == "[题](<https://e.example/a%3Eb%7Cc>)"
    assert place("javascript:alert(1)", "题").startswith("题")


def test_hosts_that_are_left_alone_are_told():
    """In the report and on the terminal: until when, and how many pages wait; a few by name."""
    until = (NOW + timedelta(hours=1)).isoformat()
    one = {**SUMMARY, "left_alone": {"a_b.example": until}, "pages_left_alone": 1}
    told = "a_b.example asked to be left alone until 2024-03-01 17:00 (UTC+8); 1 page waits"
    assert told in as_text(one, [])
    assert told.replace("_", "\\_") in report(summary=one)

    silent = hosts_left_alone({"left_alone": {}, "silent": {"b.example": until}, "pages_left_alone": 2})
    assert silent.startswith(
        "b.example did not answer and is left alone until 2024-03-01 17:00 (UTC+8); 2 pages"
    )

    many = hosts_left_alone({"left_alone": {f"{n}.example": until for n in range(5)}, "pages_left_alone": 9})
    assert "2.example asked" in many
    assert "and 2 more hosts (UTC+8); 9 pages wait" in many


def test_failures_come_first():
    """What could not be done stands before everything else."""
    text = report(summary={**SUMMARY, "failures": ["batch 3 (x …): WorkerDied: gone"]})

    assert text.index("Could not be done") < text.index("## Growth")
    assert "1 batch failed" in headline({**SUMMARY, "failures": ["x"]})


@pytest.mark.parametrize(
    ("count", "state"),
    [
        pytest.param(SourceCount("a", rejected=3), True, id="only-rejects"),
        pytest.param(SourceCount("a", rejected=3, new=1), False, id="some"),
        pytest.param(SourceCount("a", rejected=3, same=1), False, id="some-as-before"),
        pytest.param(SourceCount("a"), False, id="nothing"),
    ],
)
def test_a_source_fails_when_it_gives_only_rejects(count, state):
    """One good document, or one that is as before, and the source works."""
    assert count.is_failing is state


@pytest.mark.parametrize(
    ("quiet", "gap", "runs", "silent"),
    [
        pytest.param(timedelta(hours=30), timedelta(hours=1), 9, True, id="hourly-since-a-day"),
        pytest.param(timedelta(hours=20), timedelta(hours=1), 9, False, id="not-a-day-yet"),
        pytest.param(timedelta(days=4), timedelta(days=1), 9, False, id="daily-since-four-days"),
        pytest.param(timedelta(days=6), timedelta(days=1), 9, True, id="daily-since-six-days"),
        pytest.param(timedelta(days=60), timedelta(days=1), 2, False, id="never-had-a-habit"),
    ],
)
def test_silence_is_measured_by_habit(quiet, gap, runs, silent):
    """A source is silent after five of its usual gaps, and a day at least."""
    assert SourceHistory("a", NOW, NOW - quiet, runs, gap).is_silent(NOW) is silent


@pytest.mark.parametrize(
    ("location", "own", "other"),
    [
        ("/in/dumps/*.jsonl", "/in/dumps/a.jsonl#1", "/in/dumps2/a.jsonl#1"),
        ("/in/报", "/in/报/a.txt", "/in/报纸/a.txt"),
        ("/in/报/", "/in/报/a.txt", "/in/报纸/a.txt"),
        ("/in/a.txt", "/in/a.txt", "/in/a.txt.gz"),
        ("/in/a.jsonl", "/in/a.jsonl#7", "/in/a.jsonl.gz#7"),
        ("/in/a.zip", "/in/a.zip!/b.txt", "/in/a.zip.txt"),
        ("https://example.org/a/feed.xml", "https://example.org/b.html", "https://example.org.cn/b.html"),
    ],
)
def test_documents_are_told_by_their_source(location, own, other):
    """What is in a folder or a file, below the fixed part of a glob, on a host; not what is only called like it."""
    source = Source(location=location)
    own, other = (place if "://" in place else f"file://{place}" for place in (own, other))

    assert f"{own}#".startswith(beginnings_of(source))
    assert not f"{other}#".startswith(beginnings_of(source))


def test_a_chart_draws_what_is_there():
    """A part of nothing is not drawn; the smallest part can be seen."""
    picture = bars([Bar((10_000, 0, 1), "x < y")], ("a", "b", "c"), ("then", "now"))

    assert picture.count("<rect") == 2 + 3
    assert 'height="1.0"' in picture
    assert "x &lt; y" in picture


def test_what_was_asked_of_the_web_is_in_the_report():
    """Requests, the share answered 304, and bytes; a run over files says nothing of it."""
    web = {"requests": 76, "requests_not_modified": 21, "received_bytes": 1_234_567}

    assert "76 requests, 21 answered 304 (28 %), 1.2 MB received" in report(summary=SUMMARY | web)
    assert "76 requests" in as_text(SUMMARY | web, [])
    assert "request" not in as_text(SUMMARY, [])


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0), ""),
        ((1, 0, 0), ": read 1 feed, sitemap or list, which names no page"),
        ((1, 3, 3), ": read 1 feed, sitemap or list, which names 3 pages; include and exclude leave out 3"),
        ((2, 2, 0), ": read 2 feeds, sitemaps or lists, which name no page but themselves"),
    ],
)
def test_a_list_that_leads_nowhere_is_told_of(counts, said):
    """Where nothing was read, what stood there says why."""
    assert led_nowhere(dict(zip(("listings", "links", "links_left_out"), counts, strict=True))) == said
