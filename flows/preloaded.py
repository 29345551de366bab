"""preloaded: what workers are given to do, imported once by the process that starts them and shared by all.

Each worker would take .2 s of CPU to import it, and .1 s to make the table by which texts are compared.
"""

import flows.indexing
import tasks.article
import tasks.batch
import tasks.prepare
from tasks.dedupe.fold import fold_table

__all__ = ["flows", "tasks"]

fold_table()
