"""What dedupe is told of a read document: whether it stands on the site of its outlet, and who stands for copies."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.article import read_document
from tasks.dedupe import assign
from tasks.dedupe.fingerprint import ORIGINAL
from tasks.document import Document, article_id_of, content_sha256
from tasks.prepare import fingerprints_of
from warehouse.dedup import DedupIndex

BODY = (
    "清早的集市上，卖豆腐的老李已经摆好了摊子，热气从木桶里冒出来，街坊端着搪瓷缸子排队。",
    "镇里今年把菜场东头的棚子翻修了一遍，地面垫高了二十厘米，下雨天不再积水，摊位也重新编了号。",
    "老李说，从前要半夜起来抢位置，现在号码固定，可以多睡一个钟头，豆腐也做得更嫩一些。",
    "管理所的人每天早晚各来一趟，看秤、看卫生，也听大家说说哪里还不方便。",
)
DATED = "<p>2021年4月3日 08:07　来源：河东日报</p>"


def page(site: str, head: str, lines: tuple[str, ...] = BODY) -> Document:
    """A page of a site, read."""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    content = (
        f"<html><head><meta charset='utf-8'><title>集市里的豆腐摊_{site}</title></head>"
        f"<body><h1>集市里的豆腐摊</h1>{head}{paragraphs}</body></html>"
    ).encode()
    sha256 = content_sha256(content)
    document = Document(f"file:///{site}.html", content, sha256, article_id_of(sha256), datetime.now(UTC))
    assert read_document(document).reject is None
    return document


@pytest.mark.parametrize(
    ("site", "head", "is_original"),
    [
        pytest.param("河东日报", DATED, True, id="names its site"),
        pytest.param("临江新闻网", DATED, False, id="names another"),
        pytest.param("临江新闻网", "", False, id="names none, the site is a medium"),
        pytest.param("临江新闻网", "<p>2021年4月5日</p>", False, id="a day and no name"),
    ],
)
def test_only_a_printed_outlet_makes_an_original(site, head, is_original):
    """The outlet of a page that prints none is guessed from its site, and that says nothing of whose text it is."""
    flags = fingerprints_of([page(site, head)]).flags
    assert bool(flags[0] & ORIGINAL) == is_original


@pytest.mark.parametrize("first", ["original", "copy"])
def test_an_undated_copy_on_a_site_of_its_own_stands_behind_the_dated_original(tmp_path: Path, first):
    """Whichever was there first; both are as long."""
    original, copy = page("河东日报", DATED), page("临江新闻网", "")
    assert copy.fields.source_name == copy.fields.site == "临江新闻网"
    order = [original, copy] if first == "original" else [copy, original]
    with closing(DedupIndex(tmp_path)) as index:
        rows = assign(fingerprints_of(order), index).memberships.to_pylist()
    stands = {row["article_id"]: row["is_canonical"] for row in rows}
    assert stands == {original.article_id: True, copy.article_id: False}
