"""wencang show: one article of the warehouse as people read it."""

import argparse
import json
from collections.abc import Callable, Iterator
from typing import Any

from flows.commands import text_functions
from flows.commands.export import CONVERSIONS
from flows.commands.formats import plain
from flows.errors import UsageError
from flows.settings import Settings
from flows.stored import stored_article
from tasks.article import Article
from tasks.clean.punctuation_width import restore_width
from warehouse.catalog import Warehouse

EXAMPLES = """examples:
  wencang show 2fcff67ce00ef8352fcff67ce00ef835                  search prints the ids
  wencang show 2fcff67ce00ef8352fcff67ce00ef835 --script hans    in simplified characters
  wencang show 2fcff67ce00ef8352fcff67ce00ef835 --as-printed     with the marks of the page, as in articles.text
"""

TIMES = {"second": "%Y-%m-%d %H:%M:%S", "minute": "%Y-%m-%d %H:%M", "month": "%Y-%m"}
"""How a time is shown that is known to the second, the minute, the month; to the day otherwise."""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "article_id", metavar="ARTICLE_ID", help="an article of the warehouse, copies included"
    )
    parser.add_argument(
        "--script",
        choices=("original", *CONVERSIONS),
        default="original",
        help="characters: as published, simplified, Taiwan or Hong Kong forms",
    )
    parser.add_argument(
        "--as-printed",
        action="store_true",
        help="keep the marks of the page; else they are full-width (，：！) where Chinese is written",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the article."""
    with Warehouse.open(arguments.warehouse, read_only=True) as warehouse:
        found = stored_article(warehouse, arguments.article_id)
    if found is None:
        raise UsageError(
            f"no article of {arguments.warehouse} has the id {arguments.article_id}. "
            "wencang search prints the ids of what it finds."
        )
    uri, article = found
    shown = reading(article, arguments.script, as_printed=arguments.as_printed)
    if arguments.json:
        print(
            json.dumps(
                {name: plain(value) for name, value in ({"uri": uri} | shown).items()}, ensure_ascii=False
            )
        )
    else:
        print("\n".join(_page(shown)))
    return 0


def reading(article: Article, script: str, *, as_printed: bool) -> dict[str, Any]:
    """Return what people read of an article, by name, in the characters asked for."""
    convert: Callable[[str], str] = (
        getattr(text_functions, CONVERSIONS[script]) if script in CONVERSIONS else lambda text: text
    )
    widen: Callable[[str], str] = (lambda text: text) if as_printed else restore_width
    text = article.text_hans if script == "hans" else convert(article.text)
    when = article.published_at
    return {
        "article_id": article.article_id,
        "title": article.title and widen(convert(article.title)),
        "subtitle": article.subtitle and widen(convert(article.subtitle)),
        "source_name": article.source_name,
        "published": when and when.strftime(TIMES.get(article.date_precision or "", "%Y-%m-%d")),
        "authors": article.authors,
        "photographers": article.photographers,
        "editors": article.editors,
        "text": widen(text),
    }


def _page(shown: dict[str, Any]) -> Iterator[str]:
    yield shown["title"] or "(no title)"
    if shown["subtitle"]:
        yield shown["subtitle"]
    people = ("、".join(shown[name]) for name in ("authors", "photographers", "editors"))
    below = [each for each in (shown["source_name"], shown["published"], *people) if each]
    if below:
        yield "  ".join(below)
    yield ""
    yield shown["text"]
