"""Rows that wait in Parquet files and enter a table as a stream: memory does not grow with them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pds

from warehouse.batch import fit
from warehouse.schema import TABLES

BATCH_ROWS = 5_000
"""Rows in memory while a file is read."""

ArticlesOfFiles = Mapping[Path, Collection[str]]
"""Files, and the articles whose rows are taken from each."""


class StagedRows:
    """Rows of one table in files, of each file only those of its articles.

    defaults: for columns the files lack, as in ``batch.fit``.
    """

    def __init__(self, table: str, files: ArticlesOfFiles, defaults: Mapping[str, object]) -> None:
        self.table = table
        self._files = [(str(file), pa.array(sorted(ids), pa.string())) for file, ids in files.items()]
        self._defaults = defaults
        self.num_rows = sum(rows.num_rows for rows in self._parts(["article_id"]))

    def reader(self) -> pa.RecordBatchReader:
        """The rows as a stream that fits the table; may be asked for again."""
        schema = TABLES[self.table].arrow_schema
        fitted = (fit(self.table, rows, self._defaults) for rows in self._parts(None))
        return pa.RecordBatchReader.from_batches(schema, (b for rows in fitted for b in rows.to_batches()))

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Some columns of all rows; for narrow ones. What the files lack is as in ``reader``."""
        schema = pa.schema([TABLES[self.table].arrow_schema.field(name) for name in names])
        parts = [self._filled(rows, schema) for rows in self._parts(list(names))]
        return pa.concat_tables(parts).cast(schema) if parts else schema.empty_table()

    def _filled(self, rows: pa.Table, schema: pa.Schema) -> pa.Table:
        columns = [
            rows.column(field.name)
            if field.name in rows.column_names
            else pa.repeat(pa.scalar(self._defaults.get(field.name), field.type), rows.num_rows)
            for field in schema
        ]
        return pa.table(columns, names=schema.names)

    def _parts(self, names: list[str] | None) -> Iterator[pa.Table]:
        for file, wanted in self._files:
            source = pds.dataset(file, format="parquet")
            chosen = pc.field("article_id").isin(wanted)
            there = None if names is None else [name for name in names if name in source.schema.names]
            for batch in source.to_batches(columns=there, filter=chosen, batch_size=BATCH_ROWS):
                if batch.num_rows:
                    yield pa.Table.from_batches([batch])


Rows = pa.Table | StagedRows
"""What a commit takes for a table."""
