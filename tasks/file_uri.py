"""Paths as URIs that people can read: letters of all scripts stay (RFC 3987), the rest is escaped."""

import os
import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes


def file_uri(path: str) -> str:
    """Return the ``file://`` URI of an absolute path, readable: only what would be misread is escaped.

    >>> file_uri("/数据/a b#1.txt")
    'file:///数据/a%20b%231.txt'
    """
    return "file://" + readable(path).replace("!/", "%21/")  # "!/" stands before a member of a bundle


def path_of(uri: str) -> str:
    """Return the path of a ``file://`` URI that ``file_uri`` made.

    >>> path_of("file:///数据/a%20b%231.txt")
    '/数据/a b#1.txt'
    """
    return os.fsdecode(unquote_to_bytes(uri.removeprefix("file://")))


def readable(path: str) -> str:
    """Return a path as part of a URI: letters of all scripts stay."""
    if _ALL_PLAIN.fullmatch(path):
        return path
    return "".join(c if _is_plain(c) else _escape(c) for c in path)


_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/[]{}")


_ALL_PLAIN = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/\u3400-\u4dbf\u4e00-\u9fff]*")
"""Most paths, at one look."""
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"))
"""Spaces, controls, directions, surrogates (bytes that are no UTF-8), private use."""


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character in _PLAIN
    return unicodedata.category(character) not in _UNSEEN


def _escape(character: str) -> str:
    return quote(os.fsencode(character) if character >= "\udc80" else character.encode("utf-8"), safe="")
