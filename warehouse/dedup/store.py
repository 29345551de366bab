"""store: the files of the index, and the one transaction that says what of them holds."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.dedup.layout import DOCUMENT, LAYOUT, MEMBER, Ints
from warehouse.dedup.runs import Run, open_run

FIRST_BITS = {"grams": 16, "titles": 12}
LAST_BITS = 28
LOAD = 2
"""Counts per counter before the table doubles. Between 1 and 3 the weights of the sketches hardly move."""

JOURNAL_BYTES = 64_000_000
"""Journals of this size are flushed to the disk and forgotten."""


@dataclass(slots=True)
class State:
    """What holds. watermark: snapshot of the lake; the rest: entries in the files."""

    layout: int = LAYOUT
    watermark: int = 0
    documents: int = 0
    sketch: int = 0
    traits: int = 0
    grams_bits: int = FIRST_BITS["grams"]
    titles_bits: int = FIRST_BITS["titles"]
    grams_counted: int = 0
    titles_counted: int = 0
    files: int = 0


@dataclass(slots=True)
class Journal:
    """Absolute values for the files that change: (file, positions, values).

    A counter table is named with its bits (``grams-19``): its values are void once it has doubled.
    """

    parts: list[tuple[str, Ints, NDArray[Any]]] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Write the journal to a file and force it to the disk."""
        with path.open("wb") as file:
            np.save(file, np.array([name for name, _, _ in self.parts]))
            for _, positions, values in self.parts:
                np.save(file, positions.astype(np.uint32))
                np.save(file, values.view(np.uint8))
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, path: Path) -> "Journal":
        """Read a journal; the values are bytes, ``Store._replay`` knows their type."""
        with path.open("rb") as file:
            names = np.load(file).tolist()
            return cls([(name, np.load(file), np.load(file)) for name in names])


