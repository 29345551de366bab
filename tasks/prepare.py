"""prepare: a read batch -> everything its commit needs, computed outside the commit lock.

Reads    staged batch after the script step
Adds     the rows of every table and the fingerprints for dedupe, staged as Arrow files in a folder
Rejects  nothing
"""

import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.feather as feather

from tasks.batch import Batch, BatchRef, read_staged, write_staged
from tasks.dedupe import ArticleText, Fingerprints, fingerprint
from tasks.document import Document, Fields
from tasks.errors import ContractError
from tasks.garbage import collection_paused
from tasks.rows import batch_tables


@dataclass(slots=True)
class BatchRows:
    """What is committed together. tables: name in ``warehouse.schema`` -> rows."""

    tables: dict[str, pa.Table]
    fingerprints: Fingerprints


def _article_text(document: Document) -> ArticleText:
    found = document.fields
    return ArticleText(
        article_id=document.article_id,
        title=found.title,
        text=document.text_hans,
        published_at=found.published_at,
        is_damaged=document.is_damaged,
        is_original=_names_its_site(found),
    )


def _names_its_site(found: Fields) -> bool:
    """Return whether a line of the page names the site as the outlet.

    Without such a line the outlet is taken from the site's name: any page that took the article over has that.
    """
    return (
        found.site is not None
        and found.source_name == found.site
        and found.evidence.get("source_name", 0) > 0
    )


def fingerprints_of(documents: Sequence[Document]) -> Fingerprints:
    """Return the fingerprints of read documents."""
    return fingerprint([_article_text(document) for document in documents])


def rows_of(batch: Batch, run_id: str, rules_version: str) -> BatchRows:
    """Return the rows and fingerprints of a read batch."""
    return BatchRows(
        batch_tables(batch, run_id, rules_version),
        fingerprints_of(batch.documents),
    )


def prepare_rows(ref: BatchRef, run_id: str, rules_version: str) -> BatchRef:
    """Prepare a staged batch and stage the result as a folder; may run in any process."""
    started = time.process_time()
    path = Path(ref.path)
    with collection_paused():
        rows = rows_of(read_staged(path), run_id, rules_version)
    folder = path.with_name(f"{ref.number:06d}.rows")
    folder.mkdir(exist_ok=True)
    for name, table in rows.tables.items():
        feather.write_feather(table, str(folder / f"{name}.arrow"), compression="uncompressed")
    write_staged(folder / "fingerprints", rows.fingerprints)
    return replace(ref, path=str(folder), seconds=time.process_time() - started)


def read_rows(folder: Path) -> BatchRows:
    """Read what ``prepare_rows`` staged."""
    tables = {path.stem: feather.read_table(str(path)) for path in sorted(folder.glob("*.arrow"))}
    with (folder / "fingerprints").open("rb") as file:
        fingerprints = pickle.load(file)
    if not isinstance(fingerprints, Fingerprints):
        raise ContractError(f"{folder} holds no fingerprints. Nothing was stored from it.")
    return BatchRows(tables, fingerprints)
