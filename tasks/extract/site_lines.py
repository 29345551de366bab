"""site_lines: which lines repeat across the documents of one host.

Navigation, footers and slogans stand on every page of a site; paragraphs do not. Counting in
how many documents of a host a line was seen tells them apart without reading them. The counts
are derived data: they can be lost and come back with the documents.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from tasks.extract.fold import fold
from tasks.extract.furniture import Kind
from tasks.extract.scored import Scored
from tasks.lines import Label

SITE_LINE = Kind("site_line", "boilerplate", 30, closing=60)


def line_hash(line: str) -> int:
    """Return the signed 64-bit hash of a folded line."""
    digest = blake2b(fold(line).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class SiteLines:
    """How often lines repeat across the documents of one host."""

    def __init__(self, host: str, documents: int = 0, counts: dict[int, int] | None = None) -> None:
        self.host = host
        self.documents = documents
        self.counts = counts if counts is not None else {}

    def observe(self, lines: Sequence[str], labels: Sequence[Label]) -> None:
        """Count the lines of one document, each once."""
        self.documents += 1
        for key in {line_hash(line) for line, label in zip(lines, labels, strict=True) if label != "body"}:
            self.counts[key] = self.counts.get(key, 0) + 1

    def share(self, line: str) -> float:
        """Return the share of the host's documents that hold this line, 0 to 1."""
        return self.counts.get(line_hash(line), 0) / self.documents if self.documents else 0.0

    def rows(self) -> Iterable[tuple[str, int, int]]:
        """Return (host, line_hash, documents) rows."""
        return [(self.host, key, count) for key, count in sorted(self.counts.items())]


def mark_site_lines(scored: Sequence[Scored], texts: Sequence[str], site: SiteLines) -> None:
    """Name the lines that the host prints on most of its pages."""
    for line, text in zip(scored, texts, strict=True):
        if line.kind is None and site.share(text) >= 0.5:
            line.kind, line.weight = SITE_LINE, -SITE_LINE.cost
