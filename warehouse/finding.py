"""finding: what a check of the doctor found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome of one check.

    question: what was asked, as a sentence; faults: bad rows or files; examples: some of them;
    remedy: what mends it.
    """

    check: str
    question: str
    faults: int = 0
    examples: tuple[str, ...] = ()
    remedy: str = ""

    @property
    def is_ok(self) -> bool:
        """Is nothing wrong?"""
        return self.faults == 0
