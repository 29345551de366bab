"""kinds: the classes that the words of a line can give it, and the types of the tables that list them."""

from dataclasses import dataclass, field

from tasks.extract.rules import stamp
from tasks.lines import Label

Answer = tuple[Label, str]
"""A label and the ``rule@version`` that gave it."""

KEY_REACH = 30
"""Characters at the start of a line among which one of an entry's keys must be."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the words of a line say it is.

    rule: name of the rule; label: what the line is when it is not body.
    cost: what one such line costs a run of body lines, in characters of running text.
    closing: what it costs once the run could be a whole article; 0: the same.
    opens: the lines after it are of its label, until another kind speaks.
    firm: never body, even between body lines.
    answer: label and ``rule@version`` of its lines.
    """

    rule: str
    label: Label
    cost: float = 30.0
    closing: float = 0.0
    opens: bool = False
    firm: bool = True
    answer: Answer = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answer", (self.label, stamp(self.rule)))


@dataclass(frozen=True, slots=True)
class Furniture:
    """A kind with the patterns of its lines; limit: longest line it speaks of, in characters."""

    kind: Kind
    keys: str
    limit: int
    patterns: tuple[str, ...]
