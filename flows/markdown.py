"""markdown: tables, times and links for reports; text of documents stays text."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tasks.china_time import CHINA

CLOCK = "Times are China's (UTC+8)."
SHORT = 40
"""Characters of a path that a column of a table has room for."""


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a Markdown table."""
    body = "\n".join("| " + " | ".join(map(cell, row)) + " |" for row in rows)
    return f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{body}"


def cell(value: Any) -> str:
    """Return a value as a cell: short, on one line, and nothing in it read as Markdown or HTML."""
    if isinstance(value, Markdown):
        return value
    text = f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)
    text = " ".join(text.split())
    return escaped(text if len(text) <= 160 else text[:110] + " … " + text[-45:])


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: documents from anywhere end up in reports."""
    for character in "\\`*_{}[]<>#|~!":
        text = text.replace(character, f"\\{character}" if character != "<" else "&lt;")
    return text


def when(at: datetime | None) -> str:
    """Return a time for people, in China's time."""
    return "–" if at is None else f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def short_path(path: str) -> str:
    """Return the end of a path that is too long for a column; anything else as it is.

    >>> short_path("/srv/exchange/deliveries/2024/county-gazette/inbox/page.html")
    '…/inbox/page.html'
    """
    if len(path) <= SHORT or "://" in path:
        return path
    parts = path.rstrip("/").split("/")
    return "…/" + "/".join(parts[-2:]) if len(parts) > 3 else path


def place(uri: str | None, title: str | None = None) -> Markdown:
    """Return a link where a browser can follow it, and the path as text where it cannot."""
    if uri and uri.startswith(("http://", "https://")):
        text = cell(title or uri)
        return Markdown(f"[{text}](<{uri.replace('>', '%3E').replace('<', '%3C').replace('|', '%7C')}>)")
    path = short_path(uri.removeprefix("file://")) if uri else None
    if title and path:
        return Markdown(f"{cell(title)} ({cell(path.rsplit('/', 1)[-1])})")
    return Markdown(cell(title or path))
