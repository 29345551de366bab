"""batch: the unit of work, and how a step runs over one.

A batch is bounded in documents and bytes, so memory is bounded by the batches in flight.
Between steps it lies in a staging file (written to a temporary name, then renamed), so that a
step may run in any process or on any machine that sees the folder. A step gets a ``BatchRef``
and gives one back; kept + rejected = input holds for each.

Staging files are pickles of plain records, written and read by the same release within one run; a
run never reads the files of another one. Documents are nested and differ in shape, and each
step is a function of one document: as Arrow they would be taken apart and put together at every step.
"""

import hashlib
import os
import pickle
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from tasks.document import Document
from tasks.document_steps import (
    clean_document,
    decode_document,
    extract_document,
    host_of,
    metadata_document,
    script_document,
)
from tasks.errors import ContractError
from tasks.extract.site_lines import SiteLines
from tasks.fetch import HttpState, InputDone, Pause, RobotsState
from tasks.garbage import collection_paused
from tasks.reasons import Reason, Reject

DocumentStep = Callable[[Document], Reject | None]

DOCUMENT_STEPS: dict[str, DocumentStep] = {
    "decode": decode_document,
    "extract": extract_document,
    "clean": clean_document,
    "metadata": metadata_document,
    "script": script_document,
}
"""The reading steps in order; a step is known by its name on the dashboard and in ``rejects``."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place where content was seen. seen_at: with zone."""

    article_id: str
    uri: str
    seen_at: datetime


@dataclass(slots=True)
class Batch:
    """Documents on their way, with what fell out on the way.

    stopped: documents that a step rejected after their bytes were read; their content is kept.
    finished: ``InputDone`` of the inputs whose last document is in this batch.
    answers: what web servers answered, for the next run's conditional requests.
    sites: host -> the lines that repeat on it, as known when the run began.
    robots, pauses: what web hosts said about being asked, for the next run.
    """

    number: int
    documents: list[Document] = field(default_factory=list)
    stopped: list[Document] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    finished: list[InputDone] = field(default_factory=list)
    answers: list[HttpState] = field(default_factory=list)
    sites: dict[str, SiteLines] = field(default_factory=dict)
    robots: list[RobotsState] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BatchRef:
    """A staged batch: what a task hands to the next one instead of the rows.

    batch_id: digest of the contents and the rules version; the same input gives the same id.
    path: staging file. documents, rejects: how many it holds by now. size_bytes: received content.
    seconds: CPU seconds of the last step; spent: of each step so far. sample: some uris, for messages;
    article_ids: of the documents it began with.
    """

    number: int
    batch_id: str
    path: str
    documents: int
    rejects: int
    size_bytes: int
    seconds: float = 0.0
    sample: tuple[str, ...] = ()
    spent: tuple[tuple[str, float], ...] = ()
    article_ids: tuple[str, ...] = ()


def batch_id_of(batch: Batch, rules_version: str) -> str:
    """Return the id of a batch: the same documents read by the same rules give the same id.

    A batch without documents is named by all else that it holds.
    """
    digest = hashlib.sha256(rules_version.encode())
    for document in batch.documents:
        digest.update(document.article_id.encode())
    if not batch.documents:
        for seen in batch.sightings:
            digest.update(f"{seen.article_id}{seen.uri}{seen.seen_at.timestamp()}".encode())
        for reject in batch.rejects:
            digest.update(f"{reject.uri}{reject.reason}{time.time_ns()}".encode())
        for done in batch.finished:
            digest.update(f"{done.uri}{done.digest}{done.seen_at.timestamp()}".encode())
        for answer in batch.answers:
            digest.update(f"{answer.uri}{answer.status}{answer.fetched_at.timestamp()}".encode())
        for rules in batch.robots:
            digest.update(f"{rules.uri}{rules.status}{rules.fetched_at.timestamp()}".encode())
        for pause in batch.pauses:
            digest.update(f"{pause.host}{pause.noted_at.timestamp()}".encode())
    return digest.hexdigest()[:32]


def write_staged(path: Path, value: object) -> None:
    """Write ``value`` so that the path holds all of it or nothing."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    with temporary.open("wb") as file:
        pickle.dump(value, file, protocol=5)
    temporary.replace(path)


def read_staged(path: Path) -> Batch:
    """Read a batch staged by this run."""
    with path.open("rb") as file:
        value = pickle.load(file)
    if not isinstance(value, Batch):
        raise ContractError(f"{path} holds {type(value).__name__}, not a batch. Nothing was stored from it.")
    return value


def apply_step(name: str, batch: Batch) -> Batch:
    """Run one reading step over a batch; a document whose step fails stops alone.

    Returns the batch with the documents that go on; kept + newly rejected = documents before.
    """
    step = DOCUMENT_STEPS[name]
    if name == "clean" and batch.sites:
        step = partial(clean_document, memory=batch.sites.get)
    kept: list[Document] = []
    for document in batch.documents:
        try:
            reject = step(document)
        except Exception as error:  # noqa: BLE001 - a defect of ours must stop one document, not the batch
            place = traceback.extract_tb(error.__traceback__)[-1]
            detail = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
            reject = Reject(document.uri, name, Reason.INTERNAL_ERROR, detail, document.article_id)
        if reject is None:
            kept.append(document)
        else:
            batch.rejects.append(reject)
            document.page = document.repaired = document.labelled = document.title = None
            batch.stopped.append(document)
    batch.documents = kept
    return batch


def run_step(name: str, ref: BatchRef) -> BatchRef:
    """Run one reading step over a staged batch and stage the result; may run in any process."""
    started = time.process_time()
    path = Path(ref.path)
    with collection_paused():
        batch = apply_step(name, read_staged(path))
        done = path.with_name(f"{ref.number:06d}.{name}")
        write_staged(done, batch)
    return _ref_after(ref, done, batch, time.process_time() - started)


def _ref_after(ref: BatchRef, path: Path, batch: Batch, seconds: float) -> BatchRef:
    return replace(
        ref,
        path=str(path),
        documents=len(batch.documents),
        rejects=len(batch.rejects),
        seconds=seconds,
    )


def run_step_alone(name: str, document: Document, sites: dict[str, SiteLines]) -> Batch:
    """Run one reading step over one document: what ``isolate_step`` does in a worker."""
    return apply_step(name, Batch(0, documents=[document], sites=sites))


def isolate_step(
    name: str,
    ref: BatchRef,
    run: Callable[[Callable[..., Batch], str, Document, dict[str, SiteLines]], Batch],
    died: type[Exception],
) -> BatchRef:
    """Run a step document by document after its batch killed a worker twice.

    run: calls a function in a worker process; died: what it raises when the process ended.
    A document that kills its worker is rejected as ``internal_error``; the others go on.
    """
    path = Path(ref.path)
    batch = read_staged(path)
    done = replace(batch, documents=[])
    for document in batch.documents:
        host = host_of(document.url or document.uri)
        sites = {host: batch.sites[host]} if host in batch.sites else {}
        try:
            alone = run(run_step_alone, name, document, sites)
        except died:
            detail = "its worker process died three times on it"
            alone = Batch(
                0,
                stopped=[document],
                rejects=[Reject(document.uri, name, Reason.INTERNAL_ERROR, detail, document.article_id)],
            )
        done.documents += alone.documents
        done.stopped += alone.stopped
        done.rejects += alone.rejects
    staged = path.with_name(f"{ref.number:06d}.{name}")
    write_staged(staged, done)
    return _ref_after(ref, staged, done, 0.0)
