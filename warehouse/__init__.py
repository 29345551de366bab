"""warehouse: where rows live.

core    append-only tables, one commit per batch (``schema``, ``load``)
main    the views and macros people read (``sql/views``, ``sql/macros``)
index   derived from the tables, can be deleted at any time (``keys``, ``search``, dedup keys)
"""
