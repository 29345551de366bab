"""counted: a number with its noun or unit, as people write it."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return the number and its noun; ``many`` where an s does not make the plural.

    >>> counted(1, "document"), counted(20_000, "document"), counted(0, "copy", "copies")
    ('1 document', '20,000 documents', '0 copies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_bytes(size: int) -> str:
    """Return a size with its unit; kilobytes are rounded up.

    >>> in_bytes(0), in_bytes(840), in_bytes(12_345), in_bytes(1_234_567_890)
    ('0 kB', '1 kB', '13 kB', '1,234.6 MB')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{-(-size // 1000)} kB"
