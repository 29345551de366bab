"""Large downloads that break off: the rest is asked for, never the whole again, and never another file's rest."""

import asyncio
import hashlib
import json
import os
from datetime import UTC, datetime

import pytest
from aiohttp import web

from tasks.fetch.partial import KEPT_DAYS, tidy

ROWS = [
    json.dumps(
        {"id": str(i), "text": f"第{i}行 " + hashlib.sha256(b"%d" % i).hexdigest() * 40}, ensure_ascii=False
    )
    for i in range(1200)
]
CONTENT = "\n".join(ROWS).encode()
THIRD = len(CONTENT) // 3
OLD = "Mon, 06 May 2024 10:00:00 GMT"


class Breaking:
    """Sends ``piece`` bytes more of a body each time, then drops the connection."""

    def __init__(self, content=CONTENT, piece=THIRD, etag='"1"', modified=None):
        self.content, self.piece, self.etag, self.modified = content, piece, etag, modified
        self.sent = []

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        modified = web_date() if self.modified == "now" else self.modified
        said, name = request.headers.get("If-Range"), self.etag or modified
        wanted = int(request.headers.get("Range", "bytes=0-")[6:-1])
        start = wanted if said == name else 0
        self.sent.append((start, said))
        head = [f"HTTP/1.1 {'206 Partial Content' if start else '200 OK'}"]
        head += [f"Content-Length: {len(self.content) - start}", f"Date: {web_date()}"]
        head += [f"ETag: {self.etag}"] if self.etag else []
        head += [f"Last-Modified: {modified}"] if modified else []
        head += [f"Content-Range: bytes {start}-{len(self.content) - 1}/{len(self.content)}"] if start else []
        rest = self.content[start : start + self.piece]
        request.transport.write("\r\n".join([*head, "", ""]).encode() + rest)
        await asyncio.sleep(0.01)
        # else what aiohttp writes after this is sent behind the body
        while request.transport is not None and request.transport.get_write_buffer_size():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if request.transport is not None:
            request.transport.close()
        return web.Response()


def web_date():
    return datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(
    "validator",
    [{"etag": '"1"'}, {"etag": None, "modified": OLD}],
    ids=["etag", "last-modified"],
)
def test_the_rest_is_asked_for(server, crawl, validator):
    """As often as it breaks off, each byte once, with proof that it is the same file."""
    answers = server.routes["/d.jsonl"] = Breaking(**validator)

    outcome = crawl(server.url("/d.jsonl"), source={"obey_robots": False})

    assert len(outcome.documents) == len(ROWS)
    assert not outcome.rejects
    said = validator["etag"] or OLD
    assert answers.sent == [(0, None), *((times * THIRD, said) for times in (1, 2, 3))]
    assert outcome.traffic.received_bytes == len(CONTENT)


def test_a_file_that_changed_in_between_is_taken_whole(server, crawl):
    """The server sends the new one with 200: nothing of the old one is in it."""
    old, new = Breaking(), Breaking(CONTENT.replace("第".encode(), "新".encode()), len(CONTENT), etag='"2"')
    server.series("/d.jsonl", old, new)

    outcome = crawl(server.url("/d.jsonl"))

    assert new.sent == [(0, '"1"')]
    assert len(outcome.documents) == len(ROWS)
    assert all("新" in page for page in outcome.pages)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"etag": 'W/"1"'}, id="weak-etag"),
        pytest.param({"etag": None, "modified": "now"}, id="changed-a-moment-ago"),
        pytest.param({"etag": None}, id="no-validator"),
    ],
)
def test_what_cannot_be_proved_is_not_joined(server, crawl, answers):
    """Then each try begins anew, and in the end it is a fault."""
    broken = server.routes["/d.jsonl"] = Breaking(**answers)

    assert crawl(server.url("/d.jsonl")).rejects == [("d.jsonl", "network")]
    assert {said for _, said in broken.sent} == {None}


@pytest.mark.parametrize(
    "answer", [(206, "bytes 5-9/10"), (206, "bytes */100"), (206, "nonsense"), (416, "bytes */5")]
)
def test_a_rest_that_does_not_fit_is_not_joined(server, crawl, answer):
    """206 with another range, and 416: asked for again, whole."""
    whole = Breaking(piece=len(CONTENT))
    server.series("/d.jsonl", Breaking(), server.status(answer[0], Content_Range=answer[1]), whole)

    outcome = crawl(server.url("/d.jsonl"))

    assert len(outcome.documents) == len(ROWS)
    assert whole.sent == [(0, None)]


def test_the_next_run_goes_on(server, crawl, tmp_path):
    """What came lies in a file that outlives the run; when all of it is there it is removed."""
    folder = tmp_path / "downloads"
    server.series("/d.jsonl", Breaking(), server.status(503))
    first = crawl(server.url("/d.jsonl"), downloads=folder, attempts=1)
    assert [reason for _, reason in first.rejects] == ["http_error"]
    assert sum(path.stat().st_size for path in folder.glob("*.part")) == len(CONTENT) // 3

    rest = server.routes["/d.jsonl"] = Breaking(piece=len(CONTENT))
    second = crawl(server.url("/d.jsonl"), downloads=folder)
    assert len(second.documents) == len(ROWS)
    assert rest.sent == [(len(CONTENT) // 3, '"1"')]
    assert list(folder.iterdir()) == []


def test_a_damaged_note_of_a_download_is_no_fault(server, crawl, tmp_path):
    """It begins anew."""
    server.series("/d.jsonl", Breaking(), server.status(503))
    crawl(server.url("/d.jsonl"), downloads=tmp_path, attempts=1)
    (note,) = tmp_path.glob("*.json")
    note.write_text("{")
    server.routes["/d.jsonl"] = Breaking(piece=len(CONTENT))

    assert len(crawl(server.url("/d.jsonl"), downloads=tmp_path).documents) == len(ROWS)


def test_what_nobody_asked_for_any_more_is_removed(tmp_path):
    """After some days."""
    for name, days in (("old", KEPT_DAYS + 1), ("new", 1)):
        for suffix in (".part", ".json"):
            path = tmp_path / f"{name}{suffix}"
            path.write_text("x")
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - days * 86_400))
    tidy(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.json", "new.part"]
