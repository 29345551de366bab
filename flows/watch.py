"""watch: sees that something changed in the local sources, by looking.

Polling, because it works on every file system (network shares, bind mounts) and needs no
package. Only a digest of the listing is held, so a folder of a million files costs its walk and
no memory; the walk takes at most ``SHARE`` of the time.
"""

import threading
import time
from collections.abc import Callable, Sequence

from tasks.discover import Input, InputUnchanged, SourceNotFound, is_url, list_inputs
from tasks.reasons import Reject
from tasks.sources import Source

POLL_S = 5.0
"""Between two looks at small folders."""
SLOWEST_POLL_S = 30.0
"""A new file is noticed within two polls, so within a minute even in the largest folders."""
SHARE = 0.05
"""Largest share of the time spent walking, as long as that keeps polls under ``SLOWEST_POLL_S``."""


def listing_digest(sources: Sequence[Source], own: tuple[str, ...] = ()) -> int:
    """Return a number that changes when a file of the sources appears, changes or goes.

    own: how the addresses of our own files begin, which each run changes. They do not count, nor do files that
    cannot be listed and sources that are not there. Web addresses are asked by the schedule, not here.
    """
    digest = 0
    for source in sources:
        if is_url(source.location):
            continue
        try:
            for each in list_inputs([source], {}):
                digest ^= 0 if each.uri.startswith(own) else _digest(each)
        except (SourceNotFound, OSError):
            continue
    return digest


def _digest(found: Input | Reject | InputUnchanged) -> int:
    if not isinstance(found, Input):
        return 0
    return hash((found.uri, found.size_bytes, found.mtime_ns)) & 0xFFFF_FFFF_FFFF_FFFF


class Watcher(threading.Thread):
    """Calls ``arrived(digest)`` once when the sources have changed and the change is over.

    arrived: returns whether it was dealt with; otherwise it is called again at the next look. own: as in
    ``listing_digest``.
    """

    def __init__(
        self,
        sources: Callable[[], Sequence[Source]],
        arrived: Callable[[int], bool],
        own: tuple[str, ...] = (),
        *,
        poll_s: float = POLL_S,
    ) -> None:
        super().__init__(name="watcher", daemon=True)
        self._own = own
        self._sources = sources
        self._arrived = arrived
        self._poll_s = poll_s
        self._stopped = threading.Event()
        self._dealt_with: int | None = None
        self._seen: int | None = None
        self._changing_since = 0.0

    def stop(self) -> None:
        """Stop looking."""
        self._stopped.set()

    def run(self) -> None:
        """Look until stopped."""
        while not self._stopped.is_set():
            began = time.monotonic()
            self.look(began)
            walk = time.monotonic() - began
            wait = min(max(self._poll_s, walk / SHARE), max(SLOWEST_POLL_S, self._poll_s))
            self._stopped.wait(wait)

    def look(self, now: float) -> None:
        """Look once; a change counts when two looks agree, or after ``SLOWEST_POLL_S`` of changes."""
        found = listing_digest(self._sources(), self._own)
        if found == self._dealt_with:
            self._seen = found
            return
        if found != self._seen:
            if self._seen == self._dealt_with:
                self._changing_since = now
            first = self._seen is None
            self._seen = found
            if not first and now - self._changing_since < SLOWEST_POLL_S:
                return
        if self._arrived(found):
            self._dealt_with = found
