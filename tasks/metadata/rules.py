"""rules: the names under which this step labels lines, and their versions."""

RULES: dict[str, int] = {
    "title": 6,
    "subtitle": 2,
    "published_at": 6,
    "source_name": 5,
    "authors": 6,
    "photographers": 2,
    "editors": 1,
    "breadcrumb": 1,
}
"""Rule -> version; a rule labels the lines that hold its field."""


def stamp(rule: str) -> str:
    """Return ``name@version`` for a rule of this step."""
    return f"{rule}@{RULES[rule]}"
