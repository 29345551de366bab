"""The folder of a warehouse."""

from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import NotWritable


@dataclass(frozen=True, slots=True)
class WarehousePaths:
    """Where things lie in the folder; ``root`` is absolute and resolved."""

    root: Path

    @classmethod
    def of(cls, path: str | Path) -> "WarehousePaths":
        """Return the paths of the warehouse at ``path``."""
        return cls(Path(path).expanduser().resolve())

    @property
    def catalog(self) -> Path:
        """SQLite catalog."""
        return self.root / "catalog.sqlite"

    @property
    def data(self) -> Path:
        """Parquet files."""
        return self.root / "data"

    @property
    def locks(self) -> Path:
        """Lock files."""
        return self.root / "locks"

    @property
    def index(self) -> Path:
        """Derived indexes; may be deleted at any time."""
        return self.root / "index"

    @property
    def staging(self) -> Path:
        """Batches on their way; may be deleted when nothing runs."""
        return self.root / "staging"

    @property
    def spill(self) -> Path:
        """Where DuckDB writes what does not fit into memory."""
        return self.staging / "spill"

    @property
    def backups(self) -> Path:
        """Copies of the catalog."""
        return self.root / "backups"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder of the warehouse."""
        return (self.root, self.data, self.locks, self.index, self.staging, self.backups)


def make_folders(paths: WarehousePaths) -> None:
    """Make the folders of a warehouse that are missing; raises ``NotWritable``."""
    try:
        for folder in paths.folders:
            folder.mkdir(parents=True, exist_ok=True)
        probe = paths.locks / "commit.lock"
        probe.touch()
    except OSError as error:
        raise NotWritable(
            f"Cannot write to {error.filename or paths.root}: {error.strerror}. Nothing was stored. "
            "Check the permissions, or name another folder with --warehouse."
        ) from error
