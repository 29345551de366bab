"""Measure decoding, repair and script conversion on any simplified Chinese text.

    python tests/bench/bench_text.py FILE...        (default: ../shared/gold/*.txt)

Prints the share of charsets found, the characters wrong after each misreading was undone, the edits on the
text itself (all but white space should be 0), the characters wrong on the way to traditional and back, and
the CPU rates.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import opencc

from tasks.clean import repair_lines
from tasks.decode import decode
from tasks.script import to_hans

SIZES = (30, 100, 1000, 10000)
DEFAULT = Path(__file__).parents[3] / "shared" / "gold"


def converted(config: str, text: str) -> str:
    return str(opencc.OpenCC(config).convert(text))


def broken(content: bytes, rng: random.Random) -> bytes:
    """Return the content with one byte in 500 replaced, stray or missing."""
    damaged = bytearray(content)
    for start in range(0, len(content), 500):
        place = min(start + rng.randrange(500), len(damaged) - 1)
        match rng.randrange(3):
            case 0:
                damaged[place] = rng.randrange(0x80, 0x100)
            case 1:
                damaged.insert(place, 0xFF)
            case 2:
                del damaged[place]
    return bytes(damaged)


def charsets(text: str) -> None:
    """Print the share of buffers, cut anywhere, whose charset is found."""
    forms = {
        "utf-8": (text, "utf-8", "utf-8"),
        "gb18030": (text, "gb18030", "gb18030"),
        "gbk, traditional": (converted("s2t", text), "gbk", "gb18030"),
        "big5": (converted("s2tw", text), "big5", "big5hkscs"),
        "hkscs": (converted("s2hk", text), "big5hkscs", "big5hkscs"),
        "utf-16-le": (text, "utf-16-le", "utf-16-le"),
        "utf-16-be": (text, "utf-16-be", "utf-16-be"),
    }
    for name, (form, codec, charset) in forms.items():
        content = form.encode(codec, "ignore")
        shown = []
        for size in SIZES:
            rng = random.Random(size)
            count = 200 if size < 10000 else 40
            right = damaged = 0
            for _ in range(count):
                begin = rng.randrange(max(len(content) - size, 1)) & (~1 if "16" in codec else ~0)
                part = content[begin : begin + size]
                right += decode(part).charset == charset
                damaged += decode(broken(part, rng)).charset == charset
            shown.append(f"{size} B {100 * right / count:.1f} (damaged {100 * damaged / count:.1f})")
        print(f"  {name:18} {' · '.join(shown)}")


def _western(content: bytes) -> str:
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in content)


def misreadings(text: str) -> None:
    """Print how much of the text is wrong after each misreading was undone."""
    hans = [line for line in text.split("\n") if len(line) >= 30][:120]
    hant = converted("s2tw", "\n".join(hans)).split("\n")
    ways: dict[str, tuple[list[str], Callable[[str], str]]] = {
        "UTF-8 as Latin-1": (hans, lambda t: t.encode().decode("latin-1")),
        "UTF-8 as cp1252, twice": (hans, lambda t: _western(_western(t.encode()).encode())),
        "GBK as cp1252": (hans, lambda t: _western(t.encode("gb18030"))),
        "Big5 as Latin-1": (hant, lambda t: t.encode("big5hkscs", "ignore").decode("latin-1")),
        "Big5 as GBK": (hant, lambda t: t.encode("big5hkscs", "ignore").decode("gb18030", "replace")),
        "GBK as Big5": (hans, lambda t: t.encode("gbk", "ignore").decode("big5hkscs", "replace")),
        "UTF-8 as GB18030": (hans, lambda t: t.encode().decode("gb18030", "replace")),
        "UTF-8 as GBK": (hans, lambda t: t.encode().decode("gbk", "replace")),
    }
    for name, (lines, misread) in ways.items():
        repaired = repair_lines([misread(line) for line in lines]).texts
        wrong = 0.0
        invented = 0
        for line, after in zip(lines, repaired, strict=True):
            matcher = SequenceMatcher(None, line, after, autojunk=False)
            wrong += 1 - matcher.ratio()
            invented += sum(
                len(after[c:d].replace("\ufffd", ""))
                for tag, _, _, c, d in matcher.get_opcodes()
                if tag != "equal"
            )
        print(
            f"  {name:24} {100 * wrong / len(lines):6.2f} % wrong, {invented} characters that were not there"
        )


CODE = """def read_pages(folder: Path) -> list[Page]:
    # {}
    for path in sorted(folder.glob("*.html")):
        with open(path, "rb") as file:  # {}
            pages.append(Page(path.name, file.read()))

