"""rows: a read batch -> the Arrow tables that one commit stores.

Reads    Batch after the script step, with what earlier steps rejected
Adds     documents, articles, lines, edits, rejects, sightings, inputs, http_state, robots, pauses
         (columns: warehouse/schema.py)
Rejects  nothing: every document of the batch has its rows, stopped ones in documents and rejects
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from tasks.batch import Batch
from tasks.china_time import CHINA
from tasks.document import Document
from tasks.document_steps import host_of
from tasks.fetch import HttpState, InputDone, Pause, RobotsState
from tasks.reasons import Reject
from warehouse.schema import TABLES

FIRST_REVISION = 1
"""Revision of a document's first cleaning; ``wencang reclean`` counts on from it."""


def table_of(name: str, rows: Iterable[tuple[Any, ...]], columns: Sequence[str]) -> pa.Table:
    """Return rows as the named table of the schema; ``columns`` says what the tuples hold."""
    schema = TABLES[name].arrow_schema
    wanted = pa.schema([schema.field(column) for column in columns])
    values: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _ in columns]
    arrays = [pa.array(value, type=entry.type) for value, entry in zip(values, wanted, strict=True)]
    return pa.Table.from_arrays(arrays, schema=wanted)


def _document_rows(documents: Iterable[Document], run_id: str) -> Iterator[tuple[Any, ...]]:
    for d in documents:
        yield (
            d.article_id, d.content_sha256, d.uri, d.url, d.fetched_at, d.media_type, d.content_type,
            d.charset, d.charset_source, d.is_clean, len(d.content), d.content, run_id,
        )  # fmt: skip


DOCUMENT_COLUMNS = (
    "article_id", "content_sha256", "uri", "url", "fetched_at", "media_type", "content_type",
    "charset", "charset_source", "is_clean", "size_bytes", "content", "run_id",
)  # fmt: skip

ARTICLE_COLUMNS = (
    "article_id", "revision", "external_id", "uri", "url", "host", "site", "title", "subtitle", "source_name",
    "published_at", "published_on", "date_precision", "authors", "photographers", "editors", "breadcrumb",
    "script", "script_region", "text", "text_hans", "char_count", "attributes", "evidence", "rules_version",
    "run_id", "canonical_url",
)  # fmt: skip


def _article_rows(
    documents: Iterable[Document], run_id: str, rules_version: str, revisions: Mapping[str, int]
) -> Iterator[tuple[Any, ...]]:
    for d in documents:
        found, given = d.fields, d.given
        published = found.published_at
        yield (
            d.article_id,
            revisions.get(d.article_id, FIRST_REVISION),
            given.external_id if given else None,
            d.url or d.uri,
            d.url,
            host_of(d.url or d.uri),
            found.site,
            found.title,
            found.subtitle,
            found.source_name,
            published,
            published.astimezone(CHINA).date() if published else None,
            found.date_precision,
            found.authors,
            found.photographers,
            found.editors,
            found.breadcrumb,
            d.script,
            d.script_region,
            d.text,
            d.text_hans if d.text_hans != d.text else None,
            len(d.text),
            given.attributes if given else None,
            json.dumps(found.evidence) if found.evidence else None,
            rules_version,
            run_id,
            found.canonical_url,
        )


def article_tables(
    documents: Sequence[Document], run_id: str, rules_version: str, revisions: Mapping[str, int] | None = None
) -> dict[str, pa.Table]:
    """Return articles, lines and edits of read documents.

    revisions: article_id -> revision, for documents cleaned before (default: the first).
    """
    revisions = revisions or {}
    lines = (
        (d.article_id, revisions.get(d.article_id, FIRST_REVISION), x.number, x.label, x.rule, x.text)
        for d in documents
        for x in d.lines
    )
    edits = (
        (
            d.article_id, revisions.get(d.article_id, FIRST_REVISION),
            x.line, x.start, x.end, x.before, x.after, x.rule,
        )
        for d in documents
        for x in d.edits
    )  # fmt: skip
    return {
        "articles": table_of(
            "articles", _article_rows(documents, run_id, rules_version, revisions), ARTICLE_COLUMNS
        ),
        "lines": table_of("lines", lines, ("article_id", "revision", "line_no", "label", "rule", "text")),
        "edits": table_of(
            "edits",
            edits,
            ("article_id", "revision", "line_no", "start_char", "end_char", "before", "after", "rule"),
        ),
    }


def reject_table(rejects: Iterable[Reject], run_id: str, now: datetime) -> pa.Table:
    """Return rows of ``rejects``."""
    return table_of(
        "rejects",
        ((r.uri, r.step, str(r.reason), r.detail, r.article_id, run_id, now, r.attempts) for r in rejects),
        ("uri", "step", "reason", "detail", "article_id", "run_id", "rejected_at", "attempts"),
    )


def batch_tables(batch: Batch, run_id: str, rules_version: str) -> dict[str, pa.Table]:
    """Return every table of a batch, by name, ready to be committed together."""
    now = datetime.now(UTC)
    received = [*batch.documents, *batch.stopped]
    sightings = [
        *((d.article_id, d.uri, d.fetched_at, run_id) for d in received),
        *((s.article_id, s.uri, s.seen_at, run_id) for s in batch.sightings),
    ]
    return {
        "documents": table_of("documents", _document_rows(received, run_id), DOCUMENT_COLUMNS),
        **article_tables(batch.documents, run_id, rules_version),
        "rejects": reject_table(batch.rejects, run_id, now),
        "sightings": table_of("sightings", sightings, ("article_id", "uri", "seen_at", "run_id")),
        "http_state": table_of("http_state", _answer_rows(batch.answers, run_id), ANSWER_COLUMNS),
        "inputs": table_of("inputs", _input_rows(batch.finished, run_id), INPUT_COLUMNS),
        "robots": table_of("robots", ((*each, run_id) for each in batch.robots), ROBOTS_COLUMNS),
        "pauses": table_of("pauses", ((*each, run_id) for each in batch.pauses), PAUSE_COLUMNS),
    }


ANSWER_COLUMNS = (
    "uri", "etag", "last_modified", "status", "content_sha256", "run_id", "fetched_at", "failures", "read_at",
)  # fmt: skip


def _answer_rows(answers: Iterable[HttpState], run_id: str) -> Iterator[tuple[Any, ...]]:
    for a in answers:
        yield (
            a.uri, a.etag, a.last_modified, a.status, a.content_sha256, run_id, a.fetched_at, a.failures, a.read_at,
        )  # fmt: skip


ROBOTS_COLUMNS = (*RobotsState._fields, "run_id")
PAUSE_COLUMNS = (*Pause._fields, "run_id")
INPUT_COLUMNS = ("uri", "size_bytes", "mtime_ns", "content_sha256", "documents", "run_id", "seen_at")


def _input_rows(finished: Iterable[InputDone], run_id: str) -> Iterator[tuple[Any, ...]]:
    """Rows of files; what is known of a page is in the answer of its server."""
    for f in finished:
        if f.size_bytes is not None and f.mtime_ns is not None:
            count = f.documents + f.rejects
            yield f.uri, f.size_bytes, f.mtime_ns, f.digest or None, count, run_id, f.seen_at
