"""markdown: tables, times and links for reports; text of documents stays text."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


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
    return "–" if at is None else f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def place(uri: str | None, title: str | None = None) -> Markdown:
    """Return a link where a browser can follow it, and the address as text where it cannot."""
    text = cell(title or uri)
    if uri and uri.startswith(("http://", "https://")):
        return Markdown(f"[{text}](<{uri.replace('>', '%3E').replace('<', '%3C').replace('|', '%7C')}>)")
    name = uri.rsplit("/", 1)[-1] if uri and title else None
    return Markdown(f"{text} ({cell(name)})" if name else text)
