"""indexing: the search index brought along while a run goes on, in a worker process.

The index is derived: when this is cut short nothing is lost, the next run takes up where it ended.
"""

from concurrent.futures import Future, ThreadPoolExecutor

from flows.workers import run_in_worker
from warehouse.catalog import Warehouse
from warehouse.search import SearchIndex


def index_search(root: str) -> int:
    """Take over what was committed since the last time; returns the articles indexed. Runs in any process."""
    with Warehouse.open(root, read_only=True) as warehouse, warehouse.connect() as con:
        return SearchIndex(warehouse.paths).catch_up(con)


class SearchIndexer:
    """Brings the search index of one warehouse along, one call at a time, beside other work."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._root = str(warehouse.paths.root)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="search-index")
        self._pending: Future[int] | None = None

    def nudge(self) -> None:
        """Say that there is something new; does nothing while the index is at work."""
        if self._pending is None or self._pending.done():
            self._pending = self._thread.submit(run_in_worker, index_search, self._root)

    def finish(self) -> None:
        """Wait until the index holds everything committed so far; raises what went wrong."""
        if self._pending is not None:
            self._pending.exception()  # an earlier look may fail; the last one decides
        self._thread.submit(run_in_worker, index_search, self._root).result()

    def close(self) -> None:
        """Give up what is pending."""
        self._thread.shutdown(wait=False, cancel_futures=True)
