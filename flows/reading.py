"""reading: the inputs of a run as a stream of batches.

Reads    sources, and what the warehouse knows of their inputs, documents and web answers
Adds     staged batches of new documents; documents known already become sightings
Leaves   inputs that are as they were when they were read last
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from flows.counts import RunPlan
from flows.errors import CommandError
from flows.own_files import files_of, is_sources_file, own_files, warehouses_in
from flows.places import Places, look_at_places
from flows.site_memory import SiteKnowledge
from tasks.batch import Batch, BatchRef, Sighting, batch_id_of, write_staged
from tasks.discover import Input, InputUnchanged, KnownInput, compare, is_url, list_inputs
from tasks.document import Document
from tasks.fetch import HttpState, InputDone, Pause, RobotsState, Traffic, read_documents
from tasks.fetch.options import Event
from tasks.reasons import Reject
from tasks.rules import rules_version
from warehouse.catalog import Warehouse
from warehouse.key_hosts import known_robots, pauses, silences

WEB_BATCH_S, WEB_BATCH_DOCS = 10.0, 1000
"""What a crawl brought is committed so often, so that a run that is killed need not ask for it again."""

Stream = Iterator[Event]

KEPT_AS: dict[type[Event], str] = {
    Document: "documents",
    Reject: "rejects",
    InputDone: "finished",
    HttpState: "answers",
    RobotsState: "robots",
    Pause: "pauses",
}
"""Where a batch keeps what comes of a stream."""


class InputReader:
    """Reads the sources of a plan, batch by batch, in order. Call from one thread."""

    def __init__(self, plan: RunPlan, warehouse: Warehouse, staging: Path) -> None:
        self.plan = plan
        self.warehouse = warehouse
        self.staging = staging
        self.unchanged: list[str] = []
        """Addresses of the inputs that needed no reading, or were read and held what they held."""
        self.places = Places()
        """What became of places known from earlier runs; see ``flows.places``."""
        self.hidden = 0
        """Names in folders that begin with a dot, which are not read."""
        self.sources_files = 0
        """Files of sources (``wencang.toml``) in folders, which are no pages."""
        self.warehouses = 0
        """Other warehouses in folders, whose files are not read."""
        self._inputs: list[Input | Reject | InputUnchanged] = []
        self._stream: Stream | None = None
        self.traffic = Traffic()
        self._total: int | None = None
        self._broken: Exception | None = None
        self._sites: SiteKnowledge | None = None
        self._on_the_way: set[str] = set()
        self._own = own_files(warehouse.paths)

    def discover(self) -> int:
        """List the inputs; returns how many have to be read."""
        self.hidden = 0
        listing = list_inputs(self.plan.sources, {}, self._pass_over)
        listed = [each for each in listing if not each.uri.startswith(self._own)]
        others = list(warehouses_in(each.uri for each in listed))
        self.warehouses = len(others)
        if theirs := files_of(others):
            listed = [each for each in listed if not each.uri.startswith(theirs)]
        found = [each for each in listed if not is_sources_file(each.uri)]
        self.sources_files = len(listed) - len(found)
        known = _known_inputs(self.warehouse, [each.uri for each in found])
        compared = [compare(each, known) if isinstance(each, Input) else each for each in found]
        self.places = look_at_places(self.warehouse, self.plan.sources, compared, known)
        repeated = set(self.places.repeated)
        self._inputs = [each for each in compared if each not in repeated] if repeated else compared
        self.unchanged = [each.uri for each in self._inputs if isinstance(each, InputUnchanged)]
        return self.inputs_to_read

    def _pass_over(self, hidden: int) -> None:
        self.hidden += hidden

    @property
    def inputs_to_read(self) -> int:
        """Inputs that are new or may have changed, and inputs that cannot be listed."""
        return sum(not isinstance(each, InputUnchanged) for each in self._inputs)

    def bytes_to_read(self) -> int:
        """Bytes of the files to be read, as stored; web pages count nothing."""
        if self._total is None:
            self._total = sum(each.size_bytes or 0 for each in self._inputs if isinstance(each, Input))
        return self._total

    def share_read(self) -> float | None:
        """Share of those bytes that were read, 0 to 1; ``None`` when there are none, as of web pages only."""
        total = self.bytes_to_read()
        return min(1.0, self.traffic.read_bytes / total) if total else None

    def select(self, takes: Callable[[Input], bool]) -> None:
        """Leave out inputs; they are as if they had not been listed."""
        self._total = None
        self._inputs = [each for each in self._inputs if not isinstance(each, Input) or takes(each)]

    def next_batch(self, number: int) -> BatchRef | None:
        """Read until a batch is full and stage it; ``None`` when there is nothing more."""
        if self._broken is not None:
            raise self._broken
        try:
            batch = self._fill(self._opened())
        except Exception as error:
            # a stream that raised is over: going on would take what is left for nothing
            self._broken = error
            raise
        if batch is None:
            return None
        batch.number = number
        self._set_aside_known(batch)
        if self._sites is None:
            self._sites = SiteKnowledge(self.warehouse)
        batch.sites = self._sites.of(batch.documents)
        path = self._staged(batch)
        self._on_the_way.update(document.article_id for document in batch.documents)
        return BatchRef(
            number=number,
            batch_id=batch_id_of(batch, rules_version()),
            path=str(path),
            documents=len(batch.documents),
            rejects=len(batch.rejects),
            size_bytes=sum(len(document.content) for document in batch.documents),
            sample=tuple(document.uri for document in batch.documents[:3]),
            article_ids=tuple(document.article_id for document in batch.documents),
        )

    def _opened(self) -> Stream:
        """Return the documents of the inputs that have to be read, one after the other."""
        if self._stream is None:
            self.staging.mkdir(parents=True, exist_ok=True)
            options = replace(
                self.plan.options,
                http_states=self._known_answers,
                robots=self._known_robots,
                pauses=self.warehouse.ask_keys(lambda keys: pauses(keys, self.plan.options.now())),
                silences=self.warehouse.ask_keys(lambda keys: silences(keys, self.plan.options.now())),
                traffic=self.traffic,
                downloads=self.warehouse.paths.staging / "downloads",
            )
            unread = (each for each in self._inputs if not isinstance(each, InputUnchanged))
            self._stream = read_documents(unread, options)
        return self._stream

    def _staged(self, batch: Batch) -> Path:
        """Write a batch into its file; raises ``CommandError`` when there is no room."""
        path = self.staging / f"{batch.number:06d}.fetch"
        try:
            write_staged(path, batch)
        except OSError as error:
            raise CommandError(
                f"Cannot write {path}: {error.strerror}. What was committed before stays. "
                "Make room, and run the same command again."
            ) from error
        return path

    def arrived(self, ref: BatchRef) -> None:
        """Note that a batch is loaded, or given up: the warehouse now knows of its documents, or nobody."""
        self._on_the_way.difference_update(ref.article_ids)

    def _fill(self, stream: Stream) -> Batch | None:
        """Take from the stream until a batch is full, or what came from the web is old enough."""
        batch = Batch(0)
        size = taken = 0
        started = time.monotonic()
        for each in stream:
            taken += 1
            if isinstance(each, InputUnchanged):
                self.unchanged.append(each.uri)
                if each.checked is not None:
                    batch.finished.append(self._done_again(each.uri, each.checked))
            else:
                getattr(batch, KEPT_AS[type(each)]).append(each)
                size += len(each.content) if isinstance(each, Document) else 0
            if len(batch.documents) >= self.plan.batch_docs or size >= self.plan.batch_bytes:
                break
            if taken >= 20 * self.plan.batch_docs:
                break
            if (
                is_url(each.uri)
                and "#" not in each.uri
                and (len(batch.documents) >= WEB_BATCH_DOCS or time.monotonic() - started > WEB_BATCH_S)
            ):
                break
        return batch if taken else None

    def _set_aside_known(self, batch: Batch) -> None:
        """Turn documents that are loaded already, or on their way, into sightings."""
        known = self.warehouse.known_articles(d.article_id for d in batch.documents)
        known |= self._on_the_way
        fresh: dict[str, Document] = {}
        for document in batch.documents:
            if document.article_id in known or document.article_id in fresh:
                batch.sightings.append(Sighting(document.article_id, document.uri, document.fetched_at))
            else:
                fresh[document.article_id] = document
        batch.documents = list(fresh.values())

    def _known_answers(self, urls: Sequence[str]) -> dict[str, HttpState]:
        """Return what web servers answered last time, for the addresses asked before."""
        return {
            url: HttpState(
                url, old.etag, old.last_modified, old.status, old.content_sha256, old.fetched_at,
                old.failures, old.read_at,
            )
            for url, old in self.warehouse.known_http(urls).items()
        }  # fmt: skip

    def _known_robots(self, url: str) -> RobotsState | None:
        """Return what a site answered last time for its robots.txt."""
        old = self.warehouse.ask_keys(lambda keys: known_robots(keys, url))
        if old is None:
            return None
        return RobotsState(
            url, old.status, old.text, old.etag, old.last_modified, old.fetched_at, old.expires_at
        )

    def _done_again(self, uri: str, seen: KnownInput) -> InputDone:
        """An input read and found to hold what it held: recorded, so that the next run need not read it."""
        held = self.warehouse.known_inputs([uri]).get(uri)
        documents = held.documents if held else 0
        return InputDone(uri, seen.size_bytes, seen.mtime_ns, seen.digest, seen.seen_at, documents, 0)


def _known_inputs(warehouse: Warehouse, uris: Sequence[str]) -> dict[str, KnownInput]:
    return {
        uri: KnownInput(state.size_bytes, state.mtime_ns, state.content_sha256 or "", state.seen_at)
        for uri, state in warehouse.known_inputs(uris).items()
    }
