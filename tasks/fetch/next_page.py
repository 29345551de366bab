"""Articles in several parts (第2页, 下一页): which URL is the next part, and the parts as one page.

A ``rel=next`` link alone proves nothing: blogs use it for the next article. A next part has the
address of its first part with a page number: ``a.html`` → ``a_2.html``, ``a-2.html``, ``a/2``, ``a?page=2``.
"""

import re
from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tasks.document import content_sha256
from tasks.fetch.address import joined
from tasks.fetch.answers import Page
from tasks.fetch.sniff import HEAD_BYTES, is_html

MAX_PARTS = 50
_NEXT_TEXT = re.compile(
    r"\s*(?:下一?[页頁]|后一?[页頁]|後一?[頁页]|余下全文|next(?: page)?|[>›»]+)\s*\Z", re.I
)
_PAGE_PARAMETER = re.compile(r"(?:^|&)(?:page|p|pn|pageno|page_no|pageindex)=(\d{1,3})(?=&|\Z)", re.I)
_SUFFIX = re.compile(r"(?P<stem>.*?)(?:[_-](?P<number>\d{1,3}))?(?P<ending>\.[a-z]{3,5})?/?\Z", re.I)
_FOLDER = re.compile(r"(?P<stem>.*?)/(?:page/)?(?P<number>\d{1,3})/?\Z", re.I)


def next_part(page: Page, number: int) -> str | None:
    """Return the URL of part ``number`` (from 2) of an article when the page links to it."""
    if not _may_link_to(number).search(page.content) or not is_html(page.content[:HEAD_BYTES]):
        return None
    tree = LexborHTMLParser(page.content)
    for link in tree.css("link[rel~=next][href], a[href]"):
        place = joined(page.url, (link.attributes.get("href") or "").strip()).partition("#")[0]
        if is_part(page.url, place, number):
            text = link.text() or ""
            is_next = link.tag == "link" or "next" in (link.attributes.get("rel") or "")
            if is_next or _NEXT_TEXT.match(text) or text.strip(" []【】第页頁") == str(number):
                return place
    return None


@cache
def _may_link_to(number: int) -> re.Pattern[bytes]:
    """What the address of a further part must end in; parsing every page to look for it costs more."""
    return re.compile(rb"(?:[_-]%d[.\"'\s>?]|/%d[\"'\s>/]|=%d[\"'\s>&#])" % (number, number, number))


def is_part(url: str, place: str, number: int) -> bool:
    """Say whether ``place`` is ``url`` with page number ``number``.

    >>> is_part("http://a.cn/b/c.html", "http://a.cn/b/c_2.html", 2)
    True
    >>> is_part("http://a.cn/b/1024.html", "http://a.cn/b/1025.html", 2)
    False
    """
    try:
        one, other = urlsplit(url), urlsplit(place)
    except ValueError:
        return False
    if (one.scheme, one.netloc) != (other.scheme, other.netloc):
        return False
    if one.path == other.path:
        stem = _PAGE_PARAMETER.sub("", one.query).strip("&")
        found = _PAGE_PARAMETER.search(other.query)
        same = stem == _PAGE_PARAMETER.sub("", other.query).strip("&")
        return bool(found and same and int(found.group(1)) == number)
    if one.query != other.query:
        return False
    return _numbered(one.path, number - 1, number) == other.path or other.path in _spellings(one.path, number)


def _numbered(path: str, old: int, new: int) -> str | None:
    """``c_2.html`` → ``c_3.html``; ``None`` for the first part, whose address has no number of its own."""
    if old < 2:
        return None
    for pattern in (_SUFFIX, _FOLDER):
        match = pattern.match(path)
        if match and match.group("number") == str(old):
            start, end = match.span("number")
            return path[:start] + str(new) + path[end:]
    return None


def _spellings(path: str, number: int) -> set[str]:
    match = re.match(r"(?P<stem>.*?)(?P<ending>\.[a-z]{3,5})?\Z", path, re.I)
    stem, ending = (match.group("stem"), match.group("ending") or "") if match else (path, "")
    first = re.sub(r"[_-][01]\Z", "", stem)
    spelled = {f"{s}{sign}{number}{ending}" for s in (stem, first) for sign in "_-"}
    if not ending:
        folder = path.rstrip("/")
        spelled |= {
            f"{folder}/{number}",
            f"{folder}/{number}/",
            f"{folder}/page/{number}",
            f"{folder}/page/{number}/",
        }
    if not _ends_numbered(stem):
        spelled.add(f"{stem}_{number - 1}{ending}")  # the first part counted as 0
    return spelled


def _ends_numbered(stem: str) -> bool:
    return bool(re.search(r"[_-]\d{1,3}\Z", stem))


async def join_parts(page: Page, ask: Callable[[str], Awaitable[Page | None]]) -> Page:
    """Return the page with its further parts behind it, each after a comment with its address."""
    contents = [page.content]
    current = page
    for number in range(2, MAX_PARTS + 1):
        place = next_part(current, number)
        part = await ask(place) if place else None
        if part is None:
            break
        contents += [f"\n<!-- part {number}: {place} -->\n".encode(), part.content]
        current = part
    if len(contents) == 1:
        return page
    content = b"".join(contents)
    return Page(page.url, content, page.content_type, content_sha256(content))
