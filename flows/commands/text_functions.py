"""text_functions: what a query may do to a text beside SQL itself.

Adds     to_taiwan, to_hong_kong, to_simplified, full_width: VARCHAR -> VARCHAR, NULL stays NULL
         (full_width only where the warehouse is read as it was before it had that macro)
Source   ``tasks.script`` and ``tasks.clean.punctuation_width``, loaded when a query first calls them
"""

import duckdb


def to_taiwan(text: str) -> str:
    """Return a text in the characters of Taiwan; words are kept."""
    from tasks.script import to_region

    return to_region(text, "tw")


def to_hong_kong(text: str) -> str:
    """Return a text in the characters of Hong Kong; words are kept."""
    from tasks.script import to_region

    return to_region(text, "hk")


def to_simplified(text: str) -> str:
    """Return a text in simplified characters."""
    from tasks.script import to_hans

    return to_hans(text)


def full_width(text: str) -> str:
    """Return a text with full-width marks (，：！) between Chinese characters."""
    from tasks.clean.punctuation_width import restore_width

    return restore_width(text)


TEXT_FUNCTIONS = {f.__name__: f for f in (to_taiwan, to_hong_kong, to_simplified, full_width)}


def add_text_functions(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Give a connection the functions that a query names; half a second for the first, so not unasked."""
    for name, function in TEXT_FUNCTIONS.items():
        if name in query.lower() and not _has(con, name):
            con.create_function(name, function, ["VARCHAR"], "VARCHAR")


def _has(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    return bool(con.execute("select 1 from duckdb_functions() where function_name = ?", [name]).fetchone())
