"""wencang explain: what was kept, dropped and changed, line by line, with the rule."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.commands.explain_copies import explain_copies
from flows.commands.source_names import refuse_unusable
from flows.counted import counted
from flows.errors import CommandError, UsageError
from flows.settings import Settings
from flows.stored import stored_article
from tasks.article import Article, read_document
from tasks.discover import SourceNotFound, list_inputs
from tasks.document import Document
from tasks.edit import Edit, apply_edits
from tasks.fetch import FetchOptions, read_documents
from tasks.reasons import Reject
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.errors import NotAWarehouse

EXAMPLES = """examples:
  wencang explain seeds/001.txt                        a file, read now
  wencang explain 2fcff67ce00ef8352fcff67ce00ef835     an article of the warehouse
  wencang explain seeds/001.txt --html page.html       the same as a page
  wencang explain --duplicate ID_A ID_B                what two articles share
"""

KEPT = {"body", "title", "subtitle"}


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("what", metavar="FILE_OR_ARTICLE_ID", nargs="?", help="file, page or article id")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write it as a page")
    parser.add_argument(
        "--duplicate",
        nargs=2,
        metavar=("A", "B"),
        help="why two articles are copies, or not: article ids, addresses or external ids",
    )
    parser.add_argument("--edits", action="store_true", help="print every edit, also of one character")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Explain one document or record; several records of a file one after the other."""
    if arguments.duplicate:
        return explain_copies(arguments.warehouse, *arguments.duplicate)
    if not arguments.what:
        raise UsageError("explain what? Name a file or an article id. Nothing was done.")
    explained = list(_explained(arguments))
    for each in explained:
        if isinstance(each, Reject):
            print(f"{each.uri}: rejected at {each.step}: {each.reason} ({each.detail})")
        elif arguments.html is None:
            print("\n".join(_lines(*each, every_edit=arguments.edits)))
    if arguments.html is not None:
        _write_page(arguments.html, [each for each in explained if not isinstance(each, Reject)])
    return 0


def _write_page(file: Path, explained: list[tuple[str, Article]]) -> None:
    from flows.commands.explain_html import page

    try:
        file.write_text(page(explained), "utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {file}: {error.strerror}.") from error
    print(file)


def _explained(arguments: argparse.Namespace) -> Iterator[tuple[str, Article] | Reject]:
    """Yield (uri, article) of a file, read now; of an article id, as it was loaded."""
    try:
        for each in _documents(arguments.what):
            yield each if isinstance(each, Reject) else (each.uri, read_document(each))
    except SourceNotFound as error:
        stored = _stored(arguments)
        if stored is None:
            raise UsageError(f"{error}; and no article of {arguments.warehouse} has that id.") from error
        yield stored


def _documents(what: str) -> Iterable[Document | Reject]:
    refuse_unusable(what)
    location = what if "://" in what else str(Path(what).expanduser().absolute())
    for each in read_documents(list_inputs([Source(location=location)], {}), FetchOptions()):
        if isinstance(each, Document | Reject):
            yield each


def _stored(arguments: argparse.Namespace) -> tuple[str, Article] | None:
    try:
        with Warehouse.open(arguments.warehouse, read_only=True) as warehouse:
            return stored_article(warehouse, arguments.what)
    except NotAWarehouse:
        return None


def fields(article: Article) -> list[tuple[str, str]]:
    """Return (name, value and the line it came from) of the fields that were found."""
    names = ("title", "subtitle", "published_at", "source_name", "site", "authors", "photographers", "editors",
             "breadcrumb")  # fmt: skip
    found = ((name, getattr(article, name), article.evidence.get(name)) for name in names)
    shown = [(name, _with_place(value, line)) for name, value, line in found if value not in (None, [])]
    if article.published_at is None and article.date_printed is not None:
        place = _with_place(article.date_printed, article.evidence.get("date_printed"))
        shown.append(("date_printed", f"{place}, without a year"))
    return shown


def _with_place(value: object, line: int | None) -> str:
    shown = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return shown + ("" if line is None else " (markup or record)" if line == 0 else f" (line {line})")


def _lines(uri: str, article: Article, *, every_edit: bool) -> Iterable[str]:
    yield uri
    yield f"  article_id    {article.article_id}"
    yield f"  script        {article.script}, charset {article.charset}"
    if article.reject:
        yield f"  REJECTED      {article.reject}: {article.reject_detail}"
    yield from (f"  {name:<13} {value}" for name, value in fields(article))
    by_line: dict[int, list[Edit]] = {}
    for edit in article.edits:
        by_line.setdefault(edit.line, []).append(edit)
    yield ""
    for line in article.lines:
        mark = "+" if line.label in KEPT else "-"
        yield f"{mark} {line.number:>4} {line.label:<11} {line.rule:<22} {line.text.strip()[:100]}"
        edits = by_line.get(line.number, [])
        shown = edits if every_edit else edits[:3]
        for edit in shown:
            yield f"       edit {edit.start}–{edit.end} {edit.rule}: {edit.before!r} → {edit.after!r}"
        if len(shown) < len(edits):
            yield f"       … {len(edits) - len(shown)} more edits of this line (--edits shows all)"
        if edits:
            yield f"       now: {apply_edits(line.text, edits).strip()[:100]}"
    if not article.lines:
        return
    kept = sum(line.label in KEPT for line in article.lines)
    yield ""
    yield (
        f"{kept} of {counted(len(article.lines), 'line')} kept, {counted(len(article.edits), 'edit')}, "
        f"{counted(len(article.text), 'character')} in {counted(article.text.count(chr(10)) + bool(article.text), 'paragraph')}"
    )
