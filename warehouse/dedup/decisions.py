"""decisions: membership rows with document numbers in place of article ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.dedup.layout import KINDS, Ints


@dataclass(frozen=True, slots=True)
class Decisions:
    """The newest row of each document, by columns, in order of the documents.

    survivors: the document itself when it stands for its cluster.
    """

    numbers: Ints
    clusters: Ints
    survivors: Ints
    decisions: Ints
    kinds: NDArray[np.uint8]
    similarities: NDArray[np.float32]


def read_decisions(
    rows: pa.Table,
    new: dict[str, int],
    find: Callable[[Sequence[str]], Ints],
    find_clusters: Callable[[Sequence[str]], Ints],
) -> Decisions:
    """Return the newest row per document; rows about unknown articles are left out.

    A cluster or a survivor that is not known yet is the document itself, until the row comes again.

    new: numbers of the articles that are about to enter. find: number of an article in the index, -1
    when unknown. find_clusters: the same for clusters that have a living member.
    """
    ids: list[str] = rows["article_id"].to_pylist()
    targets: list[str | None] = rows["duplicate_of"].to_pylist()
    cluster_ids: list[str] = rows["cluster_id"].to_pylist()
    others = sorted({*ids, *(target for target in targets if target)} - new.keys())
    numbers = new | dict(zip(others, find(others).tolist(), strict=True))
    named = sorted(
        {name for name, own in zip(cluster_ids, ids, strict=True) if name != own or own not in new}
    )
    again = sorted({name for name, own in zip(cluster_ids, ids, strict=True) if name == own and own in new})
    clusters = dict(zip(named + again, find_clusters(named + again).tolist(), strict=True))
    clusters = {name: number if number >= 0 else numbers.get(name, -1) for name, number in clusters.items()}
    number = np.array([numbers[name] for name in ids], np.int64)
    cluster = np.array([clusters[name] for name in cluster_ids], np.int64)
    cluster = np.where(cluster < 0, number, cluster)
    survivor = np.array([numbers[target] if target else -1 for target in targets], np.int64)
    order = np.lexsort((rows["decision"].to_numpy(), number))
    last = np.append(number[order][1:] != number[order][:-1], True) if len(order) else np.zeros(0, bool)
    order = order[last & (number[order] >= 0)]
    survivor = np.where(survivor < 0, number, survivor)
    kinds: list[Any] = [KINDS.index(kind) for kind in rows["duplicate_kind"].to_pylist()]
    similarities = rows["similarity"].fill_null(1.0).to_numpy().astype(np.float32)
    return Decisions(
        number[order],
        cluster[order],
        survivor[order],
        rows["decision"].to_numpy()[order],
        np.array(kinds, np.uint8)[order],
        similarities[order],
    )
