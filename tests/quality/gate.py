"""gate: scores of the article's lines over a set of pages, against floors that may only rise.

    python tests/quality/gate.py            print the scores
    python tests/quality/gate.py --raise    write them to floors.json where they are higher

Pages: our own under tests/pages, and the hand-labelled ones in ../shared/pages when they are there.
Scores per set, averaged over pages: ``f1`` of body lines weighted by characters; ``exact``, the
share of pages with every line right. Set ``text`` reads the lines of HTML pages without markup.
"""

import argparse
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tasks.extract import keep_lines, label_page, split_page
from tasks.lines import Page

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")

Scores = dict[str, float]


def line_scores(lines: list[str], truth: list[bool], kept: list[bool]) -> tuple[float, float]:
    """Return (F1 of the body weighted by characters, 1.0 when every line is right)."""
    right = sum(len(x) for x, t, k in zip(lines, truth, kept, strict=True) if t and k)
    wanted = sum(len(x) for x, t in zip(lines, truth, strict=True) if t)
    got = sum(len(x) for x, k in zip(lines, kept, strict=True) if k)
    return (2 * right / (wanted + got) if wanted + got else 1.0), float(truth == kept)


def own_pages() -> Iterator[tuple[Page, list[int], list[bool], bool]]:
    """Yield each page of ours, indexes of its title, truth of each line, whether that needs markup to be seen."""
    for folder in sorted((ROOT / "tests" / "pages").glob("body-*")):
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        if "known_failure" in expected:
            continue
        path = next(path for path in folder.iterdir() if path.stem == "page")
        page = split_page(path.read_bytes().decode("utf-8"), is_html=path.suffix == ".html")
        titles = [i for i, line in enumerate(page.lines) if line.number in expected["title"]]
        truth = [line.number in expected["body"] for line in page.lines]
        yield page, titles, truth, expected.get("needs_markup", False)


def own_scores() -> dict[str, Scores]:
    """Score our own pages, with the title known and markup read, and as bare lines without the title."""
    markup, bare = [], []
    for page, titles, truth, needs_markup in own_pages():
        texts = [line.text for line in page.lines]
        labels = label_page(page, texts, titles).labels
        markup.append(line_scores(texts, truth, [label == "body" for label, _ in labels]))
        if needs_markup:
            continue
        texts = [text for i, text in enumerate(texts) if i not in titles]
        truth = [is_body for i, is_body in enumerate(truth) if i not in titles]
        bare.append(line_scores(texts, truth, keep_lines(texts)))
    return {"own": _average(markup), "own_bare": _average(bare)}


def _average(rows: list[tuple[float, float]]) -> Scores:
    return {"f1": sum(row[0] for row in rows) / len(rows), "exact": sum(row[1] for row in rows) / len(rows)}


def shared_scores() -> dict[str, Scores]:
    """Score the hand-labelled pages as plain lines with their own evaluator; empty when they are absent."""
    tool = SHARED / "tools" / "textlines_eval.py"
    if not tool.exists():
        return {}
    command = [sys.executable, str(tool), "--no-baselines", "--predict", "tasks.extract:keep_lines"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = dict(part.split("=") for part in done.stdout.splitlines()[-1].split() if "=" in part)
    return {
        "shared_lines": {
            "f1": float(found["cF1"]),
            "line_f1": float(found["F1"]),
            "exact": float(found["exact"]),
        }
    }


def below_floor(scores: dict[str, Scores]) -> list[str]:
    """Return one sentence for each score that is below its floor."""
    floors: dict[str, Scores] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name} {key} is {values[key]:.4f}, its floor {floor:.4f}"
        for name, values in scores.items()
        for key, floor in floors.get(name, {}).items()
        if values[key] < floor
    ]


def raise_floors(scores: dict[str, Scores]) -> None:
    """Write the scores, cut after three places, where they are above the floors."""
    floors: dict[str, Scores] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for name, values in scores.items():
        for key, value in values.items():
            known = floors.setdefault(name, {})
            known[key] = max(known.get(key, 0.0), math.floor(value * 1000) / 1000)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Print the scores; with ``--raise`` keep them as floors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raise", dest="raised", action="store_true")
    scores = own_scores() | shared_scores()
    if parser.parse_args().raised:
        raise_floors(scores)
    for name, values in scores.items():
        print(name, "  ".join(f"{key}={value:.4f}" for key, value in values.items()))
    problems = below_floor(scores)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
