"""Politeness: no host is asked more often than it wants, and none has to wait for another."""

import asyncio
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.fetch.politeness import HostGate, retry_after_s
from tasks.fetch.robots import parse_robots, robots_for


class SimulatedClock:
    """Time that passes when one sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0

    async def sleep(self, seconds: float) -> None:
        until = self.now_s + seconds
        await asyncio.sleep(0)
        self.now_s = max(self.now_s, until)


@settings(deadline=None)
@given(
    delay=st.floats(0.1, 5),
    connections=st.integers(1, 4),
    durations=st.lists(st.floats(0, 10), min_size=1, max_size=12),
    pauses=st.lists(st.tuples(st.integers(0, 11), st.floats(0, 20)), max_size=3),
)
def test_starts_keep_their_distance(delay, connections, durations, pauses):
    """Whatever requests last and whatever pauses are asked for: never two starts closer than the delay."""
    clock = SimulatedClock()
    gate = HostGate(delay, connections, lambda: clock.now_s, clock.sleep)
    starts, silences = [], []
    wanted = dict(pauses)

    async def request(number: int, duration: float) -> None:
        async with gate.turn():
            starts.append(clock.now_s)
            await clock.sleep(duration)
            if number in wanted:
                silences.append((clock.now_s, clock.now_s + wanted[number]))
                gate.pause(wanted[number])

    async def run() -> None:
        await asyncio.gather(*(request(i, d) for i, d in enumerate(durations)))

    asyncio.run(run())

    assert len(starts) == len(durations)
    assert all(later - earlier >= delay - 1e-6 for earlier, later in pairwise(starts))
    assert not any(begin < start < end - 1e-6 for start in starts for begin, end in silences)


@settings(max_examples=5, deadline=None)
@given(delays=st.lists(st.sampled_from([0.0, 0.02, 0.05]), min_size=1, max_size=3), pages=st.integers(1, 8))
def test_no_host_gets_more_than_its_rate(running_server, crawl_hosts, delays, pages):
    """Several hosts at one time, each at its own rate, robots.txt counted; each page once."""
    hosts = {f"127.0.0.{i + 1}": delay for i, delay in enumerate(delays)}
    running_server.__init__(running_server.port)
    for i in range(pages):
        running_server.text(f"/{i}", "x")

    crawl_hosts(running_server, hosts, [f"/{i}" for i in range(pages)])

    for host, delay in hosts.items():
        times = sorted(running_server.times(host))
        assert len(times) == pages + 1
        assert all(b - a >= delay for a, b in pairwise(times))
        assert running_server.most_busy[host] == 1


def test_hosts_do_not_wait_for_each_other(server, crawl_hosts):
    """One host answers at once, one slowly, one never: the quick one is done long before."""
    server.text("/0", "x")
    slow = "127.0.0.2"

    async def sometimes(request):
        if request.host.startswith(slow):
            await asyncio.sleep(0.5)
        return await server.html("x")(request)

    server.routes["/0"] = sometimes
    started = time.monotonic()
    arrivals = crawl_hosts(server, {"127.0.0.1": 0, slow: 0, "127.0.0.3": 0}, ["/0"])

    by_host = {uri.split("/")[2].partition(":")[0]: at - started for uri, at in arrivals}
    assert by_host["127.0.0.1"] < 0.45 < by_host[slow]
    assert by_host["127.0.0.3"] < 0.45


def test_a_silent_host_is_left_alone(server, crawl):
    """After some URLs without answer the rest is not asked for: a reject each, and the next run tries."""
    server.raw("/dead", b"")
    for i in range(30):
        server.routes[f"/{i}"] = server.routes["/dead"]
    urls = [server.url(f"/{i}") for i in range(30)]

    outcome = crawl(*urls, attempts=1, host_failures=3, source={"obey_robots": False, "host_connections": 1})

    assert len(outcome.rejects) == 30
    assert {reason for _, reason in outcome.rejects} == {"network"}
    assert len(server.paths()) == 3


def test_robots_are_asked_once_and_obeyed(server, crawl):
    """What is forbidden is never asked for, whichever way leads there."""
    server.text(
        "/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open", content_type="text/plain"
    )
    server.text("/private/open", server.page("开"))
    server.routes["/away"] = server.status(302, Location="/private/b")

    outcome = crawl(*(server.url(p) for p in ("/private/a", "/private/open", "/away")))

    assert len(outcome.documents) == 1
    assert sorted(outcome.rejects) == [("a", "robots"), ("away", "robots")]
    assert server.paths(robots=True).count("/robots.txt") == 1
    assert set(server.paths()) == {"/private/open", "/away"}


def test_crawl_delay_is_kept(server, crawl):
    """When it is longer than ours; up to a limit."""
    server.text("/robots.txt", "User-agent: wencang\nCrawl-delay: 0.2", content_type="text/plain")
    for i in range(3):
        server.text(f"/{i}", "x")

    crawl(*(server.url(f"/{i}") for i in range(3)))

    times = sorted(a.at for a in server.asked if a.path != "/robots.txt")
    assert len(times) == 3
    assert all(b - a >= 0.19 for a, b in pairwise(times))


def test_a_site_that_cannot_say_its_rules_is_not_asked(server, crawl):
    """RFC 9309, 2.3.1.4: a failing robots.txt forbids everything, for this run."""
    server.routes["/robots.txt"] = server.status(503)
    server.text("/a", "x")

    outcome = crawl(server.url("/a"))

    assert outcome.rejects == [("a", "robots")]
    assert server.paths() == []


def test_a_site_of_ones_own(server, crawl):
    """``obey_robots = false`` asks for no rules."""
    server.text("/robots.txt", "User-agent: *\nDisallow: /", content_type="text/plain")
    server.text("/a", "x")

    assert len(crawl(server.url("/a"), source={"obey_robots": False}).documents) == 1
    assert server.paths(robots=True) == ["/a"]


ROBOTS = """\ufeff# rules
User-agent: other
Disallow: /

