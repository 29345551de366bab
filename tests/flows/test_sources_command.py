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


@pytest.mark.parametrize("arguments", [("sources", "list"), ("sources", "check"), ("ingest",), ("serve",)])
def test_a_schedule_that_never_comes_is_found(sources, tmp_path, capsys, arguments):
    """Whoever reads the file says so in the same words, and begins nothing."""
    (tmp_path / "wencang.toml").write_text('[[source]]\nlocation = "inbox"\nschedule = "99 * * * *"\n')

    assert run(list(arguments)) == 2
    said = capsys.readouterr().err
    assert "source 1 (inbox): schedule: '99 * * * *' is no cron expression: 99 is no minute (0 to 59)" in said
    assert said.count("\n") == 1
    assert not (tmp_path / "lake").exists()
