"""robots.txt: which reader may request what of a site.

Source   RFC 9309 (groups, longest match, ``*`` and ``$``, 500 KiB, what a missing or failing file means);
         Crawl-delay is no part of it and is honoured as sites mean it
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

MAX_ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 kibibytes are parsed."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one reader. rules: (length, pattern, allowed), longest first, allow before disallow."""

    rules: tuple[tuple[int, re.Pattern[str], bool], ...] = ()
    crawl_delay_s: float | None = None

    def allows(self, path: str) -> bool:
        """Say whether a path (with its query) may be asked for.

        >>> parse_robots("User-agent: *\\nDisallow: /a\\nAllow: /a/b$", "x").allows("/a/b")
        True
        """
        path = _normal(path or "/")
        return next((allowed for _, rule, allowed in self.rules if rule.match(path)), True)


ALLOW_ALL = Robots()
DISALLOW_ALL = Robots(((1, re.compile("/"), False),))


def robots_for(status: int, text: str, user_agent: str) -> Robots:
    """Return the rules that an answer for ``/robots.txt`` means (RFC 9309, 2.3.1)."""
    if status == 200:
        return parse_robots(text, user_agent)
    return ALLOW_ALL if 300 <= status < 500 and status != 429 else DISALLOW_ALL


def parse_robots(text: str, user_agent: str) -> Robots:
    """Return the rules for a reader: its own groups together, else those for ``*``."""
    token = re.split(r"[/\s]", user_agent.strip(), maxsplit=1)[0].lower()
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    agents: set[str] = set()
    in_rules = has_own = False
    for line in text.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if in_rules:
                agents.clear()
            agents.add(value.lower())
            in_rules = False
            has_own |= value.lower() == token
        elif name in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            if token in agents:
                own.append((name, value))
            elif "*" in agents:
                general.append((name, value))
    return _robots(own if has_own else general)


def _robots(lines: list[tuple[str, str]]) -> Robots:
    rules = []
    delay = None
    for name, value in lines:
        if name == "crawl-delay":
            delay = _seconds(value) if delay is None else delay
        elif value:
            rules.append((len(value), _pattern(value), name == "allow"))
    rules.sort(key=lambda rule: (-rule[0], not rule[2]))
    return Robots(tuple(rules), delay)


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", text) else None


def _pattern(value: str) -> re.Pattern[str]:
    """``*`` as "the nearest that fits": no pattern a site can write takes more than linear time."""
    first, *parts = [re.escape(_normal(part)) for part in re.split(r"\*+", value.removesuffix("$"))]
    if not value.endswith("$"):
        return re.compile(first + "".join(f"(?>.*?{part})" for part in parts if part))
    if not parts:
        return re.compile(first + "$")
    return re.compile(first + "".join(f"(?>.*?{part})" for part in parts[:-1] if part) + f".*{parts[-1]}$")


def _normal(path: str) -> str:
    """One spelling for a path: escaped bytes and letters of other scripts compare equal."""
    return quote(
        unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe="/*$?&=;:@!'(),~%+"
    )
