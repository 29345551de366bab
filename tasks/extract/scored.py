"""scored: a line with its weight, as the searching modules pass it on."""

from dataclasses import dataclass

from tasks.extract.kinds import Kind


@dataclass(slots=True)
class Scored:
    """A line as the scorer sees it.

    size: as ``fold.size_of`` counts its characters; function: number of function characters.
    is_sentence: holds the mark of a sentence; ends: ends with one.
    inset: stands in a box inside the article, as its markup tells.
    inside: stands in the element that holds the article and little else, outside links and boxes; cell: in a
        cell of a table there.
    outside: text beside the element that holds most of the page's; it weighs less for that.
    """

    folded: str
    size: int
    is_sentence: bool
    ends: bool
    function: int
    kind: Kind | None
    weight: float
    inset: bool = False
    inside: bool = False
    cell: bool = False
    outside: bool = False
