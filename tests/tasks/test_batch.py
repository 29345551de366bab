"""Promises of the reading steps over batches: nothing is lost, every edit replays, one document alone stops."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks import batch as batches
from tasks import clean, extract, metadata
from tasks.article import read_article
from tasks.batch import Batch, BatchRef, apply_step, isolate_step, read_staged, run_step, write_staged
from tasks.document import Document, article_id_of, content_sha256
from tasks.edit import apply_edits, undo_edits
from tasks.extract.site_lines import SiteLines
from tasks.reasons import Reason
from tasks.rows import batch_tables
from tasks.rules import rule_versions, rules_version

SENTENCES = (
    "清早的集市上,卖豆腐的老李已经摆好了摊子。",
    "雨停之后,孩子们跑到河边去看涨起来的水!",
    "《水经注》里有这条河的名字,你知道吗?",
    "歡迎關(guān)注我們的網(wǎng)站,點(diǎn)擊量:2365。",
    "来源:临江日报 2021-04-03 08:07",
    "首页 > 新闻 > 正文",
    "相关阅读",
    "责任编辑:宋晓",
    "\u3000\u3000１２月３日，ＡＢＣ公司&nbsp;发布了公告\u200b。",
    "Copyright (?) 2019 青石网 版权所有",
    "确?;鶎又卫碚_方向",
    "\ue5cf\x00\x07",
    "The quick brown fox; if (a ?; b) { return 1,000; }",
)
contents = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from(SENTENCES), max_size=25).map(lambda lines: "\n".join(lines).encode()),
    st.lists(st.sampled_from(SENTENCES), max_size=12).map(
        lambda lines: "\r\n".join(lines).encode("gb18030", "replace")
    ),
    st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=30)), max_size=12).map(
        lambda parts: (
            f"<html><title>题目_网站</title><body><p>{'</p><p>'.join(parts)}</p></body></html>".encode(
                "utf-8", "replace"
            )
        )
    ),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


def document_of(content: bytes, number: int = 0) -> Document:
    """A document as fetch makes it."""
    sha256 = content_sha256(content)
    return Document(f"file:///t/{number}.txt", content, sha256, article_id_of(sha256), datetime.now(UTC))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(contents, max_size=4))
def test_no_document_is_lost(received: list[bytes]) -> None:
    """After each step the documents are those kept and those rejected, each once, with a reason."""
    batch = Batch(1, documents=[document_of(content, number) for number, content in enumerate(received)])
    for step in batches.DOCUMENT_STEPS:
        apply_step(step, batch)
        assert len(batch.documents) + len(batch.stopped) == len(received)
        assert len(batch.stopped) == len(batch.rejects)
    assert {d.uri for d in batch.documents} | {r.uri for r in batch.rejects} == {
        f"file:///t/{number}.txt" for number in range(len(received))
    }
    assert [r for r in batch.rejects if r.reason == Reason.INTERNAL_ERROR] == []
    tables = batch_tables(batch, "run", rules_version())
    assert tables["documents"].num_rows == len(received)
    assert tables["articles"].num_rows == len(batch.documents)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents)
def test_edits_replay_to_the_received_line(content: bytes) -> None:
    """For every line the edits lead to the cleaned text, and backwards to the received one."""
    article = read_article(content)
    by_line: dict[int, list] = {}
    for edit in article.edits:
        by_line.setdefault(edit.line, []).append(edit)
    assert by_line.keys() <= {line.number for line in article.lines}
    body = []
    for line in article.lines:
        edits = by_line.get(line.number, [])
        cleaned = apply_edits(line.text, edits)
        assert undo_edits(cleaned, edits) == line.text
        if line.label == "body":
            body.append(cleaned)
    if not article.reject:
        squeezed = "".join(article.text.split())
        assert "".join("".join(body).split()) == squeezed, "the text is its body lines, nothing else"


def test_reading_twice_gives_the_same() -> None:
    """The same bytes give the same article, whatever was read in between."""
    content = "\n\n".join(SENTENCES).encode()
    first = read_article(content)
    for seed in range(5):
        read_article(random.Random(seed).randbytes(200))
    second = read_article(content)

    assert (first.text, first.lines, first.edits) == (second.text, second.lines, second.edits)


def test_a_step_that_fails_stops_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """A defect on one document is its reject, with the place in the code; the others go on."""

    def fail_on_second(document: Document) -> None:
        if document.uri.endswith("/1.txt"):
            raise ZeroDivisionError("made to fail")

    monkeypatch.setitem(batches.DOCUMENT_STEPS, "decode", fail_on_second)
    batch = apply_step("decode", Batch(1, documents=[document_of(b"x%d" % n, n) for n in range(3)]))

    assert [d.uri for d in batch.documents] == ["file:///t/0.txt", "file:///t/2.txt"]
    (reject,) = batch.rejects
    assert (reject.step, reject.reason) == ("decode", Reason.INTERNAL_ERROR)
    assert "ZeroDivisionError: made to fail (test_batch.py:" in reject.detail


class Died(Exception):
    """Stands for a worker process that ended."""


def test_a_document_that_kills_its_worker_is_found(tmp_path: Path) -> None:
    """Taken one by one, the document on which the worker dies is rejected and the others are read."""
    path = tmp_path / "000001.fetch"
    write_staged(path, Batch(1, documents=[document_of(SENTENCES[n].encode(), n) for n in range(4)]))

    def worker(function, step: str, document: Document, sites: dict) -> Batch:  # type: ignore[no-untyped-def]
        if document.uri.endswith("/2.txt"):
            raise Died
        return function(step, document, sites)

    done = isolate_step("decode", BatchRef(1, "id", str(path), 4, 0, 100), worker, Died)

    batch = read_staged(Path(done.path))
    assert (done.documents, done.rejects) == (3, 1)
    assert [r.uri for r in batch.rejects] == ["file:///t/2.txt"]
    assert batch.rejects[0].reason == Reason.INTERNAL_ERROR


def test_documents_taken_one_by_one_are_read_like_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told of the lines of its own host, and the steps that follow still know those of all."""
    told: list[tuple[str, list[str]]] = []

    def note(document: Document, memory=None) -> None:  # type: ignore[no-untyped-def]
        known = [host for host in ("a.example.cn", "b.example.cn") if memory and memory(host)]
        told.append((document.uri, known))

    monkeypatch.setattr(batches, "clean_document", note)
    documents = [document_of(SENTENCES[n].encode(), n) for n in range(2)]
    documents[0].url = "https://a.example.cn/1.html"
    documents[1].url = "https://b.example.cn/1.html"
    sites = {host: SiteLines(host, 9, {1: 9}) for host in ("a.example.cn", "b.example.cn")}
    path = tmp_path / "000001.extract"
    write_staged(path, Batch(1, documents=documents, sites=sites))

    done = isolate_step("clean", BatchRef(1, "id", str(path), 2, 0, 100), lambda f, *given: f(*given), Died)

    assert told == [("file:///t/0.txt", ["a.example.cn"]), ("file:///t/1.txt", ["b.example.cn"])]
    assert read_staged(Path(done.path)).sites.keys() == sites.keys()


