"""What a page leads to: entries of feeds, sitemaps, folder listings and lists of URLs.

Reads    the content of an answer and its URL
Adds     Listing: what it is, and its links in order
Rejects  refused: XML that defines entities (expansion bombs)
Source   RSS 2.0, RDF Site Summary 1.0, RFC 4287 (Atom), jsonfeed.org 1.1, sitemaps.org 0.90;
         the listings of Apache, nginx and Python's http.server
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Literal, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from selectolax.lexbor import LexborHTMLParser

from tasks.decode import decode
from tasks.fetch.address import joined
from tasks.fetch.streams import BrokenStream
from tasks.reasons import Reason

ListingKind = Literal["feed", "sitemap", "listing", "urls", "refresh"]
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<([\w:]+)",
    re.S,
)
_FEED_ROOTS = frozenset((b"rss", b"feed", b"rdf:rdf", b"rdf"))
_SITEMAP_ROOTS = frozenset((b"urlset", b"sitemapindex"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BAD_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(?:([A-Za-z]\w*);)?")
_URL_LINE = re.compile(r"https?://\S+\Z", re.I)
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.I)
_REFRESH_CONTENT = re.compile(r"\s*(?P<seconds>\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=(?P<place>.+)", re.I | re.S)
REFRESH_S = 5
"""A page that sends its readers on later than that is meant to be read."""
REFRESH_BYTES = 20_000
"""So is one that holds more than a few words and scripts."""
_INDEX_TITLE = re.compile(r"\s*(?:index of|directory listing for)\b", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    modified: when its page changed last, if the listing says so. is_listing: it leads to more links.
    """

    url: str
    modified: datetime | None = None
    is_listing: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page leads to."""

    kind: ListingKind
    links: tuple[Link, ...]


def listing_of(content: bytes, url: str, content_type: str | None, kind: str) -> Listing | None:
    """Return the links of a feed, sitemap, listing or URL list; ``None`` for any other page.

    kind: what the source says it is, ``auto`` to see for oneself; URL lists are never guessed.
    """
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if kind == "urls":
        return Listing("urls", tuple(Link(u) for u in url_lines(decode(content, content_type).text)))
    if is_xml_listing(head):
        return _xml_listing(_xml(decode(content, content_type).text), url)
    if head.lstrip().startswith(b"{") and b"https://jsonfeed.org/version" in head:
        return _json_feed(content, url)
    if kind == "sitemap" and not head.lstrip().startswith(b"<"):
        return Listing("sitemap", tuple(Link(u) for u in url_lines(decode(content, content_type).text)))
    if kind == "listing" or _looks_like_listing(head):
        return Listing("listing", tuple(_folder_links(content, url)))
    if kind in ("feed", "sitemap"):
        return _announced_feed(content, url, kind)
    return None


def _announced_feed(content: bytes, url: str, kind: str) -> Listing:
    """The feeds that a page names in its head, when it is given in the place of one."""
    types = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    links = LexborHTMLParser(content).css("link[rel~=alternate][href]") if kind == "feed" else []
    found = [link.attributes for link in links if (link.attributes.get("type") or "").lower() in types]
    if not found:
        raise BrokenStream(Reason.UNSUPPORTED, f"no {kind}, and none is named in it")
    return Listing("feed", tuple(Link(joined(url, at.get("href") or ""), is_listing=True) for at in found))


def is_xml_listing(head: bytes) -> bool:
    """Say whether a page that begins so is a feed or a sitemap."""
    root = _ROOT.match(head.removeprefix(b"\xef\xbb\xbf"))
    return root is not None and root.group(1).lower() in _FEED_ROOTS | _SITEMAP_ROOTS


def refresh_target(content: bytes, url: str) -> str | None:
    """Return where a page sends its readers at once (``<meta http-equiv=refresh>``); not to itself.

    >>> refresh_target(b'<meta http-equiv="refresh" content="0; url=/b">', "http://a.cn/a")
    'http://a.cn/b'
    """
    if len(content) > REFRESH_BYTES or not _REFRESH.search(content):
        return None
    for meta in LexborHTMLParser(content).css("meta[http-equiv][content]"):
        if (meta.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = _REFRESH_CONTENT.match(meta.attributes.get("content") or "")
        if found and float(found["seconds"]) <= REFRESH_S:
            place = joined(url, found["place"].strip().strip("\"'")).partition("#")[0]
            return place if place != url.partition("#")[0] else None
    return None


def url_lines(text: str) -> Iterator[str]:
    """Yield the URLs of a list, one on each line; ``#`` begins a comment."""
    for line in text.splitlines():
        line = line.strip().removeprefix("\ufeff")
        if _URL_LINE.match(line):
            yield line


