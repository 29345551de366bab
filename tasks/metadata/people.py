"""people: who wrote, photographed and edited, from bylines and credits.

Reads    one line, or the contents of a bracket
Gives    ``Credits``: names by role as printed. Names without a mark such as ``:`` before them count
         only when nothing else stands there, so a sentence that begins with 记者 gives none
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.names import PLACES, has_surname, is_foreign_name, is_likely_name, split_run
from tasks.metadata.outlets import is_outlet
from tasks.metadata.roles import Role, RoleWord, find_role_words

_GATE: Final = re.compile("[文图摄编撰]|记者|通讯员|作|责|稿|采写|执笔|评论员|整合|实习生|[报电]|博主|楼主|笔|发布者")
_SPLIT: Final = re.compile(r"[()\[\]{}<>《》\"]|\s{3,}|[;。!?](?!$)")
_CODE: Final = re.compile(r"_[A-Za-z]{0,3}\d{2,6}\b")
_SYMBOLS: Final = " ,、.·-*:■□●○◎▲▼◆◇★☆※▍▌|/"
_DOING: Final = re.compile(rf"(?P<names>[\u3400-\u9fff]{{2,4}}(?:[、 ][\u3400-\u9fff]{{2,4}}){{0,3}})\s+(?:{PLACES})(?:报道|报导|专电)$")
_SEPARATOR: Final = re.compile(
    r"[\s、,;&+]+|/+(?!\d)|(?<=[\u3400-\u9fff]{2})(?:和|及|与)(?=[\u3400-\u9fff]{2})"
)
_ENDS: Final = re.compile(
    r"\s?(?:发自|自)[\u3400-\u9fff、/ ]{2,10}(?:报道)?$|[\s/][\u3400-\u9fff]{2,6}\s?(?:报道|报导|特稿|专访)$|"
    rf"(?:[\s/]*(?:{PLACES}))?[\s/]*(?:综合|整理|现场|专题|联合)?(?:报道|报导)$|"
    rf"[\s/]*(?:{PLACES}|/[\u3400-\u9fff]{{2,6}})?\s?(?:\d{{1,2}}月)?\d{{1,2}}日(?:\d{{1,2}}时)?(?:综合|专)?(?:外?电|报道|报导|讯)$|"
    r"\s?(?:综合)?(?:整理|整合)$"
)
"""What may stand behind names: 发自北京, ／台北報導, 台南4日電, 综合报道."""
_ABROAD: Final = re.compile(r"(?P<run>[\u3400-\u9fff]{4,8})\d{1,2}日(?:综合|专)?(?:外?电|报道|报导|讯)$")
_UNNAMED: Final = re.compile(r"[\s/]*(?:受访者|受访单位|受访对象|本人|网友|主办方|资料|警方|单位|企业|学校|医院|公司|网络)(?:供图|提供|图片)*$")
_BESIDE: Final = re.compile(
    r"(?P<names>[\u3400-\u9fff·、 ]{2,20}?)\s?/\s?(?P<rest>[\u3400-\u9fff]{2,8}?(?:\d{1,2}日)?(?:外?电|报道|报导|讯|特稿|专访)|(?P<outlet>[^\s/:]{2,12}))$"
)
_SHOT: Final = re.compile(
    r"(?:^|[\s(/。,;!?\"]|记者|通讯员)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,3})\s?/?\s?(?:摄影?|供图)[)。]*$"
)
_STOP: Final = re.compile(r"https?:|www\.|(?:19|20)\d\d|\d{2}:\d\d|(?:(?<=\s)|^)[\u3400-\u9fff]{1,6}\s?:|[:|=@#]")
_NATION: Final = re.compile(r"[(\[](?:[\u3400-\u9fff]|[\u3400-\u9fff]{1,3}国|加拿大|意大利|俄罗斯|澳大利亚|新加坡|以色列)[)\]]")
_AGENCIES: Final = frozenset("cfp afp epa ic icphoto vcg ap tpg getty gettyimages cnsphoto dpa kyodo tass".split())
_NOBODY: Final = frozenset(
    "佚名 未知 匿名 管理员 本站 本网 本报 本刊 本报讯 记者 通讯员 编辑 不详 无 暂无 原创 转载 小编 系统 系统管理员 综合 图片 文字 摄影 来源 作者 "
    "报道 报导 专栏 更多 关注 收藏 分享 评论 返回 打印 关闭 责任 翻摄 翻摄画面 翻摄自网络 资料照 资料照片 示意图 本报记者 有限公司 如下 如图 "
    "登录 注册 禁止转载 版权所有 受访者 受访者供图 网络 网友 投稿 官网 资料 图库 提供 截图 视觉中国 达志 达志影像 报系资料照 admin news editor "
    "administrator webmaster root null none user name".split()
)
_NO_NAME: Final = re.compile(
    r"(?:[报社网台局院厅部委处站室校区县省镇乡村司所队办团组会号]|日报|晚报|新闻|频道|公司|中心|大学|医院|银行|整理|供图|资料|客户端|图片|提供|照片|"
    r"画面|截图|来源|转载|微信|公众号|杂志|时报|周刊|专栏|栏目组?|工作室|编辑|记者|影像|中国|集团|协会)$|^(?:本文|原文|责任|来自|翻摄|资料|图为|受访|转载|如需|禁止)"
)
_LATIN_PAIR: Final = re.compile(r"(?<=[A-Za-z.]) (?=[A-Za-z])")


@dataclass(slots=True)
class Credits:
    """Names by role as printed, each once, in the order of the line.

    outlets: media named right before 记者 (读特记者).
    is_whole: nothing but roles, names and outlets stood there.
    """

    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    is_whole: bool = True

    def __bool__(self) -> bool:
        return bool(self.authors or self.photographers or self.editors)

    def add(self, other: "Credits") -> None:
        """Add what another line names."""
        for name in ("authors", "photographers", "editors", "outlets"):
            mine = getattr(self, name)
            mine.extend(value for value in getattr(other, name) if value not in mine)


@dataclass(slots=True)
class _Entry:
    """Names with their roles while a piece is read; ``is_reporter``: the label was 记者 or the like."""

    names: list[str]
    roles: tuple[Role, ...]
    is_reporter: bool


def read_credits(printed: str) -> Credits:
    """Return the people named in a byline.

    >>> read_credits("采写：本报记者乔宇罗汉章").authors
    ['乔宇', '罗汉章']
    """
    found = Credits()
    folded = fold(printed)
    if _GATE.search(folded) is None:
        found.is_whole = False
        return found
    if "_" in folded:
        folded = _CODE.sub(lambda code: " " * len(code.group()), folded)
    folded = _NATION.sub(lambda nation: "," * len(nation.group()), folded)
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
    folded = _UNNAMED.sub("", folded)
    words = find_role_words(folded)
    if not words:
        _read_beside(found, folded, printed)
        return found
    lead = folded[: words[0].start].rstrip(" /")
    entries: list[_Entry] = []
    if lead and not _outlet_before(found, words[0], folded, printed, 0):
        pending, _ = _names(lead, printed[: len(lead)], is_labelled=False)
        if pending:
            entries.append(_Entry(pending, (), False))
        else:
            found.is_whole = False
    carried: tuple[Role, ...] = ()
    for index, word in enumerate(words):
        stop = words[index + 1].start if index + 1 < len(words) else len(folded)
        if index + 1 < len(words):
            stop -= _outlet_before(found, words[index + 1], folded, printed, word.value)
        value, shown = folded[word.value : stop], printed[word.value : stop]
        names, is_clean = _names(value.rstrip(" /"), shown[: len(value.rstrip(" /"))], word.has_mark)
        if not names:
            if entries and not word.has_mark and "none" not in word.roles and not word.is_reporter:
                _assign_after(entries, word)
            elif "none" not in word.roles and not value.strip(" /:、") or index + 1 < len(words):
                carried = word.roles if not word.is_reporter else carried
            found.is_whole = found.is_whole and (is_clean or "none" in word.roles)
            continue
        if word.is_after and entries:
            _assign_after(entries, word)
            entries.append(_Entry(names, (), False))
            continue
        roles = carried if carried and word.is_reporter and "none" not in carried else word.roles
        carried = ()
        entries.append(_Entry(names, roles, word.is_reporter))
        found.is_whole = found.is_whole and is_clean
    for entry in entries:
        _settle(found, entry)
    if not found:
        found.outlets = []
    return found


def _read_beside(found: Credits, folded: str, printed: str) -> None:
    """Read names with a place or a medium beside them: 刘屏/华盛顿4日电, 石佳/中国青年报."""
    found.is_whole = False
    lead = re.match(r"(\S{2,12})\s+(?=\S)", folded)
    offset = lead.end() if lead is not None and is_outlet(lead[1]) else 0
    folded, printed = folded[offset:], printed[offset:]
    match = _BESIDE.fullmatch(folded.rstrip()) or _DOING.fullmatch(folded.rstrip())
    if match is None:
        return
    names, is_clean = _names(match["names"], printed[: match.end("names")], is_labelled=False)
    outlet = match.groupdict().get("outlet")
    if not is_clean or not all(is_likely_name(fold(name)) for name in names):
        return
    if outlet is None or is_outlet(outlet):
        found.authors, found.is_whole = names, True
        if outlet is not None:
            found.outlets = [printed[match.start("outlet") : match.end("outlet")]]


def _outlet_before(found: Credits, word: RoleWord, folded: str, printed: str, start: int) -> int:
    """Note the medium printed against 记者 and return its length; 0 when names stand there."""
    match = re.search(r"[^\s,:、/|]{2,16}$", folded[start : word.start])
    if not word.is_reporter or match is None or (start == 0 and match.start() and folded[start : match.start()].strip()):
        return 0
    names, _ = _names(match.group(), match.group(), is_labelled=False)
    are_names = names and all(is_likely_name(name) for name in names) and not is_outlet(match.group())
    if are_names and (start > 0 or re.match("通讯员|实习生", folded[word.start :])):
        return 0
    if not match.group().endswith(("讯", "电")):
        found.outlets.append(printed[start + match.start() : start + match.end()])
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
    """Add the names of an entry under its roles; an editor's number (HN666) is no name."""
    for role in entry.roles:
        if role == "none":
            continue
        if role == "editor":
            entry.names = [name for name in entry.names if not re.search(r"\d", name)]
        kept = {"author": found.authors, "photographer": found.photographers, "editor": found.editors}[role]
        kept.extend(name for name in entry.names if name not in kept)


