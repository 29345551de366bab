"""hints: class and id names of an element -> what they say about its lines.

Names are weak evidence: sites reuse them, and half of the pages have none. A hint never makes a
line body; it reduces a line's weight (``score``) or labels what is outside the article (``label``).
"""

import re
from collections.abc import Collection, Mapping, Sequence

from tasks.lines import Label

_WORDS = {
    "comment": "comment comments cmt reply replies pinglun gentie discuss disqus liuyan respond",
    "related": "related relate relative recommend recommends recommended tuijian hot rank ranking paihang "
    "xiangguan similar readmore guess correlation mostread popular",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs topbar sitenav weizhi position "
    "footer foot header sidebar aside submenu daohang",
    "share": "share sharing bdsharebuttonbox jiathis bshare social fenxiang toolbar",
    "legal": "copyright disclaimer shengming",
    "promotion": "ad ads adv advert advertisement guanggao qrcode ewm erweima promo gg subscribe",
    "summary": "summary abstract zhaiyao daodu daoyu digest standfirst chapo excerpt dek",
    "caption": "caption figcaption tuzhu picdesc pictext picinfo imgcaption",
    "byline": "editor bianji zebian",
    "signature": "sign signature qianming bio",
    "body": "article articles content contents text entry post zhengwen neirong detail story artibody txt",
}
AGAINST = frozenset(("comment", "related", "navigation", "share", "legal", "promotion"))
"""Hints that speak against body text; also the labels of what they name."""
_HINTED: dict[str, Label] = {
    "comment": "comment",
    "related": "related",
    "navigation": "navigation",
    "share": "share",
    "legal": "legal",
    "promotion": "promotion",
}
_HINT_OF = {word.encode(): hint for hint, words in _WORDS.items() for word in words.split()}
_PICTURES = (
    (
        (b"wrapper", b"desc", b"caption", b"note"),
        re.compile(rb"(?:img|image|pic|photo)[_-]?(?:wrapper|descr?|caption|note)\b"),
    ),
    (
        (b"_pic", b"-pic", b"_image", b"-image", b"_photo", b"-photo"),
        re.compile(rb"(?:main|lead|top|hero)[_-](?:image|photo|pic)\b"),
    ),
)
"""Names of boxes of pictures, which hold captions and, at times, text; before each what such a name holds."""
_ENTRY = re.compile(b"lemma|entry-summary")
_ENTRIES = (b"lemma", b"entry-summary")
_END = "\0"
"""Between the attributes of two elements: the one character that a parser leaves in none."""
_ENDS = _END.encode()
_TELLING = frozenset((*_HINT_OF, _ENDS))
"""Words that are hints, and the end of an element; most words are neither."""
_OTHERS = re.compile(f' (?!(?:class|id)=)[^ ="{_END}]*="[^"{_END}]*"')
"""Attributes that name nothing; no blank in their own names, or each class of a list looks through the rest."""
_WORDS_OF = bytes(c | 32 if 65 <= c <= 90 else c if 97 <= c <= 122 or c == 0 else 32 for c in range(256))
"""Byte -> the small letter; a blank for anything else but what stands between elements."""
_CASES = bytes(2 if 65 <= c <= 90 else 1 if 97 <= c <= 122 else 0 for c in range(256))
_HUMP = b"\1\2"
"""A small letter before a capital one, in ``_CASES``."""
MOST_REMEMBERED = 16_384
"""Elements remembered; then all are forgotten, as those of a site come back with its next page."""

_remembered: dict[str, tuple[str, ...]] = {"": ()}


def hints_of(elements: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the hints in the attributes of each element, as serialised: `` class="…" id="…"``.

    >>> hints_of([' id="c3" class="post-content related"'])[' id="c3" class="post-content related"']
    ('body', 'related')
    """
    new = [attributes for attributes in elements if attributes not in _remembered]
    if new:
        if len(_remembered) + len(new) > MOST_REMEMBERED:
            _remembered.clear()
            new = list(elements)
        _remembered.update(zip(new, _read(new), strict=True))
    return _remembered


def label_of_hint(hint: str) -> Label:
    """Return the label of what an element with a hint of ``AGAINST`` holds."""
    return _HINTED[hint]


def _read(elements: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the hints of each element; all of them are looked through as one text.

    A name may hold several words: ``articleContent`` holds two, as ``article-content`` does.
    """
    names = _OTHERS.sub("", _END.join(elements)).encode("ascii", "replace")
    words = _apart(names).translate(_WORDS_OF).replace(_ENDS, b" " + _ENDS + b" ").split()
    found: list[tuple[str, ...]] = []
    hints: dict[str, None] = {}
    for word in filter(_TELLING.__contains__, [*words, _ENDS]):
        if word != _ENDS:
            hints[_HINT_OF[word]] = None
        elif hints:
            found.append(tuple(hints))
            hints = {}
        else:
            found.append(())
    if any(sign in names for sign in _ENTRIES):
        for index, named in enumerate(names.split(_ENDS)):
            if _ENTRY.search(named):  # what an encyclopaedia calls so opens its text
                found[index] = tuple(hint for hint in found[index] if hint != "summary")
    small = names.lower()
    for signs, picture in _PICTURES:
        if any(sign in small for sign in signs):
            index = at = 0
            for match in picture.finditer(small):
                index, at = index + small.count(_ENDS, at, match.start()), match.start()
                found[index] = found[index] or ("picture",)
    return found


def _apart(names: bytes) -> bytes:
    """Return the names with a blank before each capital letter behind a small one."""
    cases = names.translate(_CASES)
    parts: list[bytes] = []
    start, at = 0, cases.find(_HUMP) + 1
    while at:
        parts.append(names[start:at])
        start, at = at, cases.find(_HUMP, at) + 1
    parts.append(names[start:])
    return b" ".join(parts)
