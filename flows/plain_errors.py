"""plain_errors: an error that says in a sentence what is wrong is logged as that sentence.

Prefect logs the error that ends a flow run with its traceback, on the console of ``wencang serve`` and on
the dashboard, and once more when it ends the process. Of an error that was written for people, the traceback
says nothing and hides the sentence, which is said once.
"""

import logging

from flows.errors import CommandError
from flows.settings import SettingsError
from flows.sources_file import SourcesFileError
from tasks.errors import WencangError
from warehouse.errors import WarehouseError

FOR_PEOPLE = (CommandError, SettingsError, SourcesFileError, WarehouseError, WencangError)
"""Errors whose message says what, where, what is still true and what to do."""

SAID = "_wencang_said"
"""Attribute of an error whose sentence was logged."""


def log_as_sentences() -> None:
    """Make the log of flow runs print errors for people without their traceback; twice is once."""
    logging.getLogger("prefect.flow_runs").addFilter(_as_sentence)


def _as_sentence(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, FOR_PEOPLE):
        if getattr(error, SAID, False):
            return False
        setattr(error, SAID, True)
        record.msg, record.args, record.exc_info = str(error), (), None
    return True
