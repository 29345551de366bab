"""signs: the telling characters of each folded line, from one look at all lines of a page.

A pattern is asked only about lines that hold a character it needs, or a pair of them. Which these
are is read off tables by numpy, for the whole page at once: a tenth of the time of looking line by line.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.code_table import codes_of, line_bounds
from tasks.extract.needed import Needed

_ASTRAL = 0x10000
"""Entry of the table that stands for every character above U+FFFF."""
_LAST = np.array([[1], [2], [3]])
"""How far before the line feed the last three characters of a line are."""
_FACTOR = 0x9E5
"""A pair of classes is known by ``first * _FACTOR + second`` in 16 bits; some pairs share a number."""

(
    SPAM_SIGN,
    STOP_SIGN,
    SHAPE_SIGN,
    CHROME_SIGN,
    MARK_SIGN,
    DIGIT_SIGN,
    CRUMB_SIGN,
    DATE_SIGN,
    WIRE_SIGN,
    FIELD_SIGN,
    SET_SIGN,
) = (1 << bit for bit in range(11))
"""Bits of characters anywhere in a line."""
FIRST_ENTRY = 11
"""Bit of the first entry of the vocabulary; the others follow in their order, 53 at most."""


@dataclass(frozen=True, slots=True)
class SignTable:
    """Bits of every character that has some. Such a character has a class, all others have class 0.

    Tables by class are small enough to stay at hand; by character they would be half a megabyte each.

    classes: class of each code point. bits: of each class. head: those that count only at the beginning of
    a line; reach: characters that are the beginning. alone, pairs: bits by class and by pair of classes, of
    which a line must hold one besides to have the bit; needing: all of these bits.
    by_character: ``bits`` for one line alone. counted: 1 for each class of characters that are counted.
    """

    classes: npt.NDArray[np.uint16]
    bits: npt.NDArray[np.uint64]
    head: int
    reach: int
    alone: npt.NDArray[np.uint64]
    pairs: npt.NDArray[np.uint64]
    needing: int
    by_character: dict[str, int]
    counted: npt.NDArray[np.uint32]


def sign_table(
    head: Mapping[int, str],
    anywhere: Mapping[int, str],
    reach: int,
    needs: Mapping[int, Needed | None],
    counted: Collection[str] = (),
) -> SignTable:
    """Return the table of signs: bit (a power of two) -> its characters.

    needs: bit -> characters and pairs of which a line must hold one besides, if any are needed. counted: characters
    whose number is asked.
    """
    tokens = [(token, bit) for bit, each in needs.items() for token in each or ()]
    signs: dict[str, int] = {character: 0 for token, _ in tokens for character in token}
    signs |= dict.fromkeys(counted, 0)
    for bit, characters in (*head.items(), *anywhere.items()):
        signs |= {character: signs.get(character, 0) | bit for character in characters}
    classes = np.zeros(_ASTRAL + 1, np.uint16)
    classes[[ord(character) for character in signs]] = np.arange(1, len(signs) + 1)
    bits = np.array([0, *signs.values()], np.uint64)
    alone, pairs = np.zeros_like(bits), np.zeros(1 << 16, np.uint64)
    for token, bit in tokens:
        of = classes[[ord(character) for character in token]]
        table, place = (alone, of[0]) if len(token) == 1 else (pairs, _hashed(of)[0])
        table[place] |= np.uint64(bit)
    needing = sum(bit for bit, each in needs.items() if each is not None)
    counts = np.array([0, *(character in counted for character in signs)], np.uint32)
    return SignTable(classes, bits, sum(head), reach, alone, pairs, needing, signs, counts)


def by_class(table: SignTable, signs: Mapping[str, int], others: int = 0) -> npt.NDArray[np.uint64]:
    """Return signs of characters as a table by class; ``others``: of a character that is not among them."""
    return np.array([others, *(signs.get(character, others) for character in table.by_character)], np.uint64)


def _hashed(classes: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """Return the number of each class with the one behind it."""
    hashed = classes * np.uint16(_FACTOR)
    hashed[:-1] += classes[1:]
    return hashed


def signs_of_line(line: str, table: SignTable) -> int:
    """Return the bits of the characters of one line, whatever else it needs to have them."""
    signs = 0
    for place, bits in enumerate(map(table.by_character.get, line)):
        if bits:
            signs |= bits if place < table.reach else bits & ~table.head
    return signs


@dataclass(frozen=True, slots=True)
class LineSigns:
    """What is seen of lines together.

    signs: the bits of their characters; counts: how many of these are counted; lengths: characters.
    first, last: classes of the first character and of the last three, a row of each (more, when a line has fewer);
    end: code point of the last. Of an empty line these are of what stands before it.
    """

    signs: npt.NDArray[np.uint64]
    counts: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.intp]
    first: npt.NDArray[np.uint16]
    last: npt.NDArray[np.uint16]
    end: npt.NDArray[np.uint32]


def find_signs(text: str, table: SignTable) -> LineSigns:
    """Return what is seen of the lines of a text, each with a line feed behind it; there is at least one."""
    codes = codes_of(text)
    starts, ends = line_bounds(codes)
    classes = table.classes.take(codes, mode="clip")
    bits = table.bits.take(classes, mode="wrap")
    # beginning and rest of each line in turn; the rest holds its line feed, so only an empty line has no beginning
    parts = np.empty((starts.size, 2), np.intp)
    parts[:, 0] = starts
    np.minimum(starts + table.reach, ends, out=parts[:, 1])
    beginning, rest = np.bitwise_or.reduceat(bits, parts.ravel()).reshape(-1, 2).T
    held = np.bitwise_or.reduceat(
        table.pairs.take(_hashed(classes), mode="wrap") | table.alone.take(classes, mode="wrap"), starts
    )
    return LineSigns(
        signs=(beginning | rest & ~np.uint64(table.head)) & (held | ~np.uint64(table.needing)),
        counts=np.add.reduceat(table.counted.take(classes, mode="wrap"), starts, dtype=np.uint32),
        lengths=ends - starts,
        first=classes.take(starts),
        last=classes.take(ends - _LAST, mode="clip"),
        end=codes.take(ends - 1, mode="clip"),
    )
