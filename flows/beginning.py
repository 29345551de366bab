"""beginning: what a run of any flow does first, before it touches the warehouse."""

import os

from prefect import get_run_logger
from prefect.context import FlowRunContext

from flows import interrupt
from flows.backlog import take_along_waiting
from flows.dead_runs import end_silent_runs
from flows.forked import die_with_parent
from flows.plain_errors import log_as_sentences

SERVED_BY = "_WENCANG_SERVED_BY"
"""Process id of the ``wencang serve`` that started a run."""


def begin_run() -> None:
    """What a run of any deployment does first, before it touches the warehouse."""
    log_as_sentences()
    end_with_server()
    context = FlowRunContext.get()
    if context is None or context.flow_run is None or context.flow_run.deployment_id is None:
        return
    take_along_waiting(context.flow_run)
    for name in end_silent_runs():
        get_run_logger().warning("%s: its process is gone, so it is ended", name)


def end_with_server() -> None:
    """Called by a run that begins: end when the ``wencang serve`` that started it ends, however.

    Its server would be gone, so nobody could see the run, and the next start would begin another.
    """
    served_by = os.environ.get(SERVED_BY)
    if served_by is None:
        return
    interrupt.listen_too()
    interrupt.hide_from_console()
    die_with_parent()
    if os.getppid() != int(served_by):
        raise SystemExit("wencang serve ended while this run was starting")
