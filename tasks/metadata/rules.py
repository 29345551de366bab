"""rules: the names under which this step labels lines, and their versions."""

RULES: dict[str, int] = {
    "title": 8,
    "subtitle": 2,
    "published_at": 8,
    "source_name": 7,
    "authors": 8,
    "photographers": 4,
    "editors": 3,
    "breadcrumb": 2,
}
"""Rule -> version; a rule labels the lines that hold its field."""


def stamp(rule: str) -> str:
    """Return ``name@version`` for a rule of this step."""
    return f"{rule}@{RULES[rule]}"
