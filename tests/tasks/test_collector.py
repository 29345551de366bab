"""Promises of tasks/collector.py: who was collected before is collected afterwards."""

import gc

import pytest

from tasks.article import read_article
from tasks.collector import unhurried_collector


def fail_while_reading() -> None:
    with unhurried_collector():
        read_article("渡口停航\n今天没有船。".encode())
        assert not gc.isenabled()
        raise ValueError("broken")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    """Also when reading fails, when it is nested, and when somebody else has switched it off."""
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(ValueError, match="broken"):
            fail_while_reading()
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
