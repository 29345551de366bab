"""rules: the names under which this step labels lines, and their versions."""

RULES: dict[str, int] = {
    "title": 8,
    "subtitle": 2,
    "published_at": 7,
    "source_name": 6,
    "authors": 7,
    "photographers": 3,
    "editors": 2,
    "breadcrumb": 1,
}
"""Rule -> version; a rule labels the lines that hold its field."""


def stamp(rule: str) -> str:
    """Return ``name@version`` for a rule of this step."""
    return f"{rule}@{RULES[rule]}"
