"""hints: class and id names of an element -> what they say about its lines.

Names are weak witnesses: sites reuse them, and half of the pages have none. A hint never makes
a line body; it takes weight from one (``score``) or names what is outside the article (``label``).
"""

import re
from collections.abc import Collection, Sequence

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
    "signature": "sign signature qianming",
    "body": "article articles content contents text entry post zhengwen neirong detail story artibody txt",
}
AGAINST = frozenset(("comment", "related", "navigation", "share", "legal", "promotion"))
"""Hints that speak against body text; also the labels of what they name."""
_HINT_OF = {word: hint for hint, words in _WORDS.items() for word in words.split()}
_PICTURE = re.compile(
    r"(?:img|image|pic|photo)[_-]?(?:wrapper|descr?|caption|note)\b|(?:main|lead|top|hero)[_-](?:image|photo|pic)\b"
)
"""Boxes of pictures, which hold captions and, at times, text."""
_ENTRY = re.compile("lemma|entry-summary")
_END = "\0"
"""Between the attributes of two elements: the one character that a parser leaves in none."""
_OTHERS = re.compile(f' (?!(?:class|id)=)[^="{_END}]*="[^"]*"')
"""Attributes that name nothing."""
_WORD = re.compile(f"[A-Z]*[a-z]+|[A-Z]+|{_END}")
"""A word of a name: ``articleContent`` holds two, as ``article-content`` does."""
MOST_REMEMBERED = 16_384
"""Elements remembered; then all are forgotten, as those of a site come back with its next page."""

_remembered: dict[str, tuple[str, ...]] = {}


def hints_of(elements: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the hints in the attributes of each element, as serialised: `` class="…" id="…"``.

    >>> hints_of([' id="c3" class="post-content related"'])
    {' id="c3" class="post-content related"': ('body', 'related')}
    """
    new = [attributes for attributes in elements if attributes not in _remembered]
    if new:
        if len(_remembered) + len(new) > MOST_REMEMBERED:
            _remembered.clear()
            new = list(elements)
        _remembered.update(zip(new, _read(new), strict=True))
    return {attributes: _remembered[attributes] for attributes in elements}


def _read(elements: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the hints of each element; all of them are looked through as one text."""
    text = _OTHERS.sub("", _END.join(elements) + _END)
    found: list[dict[str, None]] = []
    hints: dict[str, None] = {}
    for word in _WORD.findall(text):
        if word == _END:
            found.append(hints)
            hints = {}
        elif (hint := _HINT_OF.get(word.lower())) is not None:
            hints[hint] = None
    if _ENTRY.search(text):
        for hints, names in zip(found, text.split(_END), strict=False):
            if _ENTRY.search(names):
                hints.pop("summary", None)  # what an encyclopaedia calls so opens its text
    if _PICTURE.search(text.lower()):
        for hints, names in zip(found, text.lower().split(_END), strict=False):
            if not hints and _PICTURE.search(names):
                hints["picture"] = None
    return list(map(tuple, found))
