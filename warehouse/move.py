"""move: a warehouse grows out of its folder: catalog to PostgreSQL, data files to S3.

Same tables, same SQL afterwards. The catalog's tables are copied row by row and counted; the old
catalog stays as a backup, the old data files stay until their owner removes them.
"""

from pathlib import Path

import duckdb

from warehouse.attach import attach_lake, in_our_words
from warehouse.backup import copy_sqlite, sync_file
from warehouse.copy_catalog import copy_metadata, make_empty_lake
from warehouse.errors import WarehouseError
from warehouse.extensions import connect_duckdb, load_extensions
from warehouse.lock import commit_lock
from warehouse.paths import WarehousePaths
from warehouse.place import Place, use_object_store, without_password
from warehouse.schema_types import quoted


def move_catalog(root: str | Path, to: str) -> dict[str, int]:
    """Copy the catalog to the PostgreSQL database ``to`` (``postgresql://…``); return rows by table.

    Raises ``NotAWarehouse`` when the database holds another lake. Until the last step the warehouse
    is as it was; then ``place.json`` names the new catalog.
    """
    paths = WarehousePaths.of(root)
    place = Place.of(paths)
    if not to.startswith(("postgresql://", "postgres://")):
        raise WarehouseError(
            f"'{without_password(to)}' is no PostgreSQL address (postgresql://…). Nothing was changed."
        )
    if not place.is_sqlite:
        raise WarehouseError(f"The catalog of {paths.root} is in PostgreSQL already. Nothing was changed.")
    moved = Place(paths, to, place.data)
    with commit_lock(paths.root), connect_duckdb() as con:
        try:
            load_extensions(con, moved.extensions)
            if not moved.has_local_data:
                use_object_store(con)
            make_empty_lake(con, moved)
            con.execute(f"attach {quoted(str(paths.catalog))} as old (type sqlite, read_only)")
            con.execute(f"attach {quoted(to)} as new (type postgres)")
            counts = copy_metadata(con, "old", "new.public")
        except duckdb.Error as error:
            raise in_our_words(error, paths) from error
        con.execute("detach old")
        kept = paths.backups / "catalog-before-move.sqlite"
        copy_sqlite(paths.catalog, kept)
        moved.write()
        sync_file(paths.root)
        for suffix in ("", "-wal", "-shm"):
            paths.catalog.with_name(paths.catalog.name + suffix).unlink(missing_ok=True)
    return counts


def move_data(root: str | Path, to: str) -> int:
    """Copy every data file to ``to`` (``s3://bucket/prefix``) and read from there; return their number.

    Raises ``WarehouseError`` when the store does not hold afterwards what was sent; then nothing has moved.
    """
    paths = WarehousePaths.of(root)
    place = Place.of(paths)
    moved = Place(paths, place.catalog, to.rstrip("/"))
    if moved.has_local_data:
        raise WarehouseError(f"'{to}' is no object store address (s3://…). Nothing was changed.")
    with commit_lock(paths.root), connect_duckdb(memory_limit="2GB") as con:
        try:
            load_extensions(con, moved.extensions)
            use_object_store(con)
            files = sorted(Path(place.data).rglob("*.parquet"))
            for file in files:
                target = f"{moved.data}/{file.relative_to(place.data).as_posix()}"
                con.execute(
                    f"copy (select content from read_blob(?)) to {quoted(target)} (format blob)", [str(file)]
                )
            row = con.execute(
                "select count(*), coalesce(sum(size), 0)::bigint from read_blob(?)",
                [f"{moved.data}/**/*.parquet"],
            ).fetchone()
        except duckdb.Error as error:
            raise in_our_words(error, paths) from error
        sent = (len(files), sum(file.stat().st_size for file in files))
        copied = (int(row[0]), int(row[1])) if row else (0, 0)
        if copied != sent:
            raise WarehouseError(
                f"{moved.data} holds {copied[0]} data files of {copied[1]:,} bytes, {sent[0]} of {sent[1]:,} were "
                "sent. The warehouse is unchanged. Name an empty prefix, or try again."
            )
        moved.write()
        attach_lake(con, paths)
    return len(files)
