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
"""Stored costs are multiples of this."""
UNSEEN_BEGIN = 8.0
UNSEEN_END = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """The tables of the model; characters are in simplified form, marks in full-width form.

    begin: cost of a word or mark that begins with the character, after a word's end.
    alone: cost of the character as a word or mark by itself.
    end: cost of a word ending with the character.
    pair: cost of the second character after the first (code points, first << 16 | second).
    word: cost of a word of two to four characters.
    """

    begin: dict[str, float]
    alone: dict[str, float]
    end: dict[str, float]
    pair: dict[int, float]
    word: dict[str, float]


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
        return Model(
            begin=dict(zip(chars, _costs(file["begin"]), strict=True)),
            alone=dict(zip(chars, _costs(file["alone"]), strict=True)),
            end=dict(zip(chars, _costs(file["end"]), strict=True)),
            pair=dict(zip(file["pairs"].tolist(), _costs(file["pair"]), strict=True)),
            word=dict(zip(_text(file["words"]).split("\n"), _costs(file["word"]), strict=True)),
        )


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
