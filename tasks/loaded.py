"""loaded: imported by the fork server before it has workers, so that they share the tables."""

from tasks.tables import load_tables

load_tables()
