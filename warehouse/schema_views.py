"""What people read: each view of schema ``main`` with a sentence for each column.

Sentences are taken from the tables where a column is passed through.
"""

from warehouse.schema import ARTICLES, DOCUMENTS, EDITS, LINES, REJECTS, SIGHTINGS
from warehouse.schema_accounts import RUNS
from warehouse.schema_copies import MEMBERSHIPS
from warehouse.schema_types import INT, STRING, TIME, Column, Table, View, quoted


def _take(table: Table, names: str) -> tuple[Column, ...]:
    columns = {c.name: c for c in table.columns}
    return tuple(columns[name] for name in names.split())


_CLUSTER = (
    Column("cluster_id", STRING, "Cluster of copies the article belongs to."),
    Column("copy_count", INT, "Current copies of the article beside itself; 0 for most."),
)
_ARTICLE = (
    *_take(
        ARTICLES, "article_id external_id uri host site title subtitle source_name published_at published_on"
    ),
    *_take(ARTICLES, "authors photographers editors breadcrumb script text"),
    Column("text_hans", STRING, "Text in simplified characters."),
    *_take(ARTICLES, "char_count"),
    *_CLUSTER,
    *_take(ARTICLES, "rules_version run_id loaded_at"),
)

DICTIONARY = "dictionary"
"""View that describes the columns of the others: DuckLake keeps no comments for columns of views, and to
``describe`` each of them may be null."""


def dictionary_sql() -> list[str]:
    """Return the statements that make the view ``dictionary``."""
    rows = ",\n    ".join(
        f"({quoted(view.name)}, {quoted(c.name)}, {quoted(c.sql_type)}, {quoted(c.comment)}, {str(c.null).lower()})"
        for view in VIEWS.values()
        for c in view.columns
    )
    return [
        f"create or replace view {DICTIONARY} as select * from (values\n    {rows}\n) "
        "as described (view_name, column_name, data_type, comment, may_be_null)",
        f"comment on view {DICTIONARY} is 'One row per column of a view: its type, what it means, whether it may be null'",
    ]


VIEWS: dict[str, View] = {
    v.name: v
    for v in (
        View("articles", "surviving article: one per cluster of copies, newest version", _ARTICLE),
        View(
            "all_articles",
            "article, copies included",
            _ARTICLE + _take(MEMBERSHIPS, "is_canonical duplicate_of duplicate_kind similarity"),
        ),
        View(
            "reading",
            "surviving article, for readers: full-width marks (，：！) where Chinese is written",
            (
                *_take(ARTICLES, "article_id uri title subtitle source_name published_on script text"),
                Column("text_hans", STRING, "Text in simplified characters."),
            ),
        ),
        View(
            "details",
            "article, copies included: what else is known of it",
            _take(
                ARTICLES,
                "article_id url canonical_url date_precision script_region attributes evidence",
            ),
        ),
        View(
            "duplicates",
            "copy",
            _take(ARTICLES, "article_id uri")
            + _take(MEMBERSHIPS, "duplicate_of duplicate_kind similarity run_id"),
        ),
        View(
            "documents",
            "distinct content as received",
            _take(
                DOCUMENTS,
                "article_id content_sha256 uri fetched_at media_type charset size_bytes content run_id",
            ),
        ),
        View(
            "sightings",
            "place where a document was seen",
            (
                *_take(SIGHTINGS, "article_id uri"),
                Column("first_seen_at", TIME, "When it was seen there first."),
                Column("last_seen_at", TIME, "When it was seen there last."),
                Column(
                    "gone_at",
                    TIME,
                    "When it was found to be gone from there, or replaced wherever it was; null while it is there.",
                    null=True,
                ),
            ),
        ),
        View("lines", "received line", _take(LINES, "article_id line_no label rule text")),
        View(
            "edits",
            "changed span",
            _take(EDITS, "article_id line_no start_char end_char before after rule"),
        ),
        View("rejects", "document or record that cannot be loaded as things stand", REJECTS.columns),
        View(
            "runs",
            "flow run",
            _take(
                RUNS,
                "run_id flow_run_id flow state started_at ended_at documents articles duplicates rejects "
                "snapshot_id",
            ),
        ),
    )
}
"""Every view by name."""
