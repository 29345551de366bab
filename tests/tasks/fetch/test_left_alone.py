"""What hosts say about being asked, from run to run: Retry-After and robots.txt, by a clock of the test's."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch import Pause, RobotsState
from tasks.fetch.left_alone import LONGEST_PAUSE
from tasks.reasons import Reject

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def run(server, crawl):
    """Crawl at an hour, remembering what hosts said: ``run(hour, path, …)`` returns (paths asked, outcome)."""
    robots, pauses, states = {}, {}, {}

    def run_at(hour, *paths, **options):
        del server.asked[:]
        urls = [path if "://" in path else server.url(path) for path in paths]
        now = NOW + timedelta(hours=hour)
        held = {host: until for host, until in pauses.items() if until > now}
        outcome = crawl(
            *urls, states=states, robots=robots.get, pauses=held, now=lambda: now, attempts=2, **options
        )
        robots.update({each.uri: each for each in outcome.of(RobotsState)})
        pauses.update({each.host: each.until for each in outcome.of(Pause)})
        return server.paths(robots=True), outcome

    return run_at


def test_a_host_is_left_alone_across_runs(server, run):
    """Not one request, not for its rules either, until the time it named; then it is asked as before."""
    server.routes["/a"] = server.status(429, Retry_After="3600")
    assert run(0, "/a")[1].rejects == [("a", "http_error")]
    server.text("/a", server.page("春天"))

    for hour in (0.1, 0.5, 0.99):
        paths, outcome = run(hour, "/a")
        assert paths == []
        assert outcome.rejects == [("a", "left_alone")]
        assert outcome.of(Reject)[0].attempts == 0
        assert (
            "127.0.0.1 asked to be left alone until 2024-05-01 17:00 (UTC+8)" in outcome.of(Reject)[0].detail
        )
        assert outcome.traffic.left_alone == {"127.0.0.1": NOW + timedelta(hours=1)}
        assert outcome.traffic.pages_left_alone == 1
        assert not outcome.of(Pause)

    assert len(run(1.01, "/a")[1].documents) == 1


def test_of_a_host_left_alone_one_page_is_named(server, run):
    """In the run that is told so each page has its row; the runs after it must not write thousands each."""
    server.routes["/p/0"] = server.status(503, Retry_After="3600")
    pages = [f"/p/{i}" for i in range(6)]
    _, told = run(0, *pages, source={"host_connections": 1})
    assert told.rejects == [("0", "http_error"), *[(str(i), "left_alone") for i in range(1, 6)]]

    _, later = run(0.5, *pages)
    assert len(later.rejects) == 1
    assert later.traffic.pages_left_alone == 6


def test_pages_left_alone_are_no_pages_of_the_run(server, run):
    """They do not use up ``max_pages``: the other hosts of a list are read."""
    server.routes["/a"] = server.status(429, Retry_After="3600")
    run(0, "/a")
    server.text("/b", server.page("好"))

    _, outcome = run(0.5, "/a", server.url("/b", "127.0.0.2"), source={"max_pages": 1})
    assert [d.uri for d in outcome.documents] == [server.url("/b", "127.0.0.2")]


def test_whoever_asks_in_person_is_served(server, run):
    """The host is asked all the same, and for its rules; what it says then counts for the next runs."""
    server.routes["/a"] = server.status(429, Retry_After="3600")
    run(0, "/a")
    assert run(0.5, "/a", ask_now=True)[0] == ["/robots.txt", "/a"]
    assert run(1.2, "/a")[0] == []

    server.text("/a", server.page("春天"))
    assert len(run(1.3, "/a", ask_now=True)[1].documents) == 1


@pytest.mark.parametrize(
    ("said", "left_alone"),
    [
        ("Wed, 01 May 2024 10:00:00 GMT", timedelta(hours=2)),
        ("31536000", LONGEST_PAUSE),
        ("Thu, 01 May 2042 10:00:00 GMT", LONGEST_PAUSE),
        ("121", timedelta(seconds=121)),
    ],
)
def test_how_long_a_host_is_left_alone(server, run, said, left_alone):
    """A number or a date; a slip does not close a host for years."""
    server.routes["/a"] = server.status(503, Retry_After=said)

    (pause,) = run(0, "/a")[1].of(Pause)

    assert pause == Pause("127.0.0.1", server.url("/a"), 503, NOW, NOW + left_alone)


@pytest.mark.parametrize(
    "headers", [{}, {"Retry_After": "0"}, {"Retry_After": "soon"}, {"Retry_After": "-5"}]
)
def test_what_a_run_sits_out_is_not_remembered(server, run, headers):
    """No wait, or a short one, is over before the next run."""
    server.routes["/a"] = server.status(503, **headers)

    assert not run(0, "/a")[1].of(Pause)
    assert "/a" in run(0.1, "/a")[0]


def test_a_redirect_to_a_host_left_alone_is_not_followed(server, run):
    """It is the host that answered so that is left alone, not the one that led there."""
    there = server.url("/there", "127.0.0.2")
    server.routes["/here"] = server.status(302, Location=there)
    server.routes["/there"] = server.status(429, Retry_After="3600")
    server.text("/b", server.page("好"))
    assert run(0, "/here")[1].rejects == [("here", "http_error")]

    paths, outcome = run(0.5, "/here", "/b")
    assert sorted(paths) == ["/b", "/here"]
    assert outcome.rejects == [("here", "left_alone")]
    assert len(outcome.documents) == 1


def test_a_host_may_say_so_where_its_rules_stand(server, run):
    """``Retry-After`` on robots.txt: the rules are not asked for again and again either."""
    server.routes["/robots.txt"] = server.status(503, Retry_After="3600")
    server.text("/a", server.page("春天"))
    paths, outcome = run(0, "/a")
    assert paths == ["/robots.txt"]
    assert outcome.rejects == [("a", "left_alone")]

    assert run(0.5, "/a")[0] == []
    del server.routes["/robots.txt"]
    assert len(run(1.1, "/a")[1].documents) == 1


def test_a_part_of_an_article_may_say_so(server, run):
    """The part is not asked for again in this run, and the article comes whole after the time."""
    first = server.page("第一", body='<a href="/a_2.html">下一页</a>')
    server.text("/a.html", first)
    server.routes["/a_2.html"] = server.status(429, Retry_After="3600")
    paths, outcome = run(0, "/a.html")
    assert paths.count("/a_2.html") == 1
    assert not outcome.done

    server.text("/a_2.html", server.page("第二"))
    assert "第二" in run(2, "/a.html")[1].pages[0]


def test_a_robots_file_is_kept_for_a_day(server, run):
    """Its rules hold without a request; after a day it is asked for again, and a change holds from then on."""
    server.text("/robots.txt", "User-agent: *\nDisallow: /no", content_type="text/plain")
    server.text("/a", server.page("春天"))
    assert run(0, "/a", "/no")[0] == ["/robots.txt", "/a"]
    server.text("/robots.txt", "User-agent: *\nDisallow: /a", content_type="text/plain")

    for hour in (1, 23.9):
        paths, outcome = run(hour, "/a", "/no")
        assert paths == ["/a"]
        assert outcome.rejects == [("no", "robots")]
        assert not outcome.of(RobotsState)

    paths, outcome = run(24, "/a", "/no")
    assert paths == ["/robots.txt", "/no"]
    assert outcome.rejects.count(("a", "robots")) == 1


def test_a_site_without_rules_is_not_asked_for_them_in_each_run(server, run):
    """404 is an answer, which holds for a day as well; what is no answer is not remembered."""
    server.text("/a", server.page("春天"))
    assert run(0, "/a")[0] == ["/robots.txt", "/a"]
    assert run(1, "/a")[0] == ["/a"]

    server.routes["/robots.txt"] = server.status(500)
    assert run(25, "/a")[1].of(RobotsState) == []
    assert "/robots.txt" in run(25.1, "/a")[0]


@pytest.mark.parametrize(
    ("control", "asked_at"),
    [
        ("public, max-age=7200", [0, 2, 4]),
        ("no-cache", [0, 1, 2, 3, 4]),
        ("max-age=999999999", [0]),
        ("private", [0]),
    ],
)
def test_a_site_says_how_long_its_rules_hold(server, run, control, asked_at):
    """``Cache-Control``, a day at the longest."""
    server.text("/robots.txt", "User-agent: *\nDisallow:", content_type="text/plain", Cache_Control=control)
    server.text("/a", server.page("春天"))

    assert [hour for hour in range(5) if "/robots.txt" in run(hour, "/a")[0]] == asked_at


def test_news_of_a_robots_file_are_asked_for(server, run):
    """304: the rules hold for another day, and were not sent again."""
    rules = "User-agent: *\nDisallow: /no"
    server.routes["/robots.txt"] = server.tagged(rules, '"1"', kind="text/plain")
    run(0, "/no")
    paths, outcome = run(25, "/no")
    assert paths == ["/robots.txt"]
    assert outcome.traffic.not_modified == 1
    assert outcome.rejects == [("no", "robots")]
    assert outcome.of(RobotsState)[0].text == rules

    assert run(48, "/no")[0] == []
    assert run(48, "/no", ask_now=True)[1].traffic.not_modified == 1


def test_validators_belong_to_the_address_that_gave_them(server, run):
    """Behind a redirect the file is asked for whole: its tag means nothing where one is sent on."""
    server.routes["/robots.txt"] = server.status(301, Location="/rules.txt")
    server.routes["/rules.txt"] = server.tagged("User-agent: *\nDisallow: /no", '"1"', kind="text/plain")
    assert run(0, "/no")[1].of(RobotsState)[0].etag is None

    _, outcome = run(25, "/no")
    assert outcome.rejects == [("no", "robots")]
    assert outcome.traffic.not_modified == 0


def test_a_clock_that_is_set_back(server, run):
    """Rules that were read in what is the future now are asked for again, and no host is left alone for years."""
    server.text("/a", server.page("春天"))
    server.routes["/b"] = server.status(429, Retry_After="3600")
    run(10_000, "/a", "/b")

    assert {"/robots.txt", "/a", "/b"} <= set(run(0, "/a", "/b")[0])