def test_a_staged_step_leaves_its_input(tmp_path: Path) -> None:
    """A step can be run again from its input file: what it wrote is the same."""
    path = tmp_path / "000001.fetch"
    write_staged(path, Batch(1, documents=[document_of("\n".join(SENTENCES).encode())]))
    ref = BatchRef(1, "id", str(path), 1, 0, 100)
    first = read_staged(Path(run_step("decode", ref).path))
    second = read_staged(Path(run_step("decode", ref).path))

    assert path.exists()
    assert first.documents[0].received == second.documents[0].received


def test_every_rule_that_acts_is_listed() -> None:
    """Rules named in lines and edits are known by name and version."""
    article = read_article("\n\n".join(SENTENCES * 2).encode())
    named = {line.rule for line in article.lines} | {r for e in article.edits for r in e.rule.split("+")}
    known = {f"{name}@{version}" for name, version in rule_versions().items()}

    assert named <= known, named - known


def test_a_rule_belongs_to_one_step() -> None:
    """No two steps name a rule alike: a stored ``name@version`` says which of them acted."""
    names = [name for rules in (clean.RULES, extract.RULES, metadata.RULES) for name in rules]

    assert sorted(names) == sorted(set(names))


def test_a_page_of_endless_lines_is_too_large() -> None:
    """A document of millions of lines is stopped before it takes the memory of all others."""
    article = read_article("好\n".encode() * 300_000)

    assert article.reject == Reason.TOO_LARGE
    assert "300,000 lines" in (article.reject_detail or "")
