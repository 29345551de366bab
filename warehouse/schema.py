"""Every table of the warehouse: columns, types, null or not, one sentence each.

The one contract between steps and storage: DDL, comments, Arrow schemas and
``warehouse/README.md`` come from here. ``python -m warehouse.schema`` writes the README.
"""

import importlib

from warehouse.schema_types import (
    BIGINT,
    BOOL,
    BYTES,
    DATE,
    DOUBLE,
    INT,
    STRING,
    STRINGS,
    TIME,
    Column,
    Table,
)

SCHEMA_VERSION = 1
"""Number of the newest migration; equals what a catalog must have applied."""

ARTICLE_ID = Column("article_id", STRING, "Digest of the content as received: the same wherever it is found.")
RUN_ID = Column("run_id", STRING, "Run that wrote the row.")
REVISION = Column("revision", BIGINT, "Counts the cleanings of one document, from 1; higher is newer.")
LOADED_AT = Column("loaded_at", TIME, "When the row was committed.")

DOCUMENTS = Table(
    "documents",
    "distinct content as received",
    (
        ARTICLE_ID,
        Column("content_sha256", STRING, "SHA-256 of the content.", unit="hexadecimal"),
        Column("uri", STRING, "Where it was first found; a fragment names a record in a file."),
        Column("url", STRING, "Address on the web as the source gives it.", null=True),
        Column("fetched_at", TIME, "When the bytes were read."),
        Column("media_type", STRING, "Kind of content as found, such as text/html.", null=True),
        Column("content_type", STRING, "Content-Type header as received.", null=True),
        Column("charset", STRING, "Python codec name that reads it.", null=True),
        Column("charset_source", STRING, "What decided the charset.", null=True),
        Column("is_clean", BOOL, "The source says its text is clean: every line is body."),
        Column("size_bytes", BIGINT, "Length of the content.", unit="bytes"),
        Column("content", BYTES, "Bytes as received."),
        RUN_ID,
        LOADED_AT,
    ),
)

ARTICLES = Table(
    "articles",
    "cleaning of a document",
    (
        ARTICLE_ID,
        REVISION,
        Column("external_id", STRING, "Id of the record in its source.", null=True),
        Column("uri", STRING, "Where the document was first found."),
        Column("url", STRING, "Address on the web as the source gives it.", null=True),
        Column("host", STRING, "Host of url or uri in lower case, without port.", null=True),
        Column("site", STRING, "Name of the web site as printed.", null=True),
        Column("title", STRING, "Title.", null=True),
        Column("subtitle", STRING, "Subtitle or kicker.", null=True),
        Column("source_name", STRING, "Outlet that the page names as its source.", null=True),
        Column("published_at", TIME, "Publication time.", null=True),
        Column("published_on", DATE, "Publication day in China (UTC+8).", null=True),
        Column("date_precision", STRING, "second, minute, day or month.", null=True),
        Column("authors", STRINGS, "Reporters and writers."),
        Column("photographers", STRINGS, "Photographers."),
        Column("editors", STRINGS, "Editors."),
        Column("breadcrumb", STRINGS, "Path of sections, outermost first."),
        Column("script", STRING, "hans, hant, mixed or unknown."),
        Column("script_region", STRING, "Regional standard of traditional text: tw or hk.", null=True),
        Column("text", STRING, "Repaired body in its own script, one paragraph per line."),
        Column("text_hans", STRING, "The same in simplified characters; null when equal to text.", null=True),
        Column("char_count", INT, "Length of text.", unit="characters"),
        Column("attributes", STRING, "Other columns of the record, as a JSON object.", null=True),
        Column("evidence", STRING, "Field to line number it was found in, as a JSON object.", null=True),
        Column("rules_version", STRING, "Version of the cleaning rules."),
        RUN_ID,
        LOADED_AT,
    ),
    sort=("published_on",),
)

LINES = Table(
    "lines",
    "received line of a cleaning",
    (
        ARTICLE_ID,
        REVISION,
        Column("line_no", INT, "Number of the line as received, from 1; blank lines count."),
        Column("label", STRING, "What the line is: body, title, navigation …"),
        Column("rule", STRING, "Rule that gave the label."),
        Column("text", STRING, "Text as received."),
    ),
)

EDITS = Table(
    "edits",
    "changed span of a cleaning",
    (
        ARTICLE_ID,
        REVISION,
        Column("line_no", INT, "Number of the line."),
        Column("start_char", INT, "Start in the received line, from 0.", unit="characters"),
        Column("end_char", INT, "End in the received line, exclusive.", unit="characters"),
        Column("before", STRING, "Received text of the span."),
        Column("after", STRING, "What stands in its place."),
        Column("rule", STRING, "Rule and version; joined with + when several met."),
    ),
)

REJECTS = Table(
    "rejects",
    "document or record that could not be loaded",
    (
        Column("uri", STRING, "Document or record."),
        Column("step", STRING, "Step that stopped it."),
        Column("reason", STRING, "Cause, one of a fixed set."),
        Column("detail", STRING, "What was seen, for people.", null=True),
        Column("article_id", STRING, "Digest of the content when its bytes were read.", null=True),
        RUN_ID,
        Column("rejected_at", TIME, "When it was stopped."),
    ),
)

SIGHTINGS = Table(
    "sightings",
    "time a document was seen at a place",
    (
        ARTICLE_ID,
        Column("uri", STRING, "Where it was seen."),
        Column("seen_at", TIME, "When it was seen."),
        RUN_ID,
    ),
)

