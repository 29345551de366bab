"""Every table of the warehouse: columns, types, null or not, one sentence each.

The one contract between steps and storage: DDL, comments, Arrow schemas and
``warehouse/README.md`` come from here. ``python -m warehouse.schema`` writes the README.
"""

import importlib

from warehouse.schema_accounts import (
    ABSENCES,
    CLOSED_REJECTS,
    HTTP_STATE,
    INPUTS,
    LEDGER,
    MIGRATIONS,
    PAUSES,
    RETIRED,
    ROBOTS,
    RUNS,
    TOMBSTONES,
)
from warehouse.schema_copies import MEMBERSHIPS, RELATIONS
from warehouse.schema_types import (
    ARTICLE_ID,
    BIGINT,
    BOOL,
    BYTES,
    DATE,
    INT,
    LOADED_AT,
    REVISION,
    RUN_ID,
    STRING,
    STRINGS,
    TIME,
    Column,
    Table,
)

SCHEMA_VERSION = 6
"""Number of the newest migration; equals what a catalog must have applied."""

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
        Column(
            "uri",
            STRING,
            "Address on the web when the source gives one, else where the document was first found.",
        ),
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
        Column(
            "script_region",
            STRING,
            "Traditional text: of tw, of hk, or made by a machine of simplified text (machine).",
            null=True,
        ),
        Column("text", STRING, "Repaired body in its own script, one paragraph per line."),
        Column("text_hans", STRING, "The same in simplified characters; null when equal to text.", null=True),
        Column("char_count", INT, "Length of text.", unit="characters"),
        Column("attributes", STRING, "Other columns of the record, as a JSON object.", null=True),
        Column(
            "evidence",
            STRING,
            "Field to number of its line (0: markup, record), as a JSON object.",
            null=True,
        ),
        Column("rules_version", STRING, "Version of the cleaning rules."),
        RUN_ID,
        LOADED_AT,
        Column("canonical_url", STRING, "Address that the page calls its own (rel=canonical).", null=True),
    ),
    sort=("published_on",),
)

LINES = Table(
    "lines",
    "received line of a cleaning",
    (
        ARTICLE_ID,
        REVISION,
        Column(
            "line_no",
            INT,
            "Number of the line as received, from 1; blank lines count, of HTML visible ones only.",
        ),
        Column(
            "label",
            STRING,
            "body: it is in the article's text. Others are not: title, subtitle, metadata, byline, summary, caption, "
            "navigation, breadcrumb, related, share, contact, promotion, legal, comment, spam, boilerplate.",
        ),
        Column(
            "rule",
            STRING,
            "Rule that gave the label; + unrecoverable where text of the line is lost for good, such as 锟斤拷; + wrapped "
            "where the text goes on in the next line of the body without a break.",
        ),
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
        Column("attempts", INT, "How often it was tried, over all runs since it could be read.", null=True),
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
        LEDGER,
        RUNS,
        MIGRATIONS,
        TOMBSTONES,
        CLOSED_REJECTS,
        ABSENCES,
        ROBOTS,
        PAUSES,
    )
}
"""Every table of schema ``core`` by name."""

if __name__ == "__main__":
    importlib.import_module("warehouse.dictionary").write()
