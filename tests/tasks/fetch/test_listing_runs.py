"""Feeds over many runs: on where the last one ended, little asked for, every page once."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.discover import list_inputs
from tasks.fetch import FetchOptions, InputDone, RobotsState, Traffic, read_documents
from tasks.sources import Source

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


def rss(links) -> str:
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'


def test_what_failed_is_tried_again_in_the_next_run(pages, crawl):
    """The feed is not remembered as read while a page of it is missing; pages it has are not asked again."""
    pages.routes["/feed"] = pages.tagged(rss(["/p/1", "/p/2", "/p/3"]), '"f"', kind="text/xml")
    pages.routes["/p/2"] = pages.status(503)
    states = {}

    first = crawl(pages.url("/feed"), states=states)
    assert first.rejects == [("2", "http_error")]
    assert pages.url("/feed") not in [d.uri for d in first.done]

    del pages.asked[:]
    pages.text("/p/2", pages.page("好了"))
    second = crawl(pages.url("/feed"), states=states)
    assert [d.uri for d in second.documents] == [pages.url("/p/2")]
    assert pages.paths() == ["/feed", "/p/2"]

    del pages.asked[:]
    third = crawl(pages.url("/feed"), states=states)
    assert pages.paths() == ["/feed"]
    assert [u.uri for u in third.unchanged] == [pages.url("/feed")]


@pytest.mark.parametrize("stop_after", [0, 1, 7, 20])
def test_a_crawl_that_is_killed_goes_on_where_it_was(pages, crawl, stop_after):
    """What was recorded is not asked for again; what was not is; at the end all is there, once."""
    links = [f"/p/{i}" for i in range(1, 31)]
    pages.routes["/feed"] = pages.tagged(rss(links), '"f"', kind="text/xml")
    states, loaded = {}, []
    sources = [Source(location=pages.url("/feed"), allow_private=True, delay_s=0)]
    stream = read_documents(list_inputs(sources, {}), FetchOptions(http_state=states.get))
    for each in stream:
        if isinstance(each, InputDone):
            loaded.append(each.uri)
        elif hasattr(each, "etag"):
            states[each.uri] = each
        if len(loaded) >= stop_after:
            break
    stream.close()
    del pages.asked[:]

    second = crawl(pages.url("/feed"), states=states)

    again = [d.uri for d in second.documents]
    assert sorted([*loaded, *again]) == sorted(pages.url(link) for link in links)


def test_states_are_looked_up_many_at_once(pages, crawl):
    """A listing of thousands costs a few lookups, not thousands."""
    links = [f"/p/{i}" for i in range(1, 51)]
    pages.text("/feed", rss(links), content_type="text/xml")
    states, lookups = {}, []

    def many(uris):
        lookups.append(len(uris))
        return {uri: states[uri] for uri in uris if uri in states}

    crawl(pages.url("/feed"), states=states, http_state=None, http_states=many)
    again = crawl(pages.url("/feed"), states=states, http_state=None, http_states=many)

    assert lookups[:2] == [1, 50]
    assert not again.documents


def test_the_pages_of_a_run_are_limited(pages, crawl):
    """The rest is said, and comes with the next run."""
    pages.text("/feed", rss([f"/p/{i}" for i in range(1, 11)]), content_type="text/xml")
    states = {}

    first = crawl(pages.url("/feed"), states=states, source={"max_pages": 5})
    second = crawl(pages.url("/feed"), states=states, source={"max_pages": 100})

    assert len(first.documents) == 4
    assert [r for _, r in first.rejects] == ["too_large"]
    assert len(second.documents) == 6


def test_a_feed_of_fifty_pages_read_hourly_for_a_day(pages, crawl):
    """24 requests for the feed, 21 answered 304; one for each page and for robots.txt; two hours bring a new page."""
    links = [f"/p/{i}" for i in range(1, 51)]
    states, robots, documents, day = {}, {}, 0, Traffic()
    for hour in range(24):
        shown = [f"/p/{50 + hour // 8}", *links] if hour >= 8 else links
        pages.routes["/feed"] = pages.tagged(rss(shown), f'"{len(shown)}{shown[0]}"', kind="text/xml")
        moment = NOW + timedelta(hours=hour)
        outcome = crawl(
            pages.url("/feed"), states=states, robots=robots.get, now=lambda m=moment: m, traffic=day
        )
        robots.update({each.uri: each for each in outcome.of(RobotsState)})
        documents += len(outcome.documents)

    assert documents == 52
    assert len(pages.paths()) == 24 + 52
    assert day.not_modified == 21
    assert day.requests == 24 + 52 + 1
    assert day.received_bytes < 20_000  # read whole each time, the feed alone would be 60,000
