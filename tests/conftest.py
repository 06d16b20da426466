"""Fixtures for every test: the demonstration borough, and servers in a process of their own on a free port."""

import time
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.loop_watchdog import LIMIT, Watchdog
from support.paths import CONTENT, ROOT
from support.samples.every_kind import Everything, write_everything
from support.servers.server_process import serving

from onestop.catalogue.source.load import LoadResult, load
from onestop.site.templates import icon_files

TODAY = date(2026, 11, 23)
# On a busy machine generating and running examples is slow: that is not a failure.
settings.register_profile("busy", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.register_profile("few", settings.get_profile("busy"), max_examples=10)
settings.load_profile("busy")
BUSY_LIMIT = 2.5 * LIMIT
# Tests with these fixtures wait for another process to start.
PROCESS_FIXTURES = {"origin", "everything", "postgres_server"}
SLOW_FOLDERS = tuple(ROOT / "tests" / name for name in ("deploy", "end_to_end", "installed"))
NOT_MARKED = "not marked slow"
SLOW_SECONDS = 2.0
"""Processor time from which a test should be marked `slow`."""
BROWSER_FOLDERS = tuple(ROOT / "tests" / name for name in ("browser", "engines"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests below tests/browser and tests/engines `browser`, and those that start a process `slow`."""
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in BROWSER_FOLDERS):
            item.add_marker(pytest.mark.browser)
        parameters = (
            item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
        )
        process = PROCESS_FIXTURES & set(getattr(item, "fixturenames", ())) or "postgres" in parameters
        if process or any(item.path.is_relative_to(folder) for folder in SLOW_FOLDERS):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Note a test that took long and is not marked, for the summary."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    if spent > SLOW_SECONDS and not any(map(item.get_closest_marker, ("slow", "browser"))):
        item.user_properties.append((NOT_MARKED, f"{spent:.1f} s {item.nodeid}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the tests that `make test-fast` should leave out."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, value in report.user_properties:
            if name == NOT_MARKED and report.when == "call":
                terminalreporter.write_line(f"{NOT_MARKED}: {value}")


@pytest.fixture(autouse=True)
def loop_steps(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose server, in the test's own process, held the event loop for too long, unless it is marked `holds_loop`.

    The limit is wider than in tests/server: programs that share a processor's caches double the processor time of a step.
    """
    if request.node.get_closest_marker("holds_loop"):
        yield
        return
    icon_files()  # a server reads them before it listens
    with Watchdog().watching() as watchdog:
        yield
    assert [(label, spent) for label, spent in watchdog.stalls if spent > BUSY_LIMIT] == []


@pytest.fixture(scope="session")
def borough() -> LoadResult:
    """Return the demonstration borough, loaded once."""
    return load(CONTENT, TODAY)


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the server behind `origin`."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def outbox(server_folder: Path) -> Path:
    """Return the folder that server delivers cases to."""
    return server_folder / "outbox"


@pytest.fixture(scope="session")
def origin(server_folder: Path) -> Iterator[str]:
    """Start `python server.py` with the demonstration borough; yield its origin, such as http://127.0.0.1:1234."""
    with serving(server_folder, CONTENT) as address:
        yield address


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    """Start a server whose one journey asks a question of every kind."""
    folder = tmp_path_factory.mktemp("everything")
    with serving(folder, write_everything(folder)) as address:
        yield Everything(address, folder / "outbox")
