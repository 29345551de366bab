"""prepared: batches of new cleanings that wait as Parquet in the staging folder until they are published.

A batch is there whole or not at all. What is forgotten on request meanwhile goes with its batch; the
next reclean prepares the rest of it again.
"""

import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.batch import ids_of, without_repeats
from warehouse.key_states import ArticleState
from warehouse.keys import KeyIndex
from warehouse.paths import WarehousePaths
from warehouse.staged import ArticlesOfFiles

REVISED = ("articles", "lines", "edits", "signatures", "relations", "memberships", "rejects")
"""Tables that a prepared batch may hold; ``rejects`` for documents that newer rules stop."""

ID_FILE = "id"
FOLDERS = "reclean-*"


class PreparedBatches:
    """The batches in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepared(self) -> set[str]:
        """Names of the batches that are prepared whole."""
        if not self.folder.exists():
            return set()
        return {path.name for path in self.folder.iterdir() if path.is_dir() and path.suffix != ".part"}

    def prepare(self, batch: str, tables: Mapping[str, pa.Table]) -> None:
        """Write a batch; it is there whole or not at all.

        ``articles``, ``lines``, ``edits``, ``signatures`` carry the new ``revision``.
        """
        unknown = sorted(set(tables) - set(REVISED))
        if unknown:
            raise ValueError(f"a reclean does not write {', '.join(unknown)}")
        part = self.folder / f"{batch}.{os.getpid()}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        if not (self.folder / ID_FILE).exists():
            (part / ID_FILE).write_text(uuid.uuid4().hex)
            (part / ID_FILE).replace(self.folder / ID_FILE)
        for name, rows in tables.items():
            rows = without_repeats(rows) if name == "articles" and "text_hans" in rows.column_names else rows
            pq.write_table(rows, part / f"{name}.parquet", compression="zstd")
        final = self.folder / batch
        shutil.rmtree(final, ignore_errors=True)
        part.replace(final)

    def read(self, table: str, names: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
        """Some columns of one table, batch by batch, in order."""
        for batch in sorted(self.prepared()):
            file = self.folder / batch / f"{table}.parquet"
            if file.exists():
                yield batch, pq.read_table(file, columns=list(names))

    def following(self, states: Mapping[str, ArticleState]) -> dict[str, str]:
        """Return article -> the batch that holds the cleaning after its current one.

        Two batches hold an article when a reclean was interrupted and went on with batches of another size.
        """
        batches: dict[str, str] = {}
        for batch, rows in self.read("articles", ("article_id", "revision")):
            for article_id, revision in zip(ids_of(rows), rows.column("revision").to_pylist(), strict=True):
                if article_id in states and states[article_id].revision + 1 == revision:
                    batches.setdefault(article_id, batch)
        return batches

    def rejected(self) -> dict[str, str]:
        """Return article -> the first batch that says it is stopped."""
        batches: dict[str, str] = {}
        for batch, rows in self.read("rejects", ("article_id",)):
            for article_id in rows.column("article_id").to_pylist():
                if article_id is not None:
                    batches.setdefault(str(article_id), batch)
        return batches

    def chosen(self, table: str, batches: Mapping[str, str], wanted: Collection[str]) -> ArticlesOfFiles:
        """Return the files of one table with those of the wanted articles that are to be taken from each."""
        of_batch: dict[str, set[str]] = {}
        for article_id in wanted:
            of_batch.setdefault(batches[article_id], set()).add(article_id)
        found = {self.folder / batch / f"{table}.parquet": of_batch[batch] for batch in sorted(of_batch)}
        return {file: ids for file, ids in found.items() if file.exists()}

    def drop(self) -> None:
        """Remove what was prepared."""
        shutil.rmtree(self.folder, ignore_errors=True)


def forgotten_batches(paths: WarehousePaths, keys: KeyIndex) -> list[Path]:
    """Return the folders of prepared batches that hold what was forgotten on request.

    One that is half written counts when its writer is gone: nobody needs it, nobody knows what it holds.
    """
    if not keys.rows("select 1 from tombstones limit 1"):
        return []
    folders = [batch for stage in paths.staging.glob(FOLDERS) for batch in stage.iterdir() if batch.is_dir()]
    return [batch for batch in folders if _is_abandoned(batch) or _holds_forgotten(batch, keys)]


def _is_abandoned(batch: Path) -> bool:
    if batch.suffix != ".part":
        return False
    try:
        os.kill(int(batch.stem.rpartition(".")[2]), 0)
    except (ValueError, ProcessLookupError):
        return True
    except PermissionError:
        pass  # somebody else's, and alive
    return False


def _holds_forgotten(batch: Path, keys: KeyIndex) -> bool:
    ids: set[str] = set()
    with suppress(OSError, pa.ArrowException):  # being written; or taken away by the one who published it
        for file in batch.glob("*.parquet"):
            ids |= set(ids_of(pq.read_table(file, columns=["article_id"])))
    return bool(keys.forgotten("article", ids))


def drop_forgotten(paths: WarehousePaths, keys: KeyIndex) -> int:
    """Remove prepared batches that hold what was forgotten; returns how many. Hold the commit lock."""
    found = forgotten_batches(paths, keys)
    for batch in found:
        shutil.rmtree(batch, ignore_errors=True)
    return len(found)