def _names(folded: str, printed: str, is_labelled: bool) -> tuple[list[str], bool]:
    """Return the names a value begins with, and whether the value is nothing but names.

    Without a mark before the value (``is_labelled`` false) all of it has to be names.
    """
    end = _UNNAMED.search(folded)
    if end is not None:
        folded = folded[: end.start()]
    end = _ENDS.search(folded)
    if end is not None:
        folded = folded[: end.start()]
    abroad = _ABROAD.fullmatch(folded)
    if abroad is not None and has_surname(folded):
        folded = folded[: 3 if len(abroad["run"]) >= 5 else 2]
    printed = printed[: len(folded)]
    stop = _STOP.search(folded)
    is_clean = stop is None
    if stop is not None:
        folded, printed = folded[: stop.start()], printed[: stop.start()]
    names: list[str] = []
    tokens = list(_tokens(folded, printed))
    if is_labelled and len(tokens) > 1 and (is_outlet(tokens[0][0]) or _is_office_of(tokens)):
        del tokens[0]
    for piece, shown in tokens:
        got = _names_of_token(piece, shown, is_labelled)
        if not is_labelled and len(piece) <= 3 and not has_surname(piece):
            got = []
        if names and not (has_surname(piece) or is_foreign_name(piece)):
            got = []
        if not got:
            is_clean = False
            if is_labelled:
                break
            return [], False
        names += got
    return names, is_clean


