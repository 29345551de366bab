"""forms: for each Chinese character its simplified partner and its readings.

Reads    OpenCC's character tables and pypinyin's dictionary, once, when first asked
Source   OpenCC (Apache-2.0), pypinyin (MIT)
"""

import functools
import unicodedata


@functools.cache
def simplified() -> dict[str, str]:
    """Return traditional character -> simplified character, for those that differ."""
    from opencc import OpenCC

    cells = [bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF)]
    hanzi = [c for c in (cell.decode("gbk", "ignore") for cell in cells) if len(c) == 1 and c >= "\u3400"]
    partners = OpenCC("tw2s").convert("\n".join(hanzi)).split("\n")
    return {c: s for c, s in zip(hanzi, partners, strict=True) if c != s}


@functools.cache
def readings(char: str) -> frozenset[str]:
    """Return the tone-marked readings of a character and of its simplified partner."""
    from pypinyin.constants import PINYIN_DICT

    names = (char, simplified().get(char, char))
    found = ",".join(str(PINYIN_DICT.get(ord(name), "")) for name in names)
    return frozenset(unicodedata.normalize("NFC", reading) for reading in found.split(",") if reading)
