"""Promises of the repository itself: what a newcomer may rely on when reading it."""

import doctest
import importlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from flows.cli import COMMANDS
from tasks.clean import RULES as CLEANING_RULES
from tasks.reasons import Reason
from warehouse.schema_views import DICTIONARY, VIEWS

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {"pyproject.toml", "README.md", "flows", "tasks", "warehouse", "tests", "deploy"}
MODULE_LINES = 250


def tracked(*patterns: str) -> list[Path]:
    """Files under version control (in a plain copy of the project: all files)."""
    listing = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def test_the_top_level_is_what_it_is_meant_to_be() -> None:
    """Nothing but the fixed names and hidden files lies at the top."""
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("folder", ["flows", "tasks", "warehouse"])
def test_modules_stay_readable(folder: str) -> None:
    """No module is longer than what one reads in a sitting, and each opens with its contract."""
    for path in tracked(f"{folder}/*.py"):
        text = path.read_text("utf-8")
        assert text.count("\n") <= MODULE_LINES, f"{path.relative_to(ROOT)} has {text.count(chr(10))} lines"
        assert text.startswith('"""') or not text, f"{path.relative_to(ROOT)} has no docstring"


def test_every_cleaning_rule_has_its_cases() -> None:
    """Each rule has a case file with at least twice as many texts to keep as to change."""
    for rule in CLEANING_RULES:
        cases = json.loads((ROOT / "tests" / "cases" / f"{rule}.json").read_text("utf-8"))
        assert cases["change"], rule
        assert len(cases["keep"]) >= 2 * len(cases["change"]), rule


def test_every_reason_is_used() -> None:
    """A reason that nothing gives is a leftover."""
    code = "\n".join(
        path.read_text("utf-8") for path in tracked("tasks/*.py", "flows/*.py") if path.name != "reasons.py"
    )
    assert [reason.name for reason in Reason if f"Reason.{reason.name}" not in code] == []


def test_the_lock_files_name_no_address() -> None:
    """Locked packages have hashes and no index addresses, and both lock files agree."""
    locks = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "deploy" / name).read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text
        found = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)( ;[^\\\n]*)?", text, re.M)
        pins = {package + marker: version for package, version, marker in found}
        assert 0 < len(found) <= text.count("--hash=sha256:")
        locks[name] = pins
    runtime, development = locks["requirements.lock"], locks["requirements-dev.lock"]
    assert {k: development.get(k) for k in runtime} == runtime


def test_no_path_of_a_machine_is_written_down() -> None:
    """Files name no home folder or build folder of anybody's machine."""
    pattern = re.compile(r"/(?:home|Users)/[a-z]|/work/|/root/")
    for path in tracked("*.py", "*.md", "*.toml", "*.sh", "*.yaml", "*.json", "deploy/*"):
        if path.name != Path(__file__).name:
            found = pattern.search(path.read_text("utf-8", "replace"))
            assert found is None, f"{path.relative_to(ROOT)}: {found}"


def test_the_readme_names_every_command() -> None:
    """What the command line offers is in the README."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if name not in readme] == []


def test_every_command_shows_an_example() -> None:
    """``--help`` of each command has an example."""
    for name in COMMANDS:
        module = importlib.import_module(f"flows.commands.{name.replace('-', '_')}")
        assert f"wencang {name}" in module.EXAMPLES, name


def test_the_help_of_sql_names_every_view() -> None:
    """What can be asked is listed where one asks."""
    listed = importlib.import_module("flows.commands.sql").EXAMPLES.partition("views:")[2].split()
    assert {*VIEWS, DICTIONARY} <= {*listed}


def test_the_examples_of_docstrings_hold() -> None:
    """What a docstring shows is what the code answers."""
    for path in tracked("flows/*.py", "tasks/*.py", "warehouse/*.py"):
        if ">>> " in path.read_text("utf-8"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            outcome = doctest.testmod(importlib.import_module(module))
            assert outcome.attempted > outcome.failed == 0, module
