"""depth: excessively nested markup -> the same text in markup that a tree can be built of.

At every block a tree builder goes through all open elements, and it reopens unclosed formatting elements
in every new one: time and memory grow with the square of a page's unclosed tags (4,000 times ``<p><b id=…>``
fill gigabytes), and time with the square of the ``<option>`` of one list and of repeated ``<html a=…>``.
Browsers limit the depth; this module does so before the tree is built.

Reads    the source of a page, in UTF-8
Adds     nothing; blocks too deep become line breaks, unclosed formatting is dropped, all text stays
Source   HTML Standard, 13.2.6 (tree construction, active formatting elements); the limits are chosen
"""

import re
import string
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

DEEPEST = 512
"""Open elements at one time; browsers stop here."""
DEEPEST_FORMATTING = 64
"""Formatting elements open at one time; beyond it the page is read without any: they carry no text."""
HARMLESS_TAGS = 1000
HARMLESS_SIZE = 100_000
"""A page of fewer tags and characters cannot grow to anything."""
FEW_ELEMENTS = 2000
"""Elements of a page that may all lie in each other; a tree of them is built in milliseconds."""
FEW_FORMATTING = 2 * DEEPEST_FORMATTING
"""Formatting elements among them that may all be open; the worst such tree is built in 40 milliseconds."""
MOST_ALIKE = 10_000
"""Choices of a list, or beginnings of the page: each is compared with all before it, by a tree builder in C."""
LONGEST_TAG = 1 << 16
"""Bytes of a tag; a longer one goes: each attribute is compared with all before it."""

_FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
_FORMATTING_TAG = re.compile(rb"</?(?:%s)(?=[\s/>])[^>]*>" % b"|".join(sorted(_FORMATTING)), re.IGNORECASE)
_FORMATTING_BEGUN = re.compile(rb"<(?i:%s)(?![a-zA-Z0-9-])" % b"|".join(sorted(_FORMATTING)))
"""The beginning of such an element."""
_JOINED = frozenset(b"span label ins del abbr cite q sub sup mark ruby bdo bdi kbd samp var time".split())
"""Inline elements: the text around them is one line."""
_UNCOUNTED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr a "
    b"p li dd dt option optgroup td th tr tbody thead tfoot colgroup html head body rp rt".split()
)
"""Empty elements, and those that end when the next one of their kind begins."""
_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b[^>]*(?:>|\Z).*?(?:</\1\s*>|\Z)|"
    rb"<(/?)([a-z][a-z0-9-]*)[^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""What is not closed goes to the end, as in browsers, and is not looked for again."""
_CHOICE = re.compile(rb"</?(?:select|optgroup|option)(?![a-z0-9-])[^>]*>", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:html|body)(?![a-z0-9-])[^>]*>", re.IGNORECASE)
"""Only the first one opens an element; the attributes of the others are added to it."""
_NAME = re.compile(rb"<([a-zA-Z][a-zA-Z0-9-]*)")
_TAG_START = re.compile(rb"</?[a-zA-Z]")
_RAW_NAMES = (b"script", b"style", b"textarea", b"title")
_RAW = b"|".join(
    rb"%s(?![a-z0-9-])[^>]*+>?(?:[^<]++|<(?!/%s\s*>))*+(?:</%s\s*>)?" % (name, name, name)
    for name in _RAW_NAMES
)
_COUNTED = re.compile(
    rb"<(?:(?!(?i:%s)(?![a-zA-Z0-9-]))(/?[a-zA-Z][a-zA-Z0-9-]*+)[^>]*|!--(?:[^-]++|-(?!->))*+|(?i:%s))"
    % (b"|".join(_RAW_NAMES), _RAW)
)
"""The same tags, their names only, for counting: four times as fast, and most pages need no more."""


def _beginnings(names: Iterable[bytes]) -> npt.NDArray[np.bool_]:
    """Return a table of the first two bytes (as one number) that the names may begin with in a tag, small or capital."""
    table = np.zeros((256, 256), bool)
    for name in names:
        second = name[1:2].lower() + name[1:2].upper() or b" />\t\r\n\f"
        for first in name[:1].lower() + name[:1].upper():
            table[first, list(second)] = True
    return table.ravel()


_IS_FORMATTING = _beginnings(_FORMATTING)
_IS_LETTER = np.zeros(256, bool)
_IS_LETTER[list(string.ascii_letters.encode())] = True


