"""The five seeds with four copies of each: read like any page, they are five clusters."""

import importlib.util
import sys
from pathlib import Path

import opencc
import pytest

from tasks.article import read_article
from tasks.dedupe import ArticleText, assign, fingerprint
from warehouse.dedup import DedupIndex

pytestmark = pytest.mark.shared

SHARED = Path(__file__).parents[4] / "shared"


def _mirror_noise():
    spec = importlib.util.spec_from_file_location("mirror_noise", SHARED / "tools" / "mirror_noise.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _copies(text: str) -> dict[str, str]:
    simplified = opencc.OpenCC("t2s").convert(text)
    lines = text.split("\n")
    mirrored = _mirror_noise().obfuscate(simplified, 3).text
    return {
        "original": text,
        "traditional": opencc.OpenCC("s2twp").convert(simplified),
        "mirror": mirrored,
        "truncated": "\n".join(lines[: max(len(lines) * 6 // 10, 4)]) + "\n……[详细]",
        "re-headed": "临江在线 > 要闻 > 正文\n来源：临江在线 2021年3月5日 08:12 点击量：381\n"
        + text
        + "\n（责任编辑：许静）",
    }


def _article(number: int, text: str, is_read: bool) -> ArticleText:
    if not is_read:
        return ArticleText(f"{number:032x}", text, text.strip().split("\n")[0])
    found = read_article(text.encode())
    return ArticleText(f"{number:032x}", found.text_hans, found.title, found.published_at)


@pytest.mark.parametrize("is_read", [True, False], ids=["read", "as-received"])
@pytest.mark.parametrize("size", [1, 5, 25], ids=["one-by-one", "five", "at-once"])
@pytest.mark.parametrize("reverse", [False, True], ids=["originals-first", "originals-last"])
def test_seeds_and_their_copies_are_five_clusters(tmp_path, is_read, size, reverse):
    """From an empty warehouse, in any order and any batches."""
    copies = [_copies(path.read_text("utf-8")) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    kinds = list(copies[0])
    texts = [
        (seed, each[kind]) for kind in (kinds[::-1] if reverse else kinds) for seed, each in enumerate(copies)
    ]
    articles = [_article(n, text, is_read) for n, (_, text) in enumerate(texts)]
    index = DedupIndex(tmp_path / "index")
    clusters: dict[str, str] = {}
    for start in range(0, len(articles), size):
        batch = fingerprint(articles[start : start + size])
        rows = assign(batch, index).memberships
        index.apply(batch, rows, start + 1)
        clusters |= dict(zip(rows["article_id"].to_pylist(), rows["cluster_id"].to_pylist(), strict=True))
    found = {(seed, clusters[article.article_id]) for (seed, _), article in zip(texts, articles, strict=True)}
    assert len(found) == len(copies)
    assert len(set(clusters.values())) == len(copies)
