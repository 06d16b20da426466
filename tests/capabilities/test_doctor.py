"""`doctor` reports each problem with its place and remedy, and changes nothing."""

import asyncio
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted
from support.samples.small_borough import write_borough
from support.servers.server_process import free_port

import server as command_line
from onestop.settings import Settings, read_settings
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.encryption.master_keys import create_key_file
from onestop.store.tables import outbox

FORGET_LAST = "DELETE FROM migrations WHERE number = (SELECT MAX(number) FROM migrations)"
Spoil = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a server that has been started once."""
    write_borough(tmp_path)
    asyncio.run(with_database(tmp_path, nothing))
    return tmp_path


async def with_database(folder: Path, work: Callable[[Database], object]) -> None:
    async with open_database(f"sqlite:///{folder}/a.db") as database:
        await work(database)  # type: ignore[misc]


async def nothing(_: Database) -> None:
    pass


def settings_of(folder: Path, **more: str) -> Settings:
    content = next(path.parent for path in folder.rglob("council.yaml"))
    given = {"content": str(content), "database": f"sqlite:///{folder}/a.db", "outbox": str(folder / "outbox")}
    return read_settings({**given, "host": "127.0.0.1", "port": str(free_port()), **more}, {})


def doctor(folder: Path, **more: str) -> int:
    settings = settings_of(folder, **more)
    arguments = [
        part
        for name in ("content", "database", "outbox", "host", "port")
        for part in (f"--{name}", str(getattr(settings, name)))
    ]
    return command_line.main(["doctor", *arguments, *(("--keys", more["keys"]) if "keys" in more else ())])


def test_a_good_installation_is_ok(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(path.name for path in folder.iterdir())
    assert doctor(folder) == 0
    checked = ("content", "database", "outbox", "destinations", "port")
    assert capsys.readouterr().out.split() == [word for name in checked for word in ("ok", name)]
    assert sorted(path.name for path in folder.iterdir() if path.suffix not in (".db-wal", ".db-shm")) == files


def execute(statement: str) -> Spoil:
    def spoil(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "a.db")) as connection, connection:
            connection.execute(statement)

    return spoil


def remove(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)

    return spoil


def other_keys(folder: Path) -> None:
    (folder / "a.db.keys").unlink()
    create_key_file(folder / "a.db.keys")


def spoil_catalogue(folder: Path) -> None:
    next(folder.rglob("garden.md")).write_text('---\nnumber: "216"\n---\n')


def remove_catalogue(folder: Path) -> None:
    content = next(path.parent for path in folder.rglob("council.yaml"))
    shutil.rmtree(content / "services")
    (content / "desks.yaml").write_text("waste: {name: Waste, destinations: [{kind: pigeon}]}\n")


@pytest.mark.parametrize(
    ("spoil", "what", "remedy"),
    [
        (remove("a.db"), "database: {folder}/a.db: there is no such file", "onestop restore"),
        (execute("INSERT INTO migrations VALUES (99)"), "{folder}/a.db: was written by a later version", "install that"),
        (execute(FORGET_LAST), "written by an earlier version", "next start"),
        (execute("DROP TABLE migrations"), "holds no tables of this program", "--database"),
        (write("a.db", "no database, but long enough to look into " * 40), "is not a database", "onestop restore"),
        (lambda folder: (folder / "a.db").chmod(0o644), "may be read by others", "chmod 600 {folder}/a.db"),
        (other_keys, "the keys {folder}/a.db.keys: ", "put back the file of keys"),
        (remove("a.db.keys"), "the keys {folder}/a.db.keys: there is no such file", "put it back"),
        (write("a.db.keys", "hello\n"), "line 1 is not the base64 of 32 bytes", "put back a copy"),
        (write("outbox", "in the way"), "outbox: {folder}/outbox is not a folder", "move it away"),
        (spoil_catalogue, "garden.md:", "onestop check"),
        (remove_catalogue, "`pigeon` is none of folder", "onestop check"),
    ],
)  # fmt: skip
def test_each_trouble_is_reported_with_its_place_and_remedy(
    spoil: Spoil, what: str, remedy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder)
    assert doctor(folder) == 1
    said = capsys.readouterr()
    assert what.format(folder=folder) in said.out
    assert remedy.format(folder=folder) in said.out
    assert said.out.count("TROUBLE") == 1
    assert "Traceback" not in said.out + said.err


def test_doctor_creates_nothing(folder: Path) -> None:
    (folder / "a.db").unlink()
    (folder / "a.db.keys").unlink()
    assert doctor(folder) == 1
    assert not (folder / "a.db").exists() and not (folder / "a.db.keys").exists() and not (folder / "outbox").exists()


def test_a_locked_database_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onestop.store.engines.sqlite.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("onestop.store.engines.sqlite.PRAGMAS", ("busy_timeout = 100",))
    with closing(sqlite3.connect(folder / "a.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert doctor(folder) == 1
    assert f"{folder}/a.db: another program has locked it: find that program with `fuser`" in capsys.readouterr().out


def test_an_unwritable_folder_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # /proc takes no files, not even from root.
    assert doctor(folder, outbox="/proc/outbox") == 1
    assert "outbox: /proc cannot be written to" in capsys.readouterr().out


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


def test_a_port_used_by_another_program_is_reported(
    taken: int, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onestop.capabilities.doctor.PATIENCE", 0.2)
    assert doctor(folder, port=str(taken)) == 1
    assert f"port: port {taken} is taken by another program: find it with `ss" in capsys.readouterr().out


class Live(BaseHTTPRequestHandler):
    """Answers as a running server answers /livez."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"live": true}')


def test_a_port_used_by_onestop_is_accepted(folder: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Live) as running:
        thread = Thread(target=running.handle_request)
        thread.start()
        assert doctor(folder, port=str(running.server_port)) == 0
        thread.join()


def test_postgresql_that_does_not_answer_is_named_without_its_password(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("asyncpg")
    port = free_port()
    create_key_file(folder / "keys")
    url = f"postgresql://one:secret@127.0.0.1:{port}/council"
    assert doctor(folder, database=url, keys=str(folder / "keys")) == 1
    said = capsys.readouterr().out
    assert f"postgresql://127.0.0.1:{port}/council: does not answer" in said and "start PostgreSQL" in said
    assert "secret" not in said


def test_refused_deliveries_are_a_trouble(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def refuse(database: Database) -> None:
        await submitted(database, await answered(database, await a_draft(database, await a_session(database))))
        (claim,) = await database.run(lambda tx: outbox.claim(tx, ("waste", "folder"), most=1, lease=9, now=NOW))
        await database.run(lambda tx: outbox.refused(tx, claim, "it knows no such desk", NOW))

    asyncio.run(with_database(folder, refuse))
    assert doctor(folder) == 1
    assert "1 deliveries were refused or given up: see `onestop outbox list`" in capsys.readouterr().out
