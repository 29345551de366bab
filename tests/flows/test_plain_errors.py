import logging

import pytest

from flows.plain_errors import log_as_sentences
from flows.sources_file import SourcesFileError


def logged(error: Exception, caplog: pytest.LogCaptureFixture) -> str:
    log_as_sentences()
    log_as_sentences()
    logger = logging.getLogger("prefect.flow_runs")
    logger.addHandler(caplog.handler)
    try:
        raise error
    except type(error):
        logger.exception("Encountered exception during execution: %r", error)
    finally:
        logger.removeHandler(caplog.handler)
    return caplog.text


def test_an_error_for_people_is_logged_as_its_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """The log of a run shows what is wrong with the sources file, and no traceback."""
    text = logged(SourcesFileError("wencang.toml: line 3: no value. Nothing was done."), caplog)
    assert "line 3: no value. Nothing was done." in text
    assert "Traceback" not in text


def test_any_other_error_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """What nobody foresaw is logged with all that helps to find it."""
    assert "Traceback" in logged(ValueError("unforeseen"), caplog)