$ curl -sS https://example.org/api/v1/items?page=2 | jq '.items[].name'
    if (x == 0 && y != 1) { return "{}"; }
SELECT id, title FROM articles WHERE score >= 0.5 ORDER BY id; -- {}
""".split("\n")
"""Lines of a page about programs; of each sentence of the text a part stands in one, and it follows once in four."""


def layouts_of(text: str) -> dict[str, tuple[list[str], int]]:
    """Return a clean text in several layouts: name -> lines, and how many make a page."""
    lines = [line for row in text.split("\n") if (line := re.sub(r"\s+", " ", row).strip())]
    sentences = [part for line in lines for part in re.split("(?<=[。！？])", line) if part]
    indented = ["\u3000\u3000" + line for line in sentences]
    code = [CODE[n % len(CODE)].replace("{}", line[:12]) for n, line in enumerate(sentences)]
    about_code = [
        line for n, pair in enumerate(zip(code, sentences, strict=True)) for line in pair[: 1 + (n % 4 == 0)]
    ]
    return {
        "as it is": (lines, 40),
        "indented": (indented, 40),
        "12 characters a line": ([line[i : i + 12] for line in lines for i in range(0, len(line), 12)], 40),
        "small pages": (lines, 4),
        "small pages, indented": (indented, 10),
        "code": (about_code, 80),
        "small pages of code": (about_code, 20),
    }


def clean(text: str) -> None:
    """Print the edits on clean text, and the rate of all gates together for pages of several layouts."""
    repair_lines(text.split("\n"))  # tables and patterns are made
    for name, (rows, page_lines) in layouts_of(text).items():
        pages = [rows[i : i + page_lines] for i in range(0, len(rows), page_lines)]
        rules: Counter[str] = Counter()
        for page in pages:
            repaired = repair_lines(page)
            rules.update(edit.rule for edit in repaired.edits())
            rules.update(repaired.spam.values())
        size = sum(len(row.encode()) + 1 for row in rows)
        rate = size / 1e6 / min(_seconds(pages) for _ in range(20))
        print(f"  {name:22} {size / len(pages):5,.0f} bytes a page: {rate:3.0f} MB/s, edits {dict(rules)}")


def _seconds(pages: list[list[str]]) -> float:
    """CPU seconds of all gates and repairs."""
    began = time.process_time()
    for page in pages:
        repair_lines(page).edits()
    return time.process_time() - began


def scripts(text: str) -> None:
    """Print what is wrong after the way to traditional and back, and what changes in simplified text."""
    pages = ["\n".join(text.split("\n")[i : i + 30]) for i in range(0, text.count("\n") + 1, 30)]
    print(f"  simplified text: {sum(to_hans(page) != page for page in pages)} of {len(pages)} pages change")
    for config in ("s2t", "s2tw", "s2hk"):
        forth = [converted(config, page) for page in pages]
        began = time.process_time()
        back = [to_hans(page) for page in forth]
        rate = len(text.encode()) / 1e6 / (time.process_time() - began)
        wrong = Counter(
            f"{a}>{b}"
            for page, again in zip(pages, back, strict=True)
            for a, b in zip(page, again, strict=True)
            if a != b
        )
        share = 100 * wrong.total() / max(len(text), 1)
        print(f"  {config:5} and back: {share:.4f} % wrong {dict(wrong.most_common(6))}; {rate:.0f} MB/s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or sorted(DEFAULT.glob("*.hans.txt"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    for title, measure in (
        ("charset found, %", charsets),
        ("misreadings undone", misreadings),
        ("clean text", clean),
        ("script", scripts),
    ):
        print(title)
        measure(text)


if __name__ == "__main__":
    main()
