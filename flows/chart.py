"""chart: small pictures for the dashboard, as SVG inside Markdown (no script, no request)."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from flows.counted import counted

WIDTH, HEIGHT = 640, 150
LEFT, BOTTOM, TOP = 8, 26, 24
COLOURS = ("#2563eb", "#94a3b8", "#dc2626")
"""Articles, copies, rejected: told apart also without colour, by their order from the bottom."""
INK = "#64748b"
"""Readable on the dashboard's light and dark background."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One run. parts: sizes from the bottom up; label: what to say of it."""

    parts: tuple[int, ...]
    label: str


def bars(values: Sequence[Bar], legend: Sequence[str], ends: tuple[str, str]) -> str:
    """Return a bar chart as SVG. legend: a word for each part; ends: labels of first and last bar."""
    most = max((sum(bar.parts) for bar in values), default=0) or 1
    step = (WIDTH - 2 * LEFT) / max(len(values), 10)
    room = HEIGHT - BOTTOM - TOP
    marks = []
    for i, bar in enumerate(values):
        y = float(HEIGHT - BOTTOM)
        x = LEFT + i * step
        for part, colour in zip(bar.parts, COLOURS, strict=False):
            height = part / most * room
            if part:
                height = max(height, 1.0)
                y -= height
                marks.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}" '
                    f'fill="{colour}"><title>{escape(bar.label)}</title></rect>'
                )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<line x1="{LEFT}" y1="{HEIGHT - BOTTOM}" x2="{WIDTH - LEFT}" y2="{HEIGHT - BOTTOM}" stroke="{INK}"/>'
        + "".join(marks)
        + _texts(legend, ends, most)
        + "</svg>"
    )


def _texts(legend: Sequence[str], ends: tuple[str, str], most: int) -> str:
    parts = [f'<text x="{LEFT}" y="{HEIGHT - 9}" fill="{INK}">{escape(ends[0])}</text>']
    if ends[1] != ends[0]:
        parts.append(
            f'<text x="{WIDTH - LEFT}" y="{HEIGHT - 9}" fill="{INK}" text-anchor="end">{escape(ends[1])}</text>'
        )
    x = LEFT
    for word, colour in zip(legend, COLOURS, strict=False):
        parts.append(f'<rect x="{x}" y="6" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 14}" y="15" fill="{INK}">{escape(word)}</text>')
        x += 34 + 8 * len(word)
    parts.append(
        f'<text x="{WIDTH - LEFT}" y="15" fill="{INK}" text-anchor="end">highest bar: {counted(most, "document")}</text>'
    )
    return "".join(parts)


def as_image(svg: str, alt: str) -> str:
    """Return Markdown that shows the picture; ``alt`` says the same in words."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f"![{alt}](data:image/svg+xml;base64,{data})"
