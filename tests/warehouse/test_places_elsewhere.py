"""Catalogs and data that lie elsewhere: what is said when they cannot be reached, and what is never said."""

from pathlib import Path

import duckdb
import pytest

from warehouse.attach import in_our_words
from warehouse.errors import WarehouseBusy, WarehouseError
from warehouse.extensions import connect_duckdb, load_extensions
from warehouse.move import move_catalog, move_data
from warehouse.paths import WarehousePaths
from warehouse.place import use_object_store, without_password


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at postgresql://me:s3:cr@host/x", "at postgresql://me:***@host/x"),
        ('"postgres:postgresql://me:p@h:5432/x"x', '"postgres:postgresql://me:***@h:5432/x"x'),
        ("host=h password=s3cr dbname=x", "host=h password=*** dbname=x"),
        ("postgresql://h/x?password=s3cr&a=1", "postgresql://h/x?password=***&a=1"),
        ("postgresql://me@host:5432/x", "postgresql://me@host:5432/x"),
        ("https://example.org:8080/a@b", "https://example.org:8080/a@b"),
        ("来源:新闻@网", "来源:新闻@网"),
    ],
)
def test_no_message_shows_a_password(text: str, shown: str) -> None:
    """Messages go to terminals, logs and reports; the rest of an address stays."""
    assert without_password(text) == shown


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """Where it is and what it said, without the words of the library, and that it may be tried again."""
    error = duckdb.IOException(
        'Failed to attach DuckLake MetaData "m" at path + "postgres:postgresql://me:s3cr@127.0.0.1:1/x"Unable to connect '
        'to Postgres at "postgresql://me:s3cr@127.0.0.1:1/x": connection to server failed: Connection refused\n'
        "\tIs the server running on that host?"
    )
    ours = in_our_words(error, WarehousePaths.of(tmp_path))

    assert isinstance(ours, WarehouseBusy)
    assert str(ours).startswith(
        'The catalog\'s database does not answer at "postgresql://me:***@127.0.0.1:1/x": connection to server failed: '
        "Connection refused. Nothing of this transaction was stored."
    )


@pytest.mark.parametrize("address", ["", "mysql://me:s3cr@h/x", "/somewhere"])
def test_an_address_of_another_kind_is_refused(tmp_path: Path, address: str) -> None:
    """Before anything is looked at; nothing is made."""
    for move in (move_catalog, move_data):
        with pytest.raises(WarehouseError, match="address") as raised:
            move(tmp_path / "lake", address)
        assert "s3cr" not in str(raised.value)
    assert not (tmp_path / "lake").exists()


def test_an_object_store_without_keys_is_asked_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public buckets need none."""
    for name in (
        "ACCESS_KEY_ID",
        "SECRET_ACCESS_KEY",
        "SESSION_TOKEN",
        "REGION",
        "DEFAULT_REGION",
        "ENDPOINT_URL",
    ):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    with connect_duckdb() as con:
        load_extensions(con, ("httpfs",))
        use_object_store(con)

        assert con.execute("select type from duckdb_secrets()").fetchall() == [("s3",)]
