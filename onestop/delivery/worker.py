"""The delivery worker: claims what is due in the outbox, delivers it in batches, and retries what failed."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from random import Random

from onestop.delivery.case_messages import tell_accepted
from onestop.delivery.circuit import Circuit
from onestop.delivery.kinds.destination import Accepted, Destination, Outcome, PermanentFailure, TemporaryFailure
from onestop.delivery.parcel import next_parcels
from onestop.delivery.routes import Destinations
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import outbox
from onestop.store.tables.outbox import LONGEST_WAIT, Claim

LEASE, RENEW = 10, 3.0
"""Seconds until another server takes over the claims of one that was killed, and between two renewals by one that lives."""
TIMEOUT = 60.0
"""Seconds a destination may take for one call."""
FIRST_WAIT = 5
"""Seconds before the second try, which double with each further one up to an hour."""
GIVE_UP = 7 * 86400
"""Seconds for which a delivery is tried. Then it is given up, until an operator asks for it again."""
POLL = 1.0
OUTCOMES = {Accepted: "delivered", PermanentFailure: "refused", TemporaryFailure: "failed"}
Route = tuple[str, str]
log = logging.getLogger("onestop")


class DeliveryWorker:
    """Delivers what is due. Servers that share a database share the work: each delivery is claimed by one of them."""

    def __init__(
        self, database: Database, destinations: Destinations, clock: Callable[[], float], chance: Random
    ) -> None:
        self.database, self.destinations, self.clock, self.chance = database, destinations, clock, chance
        self.batches: dict[Route, set[asyncio.Task[None]]] = {}
        self.failing: dict[Route, str] = {}
        self.circuits: dict[Route, Circuit] = {}
        self.tries: Counter[tuple[str, str, str]] = Counter()
        self.woken = asyncio.Event()

    def wake(self) -> None:
        """Look at the outbox now: a case has been submitted."""
        self.woken.set()

    @asynccontextmanager
    async def running(self, poll: float = POLL) -> AsyncIterator[None]:
        """Deliver until the end, then finish the batches in flight; what is not finished in time is delivered after the next start."""
        task = asyncio.create_task(self._loop(poll))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._finish()

    async def _loop(self, poll: float) -> None:
        while True:
            self.woken.clear()
            try:
                if self.destinations.ready():
                    await self.once()
            except Unavailable as why:
                log.warning("cases cannot be delivered now: %s; next try in %g s", why, poll)
            except Exception as why:
                log.error("cases cannot be delivered now: %s; next try in %g s", type(why).__name__, poll)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), poll)

    async def once(self) -> None:
        """Claim what is due and start delivering it. A slow destination delays only its own deliveries."""
        now = int(self.clock())
        for route in await self.database.read(lambda tx: outbox.routes_due(tx, now)):
            destination = self.destinations.find(*route)
            running = self.batches.setdefault(route, set())
            circuit = self.circuits.setdefault(route, Circuit(self.chance))
            while len(running) < (destination.parallel if destination else 1):
                most = circuit.most(destination.batch if destination else 1, now, in_flight=bool(running))
                claims = await self._claim(route, most, now) if most else ()
                if not claims:
                    break
                task = asyncio.create_task(self._deliver_batch(route, destination, claims))
                running.add(task)
                task.add_done_callback(running.discard)
                task.add_done_callback(lambda _: self.wake())

    async def idle(self) -> None:
        """Wait until no batch is in flight."""
        while tasks := self._in_flight():
            await asyncio.wait(tasks)

    def _in_flight(self) -> list[asyncio.Task[None]]:
        return [task for running in self.batches.values() for task in running]

    async def _claim(self, route: Route, most: int, now: int) -> tuple[Claim, ...]:
        return await self.database.run(lambda tx: outbox.claim(tx, route, most=most, lease=LEASE, now=now))

    async def _deliver_batch(self, route: Route, destination: Destination | None, claims: Sequence[Claim]) -> None:
        renewal = asyncio.create_task(self._renew(claims))
        try:
            while claims:
                tried, outcomes = await self._attempt(destination, claims)
                self._count(route, tried, outcomes)
                await self.database.run(partial(self._record, route=route, claims=tried, outcomes=outcomes))
                self._log(route, tried, outcomes)
                claims = claims[len(tried) :]
        except Unavailable as why:
            # The claims end and the deliveries are tried again; the destination knows what it has.
            log.warning("case %s: its delivery cannot be recorded: %s; next try in %d s", claims[0].case, why, LEASE)
        finally:
            renewal.cancel()

    async def _attempt(
        self, destination: Destination | None, claims: Sequence[Claim]
    ) -> tuple[Sequence[Claim], Sequence[Outcome]]:
        """Deliver the first of `claims`, as many as fit into memory; return them and their outcomes."""
        if destination is None:
            return claims, [TemporaryFailure("desks.yaml declares no such destination")] * len(claims)
        tried: Sequence[Claim] = claims[:1]
        try:
            parcels = await self.database.read(lambda tx: next_parcels(tx, claims))
            # A case that was erased meanwhile has no parcel, and no row in the outbox.
            tried = claims[: len(parcels)]
            there = [parcel for parcel in parcels if parcel is not None]
            async with asyncio.timeout(TIMEOUT):
                outcomes = iter(await destination.deliver(there) if there else ())
            return tried, [Accepted() if parcel is None else next(outcomes) for parcel in parcels]
        except Unavailable:
            raise
        except (TemporaryFailure, PermanentFailure) as why:
            failure: Outcome = why
        except TimeoutError:
            failure = TemporaryFailure("the destination did not answer in time")
        except Exception as why:
            # The text of an unexpected exception may contain personal data; its type does not.
            failure = TemporaryFailure(f"{type(why).__name__} while delivering")
        return tried, [failure] * len(tried)

    def _count(self, route: Route, claims: Sequence[Claim], outcomes: Sequence[Outcome]) -> None:
        """Tell the circuit of the destination what became of the cases."""
        circuit = self.circuits.setdefault(route, Circuit(self.chance))
        if not all(isinstance(outcome, TemporaryFailure) for outcome in outcomes):
            circuit.answered()
        else:
            circuit.fail([claim.case for claim in claims], self.clock())

    async def _record(
        self, tx: Transaction, route: Route, claims: Sequence[Claim], outcomes: Sequence[Outcome]
    ) -> None:
        now = int(self.clock())
        for claim, outcome in sorted(zip(claims, outcomes, strict=True), key=lambda pair: pair[0].case):
            # In the order of cases, so that two workers lock them in the same one.
            if isinstance(outcome, Accepted):
                due = now + outcome.ask if outcome.ask else None
                await outbox.accepted(tx, claim, now, number=outcome.number, token=outcome.token, ask_due=due)
                await tell_accepted(tx, claim.case, now)
            elif isinstance(outcome, PermanentFailure):
                await outbox.refused(tx, claim, str(outcome), now)
            else:
                wait = max(retry_seconds(claim.tries, self.chance), min(outcome.wait, LONGEST_WAIT))
                await outbox.postpone(tx, claim, str(outcome), now + wait)
                if claim.since <= now - GIVE_UP:
                    await outbox.give_up(tx, claim, now)
                if self.circuits[route].open:
                    # Those behind the trial are not tried, but their time ends too.
                    await outbox.give_up_old(tx, route, str(outcome), before=now - GIVE_UP, now=now)

    def _log(self, route: Route, claims: Sequence[Claim], outcomes: Sequence[Outcome]) -> None:
        """Count every try. Log each refused case, and a failing route at its first failure, another reason and its recovery."""
        desk, name = route
        for claim, outcome in zip(claims, outcomes, strict=True):
            self.tries[desk, name, OUTCOMES[type(outcome)]] += 1
            if isinstance(outcome, PermanentFailure):
                log.error("case %s: refused by %s of desk %s: %s", claim.case, name, desk, outcome)
            elif isinstance(outcome, TemporaryFailure) and self.failing.get(route) != str(outcome):
                self.failing[route] = str(outcome)
                said = "case %s: not delivered to %s of desk %s at try %d: %s; it and later ones are retried in %d s or more"
                log.warning(said, claim.case, name, desk, claim.tries, outcome, FIRST_WAIT // 2)
            elif isinstance(outcome, Accepted) and self.failing.pop(route, ""):
                log.info("desk %s: cases are delivered to %s again", desk, name)

    async def _renew(self, claims: Sequence[Claim]) -> None:
        while True:
            await asyncio.sleep(RENEW)
            with suppress(Unavailable):
                await self.database.run(partial(outbox.renew, claims=claims, until=int(self.clock()) + LEASE))

    async def _finish(self) -> None:
        tasks = self._in_flight()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=1.0)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def retry_seconds(tries: int, chance: Random) -> int:
    """Return the wait after this many tries: it doubles up to an hour, with jitter so that failed deliveries spread out."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 20))
    return max(1, int(longest * chance.uniform(0.5, 1.0)))