User-agent: WenCang
User-Agent: third
Disallow: /tmp/
Allow: /tmp/good
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow: /新闻
Disallow: /exact$
Disallow:

User-agent: *
Disallow: /everything
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/tmp/x", False),
        ("/tmp/good", True),
        ("/tmp/good/x", True),
        ("/x.pdf", False),
        ("/x.pdf?v=1", True),
        ("/axxbyyc/z", False),
        ("/acb", True),
        ("/%E6%96%B0%E9%97%BB/1", False),
        ("/exact", False),
        ("/exactly", True),
        ("/everything", True),
        ("/TMP/x", True),
    ],
)
def test_the_longest_rule_counts(path, allowed):
    """RFC 9309, 2.2.2: own group, longest match, ``*`` and ``$``, escaped letters equal."""
    assert parse_robots(ROBOTS, "wencang/0.1 (x)").allows(path) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, True), (404, True), (403, True), (401, True), (429, False), (500, False), (503, False)],
)
def test_what_a_missing_file_means(status, allowed):
    """Unavailable: all is allowed; unreachable: nothing is."""
    assert robots_for(status, "", "wencang").allows("/x") is allowed


def test_no_rule_takes_long_to_match():
    """A pattern of many stars against a long path."""
    robots = parse_robots("User-agent: *\nDisallow: /" + "*a" * 40 + "$\nDisallow: /" + "*ab" * 40, "wencang")
    started = time.process_time()
    assert robots.allows("/" + "a" * 2000 + "b")
    assert time.process_time() - started < 0.5


def test_a_group_of_many_readers_is_read_in_time():
    """Each rule asks once whom it is for, however many lines before it name readers."""
    readers = "".join(f"User-agent: a{n}\n" for n in range(18_000))
    started = time.process_time()
    robots = parse_robots(f"{readers}User-agent: wencang\n" + "Disallow: /a\n" * 10_000, "wencang")
    assert not robots.allows("/a")
    assert time.process_time() - started < 1


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=50))
def test_any_file_is_read(text, path):
    """Rubbish gives some answer, never an error."""
    assert parse_robots(text, "wencang").allows("/" + path) in (True, False)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Wed, 21 Oct 2015 07:28:10 GMT", 10.0),
        ("Wed, 21 Oct 2015 07:27:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value, seconds):
    """RFC 9110, 10.2.3."""
    assert retry_after_s(value, now=1445412480.0) == seconds
