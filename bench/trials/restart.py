"""Two servers behind the shipped nginx file, restarted one after the other while residents submit."""

import time
from contextlib import ExitStack
from pathlib import Path

from support.programs.shipped_proxy import PROXIES, free_port
from support.servers.rolling_restart import RestartLoad, restart_each, start

from bench.trials.ledger import Ledger, wait_until_delivered

DELIVERY = 90
"""Seconds: a delivery that failed is tried again after 5, 10, 20 and 40."""


def restart_under_load(url: str, keys: Path, folder: Path, seconds: float) -> Ledger:
    """Return the responses that clients got before, during and after the restarts."""
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        servers = [start(stack, port, url, keys, folder) for port in ports]
        https, _ = stack.enter_context(PROXIES["nginx"](folder, ports))
        load = RestartLoad(https)
        with load.running():
            time.sleep(seconds)
            restart_each(stack, servers, ports, url, keys, folder)
            time.sleep(seconds)
        wait_until_delivered(folder / "outbox", load.references, DELIVERY)
    return Ledger(load.references, load.failed, 0, len(load.read))
