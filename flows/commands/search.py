"""wencang search: ranked full-text search, with the matching passage."""

import argparse
import json
import sys
from typing import Any

from flows.commands.formats import plain
from flows.counted import counted
from flows.errors import UsageError
from flows.settings import Settings
from tasks.clean.punctuation_width import restore_width
from warehouse.passages import Passage, search_passages, unsearched
from warehouse.readers import close_reader, read_only_connection

EXAMPLES = """examples:
  wencang search 防汛演练
  wencang search "河道 清淤" --limit 5        both words; either script finds both
  wencang search 旧城改造 --json | jq .title
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs="+", metavar="WORDS", help="words; a hit contains all of them")
    parser.add_argument("--limit", type=int, default=20, metavar="K", help="hits at most (default 20)")
    parser.add_argument("--json", action="store_true", help="one JSON object per hit, with its score (BM25)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the hits, best first."""
    words = " ".join(arguments.words).strip()
    if not words or arguments.limit < 1:
        raise UsageError("search for what? Give at least one word, and a --limit from 1.")
    con = read_only_connection(arguments.warehouse)
    try:
        hits = search_passages(con, str(arguments.warehouse), words, arguments.limit)
        left_out = unsearched(con)
    finally:
        close_reader(con)
    for rank, hit in enumerate(hits, 1):
        print(_as_json(rank, hit) if arguments.json else _as_text(rank, hit))
    if not hits and not arguments.json:
        print(f"wencang: no article holds {words!r}", file=sys.stderr)
    say_unsearched(left_out)
    return 0


def say_unsearched(count: int) -> None:
    """Say on stderr how many articles a search could not find, if there are any."""
    if count:
        print(
            f"wencang: not looked at: {counted(count, 'article')} that the search index does not hold yet; "
            "it is brought along at the end of an ingest, and by upkeep",
            file=sys.stderr,
        )


def _as_json(rank: int, hit: Passage) -> str:
    found: dict[str, Any] = {"rank": rank, **{name: plain(getattr(hit, name)) for name in hit.__slots__}}
    return json.dumps(found, ensure_ascii=False)


def _as_text(rank: int, hit: Passage) -> str:
    """The hit for people. Its score is left out: the order says it, and a word of most articles gives 1e-06."""
    bold, normal = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    read = restore_width(hit.passage)  # character by character: the spans stay
    passage, position = "", 0
    for start, end in hit.marks:
        passage += read[position:start] + bold + read[start:end] + normal
        position = end
    passage += read[position:]
    where = ", ".join(str(each) for each in (hit.source_name, hit.published_on) if each)
    head = f"{rank}. {hit.title or '(no title)'}" + (f"  [{where}]" if where else "")
    return f"{head}\n   {passage}\n   {hit.article_id}  {hit.uri}\n"
