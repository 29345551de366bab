"""Fixtures of every folder: an empty warehouse, and questions to one that others write."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty warehouse with its key index, to be copied; making them takes longer."""
    from warehouse.catalog import Warehouse

    path = tmp_path_factory.mktemp("empty") / "lake"
    with Warehouse.open(path) as opened:
        opened.known_articles([])
    return path


@pytest.fixture
def warehouse(tmp_path: Path, empty_lake: Path) -> Iterator["Warehouse"]:
    """An empty warehouse of the test's own, open."""
    from warehouse.catalog import Warehouse

    shutil.copytree(empty_lake, tmp_path / "lake")
    with Warehouse.open(tmp_path / "lake") as opened:
        yield opened


@pytest.fixture(scope="session")
def rows_in() -> Callable[[Path, str], list[tuple[Any, ...]]]:
    """Ask a warehouse that another process writes; nothing while there is none, or while it is being made."""
    import duckdb

    from warehouse.errors import WarehouseError
    from warehouse.readers import read_only_connection

    def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
        try:
            con = read_only_connection(folder)
        except WarehouseError:
            return []
        try:
            return con.execute(query).fetchall()
        except duckdb.CatalogException:
            return []
        finally:
            con.close()

    return ask
