"""Promises of deploy/wencang: says what is missing, does nothing when there is nothing to do.

Stand-ins for Python and pip answer on a path of their own: what is tested is the launcher, and no
package is installed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "sh",
    "env",
    "cat",
    "dirname",
    "basename",
    "readlink",
    "cksum",
    "mkdir",
    "mktemp",
    "rm",
    "mv",
    "flock",
    "chmod",
)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH with the tools every system has, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    return folder


def stub(path: Path, script: str) -> None:
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def launch(
    bin_folder: Path, venv: Path, *arguments: str, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run deploy/wencang with only the stand-ins on the path."""
    environment = {"PATH": str(bin_folder), "HOME": str(venv.parent), "WENCANG_VENV": str(venv)}
    return subprocess.run(
        [ROOT / "deploy" / "wencang", *arguments],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_no_python_is_said(bin_folder: Path, tmp_path: Path) -> None:
    """Without a supported Python the launcher names what it wants and what it found."""
    answer = launch(bin_folder, tmp_path / "venv")

    assert answer.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed; found: no python3" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_too_old_a_python_is_said(bin_folder: Path, tmp_path: Path) -> None:
    """A Python that is too old is named with its version."""
    stub(bin_folder / "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    answer = launch(bin_folder, tmp_path / "venv")

    assert answer.returncode == 1
    assert "found: Python 3.9.2" in answer.stderr


def test_a_missing_venv_module_is_said(bin_folder: Path, tmp_path: Path) -> None:
    """Debian's Python without python3-venv: the package to install is named."""
    stub(bin_folder / "python3", 'case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac')
    answer = launch(bin_folder, tmp_path / "venv")

    assert answer.returncode == 1
    assert "has no venv module" in answer.stderr
    assert "apt install python3-venv" in answer.stderr


def test_a_wrong_interpreter_is_said(bin_folder: Path, tmp_path: Path) -> None:
    """WENCANG_PYTHON that is no supported Python is refused by its name."""
    environment = {
        "PATH": str(bin_folder),
        "WENCANG_VENV": str(tmp_path / "venv"),
        "WENCANG_PYTHON": "/no/python",
    }
    answer = subprocess.run(
        [ROOT / "deploy" / "wencang"], env=environment, capture_output=True, text=True, timeout=60
    )

    assert answer.returncode == 1
    assert "WENCANG_PYTHON=/no/python" in answer.stderr


def test_an_environment_that_is_up_to_date_is_left_alone(bin_folder: Path, tmp_path: Path) -> None:
    """With a matching stamp nothing is installed: the command runs at once, from any folder and through a link."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    stub(venv / "bin" / "python", 'echo "ran: $*"')
    lock = ROOT / "deploy" / "requirements.lock"
    with lock.open("rb") as file:
        checksum = subprocess.run(
            ["cksum"], stdin=file, capture_output=True, text=True, check=True
        ).stdout.strip()
    (venv / ".made-from-requirements.lock").write_text(f"{checksum} {ROOT}")
    link = tmp_path / "wencang"
    link.symlink_to(ROOT / "deploy" / "wencang")
    environment = {"PATH": str(bin_folder), "WENCANG_VENV": str(venv)}
    answer = subprocess.run(
        [link, "status", "a b"], env=environment, cwd="/", capture_output=True, text=True, timeout=60
    )

    assert (answer.returncode, answer.stdout) == (0, "ran: -m flows.cli status a b\n"), answer.stderr


def test_a_failed_installation_is_told_and_can_be_repeated(bin_folder: Path, tmp_path: Path) -> None:
    """When pip fails the launcher says so, and leaves no stamp that would pass for a whole environment."""
    venv = tmp_path / "venv"
    made = 'mkdir -p "$4/bin"; printf "#!/bin/sh\\ncase \\"\\$*\\" in *pip*) exit 1;; esac\\n" > "$4/bin/python"; chmod +x "$4/bin/python"'
    stub(bin_folder / "python3", f'case "$*" in *"-m venv"*) {made};; *) exit 0;; esac')
    (bin_folder / "printf").symlink_to(shutil.which("printf") or "/usr/bin/printf")
    answer = launch(bin_folder, venv)

    assert answer.returncode == 1
    assert "could not be installed" in answer.stderr
    assert not list(venv.glob(".made-from-*"))


@pytest.mark.parametrize("known", [True, False], ids=["to-the-system", "to-nobody"])
def test_uv_is_asked_once_more_with_the_certificates_of_the_system(
    bin_folder: Path, tmp_path: Path, known: bool
) -> None:
    """A network with certificates of its own does not keep uv from installing, and any other failure is told."""
    venv = tmp_path / "venv"
    python = 'case "$*" in *purelib*) dirname "$0";; *template*) ;; *flows.cli*) echo ran;; esac'
    make = f'mkdir -p "$6/bin"; cp \'{tmp_path}/python\' "$6/bin/python"'
    stub(tmp_path / "python", python)
    stub(bin_folder / "python3", "exit 0")
    certificates = '"${UV_SYSTEM_CERTS:-}"' if known else '""'
    stub(bin_folder / "uv", f'case "$1" in venv) {make};; pip) [ {certificates} = 1 ];; esac')
    (bin_folder / "cp").symlink_to(shutil.which("cp") or "/bin/cp")
    answer = launch(bin_folder, venv, "status")

    assert "once more, with the certificates of this system" in answer.stderr
    assert (answer.returncode, answer.stdout) == ((0, "ran\n") if known else (1, "")), answer.stderr
    assert ("could not be installed" in answer.stderr) is not known


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_shell_scripts_are_clean() -> None:
    """The scripts pass shellcheck."""
    scripts = [ROOT / "deploy" / name for name in ("wencang", "test", "lock", "environment.sh")]
    answer = subprocess.run(
        ["shellcheck", "-x", *scripts, ROOT / ".ci" / "run"], capture_output=True, text=True, cwd=ROOT
    )
    assert answer.returncode == 0, answer.stdout


def test_the_command_line_starts_quickly_enough_to_ask() -> None:
    """``--help`` loads neither Prefect nor DuckDB: it answers while one waits."""
    code = "import sys; import flows.cli; print('prefect' in sys.modules, 'duckdb' in sys.modules, 'pyarrow' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert answer.stdout.split() == ["False"] * 3, answer.stderr
