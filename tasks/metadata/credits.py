"""credits: the people that a byline names, by role."""

from dataclasses import dataclass, field


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
        """Add what another line names."""
        for name in ("authors", "photographers", "editors", "outlets"):
            mine = getattr(self, name)
            mine.extend(value for value in getattr(other, name) if value not in mine)
