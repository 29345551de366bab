"""site_lines: which lines repeat across the documents of one host.

Navigation, footers and slogans stand on most pages of a site; paragraphs do not. Counting in how
many documents of a host a line was seen tells them apart without understanding them. The counts
add up over loads and are derived data: they can be lost and come back with the documents.

A sentence that was read as body is never counted, so that a formula which opens or closes every
article of a column stays in all of them; and a line the host repeats is taken out of a run of
body lines only at its ends, never from between two paragraphs.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from tasks.extract.fold import fold
from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored
from tasks.lines import Label

SITE_LINE = Kind("site_line", "boilerplate", 8, firm=False)
FEWEST_DOCUMENTS = 5
"""Documents of a host before its repetitions mean something."""
MOST_PAGES = 0.5
"""Share of the host's documents from which a line is the site's and not an article's."""
LONGEST = 200
"""Characters of the longest line counted; text that long is no navigation."""
SHORT = 40
"""Longest line without an end mark that counts though it was read as body: it may be a slogan."""
LINES_PER_HOST = 20_000
"""Lines kept of one host; a site has some dozens of repeating ones, the rest are titles."""
TOTAL = 0
"""``line_hash`` of the row that holds how many documents were observed."""
_END_MARKS = "。！？!?；;…”」』"


class SiteRow(NamedTuple):
    """One stored count. Rows of the same host and hash add up."""

    host: str
    line_hash: int
    documents: int


def line_hash(line: str) -> int:
    """Return the signed 64-bit hash of a folded line: the same for both scripts and widths."""
    digest = blake2b(fold(line).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def counts(line: str, label: Label) -> bool:
    """Say whether a line with this label is counted: what is no body, and short lines without an end mark."""
    line = line.strip()
    if not 0 < len(line) <= LONGEST:
        return False
    return label != "body" or (len(line) <= SHORT and line[-1] not in _END_MARKS)


class SiteLines:
    """In how many documents of one host each line was seen.

    documents: how many were observed; counts: line hash -> documents that hold the line.
    """

    __slots__ = ("counts", "documents", "host")

    def __init__(self, host: str, documents: int = 0, counts: dict[int, int] | None = None) -> None:
        self.host = host
        self.documents = documents
        self.counts = counts if counts is not None else {}

    def observe(self, lines: Sequence[str], labels: Sequence[Label]) -> None:
        """Count the lines of one document, each once."""
        self.documents += 1
        for key in {
            line_hash(line) for line, label in zip(lines, labels, strict=True) if counts(line, label)
        }:
            self.counts[key] = self.counts.get(key, 0) + 1
        if len(self.counts) > 2 * LINES_PER_HOST:
            self.forget_rare()

    def share(self, line: str) -> float:
        """Return the share of the host's documents that hold this line, 0 to 1; 0 while too few are known."""
        if self.documents < FEWEST_DOCUMENTS:
            return 0.0
        return min(1.0, self.counts.get(line_hash(line), 0) / self.documents)

    def merge(self, other: "SiteLines") -> None:
        """Add the counts of other documents of the same host."""
        self.documents += other.documents
        for key, documents in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + documents
        if len(self.counts) > 2 * LINES_PER_HOST:
            self.forget_rare()

    def forget_rare(self) -> None:
        """Keep the ``LINES_PER_HOST`` most frequent lines; a line that repeats survives, a title does not."""
        kept = sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))[:LINES_PER_HOST]
        self.counts = dict(kept)

    def rows(self) -> list[SiteRow]:
        """Return the counts as rows, the number of documents first."""
        lines = (SiteRow(self.host, key, documents) for key, documents in sorted(self.counts.items()))
        return [SiteRow(self.host, TOTAL, self.documents), *lines]

    @classmethod
    def from_rows(cls, host: str, rows: Iterable[SiteRow]) -> "SiteLines":
        """Return the memory of a host from stored rows; rows of other hosts are left out."""
        site = cls(host)
        for row in rows:
            if row.host != host:
                continue
            if row.line_hash == TOTAL:
                site.documents += row.documents
            else:
                site.counts[row.line_hash] = site.counts.get(row.line_hash, 0) + row.documents
        return site


def mark_site_lines(scored: Sequence[Scored], texts: Sequence[str], site: SiteLines) -> None:
    """Name the lines that the host prints on most of its pages and no other rule has named."""
    for line, text in zip(scored, texts, strict=True):
        if line.kind is None and len(text) <= LONGEST and site.share(text) >= MOST_PAGES:
            line.kind, line.weight = SITE_LINE, min(line.weight, -SITE_LINE.cost)
