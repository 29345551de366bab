"""Conversion between the scripts, line by line, by what each line is.

Reads    text (lines separated by ``\\n``)
Adds     text_hans; Taiwan or Hong Kong forms for export
Source   OpenCC 1.4.2 (Apache-2.0) and words.txt. Never its configurations ending in p: they rewrite
         words (建立 -> 创建), which is translation, not script. Simplified lines are not touched: tw2s
         makes 显着 of 显著, because its exceptions are keyed in traditional characters.
"""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Literal

import opencc

from tasks.errors import ContractError
from tasks.script.classify import (
    Region,
    Script,
    detect_line_scripts,
    detect_script,
    holds_traditional,
    one_script,
)
from tasks.script.region import detect_region, is_machine_made

OPENCC_VERSION = "1.4"
"""The release whose conversions were measured; another one, or another package of the same module
name (opencc-python-reimplemented), converts differently."""

_PARTICLE = re.compile("(?<!老)么(?![妹兒女弟叔舅蛾喝點洞兩拐])")
"""么 for 麼: machine-made text keeps it, and OpenCC would make 幺 of it but for a few words."""

_REFUSED = re.compile("([\x00\ud800-\udfff])")

_REGIONAL = ("想像", "座標")
"""Corrected where people wrote them; machine-made text has them only if its original had."""

_FROM_ORIGINAL = re.compile("[乾藉於徵瞭覆沈夥昇]")
"""A machine that converts character by character never makes these (干 stays 干), so where they stand in
its text they stood in the simplified original: names such as 萧乾, 沈阳, 反覆."""

_LEFT_OVER = {"衞": "卫", "敍": "叙", "枱": "台", "揹": "背", "伕": "夫", "暱": "昵"}
"""Traditional forms that OpenCC leaves in simplified text."""


@cache
def _converter(config: str) -> opencc.OpenCC:
    """One OpenCC object per process and configuration (3 to 80 ms to make, a few MB).

    Without the rare simplified characters that hardly any font shows (its "tofu" dictionaries).
    """
    version = getattr(opencc, "__version__", "unknown")
    if not str(version).startswith(OPENCC_VERSION):
        raise ContractError(
            f"OpenCC {OPENCC_VERSION}.x is needed, but the module opencc is version {version}. Another "
            "package with the same module name may be installed: remove opencc-python-reimplemented and "
            "install the version in deploy/requirements.lock."
        )
    return opencc.OpenCC(config, include_tofu_risk_dictionaries=False)


def load_converters() -> None:
    """Make the converters that reading needs now, not at their first use."""
    for config in ("t2s", "tw2s", "hk2s"):
        _converter(config)
    _single_characters()
    _pattern(tuple(corrected_words()))
    _pattern(tuple(_words_of_machines(corrected_words())))


@cache
def corrected_words() -> dict[str, str]:
    """Return words and names that OpenCC converts wrongly: traditional -> simplified, same length."""
    lines = (Path(__file__).parent / "words.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows}


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _opencc(text: str, config: str) -> str:
    """Convert a text with OpenCC, which would end it at a NUL and refuse a lone surrogate."""
    converter = _converter(config)
    if not _REFUSED.search(text):
        return str(converter.convert(text))
    parts = _REFUSED.split(text)
    return "".join(part if index % 2 else str(converter.convert(part)) for index, part in enumerate(parts))


def _convert(text: str, config: str, words: dict[str, str]) -> str:
    """Convert a text; ``words`` come out as given there.

    These configurations replace characters one for one, so a word is put right where it stands.
    """
    converted = _opencc(text, config)
    for traditional, simple in _LEFT_OVER.items():  # hardly ever there: faster than ``translate``
        converted = converted.replace(traditional, simple)
    if not words or len(converted) != len(text):
        return converted
    parts: list[str] = []
    position = 0
    for match in _pattern(tuple(words)).finditer(text):
        parts += (converted[position : match.start()], words[match[0]])
        position = match.end()
    return "".join((*parts, converted[position:]))


def _hant_to_hans(text: str, region: Region | None, words: dict[str, str]) -> str:
    config = "hk2s" if region == "hk" else "tw2s"
    if region != "machine":
        return _convert(_PARTICLE.sub("麼", text), config, words)
    converted = list(_convert(_PARTICLE.sub("麼", text), config, _words_of_machines(words)))
    for match in _FROM_ORIGINAL.finditer(text):
        converted[match.start()] = match[0]
    return "".join(converted)


def _words_of_machines(words: dict[str, str]) -> dict[str, str]:
    return {word: after for word, after in words.items() if word not in _REGIONAL}


@cache
def _single_characters() -> dict[int, int]:
    """Traditional-only character -> simplified; for lines in which no longer word can be trusted."""
    _, hant = one_script()
    hans = _opencc("\n".join(hant), "t2s").split("\n")
    return {ord(t): ord(s) for t, s in zip(hant + "於", [*hans, "于"], strict=True)}


def _follows(kind: Script, whole: Script) -> bool:
    """Say whether a line is to be converted as traditional text: it is, or cannot be told and its text is."""
    return kind == "hant" or (kind == "unknown" and whole == "hant")


def to_hans(text: str, region: Region | None = None, *, protect: Collection[str] = ()) -> str:
    """Return a text in simplified characters, each line by its own class.

    Simplified lines stay as they are; traditional ones are converted; a line that is in neither
    script follows the whole text; a mixed line loses its traditional characters one by one.
    region: of the traditional lines, found in the text when ``None``.
    protect: words kept as they stand, besides the corrections of ``words.txt``.
    """
    whole = detect_script(text)
    if whole == "unknown" or not holds_traditional(text):
        return text
    lines = text.split("\n")
    classes = detect_line_scripts(lines)
    if whole == "hans" and not {"hant", "mixed"} & set(classes):
        return text
    words = {**corrected_words(), **{word: word for word in protect}}
    chosen = [i for i, kind in enumerate(classes) if _follows(kind, whole)]
    if chosen:
        hant = "\n".join(lines[i] for i in chosen)
        converted = _hant_to_hans(hant, region or detect_region(hant), words).split("\n")
        for i, line in zip(chosen, converted, strict=True):
            lines[i] = line
    for i, kind in enumerate(classes):
        if kind == "mixed":
            lines[i] = lines[i].translate(_single_characters())
    return "\n".join(lines)


_TO_REGION = {"tw": ("s2tw", ("hk2t", "t2tw")), "hk": ("s2hk", ("tw2t", "t2hk"))}
"""Region -> configuration for simplified lines, configurations for traditional ones."""


def to_region(text: str, region: Literal["tw", "hk"]) -> str:
    """Return a text in the characters of Taiwan or Hong Kong; words are kept.

    Machine-made traditional text goes by way of simplified, because its 后 and 于 are undecided.

    >>> to_region("里面坐着人", "tw"), to_region("裡面坐著人", "hk")
    ('裡面坐著人', '裏面坐着人')
    """
    if detect_script(text) == "hant" and is_machine_made(text):
        text = to_hans(text, "machine")
    from_hans, from_hant = _TO_REGION[region]
    lines = text.split("\n")
    is_hant = [kind == "hant" for kind in detect_line_scripts(lines)]
    for chosen, configs in ((False, (from_hans,)), (True, from_hant)):
        places = [i for i, kind in enumerate(is_hant) if kind is chosen]
        part = "\n".join(lines[i] for i in places)
        for config in configs if places else ():
            part = _opencc(part, config)
        for i, line in zip(places, part.split("\n"), strict=False):
            lines[i] = line
    return "\n".join(lines)
