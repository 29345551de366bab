"""Promises of the schema: one source, and everything made from it agrees."""

from typing import get_args

from tasks.lines import LABELS
from tasks.script.classify import Region
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
        ("ingest or reclean; a forget and an upkeep are not listed.",)
    ]
    assert "published_on: Publication day" in comments["articles"]


VALUES = {
    "varchar": "'a'", "varchar[]": "[]", "blob": "''::blob", "boolean": "true", "integer": "1", "bigint": "1",
    "double": "1", "date": "current_date", "timestamptz": "now()",
}  # fmt: skip
"""Something of each type."""


def test_what_is_said_not_to_be_null_is_not(warehouse, ask):
    """Of rows that hold no more than they must, an article and its copy, each view shows what it promises."""
    copy = {"article_id": "'b'", "is_canonical": "false", "duplicate_of": "'a'"}
    ending = {"retired", "absences", "closed_rejects"}
    with warehouse.connect() as con:
        con.execute("begin")
        for table in TABLES.values():
            names = {c.name for c in table.columns}
            least = {c.name: VALUES[c.sql_type] for c in table.columns if not c.null}
            for row in (least, least | {n: value for n, value in copy.items() if n in names}):
                if table.name not in ending:
                    columns, values = ", ".join(row), ", ".join(row.values())
                    con.execute(f"insert into core.{table.name} ({columns}) values ({values})")
        con.execute("call lake.set_commit_message('test', 'rows')")
        con.execute("commit")

    said = ask(f"select view_name, column_name, may_be_null from {DICTIONARY}")
    assert said == [(view.name, c.name, c.null) for view in VIEWS.values() for c in view.columns]
    for view in VIEWS.values():
        kept = [f"count({c.name})" for c in view.columns if not c.null]
        ((rows, *counts),) = ask(f"select count(*), {', '.join(kept)} from {view.name}")
        assert rows > 0, view.name
        assert set(counts) == {rows}, view.name


def test_every_sql_file_is_used():
    """A file in sql/ is a view, macro, check or migration that is applied."""
    assert sorted(VIEW_ORDER) == sorted(f.stem for f in (SQL_FOLDER / "views").glob("*.sql"))
    assert sorted(TEXT_MACROS + MACROS) == sorted(f.stem for f in (SQL_FOLDER / "macros").glob("*.sql"))


def test_the_data_dictionary_is_fresh():
    """warehouse/README.md says what the schema says; `python -m warehouse.schema` writes it."""
    assert dictionary.README.read_text("utf-8") == dictionary.render()


def test_the_dictionary_names_what_a_column_may_hold():
    """Labels of lines, regions and precisions are told by name: nobody has to guess what to ask for."""
    told = {(table, column.name): column.comment for table in TABLES for column in TABLES[table].columns}

    assert [label for label in LABELS if label not in told["lines", "label"]] == []
    assert [region for region in get_args(Region) if region not in told["articles", "script_region"]] == []
    assert all(each in told["articles", "date_precision"] for each in ("second", "minute", "day", "month"))
