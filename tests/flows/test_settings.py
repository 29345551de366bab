"""settings: a name that is misspelt and a value that cannot be are said; nothing is silently left out."""

import os

import pytest

from flows.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    """No setting of whoever runs the tests counts."""
    for name in [name for name in os.environ if name.startswith("WENCANG_")]:
        monkeypatch.delenv(name)


def test_what_is_set_counts(monkeypatch):
    """The launcher's own names are no settings, and no mistakes."""
    monkeypatch.setenv("WENCANG_BATCH_DOCS", "7")
    monkeypatch.setenv("WENCANG_VENV", "/somewhere")

    found = load_settings()

    assert (found.batch_docs, found.runner, str(found.home)) == (7, "thread", "lake")
    assert found.workers >= 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WENCANG_BATCHDOCS", "7", "WENCANG_BATCHDOCS is no setting; did you mean WENCANG_BATCH_DOCS?"),
        ("WENCANG_BATCH_DOCS", "0", "WENCANG_BATCH_DOCS='0': Input should be greater than or equal to 1"),
        ("WENCANG_WORKERS", "many", "WENCANG_WORKERS='many': Input should be a valid integer"),
        ("WENCANG_RUNNER", "spark", "WENCANG_RUNNER='spark': Input should be 'thread' or 'dask'"),
    ],
)
def test_a_mistake_is_named(monkeypatch, name, value, said):
    """The setting, what it was, what it should be, and that nothing was done."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as error:
        load_settings()

    assert str(error.value).startswith(said)
    assert str(error.value).endswith("Nothing was done.")
