"""columns: what dedupe writes, as rows of ``core.signatures``, ``core.memberships`` and ``core.relations``.

The loader adds ``revision``, ``run_id`` and ``decided_at``.
"""

import pyarrow as pa

SIGNATURE_COLUMNS = (
    pa.field("article_id", pa.string(), nullable=False),
    pa.field("method", pa.string(), nullable=False),
    pa.field("signature", pa.binary(), nullable=False),
)
"""One row per article and cleaning. ``signature``: see ``signature.pack``; enough to rebuild the index."""

MEMBERSHIP_COLUMNS = (
    pa.field("article_id", pa.string(), nullable=False),
    pa.field("decision", pa.int64(), nullable=False),
    pa.field("cluster_id", pa.string(), nullable=False),
    pa.field("is_canonical", pa.bool_(), nullable=False),
    pa.field("duplicate_of", pa.string()),
    pa.field("duplicate_kind", pa.string()),
    pa.field("similarity", pa.float64()),
)
"""Append-only; the highest ``decision`` of an article holds.

cluster_id: the article id of the cluster's first document, also when that one is superseded; a merge keeps
the older one and writes rows for the members of the younger. A cluster that comes apart when a member
leaves writes rows for those that get a new one: the id stays with the document it names, else with the
largest part; nothing keeps the id of a forgotten article. duplicate_of: the survivor; null for the survivor itself.
duplicate_kind: exact, near or contained (most of the shorter text stands in the longer one).
similarity: to the survivor; shared part of all text for near, of the shorter text for contained.
"""

RELATION_COLUMNS = (
    pa.field("article_id", pa.string(), nullable=False),
    pa.field("related_id", pa.string(), nullable=False),
    pa.field("kind", pa.string(), nullable=False),
    pa.field("similarity", pa.float64()),
)
"""Pairs that share text and are not copies: article ``contains`` most of related."""
