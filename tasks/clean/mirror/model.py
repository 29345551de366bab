"""model: how likely characters are to follow one another, and the forms and readings they have.

Reads    mirror_model.npz beside this module (built by ``build_model``; licence in MODEL_LICENCE.txt:
         jieba word list, MIT; OpenCC, Apache-2.0; pypinyin, MIT)
Adds     Model, loaded once per process when a page first needs it

Costs are negative decimal logarithms of probabilities: 0 is certain, larger is less likely.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MODEL = Path(__file__).with_name("mirror_model.npz")
STEP = 0.05
"""Costs are stored as multiples of this, 0 to 255 of them."""
UNSEEN_BEGIN = 8.0
UNSEEN_END = 1.0


_POINT = np.uint64(16)
LONGER = 1 << 16
"""Bit of a pair of characters that begins a word of three or four."""
LONGEST = 1 << 8
"""Bit of three characters that begin a word of four."""


@dataclass(frozen=True, slots=True)
class Model:
    """The tables of the model; characters are in simplified form, marks in full-width form.

    begin: cost of a word or mark that begins with the character, after a word's end.
    alone: cost of the character as a word or mark by itself.
    end: cost of a word ending with the character.
    The others are a tree of words. Their keys are code points of 16 bits, the first one highest, their values
    steps of cost (see ``STEP``) and bits.
    two: the second character after the first; from bit 8 the word of both, 0 when they are none; ``LONGER``.
    three: the word of the three, 0 when they are none; ``LONGEST``. four: the word of the four.
    """

    begin: dict[str, float]
    alone: dict[str, float]
    end: dict[str, float]
    two: dict[int, int]
    three: dict[int, int]
    four: dict[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """Chinese characters of GBK.

    partner: character -> simplified character, where they differ.
    simplified_only: characters that a page in traditional script does not have.
    variant: traditional characters that no converter writes.
    readings: character -> its tone-marked readings, the usual one first, those of its partner included.
    """

    partner: dict[str, str]
    simplified_only: frozenset[str]
    variant: frozenset[str]
    readings: dict[str, tuple[str, ...]]


@functools.cache
def load_model() -> Model:
    """Return the model."""
    with np.load(MODEL) as file:
        chars = _text(file["chars"])
        begin, alone, end = (
            dict(zip(chars, _costs(file[n]), strict=True)) for n in ("begin", "alone", "end")
        )
        pairs, pair = file["pairs"], file["pair"].astype(np.uint32)
        words = _words(_text(file["words"]), file["word"])
    begins = np.searchsorted(pairs, np.concatenate((words[3][0] >> _POINT, words[4][0] >> (_POINT + _POINT))))
    pair[np.searchsorted(pairs, words[2][0])] |= words[2][1].astype(np.uint32) << 8
    pair[begins] |= LONGER
    three, place = np.unique(np.concatenate((words[3][0], words[4][0] >> _POINT)), return_inverse=True)
    value = np.zeros(three.size, np.uint16)
    value[place[: words[3][0].size]] = words[3][1]
    value[place[words[3][0].size :]] |= LONGEST
    return Model(begin, alone, end, _table(pairs, pair), _table(three, value), _table(*words[4]))


def _words(text: str, steps: np.ndarray) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Return for each length the words, as keys, and their costs; text: a word a line."""
    codes = np.frombuffer(f"{text}\n".encode("utf-16-le"), "<u2").astype(np.uint64)
    ends = np.flatnonzero(codes == 0x0A)
    lengths = np.diff(ends, prepend=-1) - 1
    found = {}
    for length in (2, 3, 4):
        rows = np.flatnonzero(lengths == length)
        key = np.zeros(rows.size, np.uint64)
        for back in range(length, 0, -1):
            key = key << _POINT | codes[ends[rows] - back]
        found[length] = key, steps[rows]
    return found


def _table(keys: np.ndarray, values: np.ndarray) -> dict[int, int]:
    return dict(zip(keys.tolist(), values.tolist(), strict=True))


@functools.cache
def load_forms() -> Forms:
    """Return the forms."""
    with np.load(MODEL) as file:
        hanzi = _text(file["hanzi"])
        kinds = file["kinds"].tolist()
        rows = _text(file["readings"]).split("\n")
        partners = _text(file["partners"])
    return Forms(
        partner={c: p for c, p in zip(hanzi, partners, strict=True) if c != p},
        simplified_only=frozenset(c for c, kind in zip(hanzi, kinds, strict=True) if kind == 3),
        variant=frozenset(c for c, kind in zip(hanzi, kinds, strict=True) if kind == 2),
        readings={c: tuple(row.split(",")) for c, row in zip(hanzi, rows, strict=True) if row},
    )


def _text(codes: np.ndarray) -> str:
    return codes.tobytes().decode("utf-8")


def _costs(steps: np.ndarray) -> list[float]:
    # one float object for each of the 256 values, not one for each row
    return list(map(_COSTS.__getitem__, steps.tobytes()))


_COSTS = [step * STEP for step in range(256)]
