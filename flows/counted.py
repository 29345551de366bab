"""counted: a number with its noun, as people write it."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return the number and its noun; ``many`` where an s does not make the plural.

    >>> counted(1, "document"), counted(20_000, "document"), counted(0, "copy", "copies")
    ('1 document', '20,000 documents', '0 copies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
