"""garbage: when Python's cyclic garbage collector runs.

A page is some ten thousand objects that live as long as it does, a batch some hundred thousand. They form no cycles,
so it is a waste of time to search all of them, and everything else in the process, for cycles again and again.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_all() -> None:
    """Run a full collection; the objects that survive it count as old.

    The collector would do so itself once a quarter of all objects is newer than its last full collection. After an
    import of this size that is soon, and one of the first pages would take as long as several.
    """
    gc.collect()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause garbage collection; afterwards it is on or off as before. May be nested."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
