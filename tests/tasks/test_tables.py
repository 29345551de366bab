"""Tests of tasks/tables.py."""

import subprocess
import sys

PROGRAM = """
import functools, types, sys
import tasks.article
late = set()
for name, module in list(sys.modules.items()):
    if name.startswith("tasks."):
        for each in vars(module).values():
            if isinstance(each, functools._lru_cache_wrapper) and each.cache_parameters()["maxsize"] is None:
                if each.__wrapped__.__code__.co_argcount == 0 and not each.cache_info().currsize:
                    late.add(f"{each.__module__}.{each.__name__}")
print(*sorted(late))
"""
SELDOM = (
    "tasks.rules.",
    "tasks.clean.mirror.",
    "tasks.clean.private_use.",
    "tasks.decode.evidence._is_counted",
)
"""What the run asks for and not a document, or only documents that are damaged."""


def test_no_table_waits_for_its_first_document() -> None:
    """What is made once and kept is made when ``tasks.article`` is imported, but for what few documents ask for."""
    shown = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    late = [name for name in shown.stdout.split() if not name.startswith(SELDOM)]
    assert not late