def _is_office_of(tokens: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the first of two words is the office of the person named second: 宣传部 张三."""
    return _NO_NAME.search(tokens[0][0]) is not None and is_likely_name(tokens[1][0])


def _tokens(folded: str, printed: str) -> Iterator[tuple[str, str]]:
    """Yield (folded, printed) between separators; 张 三 and John Smith are one token each."""
    glued = _LATIN_PAIR.sub("\u0000", folded)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_SEPARATOR.finditer(glued), None]:
        end = match.start() if match else len(glued)
        if end > start:
            spans.append((start, end))
        start = match.end() if match else end
    index = 0
    while index < len(spans):
        a, b = spans[index]
        if b - a == 1 and index + 1 < len(spans):
            c, d = spans[index + 1]
            if d - c <= 2 and has_surname(folded[a:b]) and folded[b:c].isspace():
                yield folded[a:b] + folded[c:d], printed[a:b] + printed[c:d]
                index += 2
                continue
        yield folded[a:b], printed[a:b]
        index += 1


def _names_of_token(folded: str, printed: str, is_labelled: bool) -> list[str]:
    """Return the names in one token; none when it is something else."""
    if folded.lower() in _NOBODY or folded.lower() in _AGENCIES or len(folded) < 2:
        return []
    if is_foreign_name(folded):
        return [printed] if is_labelled or "·" in folded else []
    if re.fullmatch(r"[\u3400-\u9fff]+", folded) is None:
        is_handle = is_labelled and len(folded) <= 16 and re.fullmatch(r"[\w·.-]+", folded)
        return [printed] if is_handle and not re.search(r"\d{4}", folded) else []
    if _NO_NAME.search(folded) and not (len(folded) <= 3 and has_surname(folded)):
        return [printed] if is_labelled and 4 <= len(folded) <= 16 else []
    if len(folded) <= 3:
        return [printed]
    ends = split_run(folded)
    if len(ends) > 1:
        return [printed[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    return [printed] if len(folded) == 4 or (is_labelled and len(folded) <= 16) else []


def read_caption(printed: str) -> list[str]:
    """Return the photographers at the end of a caption.

    >>> read_caption("运动员在冲刺。本报记者 王小明 摄")
    ['王小明']
    """
    folded = fold(printed).rstrip()
    match = _SHOT.search(folded)
    if match is None:
        return []
    names, is_clean = _names(match["names"], printed[match.start("names") : match.end("names")], is_labelled=False)
    return names if is_clean and all(is_likely_name(fold(name)) for name in names) else []
