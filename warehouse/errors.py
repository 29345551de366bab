"""Errors of the warehouse; each message says what, where, what is still true and what to do.

WarehouseError
├── NotAWarehouse        the folder holds something else, or nothing (and may not be made)
├── NotWritable          folder or file system refuses writing
├── DataDamaged          a data file that the catalog names is missing or not whole
├── VersionMismatch      catalog, DuckDB or extension of another version
├── SchemaMismatch       a batch does not fit its table
└── WarehouseBusy        passing: a lock or catalog was taken for too long
    └── IndexDamaged     the key index could not be read; it is removed and comes back
"""


class WarehouseError(Exception):
    """Root of the warehouse's errors."""

    transient = False
    """True when the same call may succeed later."""


class NotAWarehouse(WarehouseError):
    """The path is no warehouse."""


class NotWritable(WarehouseError):
    """The warehouse, or the disk below it, cannot be written."""


class DataDamaged(WarehouseError):
    """A data file that the catalog names cannot be read."""


class VersionMismatch(WarehouseError):
    """Catalog, DuckDB and extensions do not belong together."""


class SchemaMismatch(WarehouseError):
    """A batch has columns, types or nulls that its table excludes."""


class WarehouseBusy(WarehouseError):
    """Somebody else holds the lock or the catalog."""

    transient = True


class IndexDamaged(WarehouseBusy):
    """A derived index was damaged; it is removed, and built anew when it is asked again."""