def _xml(text: str) -> Element:
    """Parse what is nearly XML: stray ``&`` and HTML's entities are common in feeds."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    try:
        try:
            return cast(Element, fromstring(text.encode("utf-8", "replace")))
        except ParseError:
            mended = _ENTITY.sub(_as_text, _BAD_XML.sub("", text))
            return cast(Element, fromstring(mended.encode("utf-8", "replace")))
    except DefusedXmlException as error:
        raise BrokenStream(Reason.REFUSED, f"XML that defines entities: {type(error).__name__}") from None
    except (ParseError, ValueError) as error:
        raise BrokenStream(Reason.CORRUPT, f"XML: {error}") from None


def _as_text(match: re.Match[str]) -> str:
    character = unescape(match.group()) if match.group(1) else ""
    return character if character and character != match.group() else "&amp;" + match.group()[1:]


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _child_text(element: Element, *names: str) -> str | None:
    for child in element:
        if _local(child) in names and child.text and child.text.strip():
            return child.text.strip()
    return None


def _xml_listing(root: Element, url: str) -> Listing:
    name = _local(root)
    if name in ("urlset", "sitemapindex"):
        links = []
        for entry in root:
            place = _child_text(entry, "loc")
            if place:
                modified = _date(_child_text(entry, "lastmod"))
                links.append(Link(joined(url, place), modified, name == "sitemapindex"))
        return Listing("sitemap", tuple(links))
    entries = [e for e in root.iter() if _local(e) in ("item", "entry")]
    return Listing("feed", tuple(link for entry in entries if (link := _entry_link(entry, url))))


def _entry_link(entry: Element, url: str) -> Link | None:
    place = None
    for child in entry:
        if _local(child) == "link":
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                place = child.get("href")
                break
            place = place or (child.text or "").strip() or None
    if place is None:
        guid = next((c for c in entry if _local(c) in ("guid", "id")), None)
        text = (guid.text or "").strip() if guid is not None else ""
        place = text if _URL_LINE.match(text) else None
    # only a date of change says that a page read before is another one now
    return (
        Link(joined(url, place.strip()), _date(_child_text(entry, "updated", "modified"))) if place else None
    )


def _json_feed(content: bytes, url: str) -> Listing:
    try:
        items = json.loads(content).get("items") or []
        places = [(i.get("url") or i.get("external_url"), i.get("date_modified")) for i in items]
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise BrokenStream(Reason.CORRUPT, f"JSON feed: {error}") from None
    return Listing(
        "feed", tuple(Link(joined(url, p), _date(d)) for p, d in places if isinstance(p, str) and p)
    )


def _looks_like_listing(head: bytes) -> bool:
    match = re.search(rb"<(?:title|h1)[^>]*>([^<]{1,200})", head, re.I)
    return bool(match and _INDEX_TITLE.match(match.group(1).decode("utf-8", "replace")))


def _folder_links(content: bytes, url: str) -> Iterator[Link]:
    """Links that lead down: below the listing's own address, without a query (those sort the columns)."""
    base = url.partition("?")[0].rpartition("/")[0] + "/"
    seen = set()
    for anchor in LexborHTMLParser(content).css("a[href]"):
        place = joined(url, (anchor.attributes.get("href") or "").strip()).partition("#")[0]
        if place.startswith(base) and place != base and "?" not in place and place not in seen:
            seen.add(place)
            yield Link(place, is_listing=place.endswith("/"))


def _date(text: object) -> datetime | None:
    if not isinstance(text, str) or not text:
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(text)
        except (ValueError, TypeError, IndexError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
