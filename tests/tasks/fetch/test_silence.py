"""Hosts that do not answer: what they cost a run, what the next runs know of them, and how they are found again."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch import Pause
from tasks.fetch.left_alone import LONGEST_PAUSE
from tasks.reasons import Reject

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
QUICK = {"attempts": 3, "backoff_s": 0.001, "source": {"obey_robots": False, "host_connections": 1}}


@pytest.fixture
def dead(server):
    """Make paths dead, or any path that is not there: ``dead(status)`` answers so, without a status nothing comes."""

    def make(paths, status=None):
        for path in paths:
            if status:
                server.routes[path] = server.status(status)
            else:
                server.raw(path, b"")

    return make


@pytest.fixture
def run(server, crawl):
    """Crawl at a minute, remembering what earlier runs knew: ``run(minute, path, …)`` returns (paths asked, outcome)."""
    silences, states = {}, {}

    def run_at(minute, *paths, **options):
        del server.asked[:]
        now = NOW + timedelta(minutes=minute)
        given = {**QUICK, **options}
        outcome = crawl(
            *(path if "://" in path else server.url(path) for path in paths),
            states=states,
            silences=dict(silences),
            now=lambda: now,
            **given,
        )
        for pause in outcome.of(Pause):
            if pause.status:
                silences.pop(pause.host, None)
            else:
                silences[pause.host] = (pause.noted_at, pause.until)
        return server.paths(), outcome

    return run_at


@pytest.mark.parametrize("status", [None, 429, 503])
def test_a_dead_host_costs_a_run_little(server, crawl, dead, status):
    """However many of its pages wait: some in a row are tried to the end, before the rest is asked for."""
    pages = [f"/{i}" for i in range(300)]
    dead(pages, status)

    outcome = crawl(*map(server.url, pages), **QUICK)

    assert len(server.paths()) <= 30
    assert len({each.uri for each in outcome.of(Reject)}) == 300
    assert sum(each.attempts == 3 for each in outcome.of(Reject)) == 5


@pytest.mark.parametrize("status", [None, 503])
def test_a_part_of_a_site_that_is_down_does_not_cost_the_rest(server, crawl, dead, status):
    """Pages from the other end of the queue show that the host is alive."""
    bad, good = [f"/old/{i}" for i in range(20)], [f"/new/{i}" for i in range(30)]
    dead(bad, status)
    for path in good:
        server.text(path, server.page(f"春天{path}"))

    outcome = crawl(*map(server.url, bad + good), **QUICK)

    assert len(outcome.documents) == 30
    assert len(outcome.rejects) == 20
    assert not outcome.of(Pause)


@pytest.mark.parametrize("status", [404, 500])
def test_answers_are_no_silence(server, crawl, dead, status):
    """A host that answers each time with an error of the page is asked for each page."""
    pages = [f"/{i}" for i in range(12)]
    dead(pages, status)

    outcome = crawl(*map(server.url, pages), **{**QUICK, "attempts": 1})

    assert set(server.paths()) == set(pages)
    assert not outcome.of(Pause)


def test_a_silent_host_is_asked_more_seldom_and_found_again(server, run, dead):
    """At once by the next run, then after 5, 10, 20 minutes, each hour at last, one page each time; then as ever."""
    pages = [f"/{i}" for i in range(8)]
    dead(pages)

    asked = [minute for minute in range(0, 300, 5) if run(minute, *pages)[0]]
    assert asked == [0, 5, 10, 20, 40, 80, 140, 200, 260]
    assert set(run(320, *pages)[0]) <= {"/0", "/7"}

    for path in pages:
        server.text(path, server.page(f"好{path}"))
    assert run(375, *pages)[0] == []
    paths, outcome = run(380, *pages)
    assert sorted(paths) == pages
    assert len(outcome.documents) == 8
    assert outcome.of(Pause) == [
        Pause("127.0.0.1", server.url(paths[-1]), 200, *[NOW + timedelta(minutes=380)] * 2)
    ]
    assert not run(385, *pages)[1].of(Pause)


def test_each_page_is_named_once_and_then_one_for_all(server, run, dead):
    """The pages behind a listing: a row each in the run that finds the host silent, few in those after it."""
    links = "".join(f"<url><loc>{server.url(f'/p/{i}')}</loc></url>" for i in range(40))
    server.text("/s.xml", f"<urlset>{links}</urlset>", content_type="text/xml")
    listing = server.url("/s.xml", "127.0.0.2")
    dead([f"/p/{i}" for i in range(40)])
    assert len(run(0, listing)[1].rejects) == 40

    later = run(1, listing)[1]
    assert 2 <= len(later.rejects) <= 4
    assert not later.done

    alone = run(2, listing)[1]
    (named,) = alone.of(Reject)
    assert (named.reason, named.attempts) == ("left_alone", 0)
    assert named.detail == "127.0.0.1 did not answer and is left alone until 2024-05-01 16:06 (UTC+8)"
    assert alone.traffic.silent == {"127.0.0.1": NOW + timedelta(minutes=6)}
    assert alone.traffic.pages_left_alone >= 35
    assert not alone.traffic.left_alone


def test_pages_that_wait_cost_nothing(server, crawl):
    """Not even a look at what is known of their host's rules: there may be thousands of them, in each run."""
    looked = []
    silences = {"127.0.0.1": (NOW, NOW + timedelta(minutes=5))}

    outcome = crawl(
        *(server.url(f"/{i}") for i in range(50)), silences=silences, robots=looked.append, now=lambda: NOW
    )

    assert outcome.traffic.pages_left_alone == 50
    assert (looked, server.paths(robots=True)) == ([], [])


def test_the_sources_of_a_silent_host_are_each_named(run, dead):
    """Whoever looks for one of them among the rejects finds it."""
    dead(["/a", "/b"])
    for minute in (0, 1, 2):
        assert {uri for uri, _ in run(minute, "/a", "/b")[1].rejects} == {"a", "b"}


def test_whoever_asks_in_person_is_served(server, run, dead):
    """A host that is left alone is asked at once, for every page."""
    dead(["/a"])
    run(0, "/a"), run(1, "/a")
    assert run(2, "/a")[0] == []
    server.text("/a", server.page("春天"))

    assert len(run(3, "/a", ask_now=True)[1].documents) == 1
    assert run(4, "/a")[0] == ["/a"]


def test_one_host_says_nothing_of_another(server, crawl, dead):
    """And a page that is slow says nothing of a host that answered."""
    dead(["/dead"])
    server.text("/a", server.page("好"))

    outcome = crawl(server.url("/a"), server.url("/dead"), server.url("/dead", "127.0.0.2"), **QUICK)

    assert [pause.host for pause in outcome.of(Pause)] == ["127.0.0.2"]


def test_a_clock_that_was_wrong_closes_no_host(server, run, crawl):
    """A time that no run of today could have noted does not count."""
    server.text("/a", server.page("春天"))
    silences = {"127.0.0.1": (NOW, NOW + LONGEST_PAUSE)}

    assert len(crawl(server.url("/a"), silences=silences, now=lambda: NOW, **QUICK).documents) == 1
