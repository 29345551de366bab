"""reclean_outcome: what a reclean found, document by document, against what the tables hold."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import duckdb

from flows.retry import Retried
from flows.stored import COMPARED, stored_cleanings
from tasks.difference import Cleaning, difference
from tasks.document import Document
from warehouse.runs import RunRecord, RunRef, RunState

EXAMPLES = 5
"""Articles shown with a field before and after."""


@dataclass(slots=True)
class Outcome:
    """What a reclean found, in articles.

    outdated: to be read again; learned: ids of those whose site is known better by now; read, changed,
    stopped: of them so far; retried: what came of rejects. rules, fields: articles that change by each;
    examples: (uri, field, before, after). snapshot_id: last commit.
    """

    outdated: int = 0
    learned: frozenset[str] = frozenset()
    read: int = 0
    changed: int = 0
    stopped: int = 0
    retried: Retried = field(default_factory=Retried)
    rules: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str, str, str]] = field(default_factory=list)
    snapshot_id: int | None = None


def as_summary(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as values that JSON knows; most frequent first. cured_of: by the reason that had stopped."""
    return {
        "outdated": outcome.outdated,
        "learned": len(outcome.learned),
        "changed": outcome.changed,
        "stopped": outcome.stopped,
        "retried": outcome.retried.tried,
        "cured": outcome.retried.cured,
        "cured_of": dict(outcome.retried.reasons.most_common()),
        "rules": dict(outcome.rules.most_common()),
        "fields": dict(outcome.fields.most_common()),
        "examples": [list(each) for each in outcome.examples],
        "snapshot_id": outcome.snapshot_id,
    }


def run_record(outcome: Outcome, ref: RunRef, state: RunState) -> RunRecord:
    """Return the last row of the run in the table of runs."""
    retried = outcome.retried
    return RunRecord(
        ref,
        state,
        documents=outcome.read + retried.tried,
        articles=outcome.read - outcome.stopped + retried.cured,
        rejects=outcome.stopped + retried.tried - retried.cured,
        snapshot_id=outcome.snapshot_id,
    )


def compare(con: duckdb.DuckDBPyConnection, documents: list[Document], outcome: Outcome) -> set[str]:
    """Count how documents that were just read differ from their newest stored cleanings; return who does not."""
    same: set[str] = set()
    held = stored_cleanings(con, [document.article_id for document in documents])
    for document in documents:
        before = held.get(document.article_id)
        if before is None:
            continue
        after = cleaning_of(document)
        found = difference(before, after)
        if not found:
            same.add(document.article_id)
            continue
        outcome.changed += 1
        outcome.rules.update(found.rules.keys())
        outcome.fields.update(found.fields)
        for name in found.fields[:1]:
            if len(outcome.examples) < EXAMPLES:
                one, other = str(before.fields.get(name)), str(after.fields[name])
                outcome.examples.append((document.uri, name, *_where_they_part(one, other)))
    return same


def cleaning_of(document: Document) -> Cleaning:
    """Return what a document that was just read says, to be compared."""
    found = document.fields
    values = {name: getattr(found, name) for name in COMPARED if name not in ("script", "text")}
    return Cleaning(
        {**values, "script": document.script, "text": document.text},
        {line.number: (line.label, line.rule) for line in document.lines},
        {(e.line, e.start, e.end, e.after): e.rule for e in document.edits},
    )


def _where_they_part(one: str, other: str) -> tuple[str, str]:
    """Return both texts around the first place where they differ."""
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    begin = max(start - 15, 0)
    return one[begin : start + 45], other[begin : start + 45]
