"""bench_mirror: how fast mirror pages are repaired and clean pages let through.

    python tests/bench/bench_mirror.py

Pages are made up: the sentences below, repeated and shifted; CPU time of one process.
"""

import importlib.util
import time
from pathlib import Path

from tasks.clean.mirror import repair_mirror
from tasks.clean.mirror.model import load_forms, load_model
from tasks.clean.mirror.score import load_scorer
from tasks.edit import PageEdits

HERE = Path(__file__).parent
TESTS = HERE.parent / "tasks/clean/mirror"


def _load(path: Path) -> object:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print_rate(name: str, pages: list[list[str]]) -> None:
    size = sum(len(line.encode()) for lines in pages for line in lines)
    chars = sum(len(line) for lines in pages for line in lines)
    started = time.process_time()
    runs = sum(repair_mirror(PageEdits(lines)).damages_repaired for lines in pages)
    seconds = time.process_time() - started
    print(f"{name:20}{size / 1e6 / seconds:6.1f} MB/s   {1000 * runs / chars:5.1f} runs per 1,000 characters")


def main() -> None:
    """Print one line for each figure."""
    started = time.process_time()
    load_model()
    load_forms()
    load_scorer()
    print(f"{'model loads in':20}{time.process_time() - started:6.2f} s")
    make_mirror = _load(TESTS / "conftest.py")._make_mirror  # type: ignore[attr-defined]
    cases = _load(TESTS / "test_mirror.py")
    texts, readings = cases.TEXTS, cases.READINGS  # type: ignore[attr-defined]
    few = {char: readings[char] for char in "問說時開書見"}
    plain = "".join(make_mirror(text.replace("。", "、"), few) for text in texts) * 3
    _print_rate("clean pages", [texts * 7 for _ in range(300)])
    _print_rate("warm-up", [[make_mirror(text, readings) for text in texts]])
    _print_rate("damaged lines", [[make_mirror(text, few) + plain for text in texts] for _ in range(30)])
    _print_rate("dense damage", [[make_mirror(text, readings) for text in texts * 7] for _ in range(30)])
    _print_rate("shifts alone", [[make_mirror(text, {}) for text in texts * 7] for _ in range(30)])


if __name__ == "__main__":
    main()
