"""Promises of tasks/garbage.py: who was collected before is collected afterwards."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.article import read_article
from tasks.garbage import collection_paused

ROOT = Path(__file__).resolve().parents[2]


def fail_while_reading() -> None:
    with collection_paused():
        read_article("渡口停航\n今天没有船。".encode())
        assert not gc.isenabled()
        raise ValueError("broken")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    """Also when reading fails, when it is nested, and when somebody else has switched it off."""
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError, match="broken"):
            fail_while_reading()
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


_READS = """
import gc
import subprocess
import sys
from pathlib import Path
from tasks.article import read_article
looks = []
gc.callbacks.append(lambda phase, info: looks.append(info["generation"]) if phase == "start" else None)
page = "渡口停航\\n2019-11-03\\n" + "\\n".join(f"第{n}天，船工把缆绳收进屋里，河上没有一条船。" for n in range(30))
for n in range(300):
    read_article(f"{page}\\n{n}".encode())
print(looks.count(0) > 0, looks.count(2))
"""


def test_no_page_waits_for_a_look_at_what_was_imported() -> None:
    """In a process that has just begun, the collector looks at new objects only while pages are read."""
    answer = subprocess.run(
        [sys.executable, "-c", _READS], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )

    assert answer.stdout.split() == ["True", "0"]
