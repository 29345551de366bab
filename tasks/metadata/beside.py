"""beside: names without a role word, printed next to a desk, a place or a medium.

Reads    one piece of a line, folded and as printed
Gives    the names, and the medium beside them
"""

import re
from typing import Final

from tasks.metadata.credits import Credits
from tasks.metadata.folding import fold
from tasks.metadata.names import PLACES, is_foreign_name, is_likely_name
from tasks.metadata.outlets import is_outlet
from tasks.metadata.values import read_names

_DOTTED: Final = r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+"
_DOING: Final = re.compile(
    rf"(?P<names>[\u3400-\u9fff]{{2,4}}(?:[、 ][\u3400-\u9fff]{{2,4}}){{0,3}}|{_DOTTED})\s+"
    rf"(?:(?:(?:{PLACES})[县市]?|综合)(?:报道|报导|专电)|(?:综合)?(?:报道|报导)\s?/\s?[\u3400-\u9fff]{{2,4}})$"
)
_REPORTS: Final = re.compile(
    rf"(?!{PLACES}|[全新单时应相从何高方金文安平连关都])(?P<names>[\u3400-\u9fff]{{3}})(?:专题|特别|现场|采访)?(?:报道|报导)"
)
"""How papers of Hong Kong sign: 孙玉明报道, three characters and nothing else on the line."""
_REPORT_IN: Final = re.compile(
    rf"(?!{PLACES})(?P<names>[\u3400-\u9fff]{{3}}(?:[、 ][\u3400-\u9fff]{{2,3}}){{0,3}})\s+(?:报道|报导)(?:\s+(?:{PLACES})[县市]?)?"
)
"""How stations sign with the place behind: 孙玉明 乔振海 报导 台南市."""
_IN_PLACE: Final = re.compile(
    rf"(?!{PLACES})(?P<names>[\u3400-\u9fff]{{3}}(?:[、 ][\u3400-\u9fff]{{2,3}}){{0,3}})(?:{PLACES})[县市]?(?:专题|特别|采访)?(?:报道|报导|专电|[讯电])"
)
"""How papers of Taiwan sign in the bracket that opens, name and place set against each other: 孙玉明台南报导."""
_DESK: Final = re.compile(
    rf"[\u3400-\u9fff]{{2,6}}(?:中心|组|部|新闻网?|日报|时报|[电视]台)\s?/\s?(?!{PLACES}|综合)(?P<names>[\u3400-\u9fff]{{2,3}}(?:、[\u3400-\u9fff]{{2,3}})*)"
    rf"\s?(?:综合|(?:{PLACES})[县市]?)?(?:报道|报导)$"
)
"""How stations of Taiwan sign: 社会中心/孙玉玲报道; 社会中心/综合报道 names nobody."""
_BESIDE: Final = re.compile(
    r"(?P<names>[\u3400-\u9fff·、 ]{2,20}?)\s?/\s?(?P<rest>[\u3400-\u9fff]{2,8}?(?:\d{1,2}日)?(?:外?电|报道|报导|讯|特稿|专访)|(?P<outlet>[^\s/:]{2,12}))$"
)
_LEADING_WORD: Final = re.compile(r"(\S{2,12})\s+(?=\S)")
_LAST_WORD: Final = re.compile(r"(?<=报[道导])\s+(\S{2,12})\s*$")


def read_beside(found: Credits, folded: str, printed: str) -> None:
    """Read names with a place or a medium beside them: 戴伟/华盛顿7日电, 孙玉/河东青年报."""
    found.is_whole = False
    lead = _LEADING_WORD.match(folded)
    offset = lead.end() if lead is not None and is_outlet(lead[1]) else 0
    folded, printed = folded[offset:], printed[offset:]
    last = _LAST_WORD.search(folded)
    if last is not None and is_outlet(last[1]):
        folded, printed = folded[: last.start()], printed[: last.start()]
    forms = (_DOING, _DESK, _BESIDE, _REPORTS, _REPORT_IN, _IN_PLACE)
    match = next((m for form in forms if (m := form.fullmatch(folded.rstrip()))), None)
    if match is None:
        return
    names, is_clean = read_names(match["names"], printed[slice(*match.span("names"))], is_labelled=False)
    outlet = match.groupdict().get("outlet")
    folded_names = list(map(fold, names))
    if not is_clean or not all(is_likely_name(name) or is_foreign_name(name) for name in folded_names):
        return
    if match.re in (_REPORTS, _REPORT_IN, _IN_PLACE) and any(map(is_outlet, folded_names)):
        return
    if outlet is None or is_outlet(outlet):
        found.authors, found.is_whole = names, True
        if outlet is not None:
            found.outlets = [printed[match.start("outlet") : match.end("outlet")]]
