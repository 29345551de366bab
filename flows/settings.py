"""settings: every value that can be set from the environment; the only place that reads it.

Names are ``WENCANG_`` + the field in capitals. A name that is no field stops the program and
the nearest one is named, because a misspelt setting that is silently ignored costs a day.
"""

import difflib
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "WENCANG_"
LAUNCHER_NAMES = {"WENCANG_VENV", "WENCANG_PYTHON"}
"""Read by deploy/environment.sh, not here."""


class SettingsError(Exception):
    """A setting has an unknown name or an impossible value; the message says which."""


class Settings(BaseSettings):
    """Where the warehouse is and how much is done at once."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    home: Path = Field(Path("lake"), description="warehouse folder; made on the first ingest")
    batch_docs: int = Field(2000, ge=1, le=100_000, description="documents in a batch, at most")
    batch_bytes: int = Field(32_000_000, ge=1000, description="received bytes in a batch, about")
    workers: int = Field(
        default_factory=lambda: (
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        ),
        ge=1,
        le=256,
        description="processes that clean and convert",
    )
    max_document_bytes: int = Field(
        20_000_000, ge=1000, description="a larger document is rejected as too_large"
    )
    runner: Literal["thread", "dask"] = Field(
        "thread", description="where batches are read: here, or on Dask"
    )
    dask: str | None = Field(
        None, description="address of a Dask scheduler; a cluster for each run when empty"
    )
    config: Path | None = Field(None, description="sources file; default wencang.toml in the current folder")


def load_settings() -> Settings:
    """Read the environment; raises ``SettingsError`` on unknown names and impossible values."""
    names = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith(PREFIX) and name not in names | LAUNCHER_NAMES:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0)
            raise SettingsError(f"{name} is no setting; did you mean {near[0]}? Nothing was done.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field_name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else "settings"
        raise SettingsError(
            f"{field_name}={first.get('input')!r}: {first['msg']}. Nothing was done."
        ) from error