class Store:
    """Open files of one index. ``commit`` is the only way to change them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sketch.bin").touch()
        self._sqlite = sqlite3.connect(folder / "state.sqlite", timeout=30, isolation_level=None)
        self._sqlite.execute("pragma journal_mode = wal")
        self._sqlite.execute("create table if not exists state (name text primary key, value)")
        self._sqlite.execute("create table if not exists runs (name text primary key, row_count integer)")
        self._sqlite.execute(
            "create table if not exists journals (name text primary key, byte_count integer)"
        )
        self.state = State()
        self.reload()

    def is_behind(self) -> bool:
        """Return whether another process has committed since this one looked."""
        found = self._sqlite.execute("select value from state where name = 'files'").fetchone()
        return bool(found and found[0] != self.state.files)

    def reload(self) -> None:
        """Read what holds, finish what a killed process left, map the files."""
        stored = dict(self._sqlite.execute("select name, value from state"))
        if stored.get("layout", LAYOUT) != LAYOUT:
            stored = self._start_over()
        self.state = State(**{f.name: stored[f.name] for f in fields(State) if f.name in stored})
        self.runs = [
            open_run(self.folder / name, rows)
            for name, rows in self._sqlite.execute("select name, row_count from runs order by name")
        ]
        self._map()
        for (name,) in self._sqlite.execute("select name from journals order by name").fetchall():
            self._replay(Journal.read(self.folder / name))
        self._remove_strays()

    def _start_over(self) -> dict[str, int]:
        """Empty an index of another layout: it is built anew from the lake."""
        with self._transaction() as sqlite:
            for table in ("state", "runs", "journals"):
                sqlite.execute(f"delete from {table}")
        return {}

    def close(self) -> None:
        """Force the changing files to the disk and forget the journals."""
        self._forget_journals(0)
        self._sqlite.close()

    def _map(self) -> None:
        state = self.state
        self.documents = self._append_only("documents.bin", DOCUMENT, state.documents)
        self.traits = self._append_only("traits.bin", np.dtype(np.uint32), state.traits)
        self.members = self._changing("members.bin", MEMBER, state.documents)
        self.grams = self._changing(
            f"grams-{state.grams_bits}.bin", np.dtype(np.uint8), 1 << state.grams_bits
        )
        self.titles = self._changing(
            f"titles-{state.titles_bits}.bin", np.dtype(np.uint8), 1 << state.titles_bits
        )

    def _append_only(self, name: str, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        return (
            np.asarray(np.memmap(self.folder / name, kind, "r", 0, (count,))) if count else np.zeros(0, kind)
        )

    def _changing(self, name: str, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        path = self.folder / name
        path.touch()
        if path.stat().st_size < count * kind.itemsize:
            os.truncate(path, count * kind.itemsize)
        return np.asarray(np.memmap(path, kind, "r+", 0, (count,))) if count else np.zeros(0, kind)

    def sketches(self, starts: Ints, counts: Ints) -> NDArray[np.uint32]:
        """Return sketches one after the other.

        Read, not mapped: the file is by far the largest and its rows are needed here and there, and the
        kernel maps sixteen pages around each one that is touched.
        """
        spans = zip((starts * 4).tolist(), (counts * 4).tolist(), strict=True)
        with (self.folder / "sketch.bin").open("rb", buffering=0) as file:
            number = file.fileno()
            return np.frombuffer(
                b"".join([os.pread(number, size, start) for start, size in spans]), np.uint32
            )

    def append(self, name: str, held: int, values: NDArray[Any]) -> None:
        """Write values behind the ``held`` entries of a file; they hold once a commit says so."""
        path = self.folder / name
        path.touch()
        with path.open("r+b") as file:
            file.seek(held * values.itemsize)
            file.truncate()
            file.write(np.ascontiguousarray(values).data)
            file.flush()
            os.fsync(file.fileno())

    def new_name(self, kind: str) -> str:
        """Return a file name that was never used; names sort by age."""
        self.state.files += 1
        return f"{kind}-{self.state.files:09d}.bin"

    def commit(self, state: State, runs: list[Run], journal: Journal) -> None:
        """Make new lengths, runs and the journal hold, in one transaction; then write the journal."""
        name = self.new_name("journal")
        journal.write(self.folder / name)
        size = (self.folder / name).stat().st_size
        state = replace(state, files=self.state.files)
        with self._transaction() as sqlite:
            values = [(f.name, getattr(state, f.name)) for f in fields(State)]
            sqlite.executemany("insert or replace into state values (?, ?)", values)
            sqlite.execute("delete from runs")
            sqlite.executemany("insert into runs values (?, ?)", [(run.name, len(run.keys)) for run in runs])
            sqlite.execute("insert into journals values (?, ?)", (name, size))
        self.state, self.runs = state, runs
        self._map()
        self._replay(journal)
        self._forget_journals(JOURNAL_BYTES)
        self._remove_strays()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._sqlite.execute("begin immediate")
        try:
            yield self._sqlite
            self._sqlite.execute("commit")
        except BaseException:
            if self._sqlite.in_transaction:
                self._sqlite.execute("rollback")
            raise

    def _replay(self, journal: Journal) -> None:
        for name, positions, values in journal.parts:
            table, _, bits = name.partition("-")
            if bits and int(bits) != getattr(self.state, f"{table}_bits"):
                continue  # of a table that has doubled since, and took these values with it
            target: NDArray[Any] = getattr(self, table)
            target[positions] = values.view(target.dtype)

    def _forget_journals(self, kept_bytes: int) -> None:
        (size,) = self._sqlite.execute("select coalesce(sum(byte_count), 0) from journals").fetchone()
        if size <= kept_bytes:
            return
        for array in (self.members, self.grams, self.titles):
            if isinstance(array.base, np.memmap):
                array.base.flush()
        self._sqlite.execute("delete from journals")

    def _remove_strays(self) -> None:
        """Remove files that no longer hold, or never did."""
        kept = {run.name for run in self.runs}
        kept |= {name for (name,) in self._sqlite.execute("select name from journals")}
        kept |= {f"grams-{self.state.grams_bits}.bin", f"titles-{self.state.titles_bits}.bin"}
        for pattern in ("run-*.bin", "journal-*.bin", "grams-*.bin", "titles-*.bin"):
            for path in self.folder.glob(pattern):
                if path.name not in kept:
                    path.unlink(missing_ok=True)
