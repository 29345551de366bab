"""people: who wrote, photographed and edited, from bylines and credits.

Reads    one line, or the contents of a bracket
Gives    ``Credits``: names by role as printed. Names without a mark such as ``:`` before them count
         only when nothing else stands there, so a sentence that begins with 记者 gives none
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.metadata.beside import read_beside
from tasks.metadata.credits import Credits
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.names import is_likely_name, is_plain_name, is_transcribed
from tasks.metadata.outlets import is_outlet
from tasks.metadata.roles import Role, RoleWord, find_role_words
from tasks.metadata.values import UNNAMED, read_names

CREDIT_SIGN: Final = re.compile(
    r"(?=[记通实习论察究派道撰采作原署主专博楼稿执整影照文图/\s摄拍供编责总报电讯口讲者])(?:记者|(?<=发表)者\s?:|(?:口述|讲述|整理)[人者]?\s?[:/| ]|通[讯联]员|[实习论察究派道]员|实习生|撰|采[写编访]|作\s{0,2}者|原著|署名|主笔|专栏|[博楼]主|稿|执笔|整合|影像|照片|文[/:|=\s案字]|图[/:|=\s片文]|"
    r"[/\s][文图编](?:$|[\s/)])|摄|拍摄|供图|编\s?[辑缉译审采]|责\s?编|[主总]编|编[/:|]|报[道导]|[电讯](?:$|[)\]])|/[^/]{2,10}[报网社刊])"
)
"""What every byline has something of; most lines of a menu have none of it."""
_SPLIT: Final = re.compile(r"[()\[\]{}<>《》\"]|\s{3,}|[;。!?](?!$)")
_CODE: Final = re.compile(r"_[A-Za-z]{0,3}\d{2,6}\b")
_SYMBOLS: Final = " ,、.·-*:■□●○◎▲▼◆◇★☆※▍▌|/"
_SPOKEN: Final = re.compile(
    r"[的了吗呢么怎什哪您我你他她它这那是不会能有没还也就都吧啊]|^.{5,}$|^后来|^当时|^现在"
)
"""What a reporter says in an interview (记者：后来呢) and no name holds."""
_BEFORE_ROLE: Final = re.compile(r"[^\s,:、/|]{2,16}$|[^\s,:、/|]{1,9}(?:[报社网刊台组]|中心)/\s?$")
_SAID: Final = re.compile(r"(?<=[报网社台刊])(?:[\u3400-\u9fff]{2})?(?:综合)?(?:报道|报导|讯|消息)$")
"""What a medium did, behind its name: 某网报道 记者 张三, 某网科技报道."""
_PAPER: Final = re.compile(
    r"(?:英国|美国|法国|德国|日本|香港)?《(?P<paper>[^《》]{2,12})》(?=[^\s,。]{0,6}(?:记者|撰稿人|评论员|通讯员|专栏作家|专栏作者))"
)
"""The paper of a reporter in its marks: 《财经》记者."""
_NOTE: Final = re.compile(
    r"[(\[](?:[\u3400-\u9fff]|[\u3400-\u9fff]{1,3}国|加拿大|意大利|俄罗斯|澳大利亚|新加坡|以色列|实习|见习|实习生|整理)[)\]]|[\w.+-]+@[\w.-]+|"
    r"(?<=\s)(?!图片|视频|美术|版面|视觉|技术|责任|本[文期版]|网络|文字|页面|内容|值班|执行|[实见]习|特约|首席|微信|中文|网站|频道|新媒)[\u3400-\u9fff]{2}(?=编辑[\s:])"
)
"""What is printed with a name and is none of it: a nation, 实习, an address, its paper before 编辑."""
_AFFILIATION: Final = re.compile(
    r"(?<=[\u3400-\u9fff]{2})\((?=[^()]*(?:大学|学院|研究|教授|讲师|博士|硕士|记者|编辑|主任|院长|所长|公司|中心|医院|医师|律师))[^()]{4,60}\)\s?[;、]\s?(?=[\u3400-\u9fff]{2,4}\()"
)
"""Where one of several authors works, before the next with his own: 作者：张三（某大学教授）；李四（某研究院研究员）."""
_BULLET: Final = re.compile(r"^[Nn](?=[\u3400-\u9fff]{2})")
"""A square of a font of symbols, as papers on line lose it: N海都记者."""
_NOTE_SIGNS: Final = frozenset("([@编")
"""Every note has one of these."""


@dataclass(slots=True)
class _Entry:
    """Names with their roles while a piece is read; ``is_reporter``: the label was 记者 or the like."""

    names: list[str]
    roles: tuple[Role, ...]
    is_reporter: bool


def read_credits(printed: str) -> Credits:
    """Return the people named in a byline.

    >>> read_credits("采写：本报记者孙玉乔振海").authors
    ['孙玉', '乔振海']
    """
    found = Credits()
    folded = fold(printed)
    if CREDIT_SIGN.search(folded) is None:
        found.is_whole = False
        return found
    if "_" in folded:
        folded = _CODE.sub(lambda code: " " * len(code.group()), folded)
    if "《" in folded:
        for paper in _PAPER.finditer(folded):
            found.outlets.append(printed[slice(*paper.span("paper"))])
        folded = _PAPER.sub(lambda paper: " " * len(paper.group()), folded)
    if not _NOTE_SIGNS.isdisjoint(folded):
        folded = _NOTE.sub(lambda note: "," * len(note.group()), folded)
    if ");" in folded or ")、" in folded:
        folded = _AFFILIATION.sub(lambda where: "," * len(where.group()), folded)
    for date in find_dates(folded):
        folded = f"{folded[: date.start]}{';' * (date.end - date.start)}{folded[date.end :]}"
    for start, end in _pieces(folded):
        part = _read_piece(folded[start:end], printed[start:end])
        found.add(part)
        found.is_whole = found.is_whole and part.is_whole
    found.is_whole = found.is_whole and bool(found)
    return found


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between brackets and sentence ends; a note in brackets inside names is skipped."""
    start = 0
    for match in [*_SPLIT.finditer(folded), None]:
        end = match.start() if match else len(folded)
        piece = folded[start:end]
        if piece.strip(_SYMBOLS):
            yield start + len(piece) - len(piece.lstrip(_SYMBOLS)), end
        start = match.end() if match else end


