"""Real ``wencang ingest`` processes, to be killed: forks one for each line it reads from stdin.

A line is a JSON list, the arguments of a command (with ``rules=N`` before them the conversion's rule is of
that version, with ``log=FILE`` what it says goes to that file); it answers with the pid of the process, which leads a
session of its own and writes what it says to ``the warehouse's name with .log``. The line {"wait": PID} is
answered with the exit status. Prefect is imported before the first fork: a start costs little.
"""

import importlib
import json
import os
import sys
from typing import NoReturn

from flows import cli, prefect_env


def main() -> None:
    """Fork a process for each command; wait for it when asked to."""
    for name, value in prefect_env.QUIET.items():
        os.environ.setdefault(name, value)
    importlib.import_module("flows.ingest")
    for line in sys.stdin:
        task = json.loads(line)
        if isinstance(task, dict):
            print(os.waitstatus_to_exitcode(os.waitpid(task["wait"], 0)[1]), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            _run_and_exit(task)
        print(pid, flush=True)


def _run_and_exit(arguments: list[str]) -> NoReturn:
    os.setsid()
    log = arguments[arguments.index("--warehouse") + 1] + ".log"
    if arguments[0].startswith("log="):
        log = arguments.pop(0).removeprefix("log=")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(1, 2)
    if arguments[0].startswith("rules="):
        rules = importlib.import_module("tasks.rules")
        rules.CONVERSION = {"convert_script": int(arguments.pop(0).removeprefix("rules="))}
    sys.argv = ["wencang", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        sys.stderr.flush()
        os._exit(int(end.code or 0))
    os._exit(99)


if __name__ == "__main__":
    main()
