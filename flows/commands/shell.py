"""shell: an interactive read-only SQL shell, for a look around."""

import contextlib
import sys

import duckdb

from flows import interrupt
from flows.commands.formats import FORMATS

HELP = """  SELECT …;            a statement ends with a semicolon and may take several lines
  .tables              the views of the warehouse      .schema VIEW   its columns
  .format FORMAT       table csv json jsonl markdown   .quit          or Ctrl-D
"""

TABLES = """
select view_name as name, split_part(comment, chr(10), 1) as comment
from duckdb_views() where database_name = 'lake' and schema_name = 'main' order by 1
"""


def shell(con: duckdb.DuckDBPyConnection, chosen: str) -> int:
    """Read statements until the end of input; an error in one does not end the shell."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - line editing and history
    terminal = sys.stdin.isatty()
    if terminal:
        print("wencang, read-only. .help says what it knows, .quit ends it.")
    pending = ""
    failed = 0
    while True:
        try:
            line = input(("   … " if pending else "文仓> ") if terminal else "")
        except EOFError:
            break
        except KeyboardInterrupt:
            pending = ""
            print()
            continue
        word, _, rest = line.strip().partition(" ")
        if not pending and word.startswith("."):
            if word in (".quit", ".exit"):
                return 0 if terminal else failed
            chosen = _dot(con, word, rest.strip(), chosen)
            continue
        pending += line + "\n"
        if line.rstrip().endswith(";"):
            failed |= _answer(con, pending, chosen, terminal)
            pending = ""
    if pending.strip():
        failed |= _answer(con, pending, chosen, terminal)
    return 0 if terminal else failed


def _answer(con: duckdb.DuckDBPyConnection, statements: str, chosen: str, terminal: bool) -> int:
    """Answer; Ctrl-C at a terminal ends the question, not the shell."""
    from flows.commands.sql import answer

    try:
        return answer(con, statements, chosen, sys.stdout.buffer)
    except (KeyboardInterrupt, RuntimeError):
        if not (terminal and interrupt.asked()):
            raise
    con.interrupt()
    interrupt.forget()
    print("interrupted; .quit ends the shell", file=sys.stderr)
    return 1


def _dot(con: duckdb.DuckDBPyConnection, word: str, rest: str, chosen: str) -> str:
    from flows.commands.sql import answer

    if word == ".tables":
        answer(con, TABLES, chosen, sys.stdout.buffer)
    elif word == ".schema" and rest:
        answer(con, f"describe {rest}", chosen, sys.stdout.buffer)
    elif word == ".format" and rest in FORMATS and rest != "parquet":
        return rest
    else:
        print(HELP, end="", flush=True)
    return chosen
