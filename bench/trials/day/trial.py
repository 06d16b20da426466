"""`python -m bench day`: 5,000 cases in a simulated day, on SQLite and PostgreSQL."""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.trials.day.simulation import SimulatedDay, simulate
from bench.trials.outage import postgres
from bench.trials.verdict import judge
from onestop.store.encryption.master_keys import create_key_file

KINDS = ("sqlite", "postgres")


def run(content: Path, arguments: Sequence[str]) -> int:
    """Run the trial on the named databases, or both; return 1 if a case was lost, stuck or not the same everywhere."""
    options = argparse.ArgumentParser(prog="python -m bench day")
    options.add_argument("which", nargs="*", choices=[*KINDS, []], help="which databases; both if none is named")
    options.add_argument("--cases", type=int, default=5000)
    options.add_argument("--step", type=int, default=60, help="seconds of the simulated clock between two steps")
    options.add_argument("--kill-chance", type=float, default=0.02, help="of each of two processes in each step")
    options.add_argument("--seed", type=int, default=311)
    read = options.parse_args(arguments)
    day = SimulatedDay(read.cases, read.step, read.kill_chance, read.seed)
    status = 0
    for kind in read.which or KINDS:
        with tempfile.TemporaryDirectory() as scratch, _database(kind, Path(scratch)) as (url, keys):
            began = time.monotonic()
            result = asyncio.run(simulate(day, url, keys, Path(scratch)))
            print(f"\nA day on {kind}, {time.monotonic() - began:.0f} s, seed {day.seed}")
        result.show()
        status |= judge(result.bounds())
    return status


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Path | None]]:
    """Yield the URL of an empty database, and its file of master keys."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/onestop.db", None
        return
    with postgres() as server:
        create_key_file(keys := folder / "keys")
        yield server.url, keys
