"""Source: one place that articles come from, as named on the command line or in ``wencang.toml``.

Reads    nothing: plain values, checked when they are made
Used by  discover (which inputs a source has), fetch (how they are read), the flow's parameters
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SourceKind = Literal["auto", "local", "page", "feed", "sitemap", "listing", "urls", "archive"]
"""What a location holds; ``auto`` finds out from the location and from what is there."""


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
    """One source. ``location``: file, folder, glob or ``http(s)`` URL."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    location: str = Field(min_length=1, description="file, folder, glob or http(s) URL")
    kind: SourceKind = Field("auto", description="what the location holds")
    name: str | None = Field(None, description="name shown in reports; the location when not given")
    clean_text: bool = Field(False, description="the text of rows is clean already: every line is body")
    fields: FieldNames = Field(default_factory=FieldNames, description="names of the columns of rows")
