"""warehouse/README.md: the data dictionary, made from the schema."""

from pathlib import Path

from warehouse.schema import TABLES
from warehouse.schema_types import Column, Table, View
from warehouse.schema_views import DICTIONARY, VIEWS

README = Path(__file__).parent / "README.md"


def render() -> str:
    """Return the text of the data dictionary."""
    parts = [(Path(__file__).parent / "README.head.txt").read_text("utf-8").rstrip(), "\n## Views\n"]
    parts += [_section(view) for view in VIEWS.values()]
    parts.append(
        "### `search(q, k := 20)`\n\nTable macro, one row per hit: `article_id`, `score` (BM25, higher is better: it orders "
        "the hits of one question and means nothing beside another; a word of most articles gives 1e-06). "
        "`select a.title, s.score from search('环境保护') s join articles a using (article_id)`\n"
    )
    parts.append(
        f"### `{DICTIONARY}`\n\nWhat stands above, in SQL: `view_name`, `column_name`, `data_type`, `comment`, `may_be_null`.\n"
    )
    parts.append("## Tables (schema `core`)\n")
    parts += [_section(table) for table in TABLES.values()]
    return "\n".join(parts)


def write() -> None:
    """Write the data dictionary."""
    README.write_text(render(), "utf-8")


def _section(part: Table | View) -> str:
    rows = "\n".join(_row(column) for column in part.columns)
    return (
        f"### `{part.name}`\n\nOne row per {part.grain}.\n\n| column | type | what |\n|---|---|---|\n{rows}\n"
    )


def _row(column: Column) -> str:
    null = ", may be null" if column.null else ""
    unit = f" ({column.unit})" if column.unit else ""
    return f"| `{column.name}` | {column.sql_type.upper()}{null} | {column.about}{unit} |"
