"""The seeds: what their bodies are must come out of the repair."""

import re
from pathlib import Path

import pytest

from tasks.clean import Repaired, repair_lines
from tasks.script import to_hans

SHARED = Path(__file__).parents[4] / "shared"
SEEDS = ["000_2fe0a675cd6b7ec5", "001_2fcff67ce00ef835", "002_7ac0805827fda82e", "003_9f6bc31a7cf4d315"]
SEEDS += ["004_b6195d73b198a5dc"]

pytestmark = pytest.mark.shared


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def repaired(name: str) -> Repaired:
    return repair_lines((SHARED / "seeds" / f"{name}.txt").read_text("utf-8").split("\n"))


@pytest.mark.parametrize("name", SEEDS)
def test_every_line_of_the_body_comes_out_exactly(name: str) -> None:
    """White space aside, each gold paragraph begins a repaired line in simplified characters.

    A signature may follow it on the line; cutting that off is the labelling's business.
    """
    gold = (SHARED / "gold" / f"{name}.body.hans.txt").read_text("utf-8").split("\n")
    lines = [bare(line) for line in to_hans("\n".join(repaired(name).texts)).split("\n")]
    missing = [line for line in gold if not any(text.startswith(bare(line)) for text in lines)]
    assert missing == []


def test_the_mirror_page_is_mended() -> None:
    """290 notes gone, the injected line labelled, the © back, both shifted runs in step."""
    page = repaired("001_2fcff67ce00ef835")
    assert page.facts.mirror.notes_removed == 290
    assert [page.texts[index][:4] for index in page.spam] == ["自在线看"]
    assert any(text.startswith("Copyright © ") for text in page.texts)
    text = "\n".join(page.texts)
    assert "明確崗位職責。《意見》中強調" in text
    assert "確保基層治理正確方向" in text


@pytest.mark.parametrize("name", [seed for seed in SEEDS if not seed.startswith("001")])
def test_clean_seeds_are_only_laid_out(name: str) -> None:
    """Nothing but white space changes on the four clean pages."""
    assert {edit.rule for edit in repaired(name).edits()} <= {"whitespace@1"}
