"""collector: the cyclic garbage collector stands still while many objects are made that soon go by themselves.

A page is some ten thousand objects that live as long as it does, a batch some hundred thousand. None are cycles, so
that to look through all of them again and again, and through what else the process holds, is time lost.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def settle_collector() -> None:
    """Let the collector go through all objects that there are now, which then count as old.

    It does so anyway as soon as a quarter of all objects is newer than its last look at all, which is soon after
    an import of this size: then one of the first pages takes as long as several.
    """
    gc.collect()


@contextmanager
def unhurried_collector() -> Iterator[None]:
    """Put off garbage collection; afterwards it is as it was before. May be nested."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
