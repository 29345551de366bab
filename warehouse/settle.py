"""settle: what a batch says about earlier rejects and about places that are gone.

Reads    rejects, inputs, http_state, absences of a batch; the key index
Adds     attempts of rejects: those of this run and of the runs before, as long as nothing was read
         closed_rejects: rejects that are repeated by a newer row, cured, or gone with their place
         absences: pages read before that are answered with 404 or 410 now

A reject is cured when its input is read again with other content and does not give it again; when its
place could not be read, also when it can be read now and holds what it held; and when its document
is loaded after all. Costs the batch, not the history. Call under the commit lock.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.batch import fit
from warehouse.key_places import OpenReject, open_rejects, open_rejects_in, open_rejects_of
from warehouse.keys import KeyIndex

if TYPE_CHECKING:
    from warehouse.runs import RunRef

AT_THE_PLACE = frozenset(
    (
        "unreadable",
        "growing",
        "network",
        "http_error",
        "not_found",
        "robots",
        "refused",
        "loop",
        "too_large",
        "left_alone",
    )
)
"""Reasons why a place was not read to its end; the others are verdicts about what was read there."""
READ = (200, 304)
GONE = (404, 410)


def settle(
    keys: KeyIndex, batch: Mapping[str, pa.Table], new: Iterable[str], run: "RunRef", now: datetime
) -> dict[str, pa.Table]:
    """Return the tables of a batch that change or are added. new: articles that it loads.

    A reject that another run wrote since this one began may repeat, and so hide, one of this run's: that
    this batch does not give it again says nothing about it.
    """
    run_id = run.run_id
    rejects, repeated = _counted(keys, batch.get("rejects"), run_id)
    again = {(reject.uri, reject.article_id) for reject in repeated} | _keys_of(rejects)
    changed, as_before = _inputs_read(keys, batch)
    gone = _places(batch.get("absences")) + _pages_gone(keys, batch.get("http_state"))
    missing = [
        *open_rejects_in(keys, changed),
        *(each for each in open_rejects_in(keys, as_before) if each.reason in AT_THE_PLACE),
    ]
    cured = [each for each in missing if each.rejected_at < run.started_at]
    cured += open_rejects_of(keys, new)
    cured = [each for each in cured if each.run_id != run_id]
    causes = [(cured, "cured"), (list(open_rejects_in(keys, gone)), "gone"), (repeated, "repeated")]
    closed = {
        (each.uri, each.article_id): (each, cause)
        for found, cause in causes
        for each in found
        if cause == "repeated" or (each.uri, each.article_id) not in again
    }
    tables = {} if rejects is None else {"rejects": rejects}
    if closed:
        tables["closed_rejects"] = _added("closed_rejects", batch, closed_rows(closed.values()), run_id, now)
    pages = gone[len(_places(batch.get("absences"))) :]
    if pages:
        tables["absences"] = _added("absences", batch, [{"uri": uri} for uri in pages], run_id, now)
    return tables


def closed_rows(closed: Iterable[tuple[OpenReject, str]]) -> list[dict[str, object]]:
    """Return rows of ``closed_rejects`` for rejects and the cause why they no longer hold."""
    return [
        {
            "uri": each.uri,
            "article_id": each.article_id or None,
            "cause": cause,
            "closed_at": each.rejected_at,
        }
        for each, cause in closed
    ]


def _added(
    name: str, batch: Mapping[str, pa.Table], rows: list[dict[str, object]], run_id: str, now: datetime
) -> pa.Table:
    made = fit(name, pa.Table.from_pylist(rows), {"run_id": run_id, "noted_at": now})
    return pa.concat_tables([batch[name], made]) if name in batch else made


def _counted(
    keys: KeyIndex, rejects: pa.Table | None, run_id: str
) -> tuple[pa.Table | None, list[OpenReject]]:
    """Return (rejects with their attempts over all runs, the rejects that they repeat)."""
    if rejects is None or not rejects.num_rows:
        return rejects, []
    places = [
        (u, a or "") for u, a in zip(_column(rejects, "uri"), _column(rejects, "article_id"), strict=True)
    ]
    held = {(each.uri, each.article_id): each for each in open_rejects(keys, {uri for uri, _ in places})}
    before = {key: each.attempts for key, each in held.items() if each.run_id != run_id}
    attempts: list[object] = [
        (1 if own is None else own) + before.get(key, 0)
        for key, own in zip(places, _column(rejects, "attempts"), strict=True)
    ]
    # of two runs at once the one that commits last may have been the first to read: it must not be older
    # than what it repeats and closes
    times: list[object] = [
        max(own, held[key].rejected_at + timedelta(microseconds=1)) if key in before else own
        for key, own in zip(places, _column(rejects, "rejected_at"), strict=True)
    ]
    counted = _with(_with(rejects, "attempts", attempts), "rejected_at", times)
    return counted, [held[key] for key in dict.fromkeys(places) if key in before]


def _with(rows: pa.Table, name: str, values: list[object]) -> pa.Table:
    index = rows.schema.get_field_index(name)
    held = rows.schema.field(index)
    return rows.set_column(index, held, pa.chunked_array([pa.array(values, held.type)]))


def _inputs_read(keys: KeyIndex, batch: Mapping[str, pa.Table]) -> tuple[list[str], list[str]]:
    """Return (inputs that hold something new, inputs that could be read and hold what they held)."""
    digests: dict[str, str | None] = {}
    inputs, answers = batch.get("inputs"), batch.get("http_state")
    if inputs is not None:
        digests |= zip(_column(inputs, "uri"), _column(inputs, "content_sha256"), strict=True)
    held = {uri: state.content_sha256 for uri, state in keys.inputs(digests).items()}
    if answers is not None and answers.num_rows:
        columns = (_column(answers, name) for name in ("uri", "content_sha256", "status"))
        pages = {uri: digest for uri, digest, status in zip(*columns, strict=True) if status in READ}
        held |= {uri: state.content_sha256 for uri, state in keys.http(pages).items()}
        digests |= pages
    changed = [uri for uri, digest in digests.items() if uri not in held or held[uri] != digest]
    return changed, [uri for uri in digests if uri in held and held[uri] == digests[uri]]


def _pages_gone(keys: KeyIndex, answers: pa.Table | None) -> list[str]:
    """Pages that were read before and are not there any more."""
    if answers is None or not answers.num_rows:
        return []
    gone = [u for u, s in zip(_column(answers, "uri"), _column(answers, "status"), strict=True) if s in GONE]
    return [uri for uri, state in keys.http(gone).items() if state.status in READ]


def _places(rows: pa.Table | None) -> list[str]:
    return [] if rows is None else _column(rows, "uri")


def _keys_of(rejects: pa.Table | None) -> set[tuple[str, str]]:
    if rejects is None:
        return set()
    return {
        (u, a or "") for u, a in zip(_column(rejects, "uri"), _column(rejects, "article_id"), strict=True)
    }


def _column(rows: pa.Table, name: str) -> list:  # type: ignore[type-arg]
    return list(rows.column(name).to_pylist())
