"""site_lines: which lines repeat across the documents of one host.

Navigation, footers and slogans stand on most pages of a site; paragraphs do not. Counting in how
many documents of a host a line was seen tells them apart without understanding them. The warehouse
counts (warehouse/site_memory.py), and leaves out sentences that were read as body, so that a formula
which opens or closes every article of a column stays in all of them. A line the host repeats is taken
out of a run of body lines only at its ends, never from between two paragraphs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from tasks.extract.fold import fold
from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored

SITE_LINE = Kind("site_line", "boilerplate", 8, firm=False)
FEWEST_DOCUMENTS = 5
"""Documents of a host before its repetitions mean something."""
MOST_PAGES = 0.5
"""Share of the host's documents from which a line is the site's and not an article's."""
LONGEST = 200
"""Characters of the longest line asked about; text that long is no navigation, and is not counted."""


def line_hash(line: str) -> int:
    """Return the signed 64-bit hash of a folded line: the same for both scripts and widths."""
    digest = blake2b(fold(line).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class SiteLines:
    """In how many documents of one host each line was seen.

    documents: how many are known; counts: ``line_hash`` -> documents that hold the line.
    """

    host: str
    documents: int
    counts: Mapping[int, int]

    def share(self, line: str) -> float:
        """Return the share of the host's documents that hold this line, 0 to 1; 0 while too few are known."""
        if self.documents < FEWEST_DOCUMENTS:
            return 0.0
        return min(1.0, self.counts.get(line_hash(line), 0) / self.documents)


def mark_site_lines(scored: Sequence[Scored], texts: Sequence[str], site: SiteLines) -> None:
    """Name the lines that the host prints on most of its pages and no other rule has named."""
    for line, text in zip(scored, texts, strict=True):
        if line.kind is None and len(text) <= LONGEST and site.share(text) >= MOST_PAGES:
            line.kind, line.weight = SITE_LINE, min(line.weight, -SITE_LINE.cost)
