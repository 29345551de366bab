"""wencang sources: what is in the file is listed, and a schedule that will never come is told in time."""

import pytest

from flows.cli import run


@pytest.fixture
def sources(tmp_path, monkeypatch, capsys):
    """Run ``wencang sources`` in a folder with an inbox; returns exit code, stdout and stderr."""
    (tmp_path / "inbox").mkdir()
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = run(["sources", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_without_an_action_sources_are_listed(sources):
    """``wencang sources`` says what ``wencang ingest`` reads, and when."""
    sources("add", "inbox", "--schedule", "0 * * * *")

    assert sources() == sources("list")
    assert sources()[1].endswith("inbox  (0 * * * *)\n")


def test_a_schedule_that_never_comes_is_not_added(sources, tmp_path):
    """A wrong cron expression is the caller's mistake, and the file stays as it is."""
    code, _, said = sources("add", "inbox", "--schedule", "99 * * * *")

    assert (code, "99 * * * *" in said) == (2, True)
    assert not (tmp_path / "wencang.toml").exists()


def test_a_schedule_that_never_comes_is_found(sources, tmp_path):
    """``check`` looks at the schedules as well as at the places."""
    (tmp_path / "wencang.toml").write_text('[[source]]\nlocation = "inbox"\nschedule = "99 * * * *"\n')
    code, said, _ = sources("check")

    assert code == 1
    assert said.startswith("WRONG")
    assert "'99 * * * *' is no cron expression" in said