def _read_piece(folded: str, printed: str) -> Credits:
    """Return the people of one piece."""
    found = Credits()
    folded = UNNAMED.sub("", folded)
    words = find_role_words(folded)
    if not words:
        read_beside(found, folded, printed)
        return found
    for entry in _entries(found, words, folded, printed):
        _settle(found, entry)
    if not found:
        found.outlets = []
    return found


def _entries(found: Credits, words: Sequence[RoleWord], folded: str, printed: str) -> list[_Entry]:
    """Return names with their roles, in order.

    A label without names waits: 采写 for the 记者 behind it, /文 for the names before it.
    """
    entries = _before_labels(found, words[0], folded, printed)
    waiting: tuple[Role, ...] = ()
    is_behind = len(words) > 1 and _ends_with_label(words[-1], folded)
    for index, word in enumerate(words):
        names, is_clean = _value_of(found, words, index, folded, printed)
        found.is_whole = found.is_whole and (is_clean or (not names and "none" in word.roles))
        if names and entries and (word.is_after or (is_behind and not word.is_reporter)):
            _assign_after(entries, word)
            entries.append(_Entry(names, (), False))
        elif names:
            roles = waiting if word.is_reporter and waiting and "none" not in waiting else word.roles
            entries.append(_Entry(names, roles, word.is_reporter))
            waiting = ()
        elif entries and not word.has_mark and "none" not in word.roles and not word.is_reporter:
            _assign_after(entries, word)
        elif not word.is_reporter:
            waiting = word.roles
    if words[0].is_reporter and len(entries) > 1 and not entries[0].roles:
        entries[0].roles = ("author",)  # 张三 通讯员 李四: the first is of the house
    return entries


