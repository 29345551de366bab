"""dedupe: which articles are copies of which.

    batch = fingerprint(articles)                # any process; ArticleText -> columns
    signatures = pack(batch)                     # core.signatures: article_id, method, signature
    assignment = assign(batch, index, gone)      # under the commit lock; reads the index, changes nothing
    assignment.memberships, .relations           # core.memberships, core.relations (pyarrow tables)
    index.apply(batch, assignment.memberships, snapshot_id, gone)   # after the commit of the lake

Reads    article_id, title, repaired text, published_at, and two flags of provenance
Adds     cluster_id, is_canonical, duplicate_of, duplicate_kind (exact, near, contained), similarity
Rejects  nothing: that an article is a copy is a fact about it
Tables   ``columns``: ``SIGNATURE_COLUMNS``, ``MEMBERSHIP_COLUMNS``, ``RELATION_COLUMNS``

The index is derived (``warehouse.dedup``): rows of ``core.signatures`` go back in by ``unpack``, with the
rows of ``core.memberships`` in the order they were written.
"""

from tasks.dedupe.columns import MEMBERSHIP_COLUMNS, RELATION_COLUMNS, SIGNATURE_COLUMNS
from tasks.dedupe.decide import assign
from tasks.dedupe.explain import Explanation, Passage, explain_pair
from tasks.dedupe.fingerprint import METHOD, ArticleText, Fingerprints, fingerprint, join_fingerprints
from tasks.dedupe.fold import fold_key
from tasks.dedupe.leave import held_fingerprints
from tasks.dedupe.membership import Assignment
from tasks.dedupe.signature import pack, unpack

__all__ = [
    "MEMBERSHIP_COLUMNS",
    "METHOD",
    "RELATION_COLUMNS",
    "SIGNATURE_COLUMNS",
    "ArticleText",
    "Assignment",
    "Explanation",
    "Fingerprints",
    "Passage",
    "assign",
    "explain_pair",
    "fingerprint",
    "fold_key",
    "held_fingerprints",
    "join_fingerprints",
    "pack",
    "unpack",
]
