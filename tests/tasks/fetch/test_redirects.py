"""Pages behind redirects: found, named by both addresses, asked for once."""


def test_redirects_are_followed_and_noted(server, crawl):
    """The document keeps the address asked for and the one where it was."""
    server.routes["/old"] = server.status(301, Location="/new")
    server.text("/new", server.page("搬家"))

    (document,) = crawl(server.url("/old")).documents

    assert (document.uri, document.url) == (server.url("/old"), server.url("/new"))


def test_a_redirected_page_that_fails_is_tried_again(server, crawl):
    """The way there is gone again, not taken for a page already read."""
    server.routes["/old"] = server.status(302, Location="/new")
    server.series("/new", server.status(503), server.html(server.page("来了")))

    assert len(crawl(server.url("/old")).documents) == 1


def test_redirects_in_a_circle(server, crawl):
    """Found at the first return, or at the limit when the circle has no end."""
    server.routes["/a"] = server.status(302, Location="/b")
    server.routes["/b"] = server.status(302, Location="/a")

    async def on(request):
        return await server.status(302, Location=f"/n?{int(request.query_string or 0) + 1}")(request)

    server.routes["/n"] = on

    assert crawl(server.url("/a")).rejects == [("a", "loop")]
    assert crawl(server.url("/n")).rejects == [("n", "loop")]
    assert len(server.paths()) < 20


def test_two_ways_to_one_page_ask_for_it_once(server, crawl):
    """A redirect to a page of this run is not followed."""
    server.text("/page", server.page("只一次"))
    server.routes["/way"] = server.status(302, Location="/page")

    outcome = crawl(server.url("/page"), server.url("/way"), source={"host_connections": 1})

    assert len(outcome.documents) == 1
    assert server.paths().count("/page") == 1
