"""deploy/: what cannot be run here is read closely, and what it names must exist."""

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
DEPLOY = PROJECT / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file, merged as YAML merges it."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile in order: name and argument, continued lines joined."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text("utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, argument) for name, _, argument in (line.partition(" ") for line in lines)]


def test_every_service_is_confined(compose):
    """Read-only, no capabilities, no new privileges, a bounded log; ours with an init."""
    for name, service in compose["services"].items():
        assert service["logging"]["options"]["max-size"], name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        if name != "database":  # it begins as root, and becomes its own user
            assert service["init"] is True, name
            assert "cap_add" not in service, name


def test_services_wait_for_each_other(compose):
    """What runs for ever has a health check, and everyone waits for what it needs."""
    services = compose["services"]

    assert all("healthcheck" in services[name] for name in ("database", "server", "worker"))
    assert services["server"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["bootstrap"]["depends_on"]["server"]["condition"] == "service_healthy"
    assert services["worker"]["depends_on"]["bootstrap"]["condition"] == "service_completed_successfully"


def test_only_this_machine_reaches_the_dashboard(compose):
    """Ports are published on loopback; the database on none, in a network without a way out."""
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
    assert "ports" not in compose["services"]["database"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert compose["services"]["database"]["networks"] == ["inside"]


def test_volumes_and_images_are_named(compose):
    """Every volume is declared; every image has a version."""
    for name, service in compose["services"].items():
        assert re.fullmatch(r"\S+:\d[\w.-]*", service["image"]), name
        for volume in service.get("volumes", []):
            source = re.sub(r"^\$\{[^}]*\}", "./x", volume).split(":")[0]
            assert source.startswith(("/", ".")) or source in compose["volumes"], volume


def test_variables_have_an_example():
    """What compose.yaml asks for, and every setting, stands in .env.example; no secret does."""
    example = (DEPLOY / ".env.example").read_text("utf-8")
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    from flows.settings import PREFIX, Settings

    names = asked | {PREFIX + name.upper() for name in Settings.model_fields}
    given = set(re.findall(r"^(?:# )?(\w+)=", example, re.MULTILINE))

    assert names <= given
    assert {name for name in given if name.startswith(PREFIX)} <= names
    for name, default in re.findall(rf"^# {PREFIX}(\w+)=(\S*)", example, re.MULTILINE):
        field = Settings.model_fields[name.lower()]
        assert default in ("", str(field.default)) or name == "CONFIG", name
    assert re.search(r"^POSTGRES_PASSWORD=$", example, re.MULTILINE)


def test_settings_in_files_exist(compose):
    """A WENCANG_ name that is no setting would stop the program; each one used is one."""
    from flows.settings import LAUNCHER_NAMES, PREFIX, Settings

    known = {PREFIX + name.upper() for name in Settings.model_fields} | LAUNCHER_NAMES | {"WENCANG_WEBHOOK"}
    for service in compose["services"].values():
        assert {n for n in service.get("environment", {}) if n.startswith(PREFIX)} <= known
    for file in ("Dockerfile", "wencang.service", "prefect.yaml"):
        assert set(re.findall(r"\bWENCANG_[A-Z_]+\b", (DEPLOY / file).read_text("utf-8"))) <= known, file


def test_the_image_is_pinned_and_not_root(dockerfile):
    """Base with a full version, packages by hash, a user with a number, no shell form at the end."""
    arguments = [argument for name, argument in dockerfile if name == "ARG"]
    assert re.fullmatch(r"PYTHON=3\.\d+\.\d+-slim-\w+", arguments[0])
    assert all(argument.startswith("python:${PYTHON}") for name, argument in dockerfile if name == "FROM")
    installs = [argument for name, argument in dockerfile if name == "RUN" and "pip install" in argument]
    assert installs
    assert all("--require-hashes" in argument for argument in installs)
    names = [name for name, _ in dockerfile]
    assert dict(dockerfile)["USER"] == "10001:10001"
    assert "ADD" not in names
    assert names.index("USER") > max(i for i, name in enumerate(names) if name == "RUN")
    assert dict(dockerfile)["CMD"].startswith("[")


def test_the_image_copies_what_exists(dockerfile):
    """Sources of COPY are in the project, and the ignore file lets them in."""
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    for name, argument in dockerfile:
        if name == "COPY" and not argument.startswith("--from"):
            source = shlex.split(argument)[0]
            assert (PROJECT / source).exists(), source
            assert f"!{source.split('/')[0]}" in ignored
    assert ignored[0] == "*"


def test_the_image_has_a_supported_python(dockerfile):
    """The Python of the image is one that the project supports."""
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    low, high = (int(n) for n in re.findall(r"3\.(\d+)", wanted))
    minor = int(re.search(r"PYTHON=3\.(\d+)", dict(dockerfile)["ARG"])[1])

    assert low <= minor < high


def test_prefect_yaml_names_flows_that_exist():
    """Every entry point is a flow; each deployment runs once at a time and says so."""
    import importlib

    from prefect import Flow

    found = yaml.safe_load((DEPLOY / "prefect.yaml").read_text("utf-8"))
    for deployment in found["deployments"]:
        path, name = deployment["entrypoint"].split(":")
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        assert isinstance(getattr(module, name), Flow)
        assert deployment["concurrency_limit"]["limit"] == 1
        assert deployment["concurrency_limit"]["collision_strategy"] == "ENQUEUE"
        assert deployment["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "30"


def test_the_heartbeat_fits_the_automation_for_the_dead():
    """Three heartbeats may be missed, not more: a live run must not be called crashed."""
    from flows.notify import ZOMBIE_WITHIN_S
    from flows.serve_server import HEARTBEAT_S

    assert 3 * HEARTBEAT_S <= ZOMBIE_WITHIN_S <= 4 * HEARTBEAT_S


@pytest.mark.parametrize("script", ["bootstrap"])
def test_scripts_are_shell(script):
    """Scripts parse as POSIX shell and can be executed."""
    path = DEPLOY / script
    subprocess.run(["sh", "-n", str(path)], check=True)

    assert path.stat().st_mode & 0o111


def test_the_service_unit_names_what_exists():
    """The unit's command is in the project, and it is stopped the way serve wants it."""
    unit = (DEPLOY / "wencang.service").read_text("utf-8")

    assert re.search(r"^ExecStart=\S+/deploy/wencang serve$", unit, re.MULTILINE)
    assert re.search(r"^KillSignal=SIGTERM$", unit, re.MULTILINE)
    assert re.search(r"^NoNewPrivileges=true$", unit, re.MULTILINE)
    assert re.search(r"^User=(?!root)\w+$", unit, re.MULTILINE)
    assert re.search(r"^RestartPreventExitStatus=2$", unit, re.MULTILINE), "wrong usage does not mend itself"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_accepts_the_unit(tmp_path):
    """systemd itself finds no fault with the unit, and what it may do is little."""
    unit = tmp_path / "wencang.service"
    text = (DEPLOY / "wencang.service").read_text("utf-8")
    unit.write_text(text.replace("/srv/wencang/deploy", str(DEPLOY)), "utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_runbook_knows_every_event():
    """An event that can be raised has a row; a row is an event that can be raised."""
    source = "".join((PROJECT / "flows" / f).read_text("utf-8") for f in ("notify.py", "serve_runner.py"))
    raised = set(re.findall(r'"(wencang\.[a-z.]+[a-z])"', source)) - {"wencang.dashboard"}
    told = set(
        re.findall(r"^\| `(wencang\.[a-z.]+)`", (DEPLOY / "RUNBOOK.md").read_text("utf-8"), re.MULTILINE)
    )

    assert raised == told


@pytest.mark.parametrize(
    "query",
    re.findall(r'wencang sql "([^"]+)"', (DEPLOY / "RUNBOOK.md").read_text("utf-8").replace("\\|", "|")),
)
def test_queries_of_the_runbook_run(query, empty_lake):
    """Every query of the runbook is SQL that this warehouse answers."""
    from warehouse.readers import read_only_connection

    con = read_only_connection(empty_lake)
    try:
        con.execute(query).fetchall()
    finally:
        con.close()
