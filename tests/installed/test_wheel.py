"""The wheel, built and installed by an ordinary account into an environment outside this repository."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.paths import ROOT
from support.servers.server_process import free_port, wait_until_ready

pytestmark = pytest.mark.slow
NOBODY = 65534
FOREIGN = "raise ImportError('this is the channels package of another project')\n"
CHANNELS = {"phone": "/", "television": "/tv/", "kiosk": "/kiosk/", "text": "/text/"}


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it. Commands run as an account without rights, in `home`."""

    home: Path
    wheel: Path

    @property
    def command(self) -> str:
        return str(self.home / "venv/bin/onestop")

    def start(self, *command: str, cwd: Path) -> "subprocess.Popen[str]":
        environment = {"HOME": str(self.home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
        account = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=cwd, env=environment, stdout=pipe, stderr=pipe, text=True, **account)  # type: ignore[call-overload,no-any-return]

    def run(self, *command: str, cwd: Path | None = None) -> str:
        with self.start(*command, cwd=cwd or self.home) as process:
            out, wrong = process.communicate(timeout=300)
        assert process.returncode == 0, wrong
        return str(out)

    def folder(self, name: str) -> Path:
        made = self.home / name
        self.run("mkdir", str(made))
        return made

    @contextmanager
    def serving(self, *options: str, cwd: Path) -> Iterator[str]:
        port = free_port()
        with self.start(self.command, "serve", "--port", str(port), *options, cwd=cwd) as process:
            try:
                wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                _, wrong = process.communicate(timeout=20)
        assert process.returncode == 0, wrong
        assert "Traceback" not in wrong, wrong


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def _build(folder: Path) -> Path:
    """Build the wheel, and collect those of everything it needs beside it; return the wheel."""
    python = sys.executable
    if not find_spec("pip"):
        python = str(folder / "builder/bin/python")
        subprocess.run([sys.executable, "-m", "venv", str(folder / "builder")], check=True)
    pip = [python, "-m", "pip", "-q", "--disable-pip-version-check"]
    wheels = folder / "wheels"
    subprocess.run([*pip, "wheel", "-c", "constraints.txt", "-w", str(wheels), ".[fast]", "pip"], cwd=ROOT, check=True)
    (wheel,) = wheels.glob("onestop-*.whl")
    return wheel


def _interpreter(made: Installed) -> str:
    """Return a Python interpreter that the account may run: this one may be in a private home folder."""
    for python in (str(Path(sys.executable).resolve()), "/usr/bin/python3"):
        try:
            made.run(python, "-c", "import sys, venv; assert sys.version_info >= (3, 11)")
        except (PermissionError, FileNotFoundError):
            continue
        return python
    pytest.skip("no Python 3.11 that an ordinary account may run")


@pytest.fixture(scope="module")
def installed() -> Iterator[Installed]:
    # Not pytest's own folder: that is closed to other accounts.
    top = Path(tempfile.mkdtemp(prefix="onestop-wheel-"))
    try:
        home = top / "home"
        home.mkdir()
        for folder in (top, home):
            folder.chmod(0o755)
            shutil.chown(folder, *((NOBODY, NOBODY) if os.geteuid() == 0 else (os.getuid(),)))
        wheel = _build(top)
        made = Installed(home, wheel)
        made.run(_interpreter(made), "-m", "venv", "--without-pip", "venv")
        (pip,) = wheel.parent.glob("pip-*.whl")
        made.run(
            "venv/bin/python",
            f"{pip}/pip",
            "-q",
            "install",
            "--no-index",
            "--find-links",
            str(pip.parent),
            "onestop[fast]",
        )
        (packages,) = (home / "venv/lib").glob("python3*/site-packages")
        (packages / "channels").mkdir()
        (packages / "channels/__init__.py").write_text(FOREIGN)
        yield made
    finally:
        shutil.rmtree(top, ignore_errors=True)


def test_the_wheel_installs_one_package_and_every_file_it_needs(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"onestop"}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.split("\0"):
        if name.startswith("onestop/"):
            assert name in names
        elif name.split("/")[0] in ("channels", "templates", "tvapp", "kiosk", "content", "server.py"):
            assert f"onestop/_bundle/{name}" in names


def test_served_from_an_empty_folder_it_has_all_four_channels(installed: Installed) -> None:
    assert "init DIR" in installed.run(installed.command, "--help")
    assert installed.run(installed.command, "--version").strip() in installed.wheel.name
    empty = installed.folder("empty")
    with installed.serving(cwd=empty) as origin:
        for channel, path in CHANNELS.items():
            assert "eastmere" in _read(origin + path).lower(), channel
    assert (empty / "onestop.db").stat().st_uid == (NOBODY if os.geteuid() == 0 else os.getuid())


def test_a_council_begins_with_its_own_name_on_every_screen(installed: Installed) -> None:
    folder = installed.folder("council")
    installed.run(installed.command, "init", "mine", "--name", "Little Snoring", cwd=folder)
    assert "0 errors, 0 warnings" in installed.run(installed.command, "check", "mine", cwd=folder)
    with installed.serving("--content", "mine", cwd=folder) as origin:
        for channel, path in CHANNELS.items():
            page = _read(origin + path).lower()
            assert "little snoring" in page, channel
            assert "eastmere" not in page, channel


def test_the_program_runs_as_a_module(installed: Installed) -> None:
    said = installed.run("venv/bin/python", "-m", "onestop", "--version")
    assert said == installed.run(installed.command, "--version")
