"""How fast inputs become documents: files, rows, web archives, pages over HTTP; CPU time, not wall time.

    python tests/bench/bench_fetch.py                 all of it, about a minute
    python tests/bench/bench_fetch.py --only warc     one of: files rows warc http memory

WARC is set against the bare library's loop over the same file (parse, read each payload). HTTP runs
against a server on loopback in a process of its own; what is measured is this side.
"""

import argparse
import gzip
import io
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from articles import pages as made_pages

from tasks.discover import list_inputs
from tasks.document import Document
from tasks.fetch import FetchOptions, read_documents
from tasks.sources import Source

HOSTS = 8


def documents_of(*sources: Source, options: FetchOptions | None = None) -> tuple[int, int]:
    """Read sources to their end; returns documents and bytes."""
    count = size = 0
    for each in read_documents(list_inputs(sources, {}), options):
        if isinstance(each, Document):
            count += 1
            size += len(each.content)
    return count, size


def measured(name: str, read: Callable[[], tuple[int, int]]) -> float:
    """Run once; print and return documents per CPU second."""
    cpu, wall = time.process_time(), time.monotonic()
    count, size = read()
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    print(
        f"{name:<28} {count:>7,} documents  {count / cpu:>9,.0f}/s CPU  {size / cpu / 1e6:>7.1f} MB/s CPU  {wall:6.2f} s"
    )
    return count / cpu


def row(i: int, text: str) -> bytes:
    return json.dumps(
        {"id": str(i), "url": f"https://example.com/{i}", "text": text}, ensure_ascii=False
    ).encode()


def bench_files(folder: Path, texts: list[str]) -> None:
    for i, text in enumerate(texts[:3000]):
        (folder / f"{i}.txt").write_text(text)
    measured("text files", lambda: documents_of(Source(location=str(folder))))


def bench_rows(folder: Path, texts: list[str]) -> None:
    content = b"\n".join(row(i, text) for i, text in enumerate(texts))
    (folder / "x.jsonl").write_bytes(content)
    (folder / "x.jsonl.gz").write_bytes(gzip.compress(content, 6))
    (folder / "x.json").write_bytes(b"[" + content.replace(b"\n", b",\n") + b"]")
    for name in ("x.jsonl", "x.jsonl.gz", "x.json"):
        measured(name, lambda n=name: documents_of(Source(location=str(folder / n))))


def write_warc(path: Path, texts: Iterable[str], compressed: bool) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=compressed)
        for i, text in enumerate(texts):
            body = f"<html><head><title>{i}</title></head><body><p>{text}</p></body></html>".encode()
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    f"https://example.com/{i}", "response", io.BytesIO(body), http_headers=headers
                )
            )


def bare_loop(path: Path) -> tuple[int, int]:
    """The library alone: parse each record and read its payload."""
    from warcio.archiveiterator import ArchiveIterator

    count = size = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                count += 1
                size += len(record.content_stream().read())
    return count, size


def bench_warc(folder: Path, texts: list[str]) -> None:
    for name, compressed in (("x.warc.gz", True), ("x.warc", False)):
        path = folder / name
        write_warc(path, texts, compressed)
        bare = ours = 0.0
        for _ in range(5):  # in turns: a machine that is shared gets slower and faster
            bare = max(bare, measured(f"{name}, bare warcio", lambda p=path: bare_loop(p)))
            ours = max(ours, measured(f"{name}, fetch", lambda p=path: documents_of(Source(location=str(p)))))
        print(f"{name}: {ours / bare:.0%} of the bare library's loop")


def _serve(port: "multiprocessing.Queue[int]", pages: list[bytes]) -> None:
    import asyncio

    from aiohttp import web

    async def answer(request: web.BaseRequest) -> web.Response:
        number = request.path.strip("/")
        if not number.isdigit():
            return web.Response(status=404)
        return web.Response(body=pages[int(number) % len(pages)], content_type="text/html", charset="utf-8")

    async def main() -> None:
        runner = web.ServerRunner(web.Server(answer))
        await runner.setup()
        await web.TCPSite(runner, "0.0.0.0", 0).start()
        port.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(main())


def bench_http(folder: Path, texts: list[str]) -> None:
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    pages = [f"<html><body><p>{text}</p></body></html>".encode() for text in texts[:500]]
    server = multiprocessing.Process(target=_serve, args=(ports, pages), daemon=True)
    server.start()
    port = ports.get(timeout=30)
    urls = folder / "urls.txt"
    urls.write_text("".join(f"http://127.0.0.{i % HOSTS + 1}:{port}/{i}\n" for i in range(3000)))
    source = Source(location=str(urls), kind="urls", allow_private=True, delay_s=0, host_connections=4)
    started = time.monotonic()
    measured("pages over HTTP", lambda: documents_of(source))
    print(
        f"pages over HTTP: {3000 / (time.monotonic() - started):,.0f}/s wall, {HOSTS} hosts, 4 connections each"
    )
    for work_ms in (3, 10):
        waited, total = waiting_share(source, work_ms / 1000)
        print(f"steps of {work_ms} ms a document wait for fetch {waited / total:.0%} of {total:.1f} s")
    server.terminate()
    server.join()


def waiting_share(source: Source, work_s: float) -> tuple[float, float]:
    """Seconds that a reader with so much work for each document waits, and all seconds."""
    waited = 0.0
    events = read_documents(list_inputs([source], {}), FetchOptions())
    started = before = time.monotonic()
    for count, each in enumerate(events):
        waited += time.monotonic() - before
        until = time.thread_time() + work_s
        while isinstance(each, Document) and time.thread_time() < until:
            pass
        before = time.monotonic()
        if count > 2000:
            break
    events.close()  # type: ignore[attr-defined]
    return waited, time.monotonic() - started


def bench_memory(folder: Path, texts: list[str]) -> None:
    """Peak memory of a process that reads 1,000 and 20,000 documents: it must not grow."""
    for count in (1000, 20_000):
        rows = folder / f"{count}.jsonl.gz"
        with gzip.open(rows, "wb", 1) as file:
            for i in range(count):
                file.write(row(i, texts[i % len(texts)]) + b"\n")
        write_warc(folder / f"{count}.warc.gz", (texts[i % len(texts)] for i in range(count)), True)
    for name in ("jsonl.gz", "warc.gz"):
        for count in (1000, 20_000):
            command = [sys.executable, __file__, "--read", str(folder / f"{count}.{name}")]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def read_one(path: str) -> None:
    count, size = documents_of(Source(location=path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kind = path.partition(".")[2]
    print(f"{kind:<12} {count:>7,} documents, {size / 1e6:,.1f} MB: peak memory {peak:,.0f} MB")


BENCHES = {
    "files": bench_files,
    "rows": bench_rows,
    "warc": bench_warc,
    "http": bench_http,
    "memory": bench_memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=BENCHES)
    parser.add_argument("--count", type=int, default=5000, help="articles to make")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        read_one(arguments.read)
        return
    texts = [text for _, text in made_pages(arguments.count)]
    for name, bench in BENCHES.items():
        if arguments.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                bench(Path(folder), texts)


if __name__ == "__main__":
    main()
