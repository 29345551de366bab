"""preloaded: what workers are given to do, imported once by the process that starts them and shared by all.

Otherwise each worker would import it, and make the table by which texts are compared, by itself.
"""

import flows.indexing
import tasks.article
import tasks.batch
import tasks.prepare
from tasks.dedupe.fold import fold_table

__all__ = ["flows", "tasks"]

fold_table()
