"""credits: the people that a byline names, by role."""

from dataclasses import dataclass, field
from typing import Final

ROLES: Final = ("authors", "photographers", "editors", "outlets")
"""The lists of a ``Credits``."""


@dataclass(slots=True)
class Credits:
    """Names by role as printed, each once, in the order of the line.

    outlets: media named right before 记者 (江海眼记者).
    is_whole: nothing but roles, names and outlets stood there.
    """

    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    is_whole: bool = True

    def __bool__(self) -> bool:
        return bool(self.authors or self.photographers or self.editors)

    def add(self, other: "Credits") -> None:
        """Add what another part of the line names."""
        for role in ROLES:
            mine = getattr(self, role)
            mine.extend(name for name in getattr(other, role) if name not in mine)
