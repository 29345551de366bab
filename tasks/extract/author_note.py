"""author_note: the note about the author below an article is no part of the article.

Many weblogs and papers print a box there: the name alone on a line, then a sentence or two about the author.
The name is known to be the author's only if it also stands between title and text, or opens the title; a name
that opens several lines of the text is a speaker's. Words that head other sections of the text, too, are a table of
contents.
"""

from collections.abc import Collection, Sequence

from tasks.extract.scored import Scored

LONGEST_NAME = 8
"""Size of the longest name."""
LONGEST_NOTE = 3
"""Lines below the name."""
LARGEST_NOTE = 120
"""Size of these together."""
_BYLINES = frozenset(("metadata", "byline"))
REACH = 12
"""Lines above the text among which the name stands first."""


def without_note(scored: Sequence[Scored], titles: Collection[int], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end of an article above its author's name and the sentences about the author."""
    first, last = span
    for name in range(last - 1, max(first, last - 1 - LONGEST_NOTE), -1):
        note = scored[name + 1 : last + 1]
        if (
            _may_be_name(scored[name])
            and scored[name - 1].ends
            and any(line.ends and line.is_sentence for line in note)
            and sum(line.size for line in note) <= LARGEST_NOTE
            and _is_author(scored[name].folded, scored, titles, span)
            and not any(line.folded.startswith(scored[name].folded) for line in scored[first:name])
        ):
            return first, name - 1
    return span


def _may_be_name(line: Scored) -> bool:
    return line.kind is None and 2 <= line.size <= LONGEST_NAME and not line.ends


def _is_author(name: str, scored: Sequence[Scored], titles: Collection[int], span: tuple[int, int]) -> bool:
    """Tell whether a name opens the title, or stands as a word between title and text."""
    first, last = span
    if any(scored[index].folded.startswith((f"{name}/", f"{name}:")) for index in titles):
        return True
    above = range(max(min(titles, default=first) - 1, first - REACH, 0), first)
    if not any(name in _words(scored[index].folded) and _is_byline(scored, index) for index in above):
        return False
    shown = [line.folded for line in scored[above.start : last + 1]]
    rows = (_words(folded) for folded in shown[: len(above)])
    # a line of one word is one of those that show it
    return not any(shown.count(word) > (len(row) == 1) for row in rows for word in row if word != name)


def _words(folded: str) -> list[str]:
    return folded.replace("/", " ").replace("|", " ").replace(":", " ").split()


def _is_byline(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether a line is metadata, or right beside metadata; entries of a table of contents are not."""
    kinds = (line.kind for line in scored[max(index - 1, 0) : index + 2])
    return any(kind is not None and kind.label in _BYLINES for kind in kinds)
