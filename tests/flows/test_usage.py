"""Promises about values that no command can use."""

from pathlib import Path

import pytest

from flows.cli import run


@pytest.mark.parametrize(
    "arguments",
    [
        ["upkeep", "--keep-history-days", "-1"],
        ["upkeep", "--orphan-hours", "0"],
        ["serve", ".", "--port", "99999"],
        ["serve", ".", "--every", "0"],
    ],
)
def test_a_value_out_of_range_is_wrong_usage(
    arguments: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It ends with 2 and one line that names the option and its range, before anything is made."""
    assert run([*arguments, "--warehouse", str(tmp_path / "lake")]) == 2
    told = capfd.readouterr().err
    assert arguments[-2] in told
    assert told.count("\n") == 1
    assert not (tmp_path / "lake").exists()


def test_a_folder_that_prefect_cannot_use_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A question mark ends the path of Prefect's database: nothing is made beside the warehouse."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("PREFECT_HOME", raising=False)
    (tmp_path / "page.txt").touch()
    assert run(["ingest", str(tmp_path / "page.txt"), "--warehouse", str(tmp_path / "lake?new")]) == 2
    assert "question mark" in capfd.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt", "lake?new"}


def test_actions_of_sources_take_the_warehouse_behind_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``sources list --warehouse DIR`` is the same as ``sources --warehouse DIR list``."""
    (tmp_path / "wencang.toml").write_text("", "utf-8")
    monkeypatch.setenv("WENCANG_CONFIG", str(tmp_path / "wencang.toml"))
    lake = str(tmp_path / "lake")
    assert run(["sources", "list", "--warehouse", lake]) == run(["sources", "--warehouse", lake, "list"])


@pytest.mark.parametrize("arguments", [["search", "\udcb5\udcc6"], ["sql", "select '\udcb5'"]])
def test_words_in_another_charset_are_told(
    arguments: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What a terminal in GBK sends is no word of any article."""
    assert run([*arguments, "--warehouse", str(tmp_path / "lake")]) == 2
    told = capfd.readouterr().err
    assert "not UTF-8" in told
    assert told.count("\n") == 1
