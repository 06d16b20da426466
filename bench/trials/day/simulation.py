"""A day on a simulated clock: residents send cases, two server processes deliver them and are killed at random.

The destinations are receivers of signed webhooks: one is down for six hours, one sends every answer twice, one loses one answer in ten
after it has kept the case.
"""

import asyncio
import base64
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from support.paths import ROOT
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from bench.trials.day.parties import Party, running
from bench.trials.day.worker import DESK, SECRET, SECRETS
from bench.trials.verdict import TrialBound
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.tables import outbox

HOUR = 3600
DAY, SENDING = 24 * HOUR, 16 * HOUR
"""Seconds that are simulated, and those from their begin in which residents send."""
DOWN = range(NOW + 4 * HOUR, NOW + 10 * HOUR)
AT_ONCE = 16
LONGEST_ABSENCE, LONGEST_RUN = 6, 0.1
"""Steps for which a killed process stays away, and seconds after which one is killed in its step, at most."""


@dataclass
class DayClock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class ServerProcess:
    """One of the two processes that deliver: started when it is wanted and not there."""

    command: Sequence[str]
    chance: Random
    kill_chance: float
    process: asyncio.subprocess.Process | None = None
    absent: int = 0
    kills: int = 0

    async def step(self, now: float) -> None:
        """Let it deliver what is due now, or kill it while it does."""
        if self.process is None:
            self.absent -= 1
            if self.absent > 0:
                return
            await self._start()
        assert self.process is not None and self.process.stdin is not None
        self.process.stdin.write(f"{now}\n".encode())
        if self.chance.random() < self.kill_chance:
            await self._kill_within(self.chance.uniform(0, LONGEST_RUN))
        else:
            await self._line(b"done\n")

    async def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
            self.process = None

    async def _start(self) -> None:
        # Inherits the standard error: what goes wrong is shown.
        self.process = await asyncio.create_subprocess_exec(
            *self.command, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        await self._line(b"ready\n")

    async def _line(self, expected: bytes) -> None:
        assert self.process is not None and self.process.stdout is not None
        line = await asyncio.wait_for(self.process.stdout.readline(), 600)
        if line != expected:
            raise RuntimeError(f"the process ended by itself: {await self.process.wait()}")

    async def _kill_within(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._line(b"done\n"), seconds)
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.end()
        self.kills += 1
        self.absent = self.chance.randrange(LONGEST_ABSENCE)


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """What to simulate: so many cases, in steps of so many seconds, and how likely a process is killed in a step."""

    cases: int
    step: int = 60
    kill_chance: float = 0.02
    seed: int = 311


@dataclass
class DayResult:
    """What was there at the end of the day. `progress` counts deliveries by destination, `accepted` are their keys."""

    parties: Sequence[Party]
    acknowledged: list[str] = field(default_factory=list)
    accepted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    progress: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kills: int = 0

    def bounds(self) -> list[TrialBound]:
        """Return the counts that must be zero."""
        keys = {key_of(case) for case in self.acknowledged}
        found = [TrialBound("cases with the id of another", 0, len(self.acknowledged) - len(keys))]
        for party in self.parties:
            told, kept = self.accepted[party.name], party.kept.keys()
            stuck = self.progress[party.name].total() - self.progress[party.name]["accepted"]
            found += [
                TrialBound(f"{party.name}: cases lost", 0, len(keys - kept)),
                TrialBound(f"{party.name}: deliveries of cases that nobody sent", 0, len(kept - keys)),
                TrialBound(f"{party.name}: retries with another body", 0, party.changed),
                TrialBound(f"{party.name}: deliveries not accepted at the end", 0, stuck),
                TrialBound(f"{party.name}: cases of which desk and destination disagree", 0, len(told ^ kept)),
            ]
        return found

    def show(self) -> None:
        """Print the table."""
        print("  destination  acknowledged   delivered   retried  answers lost  turned away  accepted at the desk")
        for party in self.parties:
            retried = party.received.total() - len(party.received)
            print(
                f"  {party.name:12}{len(self.acknowledged):13,}{len(party.kept):12,}{retried:10,}{party.lost_answers:14,}"
                f"{party.turned_away:13,}{len(self.accepted[party.name]):22,}"
            )
        print(f"  {self.kills} times a server process was killed")


def key_of(case: str) -> str:
    """Return the key by which a receiver of webhooks knows a case."""
    return f"msg_{case}-{DESK}"


async def simulate(day: SimulatedDay, url: str, keys: Path | None, folder: Path) -> DayResult:
    """Run the day on an empty database; `folder` gets the file of secrets."""
    clock, chance = DayClock(), Random(day.seed)
    result = DayResult(_parties(clock, chance))
    secrets = folder / SECRETS
    secrets.write_text(f'{SECRET} = "whsec_{base64.b64encode(chance.randbytes(32)).decode()}"\n', encoding="utf-8")
    secrets.chmod(0o600)
    async with open_database(url, keys) as database, running(result.parties):
        ports = [f"{party.name}={party.port}" for party in result.parties]
        command = [sys.executable, "-m", "bench.trials.day.worker", url, str(keys or ""), str(folder), *ports]
        servers = [ServerProcess(command, chance, day.kill_chance) for _ in range(2)]
        try:
            while clock.now < NOW + DAY:
                await _send_due(database, result, day, clock.now)
                await asyncio.gather(*(server.step(clock.now) for server in servers))
                clock.now += day.step
        finally:
            await asyncio.gather(*(server.end() for server in servers))
        result.kills = sum(server.kills for server in servers)
        await _read(database, result)
    return result


def _parties(clock: DayClock, chance: Random) -> Sequence[Party]:
    return (
        Party("steady", clock, chance),
        Party("down", clock, chance, down=DOWN),
        Party("twice", clock, chance, answers=2),
        Party("loses", clock, chance, lost=0.1),
    )


async def _send_due(database: Database, result: DayResult, day: SimulatedDay, now: float) -> None:
    """Submit the cases that residents have sent by now."""
    deliveries = tuple((DESK, party.name) for party in result.parties)
    due = min(day.cases, int(day.cases * (now - NOW + day.step) / SENDING))

    async def send() -> str:
        begun = await a_draft(database, await a_session(database, now=int(now)), now=int(now))
        draft = await answered(database, begun, now=int(now))
        return (await submitted(database, draft, now=int(now), deliveries=deliveries)).case

    while (missing := due - len(result.acknowledged)) > 0:
        result.acknowledged += await asyncio.gather(*(send() for _ in range(min(missing, AT_ONCE))))


async def _read(database: Database, result: DayResult) -> None:
    """Read what an officer sees of each delivery."""
    for case in result.acknowledged:
        for entry in await database.read(lambda tx, case=case: outbox.entries_of_case(tx, case)):  # type: ignore[misc]
            result.progress[entry.destination][entry.progress] += 1
            if entry.progress == "accepted":
                result.accepted[entry.destination].add(key_of(case))
