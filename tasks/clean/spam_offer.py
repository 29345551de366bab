"""spam_offer: offers of forged papers, quick money, cures and private game servers, put into a good page.

Reads    repaired lines of a page, those of them that hold a term of ``offer_terms.txt``
Adds     index of a line -> rule, for whole lines; edits of the rule that cut a sentence out of a line
Source   offers that were injected name what is sold, in set terms, and how to reach the seller. Whoever
         writes *about* them says more: who was caught, what it cost, how to guard against it. So an offer
         stays when its page speaks of the matter in any other sentence, when it is quoted, when it names
         police, a court or a warning, and where offers are a large part of the page: then they are its text.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tasks.edit import Change

RULE = "spam_offer@1"

MAX_SHARE = 0.33
"""Largest share of the page's letters that injected offers may have."""
MAX_CHARS = 120
"""Longest offer; beyond, it is an article."""
MIN_TERMS, MIN_COVER = 3, 0.5
"""Terms of one kind, and the share of the letters inside them, of a row of offers without any contact."""
MAX_REST = 24
"""Letters of an offer beside its terms and its contact, at most: a place, a promise."""

_CONTACT = re.compile(
    r"(?:微信|薇信|威信|微\s?信号|[vV]信|[vV][xX]|[wW][xX]|加[vV]|[qQ]{2}|扣扣|企鹅|[qQ]群|电话|電話|手机|热线|咨询|联系|[tT][eE][lL]|电报|飞机|[☎☏📞])"
    r"(?:[号码碼群同人:：\s+＋_\-]|电话|電話|微信|QQ|qq|热线|咨询|客服){0,6}[0-9A-Za-z０-９][0-9A-Za-z０-９_\-\s]{4,}"
    r"|(?<![0-9])1[3-9][0-9][-\s]?[0-9]{4}[-\s]?[0-9]{4}(?![0-9])"
    r"|(?:https?://|www\.)[0-9A-Za-z.\-]+|[0-9A-Za-z\-]{2,}\.(?:com|cn|net|cc|top|xyz|vip|org)(?![A-Za-z])"
)
"""How to reach a seller: a number, a handle, an address."""

_REPORTED = re.compile(
    "警|公安|法院|检察|檢察|判处|判決|判决|案件|案情|嫌疑|涉嫌|抓获|查处|查获|查獲|打击|打擊|整治|非法|违法|違法|违规|骗|騙|诈|詐"
    "|曝光|举报|舉報|谨防|謹防|警惕|小广告|小廣告|牛皮癣广告|清理|取缔|取締|记者|記者|网友|網友|严禁|嚴禁|禁止|拒绝|拒絕|所谓|所謂|声称|聲稱|自称|自稱|发现|發現|获利|獲利|停机|停機"
)
"""Words of those who report an offer or warn of it."""
_QUOTED = re.compile('[“”‘’「」『』《》"]')
_FUNCTION = re.compile("[了是我他她它们們这這那被把对對从從却卻但而又就都]")
_LETTERS = re.compile(r"[^\W_]")
_SAID = re.compile("[，。！？；,!?;]")
_PIECE = re.compile(r"[^\s。！？!?，,；;、【】〖〗]+")
_END = re.compile(r"[。！？!?，,；;、\s]*")
_STOPS, _COMMAS, _BOX = "。！？!?", "，,；;、", "【〖"
_CONTACT_WORD = re.compile(
    r"(?:请|欢迎|可|加|联系|咨询|客服)*(?:微信|[vV]信|[vV][xX]|[qQ]{2}|扣扣|电话|電話|手机|热线)?(?:号码?|同号|[:：])*|[0-9\-]{3,}"
)
"""Pieces of a contact that blanks have parted from its number."""
_BETWEEN = re.compile(r"\s*(?:[^\s。！？!?，,；;、【】〖〗]{1,8}\s+){0,2}")
"""What may stand between two pieces of an offer: blanks, and a promise in a few characters."""
_PRAISE = re.compile("最好|哪家|哪里好|排名|权威")
"""What a clinic that has itself advertised says of itself; others may give their number."""


