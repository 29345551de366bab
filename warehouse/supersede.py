"""Which version of a page is current, and who stands for a cluster when its survivor goes.

An article is superseded when every place it was seen at now shows other content; it comes back
when its content is shown again. A place shows what was fetched there last. All under the lock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

import pyarrow as pa

from warehouse.batch import fit, ids_of
from warehouse.clusters import mark_alone, membership_rows
from warehouse.key_rows import Shown, microseconds, place_of, uri_key
from warehouse.key_states import ArticleState
from warehouse.keys import KeyIndex
from warehouse.schema_accounts import RETIRED


def retire(
    keys: KeyIndex, new: list[str], batch: Mapping[str, pa.Table], run_id: str, now: datetime
) -> tuple[pa.Table, list[str], list[str]]:
    """Return (rows for ``core.retired``, ids superseded, ids restored) that the batch's sightings cause."""
    shown, touched = _shown_after(keys, set(new), batch.get("sightings"))
    states = keys.articles(touched)
    live = _live(keys, touched, shown)
    gone = [a for a in touched if a not in live and not (a in states and states[a].is_gone)]
    back = [a for a in touched if a in live and a in states and states[a].reason == "superseded"]
    rows = [_event(states.get(a), a, "superseded", now) for a in gone]
    rows += [_event(states[a], a, "restored", now) for a in back]
    table = fit("retired", pa.Table.from_pylist(rows), {"run_id": run_id}) if rows else _no_rows()
    return table, gone, back


def _no_rows() -> pa.Table:
    return RETIRED.arrow_schema.empty_table()


def _event(state: ArticleState | None, article_id: str, reason: str, now: datetime) -> dict[str, object]:
    return {
        "article_id": article_id,
        "revision": state.revision if state and state.revision else 1,
        "event_no": (state.event_no if state else 0) + 1,
        "reason": reason,
        "retired_at": now,
    }


def _shown_after(
    keys: KeyIndex, new: set[str], sightings: pa.Table | None
) -> tuple[dict[bytes, str], list[str]]:
    """Return (place -> article shown there after the batch, articles whose places changed or were seen)."""
    if sightings is None or not sightings.num_rows:
        return {}, []
    ids = ids_of(sightings)
    are_articles = new | keys.known_articles(set(ids))
    columns = (sightings.column(name).to_pylist() for name in ("uri", "seen_at", "run_id"))
    rows = list(zip(ids, *columns, strict=True))
    shown = keys.shown({uri_key(uri, article_id) for article_id, uri, _, _ in rows})
    touched: dict[str, None] = {}
    for article_id, uri, seen_at, run_id in rows:
        if article_id not in are_articles:
            continue
        touched[article_id] = None
        place, time = place_of(uri, article_id, run_id, shown.get), microseconds(seen_at)
        before = shown.get(place)
        if before is None or time >= before.seen_us:
            if before is not None:
                touched[before.article_id] = None
            shown[place] = Shown(article_id, time, run_id)
    return {place: held.article_id for place, held in shown.items()}, list(touched)


def _live(keys: KeyIndex, touched: list[str], shown: Mapping[bytes, str]) -> set[str]:
    """Those of ``touched`` that some place shows after the batch."""
    live = set(shown.values())
    rest = [a for a in touched if a not in live]
    elsewhere = keys.uri_keys_showing(rest, len(shown) + 1)
    return live | {a for a, found in elsewhere.items() if any(place not in shown for place in found)}


def elect(
    keys: KeyIndex,
    memberships: pa.Table,
    gone: list[str],
    run_id: str,
    now: datetime,
    back: Collection[str] = (),
) -> pa.Table:
    """Return the memberships with a new survivor for each cluster whose survivor is among ``gone``, or a copy.

    back: articles that were gone before and are not any more. The last word about a batch's decisions:
    which of them stand alone is marked here.
    """
    decided = {str(row["article_id"]): row for row in memberships.to_pylist()}
    lost = set(gone)
    clusters = {s.cluster_id for s in keys.articles(gone).values() if s.cluster_id} | {
        str(decided[a]["cluster_id"]) for a in gone if a in decided
    }
    clusters |= {str(row["cluster_id"]) for row in decided.values() if _is_copy_of_a_copy(row, decided)}
    members = _members(keys, clusters, decided)
    rows: list[dict[str, object]] = []
    for cluster_id, states in members.items():
        left = [s for s in states if (s.article_id in back or not s.is_gone) and s.article_id not in lost]
        if left and not any(s.is_canonical for s in left):
            rows += _reelected(cluster_id, left, decided)
    if rows:
        memberships = pa.concat_tables([memberships, membership_rows(rows, run_id, now)])
    return mark_alone(memberships)


def _is_copy_of_a_copy(row: Mapping[str, object], decided: Mapping[str, Mapping[str, object]]) -> bool:
    """Does a row name an article as survivor, be it itself, that is none after the batch?"""
    survivor = None if row["is_canonical"] else decided.get(str(row["duplicate_of"]))
    return survivor is not None and not survivor["is_canonical"]


def _members(
    keys: KeyIndex, clusters: set[str], decided: Mapping[str, Mapping[str, object]]
) -> dict[str, list[ArticleState]]:
    """Members of each cluster as they are after the batch's own decisions, in order of loading."""
    members = {
        cluster_id: [s for s in states if s.article_id not in decided]
        for cluster_id, states in keys.cluster_members(clusters).items()
    }
    known = keys.articles(decided)
    for article_id, row in decided.items():
        if row["cluster_id"] in clusters:
            before = known.get(article_id, ArticleState(article_id))
            state = ArticleState(
                article_id,
                cluster_id=str(row["cluster_id"]),
                is_canonical=bool(row["is_canonical"]),
                reason=before.reason,
            )
            members.setdefault(str(row["cluster_id"]), []).append(state)
    return members


def _reelected(
    cluster_id: str, left: list[ArticleState], decided: Mapping[str, Mapping[str, object]]
) -> list[dict[str, object]]:
    """The first loaded of those left becomes the survivor; the others point to it."""
    survivor = left[0].article_id
    rows = []
    for state in left:
        before = decided.get(state.article_id)
        number = before["decision"] if before else state.decision
        assert isinstance(number, int)
        is_survivor = state.article_id == survivor
        rows.append(
            {
                "article_id": state.article_id,
                "decision": number + 1,
                "cluster_id": cluster_id,
                "is_canonical": is_survivor,
                "duplicate_of": None if is_survivor else survivor,
                "duplicate_kind": None if is_survivor else "near",
                "similarity": None,
            }
        )
    return rows
