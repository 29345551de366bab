"""Helpers of the fetch tests: read a path to its end and sort what comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tasks.discover import InputUnchanged, list_inputs
from tasks.document import Document
from tasks.fetch import FetchOptions, InputDone, read_documents
from tasks.reasons import Reject
from tasks.sources import Source


@dataclass
class Outcome:
    """All that a run of discover and fetch gave, in order and by kind."""

    events: list[object] = field(default_factory=list)

    def of(self, kind: type) -> list[Any]:
        return [e for e in self.events if type(e) is kind]

    @property
    def documents(self) -> list[Document]:
        return self.of(Document)

    @property
    def rejects(self) -> list[tuple[str, str]]:
        """(end of the uri, reason) of each reject."""
        return [(r.uri.rpartition("/")[2], str(r.reason)) for r in self.of(Reject)]

    @property
    def done(self) -> list[InputDone]:
        return self.of(InputDone)

    @property
    def unchanged(self) -> list[InputUnchanged]:
        return self.of(InputUnchanged)

    @property
    def pages(self) -> list[str]:
        return [(d.content if d.body is None else d.body).decode() for d in self.documents]


@pytest.fixture
def read() -> Callable[..., Outcome]:
    """Read locations: ``read(path, known=…, source={…}, **options)``."""

    def read_all(*locations: Path | str, known: Any = None, source: Any = None, **options: Any) -> Outcome:
        sources = [Source(location=str(location), **(source or {})) for location in locations]
        return Outcome(list(read_documents(list_inputs(sources, known or {}), FetchOptions(**options))))

    return read_all
