"""Source: one place that articles come from, as named on the command line or in ``wencang.toml``.

Reads    nothing: plain values, checked when they are made
Used by  discover (which inputs a source has), fetch (how they are read), the flow's parameters
"""

import hashlib
import re
from fnmatch import fnmatchcase
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from tasks.cron import cron_mistake

SourceKind = Literal["auto", "local", "page", "feed", "sitemap", "listing", "urls", "archive"]
"""What a location holds; ``auto`` finds out from the location and from what is there."""


_URL = re.compile(r"https?://", re.I)


class FieldNames(BaseModel):
    """Names of the columns of a row (JSONL, CSV, Parquet) that wencang knows; first match counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = "text"
    html: str = "html"
    id: str = "id"
    url: str = "url"
    title: str = "title"
    date: str = "date"
    source: str = "source"
    author: str = "author"


class Source(BaseModel):
    """One source, as a table ``[[source]]`` of ``wencang.toml`` or a form on the dashboard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    location: str = Field(min_length=1, description="file, folder, glob or http(s) URL")
    kind: SourceKind = Field(
        "auto",
        description="page, feed, sitemap, listing, urls, archive, local; auto: found out by reading it",
    )
    name: str | None = Field(None, description="name shown in reports; the location when not given")
    enabled: bool = Field(True, description="false: left out of `wencang ingest` without SOURCE")
    schedule: str | None = Field(
        None, description="cron expression of its own; without one: as often as serve --every says"
    )
    # filters
    include: tuple[str, ...] = Field((), description="globs of paths or URLs; only what matches one is read")
    exclude: tuple[str, ...] = Field((), description="globs of paths or URLs that are not read")
    max_pages: int = Field(
        100_000, ge=1, le=1_000_000_000, description="pages of one run, at most; the rest comes with the next"
    )
    # politeness
    delay_s: float | None = Field(
        None, ge=0, le=3600, description="seconds between requests to one host; 1 when not given"
    )
    host_connections: int | None = Field(
        None, ge=1, le=64, description="requests to one host at one time; 2 when not given"
    )
    obey_robots: bool = Field(True, description="false only for sites of your own")
    recheck_hours: float = Field(
        24.0,
        ge=0,
        le=87_600,
        description="a page found through a feed, sitemap or list is not asked again sooner",
    )
    # trust
    allow_private: bool = Field(False, description="private and loopback addresses may be connected to")
    clean_text: bool = Field(False, description="the text of rows is clean already: every line is body")
    fields: FieldNames = Field(
        default_factory=FieldNames, description='names of the columns of rows: { text = "content" }'
    )
    join_pages: bool = Field(True, description="parts of one article (第2页) become one document")

    @field_validator("max_pages", "delay_s", "host_connections", "recheck_hours", mode="before")
    @classmethod
    def _is_number(cls, value: object) -> object:
        """``true`` would count as one page, one second, one hour."""
        if isinstance(value, bool):
            raise ValueError(f"write a number, not {str(value).lower()}")
        return value

    @field_validator("schedule")
    @classmethod
    def _is_cron(cls, value: str | None) -> str | None:
        """A schedule that never comes is told when it is read, not when it is due; blanks are made one."""
        if value is not None and (mistake := cron_mistake(value)):
            raise ValueError(
                f"{value!r} is no cron expression: {mistake}; "
                "write five fields such as '0 * * * *' (every hour)"
            )
        return None if value is None else " ".join(value.split())

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Source":
        is_url = _URL.match(self.location) is not None
        if self.kind in ("page", "feed", "sitemap", "listing") and not is_url:
            raise ValueError(f"kind {self.kind!r} needs an http(s) URL, not {self.location!r}")
        if self.kind == "local" and is_url:
            raise ValueError(f"kind 'local' needs a path, not {self.location!r}")
        return self

    @property
    def title(self) -> str:
        """The name to show."""
        return self.name or self.location

    @property
    def reading(self) -> str:
        """Mark of the options by which rows of files become documents; empty for the defaults.

        It follows the digest of a file that was read, so that other options mean another reading.
        """
        options = self.model_dump_json(include={"fields", "clean_text"}, exclude_defaults=True)
        return "" if options == "{}" else "+" + hashlib.sha256(options.encode()).hexdigest()[:16]

    def takes(self, place: str) -> bool:
        """Say whether a path or URL passes the filters; ``*`` matches across ``/``."""
        if any(fnmatchcase(place, pattern) for pattern in self.exclude):
            return False
        return not self.include or any(fnmatchcase(place, pattern) for pattern in self.include)
