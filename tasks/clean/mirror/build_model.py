"""build_model: the character model that the repair of shifted bytes asks, built from a word list.

    python -m tasks.clean.mirror.build_model path/to/jieba/dict.txt

Reads    a word list, one ``word frequency [tag]`` per line; OpenCC's character tables; pypinyin's readings
Writes   mirror_model.npz beside this module (see ``model``), the same bytes for the same input
Source   jieba's dict.txt (MIT), OpenCC (Apache-2.0), pypinyin (MIT); MODEL_LICENCE.txt beside the model.
         To get the word list: ``pip download --no-deps --no-binary :all: jieba`` and unpack the archive.

A sentence is taken as words drawn one after the other (a unigram model of words), punctuation marks
being words too. What follows inside a word is counted; what follows across a border is the chance of
ending a word times the chance of beginning one.
"""

import argparse
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from tasks.clean.mirror.code_page import CELLS
from tasks.clean.mirror.model import MODEL, STEP

MARKS = {chr(code + 0xFEE0): 1e-4 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
MARKS |= {
    "，": 0.055,
    "。": 0.027,
    "、": 0.016,
    "“": 0.006,
    "”": 0.006,
    "：": 0.005,
    "《": 0.003,
    "》": 0.003,
}
MARKS |= {"（": 0.004, "）": 0.004, "；": 0.003, "？": 0.002, "！": 0.002, "‘": 0.0005, "’": 0.0005}
MARKS |= {"—": 0.002, "…": 0.001, "·": 0.0003, "%": 0.002, "〈": 1e-5, "〉": 1e-5, "【": 2e-4, "】": 2e-4}
MARKS |= {
    "「": 1e-4,
    "」": 1e-4,
    "『": 1e-5,
    "』": 1e-5,
    ".": 0.003,
    "-": 0.001,
    "/": 5e-4,
    "％": 1e-3,
    "～": 1e-4,
}
MARKS |= dict.fromkeys("0123456789", 0.005) | dict.fromkeys("０１２３４５６７８９", 0.003) | {" ": 0.005}
MARKS |= dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0.0002) | dict.fromkeys(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0.0002
)
"""Mark -> share among the words and marks of running text; rounded, from the feel of edited prose."""

OPENING = "“‘《（【「『〈"
CLOSING = "”’》）】」』〉"
STOPS = "，。、：；？！"
MARK_AFTER_MARK = {
    (OPENING, OPENING): 3.0,
    (OPENING, CLOSING): 8.0,
    (OPENING, STOPS): 10.0,
    (CLOSING, OPENING): 2.6,
    (CLOSING, CLOSING): 3.6,
    (CLOSING, STOPS): 1.2,
    (STOPS, OPENING): 3.0,
    (STOPS, CLOSING): 8.0,
    (STOPS, STOPS): 10.0,
    ("。！？", "”"): 1.6,
    ("。！？", "）"): 3.0,
    ("！？", "！？"): 3.0,
    ("…—", OPENING): 4.0,
    ("…—", STOPS): 8.0,
    ("…", "…"): 0.3,
    ("—", "—"): 0.3,
}
"""Cost of a mark after a mark; later rows win."""

BEFORE_STOP = {
    "和与及把被将从向对以为在是很更最不无每各该此其这那但而或若由因所之并又也都就才还再已曾正使让给跟同比按据": 1.5,
    "了吗呢吧啊后时等者": -0.5,
}
"""Words of one character -> what a stop after them costs more than after other words."""
AFTER_DIGIT = {"年月日": 1.0, "时点分秒号个人元万亿余多次届名位家岁米公千百倍": 1.8}
"""Characters that count -> their cost after a digit."""
SELDOM_AFTER_STOP = "的了着吗呢吧啊们得地过者"
"""Characters that seldom begin a clause."""

LONGEST_WORD = 4
LEAST_ALONE = 0.03
"""Share of a character's occurrences at which it is taken to be a word by itself, at least."""
RAREST_WORD = 4
"""Words below this frequency are left out: they save less than they cost in loading."""


