"""title_lines: the lines that hold a title: one line, several that form it, or one that is repeated in parts.

Reads    a title found on one line, the texts around it, what markup says of it
Changes  the title: its text, its lines, and the subtitle that markup sets apart
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.metadata.folding import fold, key
from tasks.metadata.title_markup import References
from tasks.metadata.title_place import Surroundings
from tasks.metadata.title_shape import shape_of

MAX_TITLE: Final = 120
"""Longest title in characters."""
MOST_PARTS: Final = 8
"""Lines in which a title is printed a second time."""
_OPEN: Final = re.compile(r"[,，、:：的与和及與]$|“[^”]*$|「[^」]*$|《[^》]*$|（[^）]*$")
"""A line that the next one has to close."""
_NOTICE: Final = r"(?:通知|公告|通告|意见|通报|决定|办法|规定|细则|方案|报告|批复|复函|函|决议|公示|通则|条例)(?:\([^()]{1,12}\))?"
_NOTICE_OPEN: Final = re.compile(rf"^(?!.*{_NOTICE}$).{{0,30}}(?:关于|印发|转发|批转|公布).{{4,40}}$")
_NOTICE_END: Final = re.compile(rf"[^。,;:!?]{{2,40}}的?{_NOTICE}")
"""The halves of an official title: 关于进一步加强 / 冬季防火工作的通知."""


@dataclass(slots=True)
class Title:
    """The headline of a page.

    lines: indexes into ``page.lines`` of the lines that hold it, none when only markup does.
    evidence: ``markup``, ``heading``, ``fit`` (a line the markup repeats), ``shape``; empty without a title.
    """

    title: str | None = None
    subtitle: str | None = None
    lines: list[int] = field(default_factory=list)
    subtitle_lines: list[int] = field(default_factory=list)
    evidence: str = ""


def take_whole(title: Title, texts: Sequence[str], references: References) -> bool:
    """Take the line that prints a title whole which the lines below it print in parts, as papers on line do."""
    last = title.lines[-1]
    own = key(texts[last])
    for index in range(last - 2, max(last - MOST_PARTS, -1), -1) if not references.keys else ():
        rest = key(texts[index]) if len(texts[index]) <= MAX_TITLE else ""
        if not rest.endswith(own):
            continue
        parts = [key(texts[part]) for part in range(index + 1, last + 1)]
        if rest == "".join(parts) and all(parts):
            title.title, title.lines = texts[index].strip(), [*range(index, last + 1)]
            return True
    return False


def join_lines(title: Title, texts: Sequence[str], references: References, around: Surroundings) -> None:
    """Add the line a title goes on in: when markup has both as one, or the first is left open."""
    at = title.lines[-1]
    if (
        at
        and not references.keys
        and (_OPEN.search(texts[at - 1].strip()) or _are_halves(around.folded(at - 1), around.folded(at)))
        and shape_of(around.folded(at - 1)) > -1.5
    ):
        title.lines = [at - 1, at]
        title.title = texts[at - 1].strip() + texts[at].strip()
        return
    if at + 1 >= len(texts) or len(texts[at + 1]) > 60 or around.is_metadata(at + 1):
        return
    following = around.folded(at + 1)
    if following.startswith("--"):
        return
    both = key(texts[at] + texts[at + 1])
    is_one = len(key(texts[at + 1])) >= 4 and any(
        reference.startswith(both)
        for reference in references.keys
        if not _follows_mark(reference, key(texts[at]))
    )
    is_open = not references.keys and (
        (_OPEN.search(texts[at].strip()) and shape_of(following) > 0)
        or _are_halves(around.folded(at), following)
    )
    gap = " " if is_one and not _is_printed_as_one(texts[at], texts[at + 1], references) else ""
    if gap and around.page.lines[at].tag != around.page.lines[at + 1].tag:
        title.subtitle, title.subtitle_lines = texts[at + 1].strip(), [at + 1]
    elif is_one or is_open:
        title.lines.append(at + 1)
        title.title = f"{texts[at].strip()}{gap}{texts[at + 1].strip()}"


def _are_halves(first: str, second: str) -> bool:
    """Tell whether two lines are the halves of an official title."""
    return _NOTICE_OPEN.search(first) is not None and _NOTICE_END.fullmatch(second) is not None


def _is_printed_as_one(first: str, second: str, references: References) -> bool:
    """Tell whether markup has two lines without a gap: a gap stands between title and subtitle."""
    both = fold(first).strip() + fold(second).strip()
    return any(both in " ".join(fold(text).split()) for text in references.texts)


def _follows_mark(reference: str, line_key: str) -> bool:
    return len(reference) > len(line_key) and reference[len(line_key)] in "_|-"
