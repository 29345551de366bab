"""evidence: does a page without inserted readings contain shifted runs?

Reads    the lines of a page in traditional script
Adds     nothing; answers one question
Source   ``?`` before another mark is common in informal writing. A shifted run differs: as shown it reads
         badly, decoded one byte further on it reads well. Only runs that show a two-byte character or a
         single letter count; the marks themselves do not.
"""

import re
from collections.abc import Sequence

from tasks.clean.mirror.beam import find_runs
from tasks.clean.mirror.brackets import CLOSING
from tasks.clean.mirror.candidates import listed
from tasks.clean.mirror.code_page import CODES, CUTS, code_of
from tasks.clean.mirror.gate import CUT, profile_on_mirror
from tasks.clean.mirror.machine_made import has_written_forms, only_kept_forms
from tasks.clean.mirror.shift import Reader
from tasks.clean.mirror.state import Run
from tasks.clean.mirror.tones import TONED

FIRST_EVENT_COST = 4.0
"""What a cut costs as long as the page has shown nothing (4 to 6 were tried)."""
ODD_LETTER = 2.0
"""What a small letter between a mark and a Chinese character costs more than the model says, which knows no letters."""
CLOSING_GAIN = 1.5
"""What it counts that a run, repaired, ends a bracket or a quotation that is open as the line is shown."""
RARE = 5.0
"""A character that costs more at a word's beginning is no evidence."""
MAX_COST = 3.5
"""The most that a character of a repaired run may cost on average."""
MIN_GAIN_WRITTEN = 5.6
"""How much better a run must read when repaired, on a page that has forms that no such converter writes."""
MIN_GAIN = 3.5
"""The same for other pages. On 4,900 pages of writers, marks like ?! and ?; and single letters strewn in, no run gains
1.5; nine of ten on made mirrors gain 3.7 and more."""
MIN_GAIN_KEPT = 2.6
"""The same for a page that has forms that only a converter keeps, and none that it changes."""
MIN_GAIN_MACHINE_MADE = 2.0
"""The same for a page whose traditional characters were made one by one, or that has a reading besides."""
SPOTS_FOR_A_RUN = 10
"""One run must read so for each so many spots: cuts are what mirrors have such spots from (nine of ten), and
among hundreds of ``?!`` and ``???`` of a writer one reads better by chance."""
MIN_ENDS_SHARE = 0.5
"""Share of the spots like ``。”`` that must be where a quotation has lost its end, and of the ends lost that must
be at such a spot."""

_OPEN_QUOTATION = re.compile(r"“([^“”]*)(?=(“|\Z))")
_CUT_END = re.compile(r"[\u3400-\u9fff]\?[!！]\?")
"""What 。” becomes."""
_CUT_IN_END = re.compile(r"[\u3400-\u9fff]\?[!！][^?]")
"""What 。” becomes when it takes the next character with it."""
_BROKEN = re.compile(rf"(?<=[\u3400-\u9fff])\?([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}}) ?\)")
"""A half character, and a reading whose bracket the other half has swallowed; group: the reading."""
_MARKS = re.compile("[！-＇＊-／：-＠。、]{2}")
"""Two marks side by side, neither a quotation mark nor a bracket: rows of marks make such by chance."""
_LETTER = re.compile(r"[@-~](?=[\u3400-\u9fff])")
"""What is left of a character of which only the second half is shown."""
_UNEVEN = re.compile(
    r"\?[;；]\?[\u3400-\u9fff]"
    r"|\?[!;?,。！；？，](?:[#-+\--:<->@-~]{1,2}[^\x00-\xa0\u3000]|[^\n]{0,6}[\ue000-\ue765])"
)
"""A cut behind which a character of one byte stands, or one of those that GBK leaves to its users."""


