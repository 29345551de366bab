"""source_checks: whether each source can be read, before a run tries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.counted import counted
from flows.own_files import files_of, is_sources_file, own_files, warehouses_in
from tasks.discover import Input, SourceNotFound, is_url, list_inputs, roots_of
from tasks.document import Document
from tasks.fetch import FetchOptions, InputDone, read_documents
from tasks.reasons import Reject
from tasks.sources import Source
from warehouse.paths import WarehousePaths


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What ``sources check`` found of one source. detail: what it holds, or what is wrong."""

    source: Source
    is_good: bool
    detail: str


def check_sources(sources: Sequence[Source], warehouse: Path) -> Iterator[SourceCheck]:
    """Look whether each source can be read: a folder is listed as ``ingest`` does, a URL asked for once."""
    own = own_files(WarehousePaths.of(warehouse))
    for source in sources:
        yield _check_url(source) if is_url(source.location) else _check_local(source, own)


def _check_local(source: Source, own: tuple[str, ...]) -> SourceCheck:
    try:
        roots = roots_of(source)
    except SourceNotFound as error:
        return SourceCheck(source, False, str(error).removeprefix(f"{source.location}: "))
    listed = list(list_inputs([source], {}))
    passed_over = own + files_of(warehouses_in(each.uri for each in listed))
    found = [each for each in listed if not (each.uri.startswith(passed_over) or is_sources_file(each.uri))]
    bad = [each for each in found if isinstance(each, Reject)]
    inputs = sum(isinstance(each, Input) for each in found)
    detail = counted(inputs, "input") if found else "empty so far"
    detail += f" in {len(roots)} places" if len(roots) > 1 else ""
    detail += f"; {len(bad)} cannot be read, such as {bad[0].uri}: {bad[0].detail}" if bad else ""
    return SourceCheck(source, inputs > 0 or not bad, detail)


def _check_url(source: Source) -> SourceCheck:
    """One request and robots.txt; of a listing its links are counted as what was left."""
    once = source.model_copy(update={"max_pages": 1})
    documents = 0
    for event in read_documents(list_inputs([once], {}), FetchOptions()):
        if isinstance(event, Document):
            documents += 1
        elif isinstance(event, InputDone):
            return SourceCheck(source, True, f"answers; {counted(documents, 'document')} on its first page")
        elif isinstance(event, Reject):
            leads_on = event.reason == "too_large" and event.uri == source.location
            return SourceCheck(
                source,
                leads_on,
                "answers; a list of pages" if leads_on else f"{event.reason}: {event.detail}",
            )
    return SourceCheck(source, False, "nothing in it")
