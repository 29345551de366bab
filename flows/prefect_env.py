"""prefect_env: Prefect's settings for a run without a server, made before Prefect is imported.

With ``PREFECT_API_URL`` set (or a profile that sets it) the run joins that server. Otherwise a
running ``wencang serve`` of the same warehouse is joined, and without one Prefect starts a
temporary server of its own. Nothing is sent anywhere: telemetry is off.
"""

import json
import os
import urllib.error
import urllib.request
from pathlib import Path

SERVER_FILE = "prefect/server.json"
"""Written by ``wencang serve`` inside the warehouse: {"url": …, "pid": …}."""

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # the temporary server shares a SQLite file with its own background writers, and reports every
    # short wait for it as an error; the run is not affected
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    # batched recording: a quarter of the server's CPU time for the same records
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def running_server(warehouse: Path) -> str | None:
    """Return the API address of the ``wencang serve`` of this warehouse if it answers."""
    try:
        url = str(json.loads((warehouse / SERVER_FILE).read_text())["url"])
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return url if answer.status == 200 else None
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None


def configure(warehouse: Path) -> str:
    """Set Prefect's environment for this process; returns how the run is recorded, for people."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PREFECT_API_URL"):
        return os.environ["PREFECT_API_URL"]
    url = running_server(warehouse)
    if url is not None:
        os.environ["PREFECT_API_URL"] = url
        return url
    os.environ.setdefault("PREFECT_HOME", str(warehouse / "prefect"))
    os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
    return "temporary server"
