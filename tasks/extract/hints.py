"""hints: class and id names of an element -> what they say about its lines.

Names are weak witnesses: sites reuse them, and half of the pages have none. A hint never makes
a line body; it takes weight from one (``score``) or names what is outside the article (``label``).
"""

import re
from functools import lru_cache

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
    "body": "article articles content contents text entry post zhengwen neirong detail story artibody txt",
}
_HINT_OF = {word: hint for hint, words in _WORDS.items() for word in words.split()}
_WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
"""A word of a name: ``articleContent`` holds two, as ``article-content`` does."""
_PICTURE = re.compile(
    r"(?:img|image|pic|photo)[_-]?(?:wrapper|descr?|caption|note)\b|(?:main|lead|top|hero)[_-](?:image|photo|pic)\b",
    re.IGNORECASE,
)
"""Boxes of pictures, which hold captions and, at times, text."""
_ENTRY = re.compile(r"lemma|entry-summary")
_NAMES = re.compile(r"""(?:^|\s)(?:class|id)="([^"]*)\"""")


@lru_cache(maxsize=8192)
def hints_of(attributes: str) -> tuple[str, ...]:
    """Return the hints in the attributes of one element, as serialised: ``class="…" id="…"``.

    >>> hints_of('id="c3" class="post-content related"')
    ('body', 'related')
    """
    words = (word.lower() for word in _WORD.findall(" ".join(_NAMES.findall(attributes))))
    hints = dict.fromkeys(_HINT_OF[word] for word in words if word in _HINT_OF)
    if "summary" in hints and _ENTRY.search(attributes):
        del hints["summary"]  # what an encyclopaedia calls so opens its text
    if not hints and _PICTURE.search(attributes):
        return ("picture",)
    return tuple(hints)
