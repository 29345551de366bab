"""Promises of the log of flow runs: an expected error is a sentence, not a traceback."""

import logging
import sys

from flows.plain_errors import log_as_sentences
from flows.sources_file import SourcesFileError


def logged(error: Exception) -> str:
    """What the log of flow runs prints of an error that ends one."""
    log_as_sentences()
    log_as_sentences()
    logger = logging.getLogger("prefect.flow_runs")
    try:
        raise error
    except type(error):
        record = logger.makeRecord(
            logger.name, logging.ERROR, __file__, 1, "Encountered: %r", (error,), sys.exc_info()
        )
    assert logger.filter(record)
    said = record.exc_info is None
    again = logger.makeRecord(
        logger.name, logging.ERROR, __file__, 1, "Again: %r", (error,), (type(error), error, None)
    )
    assert bool(logger.filter(again)) is not said, "what is said in a sentence is said once"
    return logging.Formatter().format(record)


def test_an_error_for_people_is_logged_as_its_sentence() -> None:
    """The log of a run shows what is wrong with the sources file, and no traceback."""
    sentence = "wencang.toml: line 3: no value. Nothing was done."
    assert logged(SourcesFileError(sentence)) == sentence


def test_any_other_error_keeps_its_traceback() -> None:
    """What nobody foresaw is logged with all that helps to find it."""
    assert "Traceback" in logged(ValueError("unforeseen"))