def limit_depth(html: bytes) -> bytes:
    """Return a page of which a tree can be built in time and space linear in its size.

    >>> limit_depth(b"<b><p>" * 2)
    b'<b><p><b><p>'
    """
    data = np.frombuffer(html, np.uint8)
    begins = data[:-2] == ord("<")
    if len(html) < HARMLESS_SIZE and np.count_nonzero(begins) < HARMLESS_TAGS:
        return html
    names = begins.nonzero()[0] + 1
    if len(names) > MOST_ALIKE:
        thinned = _thin(html)
        if len(thinned) < len(html):
            return limit_depth(thinned)
    if not _may_hold_long_tag(html) and (_has_few_tags(html, data, names) or _is_shallow(html)):
        return html
    limiter = _Limiter()
    limited = _TAG.sub(limiter.take, html)
    return _FORMATTING_TAG.sub(b"", limited) if limiter.most_formatting > DEEPEST_FORMATTING else limited


def _thin(html: bytes) -> bytes:
    """Return a page without the tags of which there are more than ``MOST_ALIKE``; a choice stays a line."""
    for pattern, stand_in in ((_CHOICE, b"<br>"), (_ROOT, b"")):
        if len(pattern.findall(html)) > MOST_ALIKE:
            html = pattern.sub(stand_in, html)
    return html


def _may_hold_long_tag(html: bytes) -> bool:
    """Say whether a tag may be as long as the longest; looks only at the last ``>`` of each stretch of that length."""
    begin = 0
    while len(html) - begin >= LONGEST_TAG:
        end = html.rfind(b">", begin, begin + LONGEST_TAG)
        if end < 0:
            end = html.find(b">", begin + LONGEST_TAG)
            end = len(html) if end < 0 else end
            start = _TAG_START.search(html, begin, end)
            if start and end - start.start() >= LONGEST_TAG:
                return True
        begin = end + 1
    return False


def _has_few_tags(html: bytes, data: npt.NDArray[np.uint8], names: npt.NDArray[np.intp]) -> bool:
    """Say whether the page is harmless even if no element is ever closed; true of most pages.

    data, names: the bytes of the page, the places behind each ``<`` in it.
    """
    first = data.take(names)
    if len(names) <= FEW_ELEMENTS or np.count_nonzero(_IS_LETTER.take(first)) <= FEW_ELEMENTS:
        pairs = first.astype(np.uint16) << 8 | data.take(names + 1)
        if np.count_nonzero(_IS_FORMATTING.take(pairs)) <= FEW_FORMATTING:
            return True
        return len(_FORMATTING_BEGUN.findall(html)) <= FEW_FORMATTING
    opened = formatting = 0
    for name, count in Counter(_NAME.findall(html)).items():
        block, inline = _steps(name)
        opened += block * count
        formatting += inline * count
    return opened <= FEW_ELEMENTS and formatting <= DEEPEST_FORMATTING


def _is_shallow(html: bytes) -> bool:
    """Say whether no element lies too deep, counted tag by tag as ``_Limiter`` does."""
    opened = formatting = 0
    for block, inline in map(_steps, _COUNTED.findall(html)):
        if block:
            opened = max(0, opened + block) if block < 0 else opened + 1
            if opened > DEEPEST:
                return False
        elif inline:
            formatting = max(0, formatting + inline) if inline < 0 else formatting + 1
            if formatting > DEEPEST_FORMATTING:
                return False
    return True


@lru_cache(maxsize=4096)
def _steps(tag: bytes) -> tuple[int, int]:
    """Return what a tag (``div``, ``/b``; empty: a comment) adds to the open elements: (others, formatting)."""
    name = tag.lstrip(b"/").lower()
    step = -1 if tag[:1] == b"/" else 1
    if not name or name in _UNCOUNTED:
        return 0, 0
    return (0, step) if name in _FORMATTING else (step, 0)


class _Limiter:
    """Counts what is open; drops what would lie too deep, and its end."""

    def __init__(self) -> None:
        self.open = 0
        self.formatting = 0
        self.most_formatting = 0

    def take(self, match: re.Match[bytes]) -> bytes:
        """Return what stands for a tag."""
        name = (match[3] or b"").lower()
        if not name:
            return match[0]
        if match.end() - match.start() > LONGEST_TAG:
            return b"" if name in _JOINED else b"<br>"
        if name in _UNCOUNTED:
            return match[0]
        step = -1 if match[2] else 1
        if name in _FORMATTING:
            self.formatting = max(0, self.formatting + step)
            self.most_formatting = max(self.most_formatting, self.formatting)
            return match[0]
        before, self.open = self.open, max(0, self.open + step)
        if max(before, self.open) <= DEEPEST:
            return match[0]
        return b"" if name in _JOINED else b"<br>"