@cache
def _rows() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each kind its terms, and the words by which an article speaks of it."""
    lines = (Path(__file__).parent / "offer_terms.txt").read_text("utf-8").splitlines()
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            terms, _, words = line.partition("|")
            kind, *names = terms.split()
            found[kind] = tuple(names), tuple(words.split())
    return found


@cache
def offer_terms() -> Mapping[str, str]:
    """Return each term and its kind."""
    return {term: kind for kind, (terms, _) in _rows().items() for term in terms}


@cache
def offer_pattern() -> re.Pattern[str]:
    """Return the pattern of any term."""
    return re.compile("|".join(map(re.escape, sorted(offer_terms(), key=len, reverse=True))))


def offer_kind(text: str) -> str | None:
    """Return the kind of offer that a text is, ``None`` for any other text.

    >>> offer_kind("代开发票 微信：abc12345")
    'invoice'
    >>> offer_kind("警方提醒：代开发票违法，举报电话 13800001111")
    """
    found = [match[0] for match in offer_pattern().finditer(text)] if len(text) <= MAX_CHARS else []
    if not found or any(sign.search(text) for sign in (_REPORTED, _QUOTED, _FUNCTION)):
        return None
    kind = offer_terms()[found[0]]
    same = [term for term in found if offer_terms()[term] == kind]
    if (_PRAISE if kind == "medical" else _CONTACT).search(text):
        rest = len(_LETTERS.findall(_CONTACT.sub("", text))) - sum(map(len, found))
        return kind if rest <= MAX_REST else None
    covered = sum(map(len, same)) / len(_LETTERS.findall(text))
    is_row = len(set(same)) >= MIN_TERMS and covered >= MIN_COVER
    return kind if is_row else None


def find_offers(
    lines: Sequence[str], suspects: Sequence[int]
) -> tuple[dict[int, str], dict[int, list[Change]]]:
    """Return the lines that are offers, index -> rule, and the changes that cut offers out of the others.

    suspects: indexes of the lines that hold a term.
    """
    whole = {index: kind for index in suspects if (kind := offer_kind(lines[index]))}
    parts = {index: _parts(lines[index]) for index in suspects if index not in whole}
    for index in [index for index, spans in parts.items() if spans]:
        if kind := offer_kind(_without(lines[index], parts[index])):
            whole[index] = kind
    parts = {index: spans for index, spans in parts.items() if spans and index not in whole}
    if not whole and not parts:
        return {}, {}
    offers = [lines[index] for index in whole]
    offers += [lines[index][start:end] for index, spans in parts.items() for start, end, _ in spans]
    if _letters(offers) > MAX_SHARE * _letters(lines):
        return {}, {}
    rest = [_without(line, parts.get(index, ())) for index, line in enumerate(lines) if index not in whole]
    spoken = _spoken_of("\n".join(line for line in rest if _SAID.search(line)))
    injected = {index: RULE for index, kind in whole.items() if kind not in spoken}
    changes = {
        index: [Change(start, end, "") for start, end, kind in spans if kind not in spoken]
        for index, spans in parts.items()
    }
    return injected, {index: found for index, found in changes.items() if found}


def _parts(line: str) -> list[tuple[int, int, str]]:
    """Return the stretches of a line that are offers: start, end, kind.

    A stretch is a row of pieces between marks and blanks, each of which names what is sold or how to buy it.
    """
    if _REPORTED.search(line) or _QUOTED.search(line):
        return []
    rows: list[list[int]] = []
    end = -1
    for piece in _PIECE.finditer(line):
        if not (
            offer_pattern().search(piece[0]) or _CONTACT.search(piece[0]) or _CONTACT_WORD.fullmatch(piece[0])
        ):
            continue
        if rows and _BETWEEN.fullmatch(line, end, piece.start()):
            rows[-1][1] = piece.end()
        else:
            rows.append([piece.start(), piece.end()])
        end = piece.end()
    found = []
    for start, end in rows:
        kind = offer_kind(line[start:end])
        if kind and end - start < len(line) and _CONTACT.search(line, start, end):
            found.append((*_with_marks(line, start, end), kind))
    return found


def _with_marks(line: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch with its own brackets, and with the mark that would be over without it."""
    before, after = line[start - 1] if start else "。", line[end : end + 1]
    if before in _BOX and after:
        return start - 1, end + 1
    match = _END.match(line, end) if before in _STOPS or not line[:start].strip() else None
    if match is not None:
        return start, match.end()
    if before in _COMMAS and after:
        return (start, end + 1) if after in _COMMAS else (start - 1, end)
    return start, end


def _letters(texts: Sequence[str]) -> int:
    return sum(len(_LETTERS.findall(text)) for text in texts)


def _without(line: str, spans: Sequence[tuple[int, int, str]]) -> str:
    for start, end, _ in reversed(spans):
        line = line[:start] + line[end:]
    return line


def _spoken_of(text: str) -> set[str]:
    """Return the kinds of which a text speaks."""
    return {kind for kind, (_, words) in _rows().items() if any(word in text for word in words)}
