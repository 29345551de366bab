"""What warehouse/README.md says of the edits is so."""

import re

import duckdb

from tasks.clean import RULES, repair_lines
from warehouse.dictionary import README

RECEIVED = [
    "歡迎關&nbsp;注\u200b我們，ＧＤＰ增长６．５％。",
    "Copyright (?) 2018 某某网 版权所有",
    "\u3000\u3000河水退了，\x00\x08\u3000鱼𠮷也少了。 ",
    "沒有改過的一行。",
    "",
]


def test_the_query_for_repaired_lines_gives_them():
    """Edits put into the received lines in SQL are the lines that the repair gave."""
    found = re.search(
        r"\n\n((?:    .*\n)*?    select l\.line_no(?:.*\n    .*)*)\n", README.read_text("utf-8")
    )
    assert found is not None
    repaired = repair_lines(RECEIVED)
    connection = duckdb.connect()
    connection.execute("create table lines (article_id varchar, line_no int, text varchar)")
    connection.execute(
        "create table edits (article_id varchar, line_no int, start_char int, end_char int, before varchar, after varchar)"
    )
    connection.executemany(
        "insert into lines values ('ID', ?, ?)", [(n, text) for n, text in enumerate(RECEIVED, 1)]
    )
    connection.executemany(
        "insert into edits values ('ID', ?, ?, ?, ?, ?)",
        [(e.line, e.start, e.end, e.before, e.after) for e in repaired.edits()],
    )

    rows = connection.execute(found[1]).fetchall()

    assert [row[1] for row in rows] == RECEIVED
    assert [row[2] for row in rows] == repaired.texts


def test_every_rule_is_explained():
    """Whoever finds a rule in ``edits`` finds it in the dictionary."""
    text = README.read_text("utf-8")
    optional = {"punctuation_width"}  # runs on the way out only, as full_width
    assert [rule for rule in RULES if f"`{rule}`" not in text and rule not in optional] == []
