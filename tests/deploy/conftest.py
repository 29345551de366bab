"""Fixtures of the deployment tests."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with nothing in it."""
    from warehouse.catalog import Warehouse

    path = tmp_path_factory.mktemp("deploy") / "lake"
    with Warehouse.open(path):
        pass
    return path
