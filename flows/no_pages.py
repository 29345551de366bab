"""no_pages: files in the folder of a source that are not read, because they are ours."""

from flows.sources_file import FILE_NAME
from tasks.discover import is_url
from tasks.file_uri import file_uri
from warehouse.paths import WarehousePaths


def own_files(paths: WarehousePaths) -> tuple[str, ...]:
    """Return how the addresses of a warehouse's files begin: read, it would be fed with its own rows for ever."""
    folders = (paths.data, paths.locks, paths.index, paths.staging, paths.backups, paths.root / "prefect")
    return (*(file_uri(f"{folder}/") for folder in folders), file_uri(str(paths.catalog)))


def is_sources_file(uri: str) -> bool:
    """Say whether an input is a file of sources, ``wencang.toml``, which is no page."""
    return uri.endswith(f"/{FILE_NAME}") and not is_url(uri)