SIGNATURES = Table(
    "signatures",
    "article prepared for comparing",
    (
        ARTICLE_ID,
        REVISION,
        Column("method", STRING, "Name and version of the signature."),
        Column("signature", BYTES, "The signature."),
    ),
)

MEMBERSHIPS = Table(
    "memberships",
    "decision about the cluster of an article",
    (
        ARTICLE_ID,
        Column("decision", BIGINT, "Counts the decisions about one article, from 1; higher is newer."),
        Column("cluster_id", STRING, "Cluster of copies."),
        Column("is_canonical", BOOL, "The article stands for its cluster."),
        Column("duplicate_of", STRING, "Article that stands for the cluster.", null=True),
        Column("duplicate_kind", STRING, "exact, near or contained.", null=True),
        Column("similarity", DOUBLE, "Likeness to duplicate_of, 0 to 1.", null=True),
        RUN_ID,
        Column("decided_at", TIME, "When it was decided."),
    ),
)

RELATIONS = Table(
    "relations",
    "pair of articles that share text and are not copies",
    (
        ARTICLE_ID,
        Column("related_id", STRING, "The other article."),
        Column("kind", STRING, "contains: holds much of the other's text."),
        Column("similarity", DOUBLE, "Shared part, 0 to 1.", null=True),
        RUN_ID,
        Column("decided_at", TIME, "When it was decided."),
    ),
)

RETIRED = Table(
    "retired",
    "event that takes a cleaning out of the current rows, or brings it back",
    (
        ARTICLE_ID,
        REVISION,
        Column("event_no", BIGINT, "Counts the events of one article, from 1; the highest holds."),
        Column("reason", STRING, "superseded, recleaned, forgotten, or restored."),
        RUN_ID,
        Column("retired_at", TIME, "When."),
    ),
)

INPUTS = Table(
    "inputs",
    "reading of an input file",
    (
        Column("uri", STRING, "The file."),
        Column("size_bytes", BIGINT, "Size when read.", unit="bytes"),
        Column("mtime_ns", BIGINT, "Modification time when read.", unit="nanoseconds since 1970"),
        Column("content_sha256", STRING, "SHA-256 of the file.", null=True),
        Column("documents", BIGINT, "Documents and rejected records found in it."),
        RUN_ID,
        Column("seen_at", TIME, "When it was read."),
    ),
)

HTTP_STATE = Table(
    "http_state",
    "answer of a web server",
    (
        Column("uri", STRING, "Address asked."),
        Column("etag", STRING, "ETag header.", null=True),
        Column("last_modified", STRING, "Last-Modified header.", null=True),
        Column("status", INT, "HTTP status."),
        Column("content_sha256", STRING, "SHA-256 of the body.", null=True),
        RUN_ID,
        Column("fetched_at", TIME, "When it was asked."),
    ),
)

SITE_LINES = Table(
    "site_lines",
    "line that repeats on a host, as counted in one batch",
    (
        Column("host", STRING, "Host."),
        Column("line_hash", STRING, "Digest of the folded line."),
        Column("documents", BIGINT, "Documents of the batch that hold it."),
        RUN_ID,
    ),
)

LEDGER = Table(
    "ledger",
    "committed unit of work",
    (
        Column("unit", STRING, "Name of the unit; loaded at most once."),
        Column("rows", STRING, "Rows written per table, as a JSON object."),
        RUN_ID,
        Column("flow_run_id", STRING, "Flow run in Prefect.", null=True),
        Column("task_run_id", STRING, "Task run in Prefect.", null=True),
        Column("rules_version", STRING, "Version of the cleaning rules.", null=True),
        Column("committed_at", TIME, "When it was committed."),
    ),
)

RUNS = Table(
    "runs",
    "state of a run; the newest holds",
    (
        RUN_ID,
        Column("event_no", BIGINT, "1 when it begins, 2 when it ends."),
        Column("flow_run_id", STRING, "Flow run in Prefect.", null=True),
        Column("flow", STRING, "ingest, reclean, upkeep …"),
        Column("state", STRING, "running, completed, failed, cancelled or crashed."),
        Column("started_at", TIME, "When it began."),
        Column("ended_at", TIME, "When it ended.", null=True),
        Column("documents", BIGINT, "Documents read.", null=True),
        Column("articles", BIGINT, "Articles loaded, copies included.", null=True),
        Column("duplicates", BIGINT, "Articles found to be copies.", null=True),
        Column("rejects", BIGINT, "Documents stopped.", null=True),
        Column("edits", BIGINT, "Spans changed.", null=True),
        Column("snapshot_id", BIGINT, "Last snapshot with rows of the run.", null=True),
        Column("summary", STRING, "Everything counted, as a JSON object.", null=True),
    ),
)

MIGRATIONS = Table(
    "migrations",
    "change of the catalog",
    (
        Column("name", STRING, "File name of the migration, or views for views and macros."),
        Column("number", INT, "Number of the migration; null for views and macros.", null=True),
        Column("sha256", STRING, "Digest of the statements.", unit="hexadecimal"),
        Column("applied_at", TIME, "When it was applied."),
    ),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        DOCUMENTS,
        ARTICLES,
        LINES,
        EDITS,
        REJECTS,
        SIGHTINGS,
        SIGNATURES,
        MEMBERSHIPS,
        RELATIONS,
        RETIRED,
        INPUTS,
        HTTP_STATE,
        SITE_LINES,
        LEDGER,
        RUNS,
        MIGRATIONS,
    )
}
"""Every table of schema ``core`` by name."""

if __name__ == "__main__":
    importlib.import_module("warehouse.dictionary").write()
