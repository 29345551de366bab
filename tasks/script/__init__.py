"""script: repaired text -> its script, and the same text in simplified characters.

Reads    text
Adds     script, script_region, text_hans
Rejects  not_chinese (``is_chinese`` says no)
Source   OpenCC 1.4.2 and its dictionaries (Apache-2.0); measured with tests/bench/bench_text.py
"""

from tasks.script.classify import Region, Script, detect_line_scripts, detect_script, is_chinese
from tasks.script.convert import to_hans, to_region
from tasks.script.region import detect_region, is_machine_made

__all__ = [
    "Region",
    "Script",
    "detect_line_scripts",
    "detect_region",
    "detect_script",
    "is_chinese",
    "is_machine_made",
    "to_hans",
    "to_region",
]
