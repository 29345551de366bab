"""Tables by which the warehouse keeps account: what is current, what was read, committed and run."""

from warehouse.schema_types import (
    ARTICLE_ID,
    BIGINT,
    INT,
    REVISION,
    RUN_ID,
    STRING,
    TIME,
    Column,
    Table,
)

RETIRED = Table(
    "retired",
    "event that takes a cleaning out of the current rows, or brings it back",
    (
        ARTICLE_ID,
        REVISION,
        Column("event_no", BIGINT, "Counts the events of one article, from 1; the highest holds."),
        Column("reason", STRING, "superseded, recleaned, rejected (by newer rules), forgotten, or restored."),
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
        Column("content_sha256", STRING, "SHA-256 of the file; after + the options of reading.", null=True),
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
        Column("failures", INT, "Runs in a row that got no page; null before migration 3.", null=True),
        Column("read_at", TIME, "When its content was received last.", null=True),
    ),
)

ROBOTS = Table(
    "robots",
    "answer of a web site for its robots.txt",
    (
        Column("uri", STRING, "Address of the file."),
        Column("status", INT, "HTTP status; 404 also when redirects lead nowhere."),
        Column("text", STRING, "The file as received.", null=True),
        Column("etag", STRING, "ETag header.", null=True),
        Column("last_modified", STRING, "Last-Modified header.", null=True),
        RUN_ID,
        Column("fetched_at", TIME, "When it was asked for."),
        Column("expires_at", TIME, "When it has to be asked for again, a day later at the latest."),
    ),
)

PAUSES = Table(
    "pauses",
    "time a web host asked to be left alone (Retry-After) for longer than a run waits, did not answer a run, or "
    "answered again after that (``until`` is ``noted_at``)",
    (
        Column("host", STRING, "Name of the host, without port."),
        Column("uri", STRING, "Address that was asked for."),
        Column("status", INT, "HTTP status of the answer, such as 429 or 503; 0 for none."),
        RUN_ID,
        Column("noted_at", TIME, "When it answered so, or the run ended that it did not answer."),
        Column(
            "until",
            TIME,
            "When scheduled runs ask it again, a week later at the latest; an hour when it did not answer.",
        ),
    ),
)

ABSENCES = Table(
    "absences",
    "time a place was found empty: its file deleted or moved, its page answered with 404 or 410",
    (
        Column("uri", STRING, "The file or the address."),
        RUN_ID,
        Column("noted_at", TIME, "When it was noticed."),
    ),
)

CLOSED_REJECTS = Table(
    "closed_rejects",
    "reject that no longer holds",
    (
        Column("uri", STRING, "Document or record."),
        Column("article_id", STRING, "As in the reject.", null=True),
        Column("cause", STRING, "repeated (a newer row counts on), cured, or gone (with its place)."),
        RUN_ID,
        Column("closed_at", TIME, "Time of the newest row of ``rejects`` that it closes."),
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
        Column("flow", STRING, "ingest or reclean; a forget and an upkeep are not listed."),
        Column("state", STRING, "running, completed, failed, cancelled or crashed."),
        Column("started_at", TIME, "When it began."),
        Column("ended_at", TIME, "When it ended.", null=True),
        Column("documents", BIGINT, "Documents read.", null=True),
        Column("articles", BIGINT, "Articles loaded, copies included.", null=True),
        Column("duplicates", BIGINT, "Articles of the run that were copies when it ended.", null=True),
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

TOMBSTONES = Table(
    "tombstones",
    "thing forgotten on request, which is not loaded again",
    (
        Column("kind", STRING, "article, uri or host."),
        Column("value_sha256", STRING, "SHA-256 of the id, address or host.", unit="hexadecimal"),
        RUN_ID,
        Column("forgotten_at", TIME, "When it was asked for."),
    ),
)
