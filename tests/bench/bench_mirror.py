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


def _rate(pages: list[list[str]]) -> float:
    size = sum(len(line.encode()) for lines in pages for line in lines)
    started = time.process_time()
    for lines in pages:
        repair_mirror(PageEdits(lines))
    return size / 1e6 / (time.process_time() - started)


def main() -> None:
    """Print one line for each figure."""
    started = time.process_time()
    load_model()
    load_forms()
    load_scorer()
    print(f"model loads in      {time.process_time() - started:6.2f} s")
    made = _load(TESTS / "conftest.py")
    cases = _load(TESTS / "test_mirror.py")
    texts, readings = cases.TEXTS, cases.READINGS  # type: ignore[attr-defined]
    clean = [texts * 7 for _ in range(300)]
    mirror = [[made._make_mirror(text, readings) for text in texts * 7] for _ in range(30)]  # type: ignore[attr-defined]
    cut = [[made._make_mirror(text, {}) for text in texts * 7] for _ in range(30)]  # type: ignore[attr-defined]
    print(f"clean pages         {_rate(clean):6.1f} MB/s")
    print(f"notes and shifts    {_rate(mirror):6.1f} MB/s   every line damaged")
    print(f"shifts alone        {_rate(cut):6.1f} MB/s   every line damaged")


if __name__ == "__main__":
    main()
