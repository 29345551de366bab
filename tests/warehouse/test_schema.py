"""Promises of the schema: one source, and everything made from it agrees."""

from warehouse import dictionary
from warehouse.migrate import MACROS, SQL_FOLDER, TEXT_MACROS, VIEW_ORDER, migration_names
from warehouse.schema import SCHEMA_VERSION, TABLES
from warehouse.schema_views import DICTIONARY, VIEWS

READ = {
    "articles": "article_id external_id uri host site title subtitle source_name published_at "
    "published_on authors photographers editors breadcrumb script text text_hans "
    "char_count cluster_id copy_count rules_version run_id loaded_at",
    "all_articles": "article_id external_id uri host site title subtitle source_name published_at "
    "published_on authors photographers editors breadcrumb script text text_hans "
    "char_count cluster_id copy_count rules_version run_id loaded_at "
    "is_canonical duplicate_of duplicate_kind similarity",
    "reading": "article_id uri title subtitle source_name published_on script text text_hans",
    "details": "article_id url canonical_url date_precision script_region attributes evidence",
    "duplicates": "article_id uri duplicate_of duplicate_kind similarity run_id",
    "documents": "article_id content_sha256 uri fetched_at media_type charset size_bytes content run_id",
    "sightings": "article_id uri first_seen_at last_seen_at gone_at",
    "lines": "article_id line_no label rule text",
    "edits": "article_id line_no start_char end_char before after rule",
    "rejects": "uri step reason detail article_id run_id rejected_at attempts",
    "runs": "run_id flow_run_id flow state started_at ended_at documents articles duplicates rejects "
    "snapshot_id",
}
"""What people rely on: the columns of each view, in order."""


def test_views_keep_their_columns(ask):
    """Every view has the columns people rely on, with the types the schema says."""
    found = ask("select table_name, column_name, data_type from information_schema.columns "
                "where table_catalog = 'lake' and table_schema = 'main' "
                "order by table_name, ordinal_position")  # fmt: skip
    columns = {name: [(c, t) for n, c, t in found if n == name] for name in READ}

    assert {name: " ".join(c for c, _ in pairs) for name, pairs in columns.items()} == READ
    for name, view in VIEWS.items():
        types = {c: t.lower().replace("timestamp with time zone", "timestamptz") for c, t in columns[name]}
        assert types == {c.name: c.sql_type for c in view.columns}, name


def test_migrations_make_the_tables_of_the_schema(ask):
    """A catalog after all migrations has exactly the tables, columns and types of the schema."""
    found = ask("select table_name, column_name, data_type, is_nullable from information_schema.columns "
                "where table_catalog = 'lake' and table_schema = 'core' "
                "order by table_name, ordinal_position")  # fmt: skip
    for table in TABLES.values():
        made = [
            (c, t.lower().replace("timestamp with time zone", "timestamptz"), n)
            for name, c, t, n in found
            if name == table.name
        ]
        assert made == [(c.name, c.sql_type, "YES" if c.null else "NO") for c in table.columns], table.name
    assert len(migration_names()) == SCHEMA_VERSION


def test_every_column_has_its_sentence(ask):
    """Comments reach the catalog: tables, their columns, and views."""
    assert ask("select table_name, column_name from duckdb_columns() where database_name = 'lake' and "
               "schema_name = 'core' and comment is null and table_name in "
               "(select table_name from duckdb_tables() where database_name = 'lake')") == []  # fmt: skip
    comments = dict(ask("select view_name, comment from duckdb_views() where database_name = 'lake' and "
                        "schema_name = 'main'"))  # fmt: skip
    assert set(comments) == {*VIEWS, DICTIONARY}
    assert ask(f"select comment from {DICTIONARY} where view_name = 'runs' and column_name = 'flow'") == [
        ("ingest, reclean, upkeep …",)
    ]
    assert "published_on: Publication day" in comments["articles"]


def test_every_sql_file_is_used():
    """A file in sql/ is a view, macro, check or migration that is applied."""
    assert sorted(VIEW_ORDER) == sorted(f.stem for f in (SQL_FOLDER / "views").glob("*.sql"))
    assert sorted(TEXT_MACROS + MACROS) == sorted(f.stem for f in (SQL_FOLDER / "macros").glob("*.sql"))


def test_the_data_dictionary_is_fresh():
    """warehouse/README.md says what the schema says; `python -m warehouse.schema` writes it."""
    assert dictionary.README.read_text("utf-8") == dictionary.render()
