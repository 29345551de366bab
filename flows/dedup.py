"""dedup: decides the duplicates of a batch under the commit lock, with the warehouse's index."""

from collections.abc import Mapping

import pyarrow as pa

from tasks.prepare import BatchRows
from warehouse.catalog import Warehouse
from warehouse.load import LoadContext, LoadResult


class Deduplicator:
    """Looks up and keeps the index of one warehouse."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.copies_of_last_batch = 0

    def decide(self, rows: BatchRows, context: LoadContext) -> Mapping[str, pa.Table]:
        """Return the memberships of the batch's articles."""
        return {}

    def settle(self, result: LoadResult) -> None:
        """Bring the index along after the commit."""
