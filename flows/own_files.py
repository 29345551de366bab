"""own_files: files of this and other warehouses, which are not read when they lie in the folder of a source."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.sources_file import FILE_NAME
from tasks.discover import is_url
from tasks.file_uri import file_uri, path_of
from warehouse.paths import WarehousePaths


def own_files(paths: WarehousePaths) -> tuple[str, ...]:
    """Return how the addresses of a warehouse's own files begin; if they were read, it would load its own rows for ever."""
    folders = (paths.data, paths.locks, paths.index, paths.staging, paths.backups, paths.root / "prefect")
    return (*(file_uri(f"{folder}/") for folder in folders), file_uri(str(paths.catalog)))


def warehouses_in(uris: Iterable[str]) -> Iterator[WarehousePaths]:
    """Yield the warehouses of which files are listed: their rows are no pages.

    A warehouse is known by the lock that every process takes before it commits.
    """
    for uri in uris:
        if uri.endswith("/locks/commit.lock") and not is_url(uri):
            found = WarehousePaths.of(Path(path_of(uri)).parent.parent)
            if found.catalog.exists() or (found.root / "place.json").exists():
                yield found


def files_of(warehouses: Iterable[WarehousePaths]) -> tuple[str, ...]:
    """Return how the addresses of the files of several warehouses begin."""
    return tuple(begin for paths in warehouses for begin in own_files(paths))


def is_sources_file(uri: str) -> bool:
    """Say whether an input is a sources file, ``wencang.toml``."""
    return uri.endswith(f"/{FILE_NAME}") and not is_url(uri)
