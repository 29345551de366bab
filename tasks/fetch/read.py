"""Inputs -> documents: what each input is, and who reads it.

Reads    Input; passes Reject and InputUnchanged through
Adds     Document, Reject, and InputDone after the last document of an input
Rejects  see the package
"""

from collections.abc import Iterable, Iterator

from tasks.discover import Input, InputUnchanged
from tasks.fetch.local import read_file
from tasks.fetch.options import Event, FetchOptions
from tasks.reasons import Reject


def read_documents(
    inputs: Iterable[Input | Reject | InputUnchanged], options: FetchOptions | None = None
) -> Iterator[Event]:
    """Yield the documents of the inputs, one at a time: files as they come, then URLs host by host."""
    options = options or FetchOptions()
    urls: list[Input] = []
    for each in inputs:
        if not isinstance(each, Input):
            yield each
        elif each.kind == "file":
            yield from read_file(each, options)
        else:
            urls.append(each)
    if urls:
        from tasks.fetch.http import read_urls  # costs 0.2 s to load, and most runs read files

        yield from read_urls(urls, options)
