"""Run every attack concurrently, in threads of one process, and count the responses to each."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from bench.trials.attacks import costly_requests, slow_connections, visits

Round = Callable[[Random], str]


@dataclass(frozen=True, slots=True)
class Attack:
    """`begin` makes the round of one client for a port; `clients` run it side by side, each `pause` seconds after its last one."""

    name: str
    begin: Callable[[int], Round]
    clients: int = 2
    pause: float = 0.2


def _stateless(run: Callable[[int, Random], str]) -> Callable[[int], Round]:
    return lambda port: lambda chance: run(port, chance)


ATTACKS = (
    Attack("long headers", _stateless(costly_requests.long_headers), pause=0.05),
    Attack("headers of parts", _stateless(costly_requests.part_headers)),
    Attack("preambles", _stateless(costly_requests.preambles)),
    Attack("tiny chunks", _stateless(costly_requests.tiny_chunks)),
    Attack("pipelined 404s", _stateless(costly_requests.pipelined_not_found), pause=0.5),
    Attack("uploads cut off", _stateless(slow_connections.cut_off_uploads), pause=0.5),
    Attack("slow writers", _stateless(slow_connections.slow_writers), pause=0.5),
    Attack("never-readers", _stateless(slow_connections.never_readers), pause=0.5),
    Attack("long refused answers", visits.long_answers),
    Attack("odd photos", visits.odd_photos, pause=0.3),
    Attack("guessed codes", visits.guessed_codes),
    Attack("drafts left", visits.drafts_left),
)


@dataclass
class Attackers:
    """Runs attacks against a port until told to stop. `answers` counts, by attack, what came back."""

    port: int
    seed: int = 1
    attacks: tuple[Attack, ...] = ATTACKS
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, seconds: float) -> Mapping[tuple[str, str], int]:
        """Attack for `seconds`; return the counts. Unfinished rounds are abandoned."""
        for attack in self.attacks:
            for number in range(attack.clients):
                chance = Random(f"{self.seed} {attack.name} {number}")
                threading.Thread(target=self._client, args=(attack, chance), daemon=True).start()
        time.sleep(seconds)
        self.stop.set()
        return dict(self.answers)

    def _client(self, attack: Attack, chance: Random) -> None:
        run = attack.begin(self.port)
        while not self.stop.is_set():
            try:
                answer = run(chance)
            except Exception as why:
                answer = f"{type(why).__name__}: {why}"[:80]
            self.answers[attack.name, answer] += 1
            self.stop.wait(attack.pause)


def show(answers: Mapping[tuple[str, str], int]) -> None:
    """Print one line an attack: how many rounds, and the answers to them."""
    print("\n  attack                  rounds  answers")
    for name in dict.fromkeys(name for name, _ in answers):
        mine = {answer: times for (attack, answer), times in answers.items() if attack == name}
        said = ", ".join(f"{answer}: {times:,}" for answer, times in sorted(mine.items(), key=lambda row: -row[1]))
        print(f"  {name:22}{sum(mine.values()):8,}  {said}")
