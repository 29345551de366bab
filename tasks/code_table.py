"""code_table: characters of a long text replaced by a table, all at once.

``str.translate`` looks up character by character; numpy takes a tenth of its time, but some
microseconds to begin: for a page, not for a line.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

CodeTable = npt.NDArray[np.uint32]
"""For each code point the one that stands for it, or ``_GONE``."""

_GONE = 0xFFFFFFFF
LINE_FEED = np.uint32(0x0A)


def code_table(replaced: Mapping[int, int | str | None]) -> CodeTable:
    """Return the table of a mapping as for ``str.translate``; a character becomes one character or none."""
    table = np.arange(0x110000, dtype=np.uint32)
    for code, after in replaced.items():
        table[code] = _GONE if after is None else ord(after) if isinstance(after, str) else after
    return table


def codes_of(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def line_ends(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
    """Return where the line feeds of a text are."""
    ends: npt.NDArray[np.intp] = (codes == LINE_FEED).nonzero()[0]
    return ends


def line_bounds(codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the lines of a text begin, and where the line feeds behind them are."""
    ends = line_ends(codes)
    starts = np.zeros(ends.size, np.intp)
    np.add(ends[:-1], 1, out=starts[1:])
    return starts, ends


def replace_characters(text: str, table: CodeTable) -> str:
    """Return what ``text.translate`` returns for the mapping of the table."""
    return replace_codes(codes_of(text), table)


def replace_codes(codes: npt.NDArray[np.uint32], table: CodeTable) -> str:
    """Return the same of a text given as its code points."""
    codes = table.take(codes, mode="wrap")  # none is beyond the table; quicker than to ask
    gone = codes == _GONE
    kept = codes[~gone] if np.count_nonzero(gone) else codes
    return str(kept.data, "utf-32-le", "surrogatepass")
