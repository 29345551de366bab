"""Tables about copies: which articles are copies of which, and which share text and are none."""

from warehouse.schema_types import ARTICLE_ID, BIGINT, BOOL, DOUBLE, RUN_ID, STRING, TIME, Column, Table

DUPLICATE_KINDS = (
    "exact: equal once folded (one script, one width; only Chinese characters and digits count). "
    "contained: 0.75 or more of the shorter text stands in the other, which is 1.3 times as long or longer. "
    "near: every other copy."
)
SIMILARITY = (
    "Shared 6-character runs, 0 to 1: of both texts for near, of the shorter one for contained, 1 for exact. "
    "Copies share 0.6 of both texts; or 0.65 of the shorter one without a break, 0.55 under one title; or, of rare "
    "runs, 0.4 of the shorter one under one title or all over both, 0.3 if both have one length, 0.25 with one title "
    "too (scans: 0.13 of both). Some 100 characters of a text seven times as long are a quotation, no copy. "
    "Numbers have to agree unless nearly all else does. Nearly the same text under titles of one pattern with other names "
    "in it is a form, filled in for somebody else, and no copy. Lower values joined by another member of the cluster "
    "(pages of one text); null: another member stands for the cluster since the copy was decided."
)
"""What ``tasks.dedupe.rules`` and ``membership`` decide, for those who have SQL alone."""

MEMBERSHIPS = Table(
    "memberships",
    "decision about the cluster of an article",
    (
        ARTICLE_ID,
        Column("decision", BIGINT, "Counts the decisions about one article, from 1; higher is newer."),
        Column("cluster_id", STRING, "Cluster of copies."),
        Column(
            "is_canonical",
            BOOL,
            "The article stands for its cluster. Of two copies the one that is 1.15 times as long does, then the one "
            "that is no damaged mirror, the one that names its own site as the outlet, the one published first, "
            "loaded first.",
        ),
        Column("duplicate_of", STRING, "Article that stands for the cluster.", null=True),
        Column("duplicate_kind", STRING, DUPLICATE_KINDS, null=True),
        Column("similarity", DOUBLE, SIMILARITY, null=True),
        RUN_ID,
        Column("decided_at", TIME, "When it was decided."),
        Column(
            "stands_alone",
            BOOL,
            "The first decision, and no more than that the article has a cluster of its own.",
            null=True,
        ),
    ),
    sort=("stands_alone desc", "article_id", "decision"),
)

RELATIONS = Table(
    "relations",
    "pair of articles that share text and are not copies",
    (
        ARTICLE_ID,
        Column("related_id", STRING, "The other article."),
        Column("kind", STRING, "contains: holds much of the other's text."),
        Column(
            "similarity", DOUBLE, "Shared part of the shorter text, 0.6 to 1 (6-character runs).", null=True
        ),
        RUN_ID,
        Column("decided_at", TIME, "When it was decided."),
    ),
)
