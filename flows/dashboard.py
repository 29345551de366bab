"""dashboard: what an operator sees of a run in Prefect, while it works and afterwards.

Progress while it runs, a line of log per batch, at the end a name that says what and how much,
a tag for each source, and the report. Nothing here may be the reason that a run fails.
"""

import time
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from uuid import UUID

from prefect import get_run_logger
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from flows.counted import counted, in_bytes
from flows.health import (
    RunSize,
    as_summary,
    count_sources,
    last_runs,
    loaded_so_far,
    source_histories,
    with_this_run,
)
from flows.notify import tell_of_run
from flows.run import IngestRun
from flows.run_report import RunReport, as_markdown
from flows.summary import copies, headline, rejects_by_reason
from tasks.batch import BatchRef
from tasks.sources import Source

PROGRESS_AFTER_S = 3.0
"""A shorter run has no progress to show; the same time lies between two updates."""

TAGS = 10
"""Tags of a run, at most: a run of a thousand sources is not found by its sources."""


def short_name(source: Source) -> str:
    """Return the name of a source for names and tags.

    >>> short_name(Source(location="/data/inbox/"))
    'inbox'
    """
    if source.name:
        return source.name
    location = source.location.removeprefix("https://").removeprefix("http://").rstrip("/")
    return location if location != source.location.rstrip("/") else PurePath(location).name or location


def names_of(sources: Sequence[Source]) -> str:
    """Return the sources in a few words."""
    names = [short_name(each) for each in sources]
    return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


class Dashboard:
    """Shows one ingest run. sources: those asked for; missing: the locations among them where nothing is."""

    def __init__(self, run: IngestRun, sources: Sequence[Source], missing: Sequence[str] = ()) -> None:
        self._run = run
        self._sources = sources
        self._missing = missing
        self._logger = get_run_logger()
        self._shown_at = time.monotonic()
        self._progress: UUID | None = None
        self._total = 0

    def begin(self) -> None:
        """Say what is going to be done."""
        self._total = self._run.reader.bytes_to_read()
        self._logger.info(
            "%s: %s to read (%s), %s as before",
            names_of(self._sources),
            counted(self._run.reader.inputs_to_read, "input"),
            in_bytes(self._total),
            f"{len(self._run.reader.unchanged):,}",
        )
        for location in self._missing:
            self._logger.warning("%s: nothing is there", location)

    def batch_done(self, ref: BatchRef, stored: Mapping[str, int]) -> None:
        """Log a batch; what it gave is in the counts."""
        self._logger.info(
            "batch %d: %s, %s, %s, %d rejected",
            ref.number,
            counted(stored["new"] + stored["unchanged"], "document"),
            counted(stored["articles"], "article"),
            counted(stored["duplicates"], "copy", "copies"),
            stored["rejects"],
        )
        self.show()

    def batch_failed(self, failure: str) -> None:
        """Log a batch that could not be done."""
        self._logger.error(failure)

    def show(self) -> None:
        """Bring the progress up to date, not too often."""
        now = time.monotonic()
        if now - self._shown_at < PROGRESS_AFTER_S:
            return
        self._shown_at = now
        done = min(99.0, 100.0 * (self._run.reader.share_read() or 0.0))
        try:
            if self._progress is None:
                inputs = counted(self._run.reader.inputs_to_read, "input")
                words = f"{names_of(self._sources)}: {inputs}, {in_bytes(self._total)}"
                made = create_progress_artifact(done, key="ingest-progress", description=words)
                self._progress = UUID(str(made))
            else:
                update_progress_artifact(self._progress, done)
        except Exception as error:  # noqa: BLE001 - a server that restarts is no reason to fail
            self._logger.debug("no progress shown: %s", error)

    def end(self, summary: dict[str, Any]) -> dict[str, Any]:
        """Publish the report and name the run; returns the summary with what each source gave."""
        try:
            self._publish(summary)
        except Exception:
            self._logger.exception("the articles are loaded, but the report could not be published")
        return {**summary, **self._run.notes}

    def _publish(self, summary: dict[str, Any]) -> None:
        run, warehouse = self._run, self._run.warehouse
        run_id = run.run.run_id
        reader = run.reader
        counts = count_sources(
            warehouse, run_id, self._sources, reader.unchanged, self._missing, reader.traffic.left_alone
        )
        run.notes["sources"] = as_summary(counts)
        report = RunReport(
            summary=summary,
            warehouse=warehouse.paths.root,
            rejects=rejects_by_reason(warehouse, run_id) if summary["rejects"] else [],
            rules=run.counts.rules,
            copies=copies(warehouse, run_id) if summary["duplicates"] else [],
            sources=counts,
            histories=with_this_run(source_histories(warehouse), counts, run.run.started_at),
            growth=[*last_runs(warehouse, 29), *_size_of(run)],
            loaded=loaded_so_far(warehouse) + summary["articles"],
        )
        words = headline(summary)
        create_markdown_artifact(
            as_markdown(report),
            key="ingest-report",
            description=f"**{words}** in {summary['seconds']:.1f} s",
        )
        if self._progress is not None:
            update_progress_artifact(self._progress, 100.0)
        self._name(words)
        tell_of_run(warehouse.paths.root, summary, counts)

    def _name(self, words: str) -> None:
        if not flow_run.id:
            return
        tags = [*flow_run.tags, *(short_name(each) for each in self._sources)]
        with get_client(sync_client=True) as client:
            client.update_flow_run(
                UUID(str(flow_run.id)),
                name=f"ingest {names_of(self._sources)}: {words}"[:200],
                tags=list(dict.fromkeys(tags))[: TAGS + 2],
            )


def _size_of(run: IngestRun) -> list[RunSize]:
    counts = run.counts
    if not counts.articles + counts.rejects:
        return []
    ref = run.run
    return [
        RunSize(
            ref.run_id, ref.flow_run_id, ref.started_at, counts.articles, counts.duplicates, counts.rejects
        )
    ]
