"""Promises of site_memory: what is counted of a host, the same in one load or several, and how much is kept."""

import pyarrow as pa
import pytest

from warehouse import site_memory
from warehouse.keys import delete_index
from warehouse.site_memory import SiteMemory

SLOGAN = "山城新面貌"
FORMULA = "各位街坊早上好，这里是菜价早知道。"
MENU = "首页 新闻 图片"
PAGE = [
    ("navigation", MENU),
    ("body", "各位街坊："),
    ("body", FORMULA),
    ("body", "特此公告"),
    ("body", SLOGAN),
]
PAGE += [("boilerplate", "特此通知"), ("legal", "版" * 201)]


@pytest.fixture
def load(warehouse, batch_of, run):
    """Load pages of host "a", each with its title above the same lines."""

    def load_pages(numbers):
        batch = batch_of([(f"http://a/{n}", f"第{n}页") for n in numbers])
        ids = batch["articles"].column("article_id").to_pylist()
        batch["articles"] = batch["articles"].append_column("host", pa.array(["a"] * len(ids)))
        batch["lines"] = pa.Table.from_pylist(
            [
                {"article_id": article, "line_no": at, "label": label, "rule": "test@1", "text": text}
                for n, article in zip(numbers, ids, strict=True)
                for at, (label, text) in enumerate([("title", f"第{n}页"), *PAGE], 1)
            ]
        )
        warehouse.load_batch(batch, unit=f"{numbers}", run=run)

    return load_pages


@pytest.fixture
def memory(warehouse):
    return SiteMemory(warehouse.paths.index / "site_lines.sqlite")


@pytest.fixture
def counted(warehouse, memory):
    """What is known of the host, counted up to now."""

    def count():
        with warehouse.lock(), warehouse.connect() as con:
            memory.catch_up(con, hash)
        return memory.of_hosts(["a", "b"])["a"]

    return count


def repeating(found):
    documents, counts = found
    return documents, {key: count for key, count in counts.items() if count > 1}


def test_sentences_of_articles_are_never_counted(load, counted):
    """A formula that was read as body stays text however often it comes; a slogan and a menu do not."""
    load(range(3))

    assert repeating(counted()) == (3, {hash(MENU): 3, hash(SLOGAN): 3})


def test_counts_of_several_loads_add_up(load, counted, memory):
    """Following the commits one by one is counting anew."""
    load(range(2))
    counted()
    load(range(2, 5))
    followed = counted()
    delete_index(memory.path)

    assert repeating(followed) == repeating(counted()) == (5, {hash(MENU): 5, hash(SLOGAN): 5})


def test_the_memory_is_bounded_and_keeps_what_repeats(load, counted, monkeypatch):
    """Titles seen once are forgotten before lines seen often."""
    monkeypatch.setattr(site_memory, "LINES_PER_HOST", 2)
    load(range(2))
    counted()
    load(range(2, 6))

    assert counted() == (6, {hash(MENU): 6, hash(SLOGAN): 6})
