"""Promises of the command line's outermost place."""

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from flows.cli import _failed, _storage_fault, build_parser, parsed
from flows.settings import Settings


@pytest.mark.parametrize("is_read", [True, False])
def test_only_a_reader_who_went_away_ends_a_command_in_peace(
    is_read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``| head`` has enough: no failure. A pipe to a worker that breaks is one, and no success without a word."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reading, writing = os.pipe()
    kept = os.dup(writing)
    with os.fdopen(kept, "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        if not is_read:
            os.close(reading)
        assert _failed(BrokenPipeError(32, "Broken pipe"), "ingest", tmp_path) == (1 if is_read else 0)
    assert ("BrokenPipeError" in capsys.readouterr().err) == is_read
    for each in (writing, reading)[: 1 + is_read]:
        os.close(each)


@pytest.mark.parametrize(
    "error",
    [
        duckdb.IOException('Failed to execute query "PRAGMA journal_mode=WAL": disk I/O error'),
        sqlite3.OperationalError("database or disk is full"),
        OSError(28, "No space left on device"),
    ],
)
def test_a_full_disk_is_said_wherever_it_is_met(error: Exception, tmp_path: Path) -> None:
    """A message that names the disk and what to do, not a fault that nobody foresaw."""
    said = _storage_fault(error, tmp_path)
    assert said is not None
    assert f"The disk of {tmp_path} is full or fails" in said


def test_a_server_that_fails_on_a_full_disk_is_no_mystery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its database lies beside the warehouse; with room left its fault is reported with its details."""
    fault = type("HTTPError", (Exception,), {"__module__": "prefect.exceptions"})("500 Internal Server Error")
    assert _storage_fault(fault, tmp_path) is None
    monkeypatch.setattr("flows.cli._free_bytes", lambda _: 0)
    assert "is full or fails" in (_storage_fault(fault, tmp_path) or "")


def test_other_faults_are_told_as_such(tmp_path: Path) -> None:
    """What is no fault of the storage is reported with its details."""
    assert _storage_fault(ValueError("x"), tmp_path) is None
    assert _storage_fault(duckdb.BinderException("no such column"), tmp_path) is None


@pytest.mark.parametrize(
    ("command", "name"), [("ingest", "sources"), ("serve", "sources"), ("search", "words")]
)
def test_sources_stand_on_both_sides_of_options(command: str, name: str) -> None:
    """A second source behind an option is read as well; an option that does not exist is still wrong usage."""
    parser = build_parser([command], Settings())

    assert getattr(parsed(parser, [command, "a", "--warehouse", "lake", "b"]), name) == ["a", "b"]
    with pytest.raises(SystemExit):
        parsed(parser, [command, "a", "--warehouse", "lake", "b", "--nonesuch"])


def test_one_query_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """What takes one argument still takes no second one; the usage shown is that of the command."""
    with pytest.raises(SystemExit):
        parsed(build_parser(["sql"], Settings()), ["sql", "select 1", "select 2"])
    assert capsys.readouterr().err.startswith("usage: wencang sql ")