def has_shifted_runs(lines: Sequence[str], is_machine_made: bool) -> bool:
    """Return whether runs of the page read far better one step aside, or quotations lack their ends."""
    text = "\n".join(lines)
    if _has_broken_character(text):
        return True
    if not (has_written_forms(text) and not is_machine_made) and _has_open_quotation(text):
        return True
    reader = Reader(frozenset(), FIRST_EVENT_COST, len(text))
    least = _least_gain(text, is_machine_made)
    wanted = 1 + len(CUT.findall(text)) // SPOTS_FOR_A_RUN
    for line in lines:
        if "?" in line and (_UNEVEN.search(line) or _is_suspect(reader, line)):
            wanted -= sum(_gain(reader, line, run) >= least for run in find_runs(reader, line))
            if wanted <= 0:
                return True
    return False


def _least_gain(text: str, is_machine_made: bool) -> float:
    """Return how much better a run of a page must read."""
    if is_machine_made:
        return MIN_GAIN_MACHINE_MADE
    if has_written_forms(text):
        return MIN_GAIN_WRITTEN
    if profile_on_mirror(text).chars:
        return MIN_GAIN_MACHINE_MADE
    return MIN_GAIN_KEPT if only_kept_forms(text) else MIN_GAIN


def _has_broken_character(text: str) -> bool:
    """Return whether a reading stands after a half character that is, with the one before, a character so read."""
    return any(
        listed(code_of(text[match.start() - 1]) & 0xFF, match[1])
        for match in _BROKEN.finditer(text)
        if match.start()
    )


def _has_open_quotation(text: str) -> bool:
    """Return whether quotations have lost their ends: another begins in the line, or the line ends so."""
    lost = 0
    for match in _OPEN_QUOTATION.finditer(text):
        first, *more = match[1].split("\n", 1)
        ends = [cut.end() for cut in _CUT_END.finditer(first)]
        lost += (
            bool(ends)
            and '"' not in first
            and (first[ends[-1] :][:1].isascii() or bool(match[2] and not more))
        )
    wanted = max(
        len(_CUT_END.findall(text)), text.count("“") - text.count("”") - len(_CUT_IN_END.findall(text))
    )
    return lost > 0 and lost >= MIN_ENDS_SHARE * wanted


def _is_suspect(reader: Reader, line: str) -> bool:
    """Return whether the first character one step aside is a common one, somewhere in the line."""
    for match in CUT.finditer(line):
        first = reader.candidates.aside(CUTS[match[1]] & 0xFF, match[2])
        if first is None or reader.scorer.begin.get(first, RARE) >= RARE:
            continue
        second = reader.candidates.aside(CODES.get(match[2], 0) & 0xFF, line[match.end() : match.end() + 1])
        if second is None or reader.scorer.follow(first, second) <= RARE:
            return True
    return False


def _gain(reader: Reader, line: str, run: Run) -> float:
    shown = line[run.start + 2 : run.end]
    is_letter = len(shown) == 1 and _LETTER.match(line, run.start + 2) is not None
    if len(run.text) < 2 or (shown.isascii() and not is_letter) or _MARKS.search(run.text):
        return 0.0
    following = line[run.end : run.end + 2]
    true = run.text[1:] + following
    cost = _cost(reader, run.text[0], true)
    if cost > MAX_COST * len(true):
        return 0.0
    odd = ODD_LETTER if is_letter and shown.islower() else 0.0
    closing = CLOSING_GAIN if _closes(line, run.text) else 0.0
    return _cost(reader, "。", shown + following) - cost + odd + closing


def _closes(line: str, text: str) -> bool:
    """Return whether the true text of a run holds the one end of brackets or quotations that the line lacks."""
    return any(
        close in text and line.count(open_) == line.count(close) + 1 for open_, close in CLOSING.items()
    )


def _cost(reader: Reader, before: str, text: str) -> float:
    """Return the cost of a text after a character, on a page in traditional script."""
    read = reader.scorer.start(reader.known(before))
    for char in text:
        read = reader.scorer.extend(read, reader.known(char), reader.tables.form_cost.get(char, 0.0))
    return read.cost
