"""dedup: the index by which a new article finds its copies among everything loaded.

Derived from ``core.signatures`` and ``core.memberships``; can be deleted at any time. One folder:

state.sqlite     watermark, lengths of the files, names of the runs: what holds is what it says
documents.bin    one fixed record per document, append-only      sketch.bin, traits.bin  its arrays
members.bin      cluster, survivor, next member: changes, by journal
grams-N.bin      how many clusters hold a gram (2^N counters)    titles-N.bin  the same for titles
run-N.bin        sorted keys (shingles, digests, ids) -> document; merged by size, never changed
journal-N.bin    values to write into the files that change

kill -9: files grow first, then one SQLite transaction names the new lengths, runs and the journal, then
the journal is written into the changing files. Its values are absolute, so it may be written twice.
"""

from warehouse.dedup.index import DedupIndex

__all__ = ["DedupIndex"]
