"""The files of `deploy/` are accepted by the programs that read them."""

import re
import shlex
import shutil
import socket
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from support.paths import ROOT
from support.programs.system_programs import need
from support.servers.running_server import RunningServer
from support.servers.small_server import clock, server, settings

import server as command_line
from onestop.server.process.listener import notify_systemd
from onestop.settings import Settings, read_settings

__all__ = ["clock", "server", "settings"]
DEPLOY = ROOT / "deploy"
ALERTS = DEPLOY / "prometheus/alerts.yml"
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTRUCTION = re.compile(r"^([A-Z]+) (.*)$", re.MULTILINE)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return the systemd units with the path of a program that is installed here."""
    for unit in UNITS:
        text = unit.read_text().replace("/opt/onestop/venv/bin/onestop", shutil.which("true") or "")
        (tmp_path / unit.name).write_text(text)
    return tmp_path


@pytest.mark.slow
def test_the_units_pass_systemd_analyze_verify(units: Path) -> None:
    command = [need("systemd-analyze"), "verify", *map(str, units.iterdir())]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.slow
def test_the_unit_is_hardened(units: Path) -> None:
    command = [need("systemd-analyze"), "security", "--offline=true", "--no-pager", str(units / "onestop@.service")]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    exposure = re.search(r"Overall exposure level for .*: ([0-9.]+)", found.stdout)
    assert exposure, found.stdout
    assert float(exposure[1]) <= 1.5


def test_the_command_lines_of_units_and_image_are_accepted() -> None:
    commands = [line for unit in UNITS for line in re.findall(r"bin/(onestop [^'\n]*)", unit.read_text())]
    assert len(commands) == 2
    image = dict(INSTRUCTION.findall((DEPLOY / "Dockerfile").read_text()))
    commands.append(" ".join(yaml.safe_load(image["ENTRYPOINT"]) + yaml.safe_load(image["CMD"])))
    for command in commands:
        words = shlex.split(command.replace("%i", "8081").replace("$(date +%%u)", "1"))[1:]
        assert command_line.parser(command_line.COMMANDS).parse_args(words).command in ("serve", "backup")


def test_the_shipped_settings_file_is_valid() -> None:
    settings = read_settings({"config": str(DEPLOY / "onestop.toml")}, {})
    assert settings.proxy and settings.drain_seconds == 5
    assert settings.database.startswith("postgresql://")


def test_the_container_runs_without_root_and_with_a_read_only_file_system() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    instructions = INSTRUCTION.findall(text)
    assert [value for name, value in instructions if name == "USER"] == ["10001"]
    last = max(number for number, (name, _) in enumerate(instructions) if name == "RUN")
    assert last < [name for name, _ in instructions].index("USER")
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    for name in ("one", "two"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert {f"ONESTOP_{field}".upper() for field in Settings.model_fields} >= {
            variable for variable in service["environment"] if variable.startswith("ONESTOP_")
        }
        grace = int(service["stop_grace_period"].removesuffix("s"))
        drain = int(re.findall(r'"--drain-seconds", "(\d+)"', text)[0])
        assert grace >= drain + 5 + 5
    assert compose["services"]["caddy"]["volumes"][0].startswith("./caddy/Caddyfile:")


def test_every_file_copied_into_the_image_is_in_the_repository() -> None:
    built = re.findall(r"-c (\S+)", (DEPLOY / "Dockerfile").read_text())
    assert built == ["constraints.txt"]
    extras = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"])
    assert {"fast", "postgres"} <= extras
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", "*.keys", "*.db*", "deploy/keys"} <= set(ignored)


def test_the_server_notifies_systemd_when_it_is_ready(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        notify_systemd("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "notify")})
        assert manager.recv(100) == b"READY=1"
    notify_systemd("READY=1", {})


def test_the_alert_rules_pass_promtool() -> None:
    command = [need("promtool"), "check", "rules", str(ALERTS)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


async def test_the_guide_lists_every_metric(server: RunningServer) -> None:
    exported = set(re.findall(r"^# TYPE (onestop_\w+)", (await server.get("/metrics")).text, re.MULTILINE))
    guide = (ROOT / "docs/operators.md").read_text(encoding="utf-8").partition("## Reference: metrics")[2]
    rows = re.findall(r"^\| (`onestop_.*?) \|", guide.partition("\n## ")[0], re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert {name for name in exported if not name.endswith("_created")} == listed


async def test_every_metric_of_the_alert_rules_exists(server: RunningServer) -> None:
    (await server.get("/bins"))
    there = (await server.get("/metrics")).text
    rules = yaml.safe_load(ALERTS.read_text())["groups"][0]["rules"]
    named = {name for rule in rules for name in re.findall(r"\b(?:onestop|process)_\w+", rule["expr"])}
    assert len(named) >= 4
    named = {re.sub("_bucket$", "", name) for name in named}
    assert not [name for name in named if not re.search(rf"^(?:# TYPE )?{name}[ {{]", there, re.MULTILINE)]
