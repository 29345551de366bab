"""Conversion between the scripts, line by line, by what each line is.

Reads    text (lines separated by ``\\n``)
Adds     text_hans; Taiwan or Hong Kong forms for export
Source   OpenCC 1.4.2 (Apache-2.0). Never its configurations ending in p: they rewrite words
         (建立 -> 创建), which is translation, not script. Simplified lines are not touched: tw2s makes
         显着 of 显著, because its exceptions are keyed in traditional characters.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import opencc

from tasks.errors import ContractError
from tasks.script.classify import Region, detect_line_scripts, detect_script
from tasks.script.region import detect_region

OPENCC_VERSION = "1.4"
"""The release whose conversions were measured; another one, or another package of the same module
name (opencc-python-reimplemented), converts differently."""

_MACHINE_FIRST = str.maketrans("么", "麼")
"""In machine-made text a bare 么 is 麼: OpenCC protects only the commonest words with it."""

_LEFT_OVER = str.maketrans("衞敍枱", "卫叙台")
"""Hong Kong forms that tw2s leaves behind."""


@cache
def _converter(config: str) -> opencc.OpenCC:
    """One OpenCC object per process and configuration (3 to 80 ms to make, a few MB)."""
    version = getattr(opencc, "__version__", "unknown")
    if not str(version).startswith(OPENCC_VERSION):
        raise ContractError(
            f"OpenCC {OPENCC_VERSION}.x is needed, but the module opencc is version {version}. Another "
            "package with the same module name may be installed: remove opencc-python-reimplemented and "
            "install the version in deploy/requirements.lock."
        )
    return opencc.OpenCC(config)


@cache
def known_names() -> dict[str, str]:
    """Return names whose characters a conversion would change: traditional -> simplified form."""
    lines = (Path(__file__).parent / "names.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows}


@cache
def _name_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _convert(text: str, config: str, names: dict[str, str]) -> str:
    """Convert a text except for the names in it, which become what ``names`` says."""
    converter = _converter(config)
    if not names:
        return str(converter.convert(text))
    parts: list[str] = []
    position = 0
    for match in _name_pattern(tuple(names)).finditer(text):
        parts += (converter.convert(text[position : match.start()]), names[match[0]])
        position = match.end()
    return "".join((*parts, converter.convert(text[position:])))


def _hant_to_hans(text: str, region: Region | None, names: dict[str, str]) -> str:
    if region == "machine":
        text = text.translate(_MACHINE_FIRST)
    config = "hk2s" if region == "hk" else "tw2s"
    return _convert(text, config, names).translate(_LEFT_OVER)


def to_hans(text: str, region: Region | None = None, protect: Iterable[str] = ()) -> str:
    """Return a text in simplified characters, each line by its own class.

    Simplified lines stay as they are; traditional ones are converted; a line that is in neither
    script follows the whole text; a mixed line loses its traditional characters one by one.
    region: of the traditional lines, found in the text when ``None``.
    protect: words kept as they stand, besides the names of ``names.txt``.
    """
    whole = detect_script(text)
    lines = text.split("\n")
    if whole == "unknown":
        return text
    classes = detect_line_scripts(lines)
    if whole == "hans" and not {"hant", "mixed"} & set(classes):
        return text
    names = {**known_names(), **{word: word for word in protect}}
    hant = [i for i, kind in enumerate(classes) if kind == "hant" or (kind == "unknown" and whole == "hant")]
    region = region or detect_region("\n".join(lines[i] for i in hant))
    converted = _hant_to_hans("\n".join(lines[i] for i in hant), region, names).split("\n")
    for i, line in zip(hant, converted, strict=True) if hant else ():
        lines[i] = line
    for i, kind in enumerate(classes):
        if kind == "mixed":
            lines[i] = _convert(lines[i], "t2s", names)
    return "\n".join(lines)


def to_region(text: str, region: Literal["tw", "hk"]) -> str:
    """Return simplified text in the characters of Taiwan or Hong Kong (words are kept).

    Lines already traditional stay as they are.
    """
    config = {"tw": "s2tw", "hk": "s2hk"}[region]
    lines = text.split("\n")
    kinds = detect_line_scripts(lines)
    chosen = [i for i, kind in enumerate(kinds) if kind != "hant"]
    converted = str(_converter(config).convert("\n".join(lines[i] for i in chosen))).split("\n")
    for i, line in zip(chosen, converted, strict=True) if chosen else ():
        lines[i] = line
    return "\n".join(lines)