def read_words(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the Chinese words of a word list with their frequencies."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        if all("\u4e00" <= char <= "\u9fff" for char in word):
            yield word, int(frequency)


def character_tables(words: Iterable[tuple[str, int]]) -> dict[str, np.ndarray]:
    """Return begin and end costs of characters, costs of pairs inside words, costs of words."""
    begin: Counter[str] = Counter()
    end: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    kept: list[tuple[str, int]] = []
    for word, frequency in words:
        if len(word) == 1:
            alone[word] += frequency
        begin[word[0]] += frequency
        end[word[-1]] += frequency
        for char in word:
            seen[char] += frequency
        for first, second in itertools.pairwise(word):
            inside[first + second] += frequency
        if 2 <= len(word) <= LONGEST_WORD and (frequency >= RAREST_WORD or len(word) == LONGEST_WORD):
            kept.append((word, frequency))
    total = begin.total()
    plain = 1 - sum(MARKS.values())
    chars = sorted(set(seen) | set(MARKS))
    begin_share = {c: plain * begin[c] / total + MARKS.get(c, 0.0) for c in chars}
    end_share = {c: 1.0 if c in MARKS else end[c] / seen[c] for c in chars}
    costs = _pair_costs(inside, seen, begin_share, end_share)
    pairs = sorted(costs)
    kept.sort()
    alone_share = {c: plain * max(alone[c], LEAST_ALONE * seen[c]) / total + MARKS.get(c, 0.0) for c in chars}
    return {
        "chars": _text("".join(chars)),
        "begin": _costs(max(share, 1e-8) for share in begin_share.values()),
        "alone": _costs(max(share, 1e-8) for share in alone_share.values()),
        "end": _costs(max(share, 1e-3) for share in end_share.values()),
        "pairs": np.array([ord(p[0]) << 16 | ord(p[1]) for p in pairs], dtype=np.uint32),
        "pair": _steps(costs[pair] for pair in pairs),
        "words": _text("\n".join(word for word, _ in kept)),
        "word": _costs(plain * frequency / total for _, frequency in kept),
    }


def _pair_costs(
    inside: Counter[str], seen: Counter[str], begin: dict[str, float], end: dict[str, float]
) -> dict[str, float]:
    """Return the costs of second characters after first ones that are not those of any two words."""
    costs = {
        pair: -math.log10(count / seen[pair[0]] + end[pair[0]] * begin[pair[1]])
        for pair, count in inside.items()
    }
    for stop, (chars, more) in itertools.product(STOPS, BEFORE_STOP.items()):
        known = [char for char in chars if char in end]
        costs |= {c + stop: -math.log10(max(end[c], 1e-3) * begin[stop]) + more for c in known}
    for digit, (chars, cost) in itertools.product("0123456789", AFTER_DIGIT.items()):
        costs |= {digit + char: cost for char in chars if char in begin}
    for stop, char in itertools.product(STOPS, SELDOM_AFTER_STOP):
        if char in begin:
            costs[stop + char] = -math.log10(max(begin[char], 1e-8)) + 1.5
    for (firsts, seconds), cost in MARK_AFTER_MARK.items():
        costs |= {first + second: cost for first in firsts for second in seconds}
    return costs


def form_tables() -> dict[str, np.ndarray]:
    """Return, for each Chinese character of GBK, its simplified partner, its kind and its readings.

    kind: 0 the same in both scripts; 1 traditional, as a converter writes it; 2 another traditional
    form; 3 simplified only.
    """
    from opencc import OpenCC
    from pypinyin.constants import PINYIN_DICT

    hanzi = sorted(char for char in CELLS.values() if "\u3400" <= char <= "\u9fff")
    rows = "\n".join(hanzi)
    # a 么 by itself becomes 幺 in OpenCC, but it is the simplified form of 麼
    partners = [
        c if c == "么" else p for c, p in zip(hanzi, OpenCC("tw2s").convert(rows).split("\n"), strict=True)
    ]
    written = "\n".join(partners)
    targets = list(
        zip(*(OpenCC(c).convert(written).split("\n") for c in ("s2t", "s2tw", "s2hk")), strict=True)
    )
    other = OpenCC("s2t").convert(rows).split("\n")
    kinds = []
    for char, partner, outputs, converted in zip(hanzi, partners, targets, other, strict=True):
        if char != partner:
            kinds.append(1 if char in outputs else 2)
        else:
            kinds.append(3 if converted != char and not _in_big5(char) else 0)
    names = [
        ",".join(dict.fromkeys(f"{PINYIN_DICT.get(ord(c), '')},{PINYIN_DICT.get(ord(p), '')}".split(",")))
        for c, p in zip(hanzi, partners, strict=True)
    ]
    return {
        "hanzi": _text("".join(hanzi)),
        "partners": _text("".join(partners)),
        "kinds": np.array(kinds, dtype=np.uint8),
        "readings": _text(unicodedata.normalize("NFC", "\n".join(name.strip(",") for name in names))),
    }


def _in_big5(char: str) -> bool:
    try:
        char.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def _text(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)


def _costs(shares: Iterable[float]) -> np.ndarray:
    return _steps(-math.log10(share) for share in shares)


def _steps(costs: Iterable[float]) -> np.ndarray:
    return np.array([min(255, round(cost / STEP)) for cost in costs], dtype=np.uint8)


def main() -> int:
    """Build the model and print its size."""
    parser = argparse.ArgumentParser(prog="python -m tasks.clean.mirror.build_model")
    parser.add_argument("words", type=Path, help="jieba's dict.txt")
    parser.add_argument("--out", type=Path, default=MODEL)
    options = parser.parse_args()
    tables = character_tables(read_words(options.words)) | form_tables()
    with options.out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **tables)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB, {len(tables['pairs']):,} pairs")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
