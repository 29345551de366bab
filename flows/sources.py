"""sources: which sources a command means: those it names, else those of wencang.toml."""

from collections.abc import Sequence
from pathlib import Path

from flows.settings import Settings
from flows.sources_file import FILE_NAME, SourcesFileError, read_sources_file
from tasks.sources import Source


def config_path(settings: Settings) -> Path:
    """Return where the sources file is or would be."""
    return (settings.config or Path(FILE_NAME)).absolute()


def absolute(location: str) -> str:
    """Return a location that means the same from every folder."""
    return location if "://" in location else str(Path(location).expanduser().absolute())


def named_sources(locations: Sequence[str], *, allow_private: bool = False) -> list[Source]:
    """Return sources for locations of the command line."""
    return [Source(location=absolute(each), allow_private=allow_private) for each in locations]


def configured_sources(settings: Settings) -> list[Source]:
    """Return the enabled sources of wencang.toml; raises ``SourcesFileError`` when there are none."""
    path = config_path(settings)
    if not path.exists():
        raise SourcesFileError(
            f"No SOURCE was named and there is no {path}. Nothing was done. "
            "Name one (wencang ingest FOLDER), or make the file: wencang sources add FOLDER"
        )
    found = [source for source in read_sources_file(path) if source.enabled]
    if not found:
        raise SourcesFileError(
            f"{path} has no enabled source. Nothing was done. Add one: wencang sources add FOLDER"
        )
    return found
