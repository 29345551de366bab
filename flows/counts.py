"""counts: what a run is asked to do, and what it did in numbers."""

import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tasks.fetch import FetchOptions
from tasks.sources import Source


def new_run_id() -> str:
    """Return an id that sorts by time: ``20180822T074700-3f9c``."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run is asked to do. sources: in order; limits of a batch in documents and bytes."""

    sources: tuple[Source, ...]
    warehouse: Path
    batch_docs: int
    batch_bytes: int
    options: FetchOptions


@dataclass(slots=True)
class Counts:
    """What a run did, in documents unless named otherwise.

    documents: new, unchanged, rejected and forgotten ones together. forgotten: removed on request once, and
    left out when they come again. duplicates: articles of the run that are copies; while it goes on as each
    batch decided it, at its end as it then stands, which is the same in whatever batches they came.
    gone: places where nothing is any more. size_bytes: received content that was read. step_seconds: CPU
    time of the reading steps, waiting time of load. rules: spans changed, by rule.
    """

    new: int = 0
    unchanged: int = 0
    articles: int = 0
    duplicates: int = 0
    rejects: int = 0
    edits: int = 0
    batches: int = 0
    size_bytes: int = 0
    forgotten: int = 0
    gone: int = 0
    snapshot_id: int | None = None
    step_seconds: dict[str, float] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)

    @property
    def documents(self) -> int:
        """Documents received, whatever became of them."""
        return self.new + self.unchanged + self.rejects + self.forgotten

    def add(self, stored: dict[str, int]) -> None:
        """Add the counts of one batch."""
        for name, count in stored.items():
            setattr(self, name, getattr(self, name) + count)

    def add_seconds(self, step: str, seconds: float) -> None:
        """Count seconds of a step."""
        self.step_seconds[step] = self.step_seconds.get(step, 0.0) + seconds