def _ends_with_label(last: RoleWord, folded: str) -> bool:
    """Tell whether the last label has its names before it, so that the others have too: 张三 文 李四 图."""
    is_bare = not (last.has_mark or last.is_reporter or last.is_after or "none" in last.roles)
    return is_bare and last.end - last.start == 1 and not folded[last.end :].strip(" /")


def _before_labels(found: Credits, word: RoleWord, folded: str, printed: str) -> list[_Entry]:
    """Return the names before the first label, which wait for a role printed after them."""
    lead = folded[: word.start].rstrip(" /")
    if not lead or lead.endswith(("讯", "电")) or _outlet_before(found, word, folded, printed, 0):
        return []
    name = _SAID.sub("", lead)
    if (word.is_reporter or word.has_mark) and is_outlet(name):
        found.outlets.append(printed[: len(name)])
        return []
    names, _ = read_names(lead, printed[: len(lead)], is_labelled=False)
    if not names or not all(is_likely_name(fold(name)) for name in names):
        found.is_whole = False
        return []
    return [_Entry(names, (), False)]


def _value_of(
    found: Credits, words: Sequence[RoleWord], index: int, folded: str, printed: str
) -> tuple[list[str], bool]:
    """Return the names of one label, and whether its value is nothing but names."""
    word = words[index]
    stop = len(folded)
    if index + 1 < len(words):
        stop = words[index + 1].start
        stop -= _outlet_before(found, words[index + 1], folded, printed, word.value)
    value = folded[word.value : stop].rstrip(" /")
    names, is_clean = read_names(value, printed[word.value : word.value + len(value)], word.has_mark)
    if word.is_reporter and word.has_mark and any(_SPOKEN.search(fold(name)) for name in names):
        return [], False
    if word.value == word.end and not all(
        is_plain_name(shown, word.is_reporter) or (word.is_reporter and is_transcribed(shown))
        for shown in map(fold, names)
    ):
        return [], False
    return names, is_clean


def _outlet_before(found: Credits, word: RoleWord, folded: str, printed: str, start: int) -> int:
    """Note the medium printed against 记者 and return its length; 0 when names stand there."""
    match = _BEFORE_ROLE.search(folded[start : word.start])
    if (
        not word.is_reporter
        or match is None
        or (start == 0 and match.start() and folded[start : match.start()].strip())
    ):
        return 0
    if start > 0 or folded.startswith(("通讯员", "实习生"), word.start):
        names, _ = read_names(match.group(), match.group(), is_labelled=False)
        if names and all(is_likely_name(name) for name in names) and not is_outlet(match.group()):
            return 0
    if not match.group().endswith(("讯", "电", "中心/ ", "中心/", "组/")):
        paper = printed[start + match.start() : start + match.end()].rstrip("/／╱ ")
        found.outlets.append(_BULLET.sub("", paper))
    return len(match.group())


def _assign_after(entries: list[_Entry], word: RoleWord) -> None:
    """Give names the role printed after them: 张三/文, 记者 李四 摄, 记者 王五 通讯员 赵六 文/图."""
    last = entries[-1]
    if not last.roles:
        last.roles = word.roles
    elif last.is_reporter:
        for entry in entries if len(word.roles) > 1 else [last]:
            if entry.is_reporter:
                entry.roles = word.roles


def _settle(found: Credits, entry: _Entry) -> None:
    """Add the names of an entry under its roles; an editor's number (HN666) or a medium is no name."""
    for role in entry.roles:
        if role == "none":
            continue
        if role == "editor":
            entry.names = [n for n in entry.names if not (any(map(str.isdecimal, n)) or is_outlet(fold(n)))]
        kept = getattr(found, f"{role}s")
        kept.extend(name for name in entry.names if name not in kept)
