"""Inputs -> documents: what each input is, and who reads it.

Reads    Input; passes Reject and InputUnchanged through
Adds     Document, Reject, and InputDone after the last document of an input
Rejects  see the package
"""

from collections.abc import Iterable, Iterator

from tasks.discover import Input, InputUnchanged
from tasks.document import Document
from tasks.fetch.http import read_page
from tasks.fetch.local import read_file
from tasks.fetch.options import FetchOptions, InputDone
from tasks.reasons import Reject

Read = Document | Reject | InputDone | InputUnchanged


def read_documents(
    inputs: Iterable[Input | Reject | InputUnchanged], options: FetchOptions | None = None
) -> Iterator[Read]:
    """Yield the documents of the inputs in order, holding one at a time."""
    options = options or FetchOptions()
    for each in inputs:
        if not isinstance(each, Input):
            yield each
        elif each.kind == "file":
            yield from read_file(each, options)
        else:
            yield from read_page(each, options)
