"""finding: what a check of the doctor found, and what mends it."""

from dataclasses import dataclass

REPORT = (
    "wencang catalog restore BACKUP (of the time before; wencang catalog backups lists them), then the ingests "
    "since; this is a defect, please report it and keep the folder as it is now"
)

CLOCK = (
    "set the clock. Later versions of the pages of this run show when they are seen again after its time: ingest "
    "them then. Where that is too far off: wencang catalog restore BACKUP (of before it), then the ingests since"
)

LOST_FILES = (
    "put the files back from your backup of data/, then run: wencang doctor. Without one: wencang catalog "
    "restore BACKUP of a time that does not name them, then the ingests since"
)


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
