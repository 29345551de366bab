"""runners: where the reading steps of an ingest run.

thread  threads of the flow hand batches to worker processes of this machine (flows/workers.py)
dask    each batch is a task of a Dask cluster: of ``WENCANG_DASK`` (tcp://scheduler:8786), or of a
        cluster of ``WENCANG_WORKERS`` processes that lives as long as the run

The same functions, batches and order of commits in both, so the same rows. fetch and load stay in
the flow. Dask's workers need this package and see the warehouse's folder under the same path.
Dask may run a task twice when a worker dies; a batch is committed once whatever happens.
"""

import os
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings
from tasks.errors import WencangError

BATCHES_WAITING = 64
"""Threads that wait for a batch; the work is done elsewhere, so this only bounds batches in flight."""


class RunnerMissing(WencangError):
    """The chosen runner is not installed."""


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Return the runner that the settings name. Raises ``RunnerMissing``."""
    if settings.runner == "thread":
        return ThreadPoolTaskRunner(max_workers=BATCHES_WAITING)
    # what a cluster says about itself is of no use beside the progress of a run; read when Dask is imported
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise RunnerMissing(
            "The Dask runner is not installed. Nothing was done. Install it: pip install 'wencang[dask]'"
        ) from error
    runner: TaskRunner[Any]
    if settings.dask:
        runner = DaskTaskRunner(address=settings.dask)
    else:
        cluster = {
            "n_workers": settings.workers,
            "threads_per_worker": 1,
            "processes": True,
            "host": "127.0.0.1",
            "dashboard_address": "127.0.0.1:0",
        }
        runner = DaskTaskRunner(cluster_class="distributed.LocalCluster", cluster_kwargs=cluster)
    return runner
