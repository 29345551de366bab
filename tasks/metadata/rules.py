"""rules: the names and versions of the rules by which this step labels lines."""

RULES: dict[str, int] = {
    "title": 11,
    "subtitle": 2,
    "published_at": 12,
    "source_name": 11,
    "authors": 12,
    "photographers": 4,
    "editors": 3,
    "breadcrumb": 2,
}
"""Rule -> version; a rule labels the lines that hold its field."""


def stamp(rule: str) -> str:
    """Return ``name@version`` for a rule of this step."""
    return f"{rule}@{RULES[rule]}"
