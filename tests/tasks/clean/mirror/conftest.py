"""How such pages are made, for tests: readings put after codes, bytes cut at marks, pieces decoded."""

from collections.abc import Callable, Mapping

import pytest

from tasks.clean.mirror.code_page import CELLS, CODES, CUTS
from tasks.edit import PageEdits


def _decode(piece: bytes) -> str:
    shown = ""
    at = 0
    while at < len(piece):
        first = piece[at]
        if first < 0x80:
            shown += chr(first)
            at += 1
            continue
        second = piece[at + 1] if at + 1 < len(piece) else 0
        shown += chr(second) if 0 < second <= 0x20 else CELLS.get(first << 8 | second, "?")
        at += 2
    return shown


def _make_mirror(text: str, readings: Mapping[str, str]) -> str:
    """Return what a mirror would show of a line in traditional characters."""
    raw = b"".join(
        CODES[char].to_bytes(2, "big") if char in CODES else char.encode("gbk", "replace") for char in text
    )
    for char, reading in readings.items():
        code = CODES[char].to_bytes(2, "big")
        note = b"".join(CODES[c].to_bytes(2, "big") if c in CODES else c.encode() for c in reading)
        raw = raw.replace(code, code + b"(" + note + b")")
    pieces = [raw]
    for mark in "！；？，。":
        code = CUTS[mark].to_bytes(2, "big")
        cut: list[bytes] = []
        for piece in pieces:
            parts = [piece] if len(piece) == 2 else piece.split(code)
            cut += [part for pair in zip(parts, [code] * len(parts), strict=True) for part in pair][:-1]
        pieces = cut
    return "".join(_decode(piece) for piece in pieces)


@pytest.fixture(name="make_mirror", scope="session")
def make_mirror_fixture() -> Callable[[str, Mapping[str, str]], str]:
    return _make_mirror


@pytest.fixture(name="page")
def page_fixture() -> Callable[[str], PageEdits]:
    return lambda text: PageEdits(text.split("\n"))
