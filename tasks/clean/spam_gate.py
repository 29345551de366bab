"""spam_gate: which lines of a page hold a term of injected advertising.

Reads    the characters of a page, the terms of ``spam`` and ``spam_offer``
Adds     the lines that hold one
Source   measured: most pages have none. Looking up each two neighbouring characters in a table costs a tenth of
         the pattern of all terms
"""

from bisect import bisect_right
from collections import defaultdict
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tasks.clean.spam import telling_terms
from tasks.clean.spam_offer import offer_pattern, offer_terms
from tasks.decode.evidence import LineCodes, text_codes

_HASHES = 0x10000
"""Numbers that a pair of characters may have; few enough that the table of them stays at hand."""


class Suspects(NamedTuple):
    """Indexes of lines with a telling term of ``spam``, and with one of ``spam_offer``; both in order."""

    spam: list[int]
    offers: list[int]


@cache
def _terms_by_pair() -> dict[str, list[tuple[str, int, bool]]]:
    """Return the rarest two neighbouring characters of every term -> terms, where in them they stand, of an offer."""
    found: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    terms = [(term, False) for term in telling_terms()] + [(term, True) for term in offer_terms()]
    for term, is_offer in terms:
        at = max(range(len(term) - 1), key=partial(_rareness, term))
        pair = term[at : at + 2]
        found[pair].append((term, term.index(pair), is_offer))
    return found


def _rareness(term: str, at: int) -> tuple[int, int, bool]:
    """Order the pairs of a term: letters beside Chinese, then the end of a word and the beginning of the next.

    Most words are of two characters: 视频 is on many pages, 频一 of 视频一区 on none. Of letters, those beside digits.
    """
    pair, *wide = term[at : at + 2], *(char > "\x7f" for char in term[at : at + 2])
    is_seam = all(wide) and sum(char > "\x7f" for char in term[:at]) % 2 == 1
    is_beside_chinese = any(wide) and not all(wide) and pair.isalnum()
    is_beside_digit = pair.isalnum() and not (pair.isalpha() or pair.isdigit())
    return 3 if is_beside_chinese else sum(wide), -at if is_seam else -len(term), is_beside_digit


@cache
def _pairs() -> npt.NDArray[np.bool_]:
    """Mark the hashes of those pairs."""
    table = np.zeros(_HASHES, bool)
    table[[int(_hashed(text_codes(pair))[0]) for pair in _terms_by_pair()]] = True
    return table


def _hashed(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    """Return a number for each two neighbouring characters, below ``_HASHES``."""
    low = codes.astype(np.uint16)
    return low[:-1] * np.uint16(0x9E5) + low[1:]


def load_suspects() -> None:
    """Make the table of all terms now, not at its first use, and what is asked of the lines it finds."""
    _pairs()
    offer_pattern()


def lines_with_terms(found: LineCodes) -> Suspects:
    """Return the lines that hold a term, or a word of a doorway page's title."""
    places = _pairs().take(_hashed(found.codes), mode="wrap").nonzero()[0]
    if not places.size:
        return Suspects([], [])
    text, terms = found.text, _terms_by_pair()
    hits: tuple[list[int], list[int]] = [], []
    for place in places.tolist():
        for term, at, is_offer in terms.get(text[place : place + 2], ()):
            if text.startswith(term, place - at):
                hits[is_offer].append(place)
    spam, offers = (sorted({bisect_right(found.ends, place) for place in some}) for some in hits)
    return Suspects(spam, offers)
