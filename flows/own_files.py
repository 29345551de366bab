"""own_files: files of wencang itself, which are not read when they lie in the folder of a source."""

from flows.sources_file import FILE_NAME
from tasks.discover import is_url
from tasks.file_uri import file_uri
from warehouse.paths import WarehousePaths


def own_files(paths: WarehousePaths) -> tuple[str, ...]:
    """Return how the addresses of a warehouse's own files begin; if they were read, it would load its own rows for ever."""
    folders = (paths.data, paths.locks, paths.index, paths.staging, paths.backups, paths.root / "prefect")
    return (*(file_uri(f"{folder}/") for folder in folders), file_uri(str(paths.catalog)))


def is_sources_file(uri: str) -> bool:
    """Say whether an input is a sources file, ``wencang.toml``."""
    return uri.endswith(f"/{FILE_NAME}") and not is_url(uri)
