"""Batches as they come from the steps -> rows that fit their tables."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.errors import SchemaMismatch
from warehouse.schema import TABLES

PER_ARTICLE = ("articles", "lines", "edits", "signatures", "memberships", "relations")
"""Tables whose rows belong to the first load of an article."""


def fit(name: str, rows: pa.Table, defaults: Mapping[str, object]) -> pa.Table:
    """Return ``rows`` with the columns of table ``name``, in order and type.

    ``defaults`` fill columns that are absent; other absent columns become null where allowed.
    Raises ``SchemaMismatch`` for unknown columns, types that do not cast and forbidden nulls.
    """
    table = TABLES.get(name)
    if table is None:
        raise SchemaMismatch(f"There is no table core.{name}. Nothing of this batch was stored.")
    unknown = sorted(set(rows.column_names) - {c.name for c in table.columns})
    if unknown:
        raise SchemaMismatch(
            f"The batch for core.{name} has columns it does not know: {', '.join(unknown)}. "
            "Nothing of this batch was stored. Columns are listed in warehouse/README.md."
        )
    columns = []
    for column in table.columns:
        if column.name in rows.column_names:
            values = _cast(rows.column(column.name), column.type, f"core.{name}.{column.name}")
        else:
            values = pa.chunked_array(
                [pa.repeat(pa.scalar(defaults.get(column.name), column.type), rows.num_rows)]
            )
        if values.null_count and not column.null:
            raise SchemaMismatch(
                f"core.{name}.{column.name} has {values.null_count} nulls in this batch and allows none. "
                "Nothing of this batch was stored."
            )
        columns.append(values)
    return pa.Table.from_arrays(columns, schema=table.arrow_schema)


def _cast(values: pa.ChunkedArray, target: pa.DataType, where: str) -> pa.ChunkedArray:
    try:
        return values if values.type == target else values.cast(target)
    except pa.ArrowInvalid as error:
        raise SchemaMismatch(
            f"{where} is {values.type} in this batch; the table wants {target}: {error}. "
            "Nothing of this batch was stored."
        ) from error
    except pa.ArrowNotImplementedError as error:
        raise SchemaMismatch(
            f"{where} is {values.type} in this batch; the table wants {target}. "
            "Nothing of this batch was stored."
        ) from error


def only(rows: pa.Table, article_ids: Iterable[str]) -> pa.Table:
    """Return the rows of the given articles."""
    wanted = pa.array(list(article_ids), pa.string())
    return rows.filter(pc.is_in(rows.column("article_id"), wanted))


def first_of_each(rows: pa.Table, keys: tuple[str, ...]) -> pa.Table:
    """Return the first row of each key, in order: two copies in one batch are one article."""
    seen: set[tuple[object, ...]] = set()
    keep = []
    for index, key in enumerate(zip(*(rows.column(k).to_pylist() for k in keys), strict=True)):
        if key not in seen:
            seen.add(key)
            keep.append(index)
    return rows if len(keep) == rows.num_rows else rows.take(pa.array(keep, pa.int64()))


def ids_of(rows: pa.Table | None) -> list[str]:
    """Return the article ids of the rows, in order."""
    return [] if rows is None else [str(v) for v in rows.column("article_id").to_pylist()]


def without_repeats(rows: pa.Table) -> pa.Table:
    """Return articles with ``text_hans`` null where it equals ``text``: the view puts it back."""
    index = rows.schema.get_field_index("text_hans")
    same = pc.fill_null(pc.equal(rows.column("text_hans"), rows.column("text")), False)
    values = pc.if_else(same, pa.scalar(None, pa.string()), rows.column("text_hans"))
    return rows.set_column(index, rows.schema.field(index), values)
