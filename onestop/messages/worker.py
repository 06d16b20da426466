"""The worker that sends messages: claims what is due, hands it to the carrier, retries, and asks what became of it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from random import Random

from onestop.delivery.circuit import Circuit
from onestop.delivery.kinds.destination import PermanentFailure, TemporaryFailure
from onestop.delivery.worker import retry_seconds
from onestop.http.background import background_task
from onestop.journeys.values.recipient import MEANS, MessageMeans
from onestop.messages.carrier import REFUSED, Carrier, OutgoingMessage
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.messages import queue
from onestop.store.messages.queue import ERASED, GIVEN_UP, MessageClaim, MessageContent, MessageStatus, StatusQuery

LEASE, RENEW = 30, 8.0
"""Seconds until another server takes over the messages of one that was killed, and between two renewals by one that lives."""
TIMEOUT = 45.0
"""Seconds that a carrier may take for one message, with the question whether it has it already."""
BATCH = 8
POLL = 2.0
ASK_WAITS = (60, 300, 900, 3600, 4 * 3600, 12 * 3600, 86400, 86400, 86400, 86400, 86400)
"""Seconds between two questions what became of a message. GOV.UK Notify forgets it after seven days."""
MOST_ASKED, ASK_LEASE = 20, 600
Compose = Callable[[MessageClaim, MessageContent], OutgoingMessage]
log = logging.getLogger("onestop")


class MessageWorker:
    """Sends what is due. Servers that share a database share the work: each message is claimed by one of them.

    `carrier` returns that of a means, or None if none is declared; `compose` words a message, or raises LookupError before the
    catalogue has been read.
    """

    def __init__(
        self, database: Database, carrier: Callable[[MessageMeans], Carrier | None], compose: Compose,
        clock: Callable[[], float], chance: Random,
    ) -> None:  # fmt: skip
        self.database, self.carrier, self.compose, self.clock, self.chance = database, carrier, compose, clock, chance
        self.circuits = {means: Circuit(chance) for means in MEANS}
        self.failing: dict[str, str] = {}

    @asynccontextmanager
    async def running(self, poll: float = POLL) -> AsyncIterator[None]:
        """Send until the end; what is not finished then is sent after the next start."""
        async with background_task(self._loop(self.once, poll)), background_task(self._loop(self.ask_carriers, poll)):
            yield

    async def _loop(self, work: Callable[[], Awaitable[None]], poll: float) -> None:
        while True:
            try:
                await work()
            except Exception as why:
                # The text of an unexpected exception may contain personal data; its type does not.
                text = str(why) if isinstance(why, Unavailable) else type(why).__name__
                log.warning("messages cannot be sent now: %s; next try in %g s", text, poll)
            await asyncio.sleep(poll)

    async def once(self) -> None:
        """Send what is due, by each means at the same time: a slow carrier delays only its own messages."""
        now = int(self.clock())
        due = await self.database.read(lambda tx: queue.means_due(tx, now))
        await asyncio.gather(*map(self._send_due, due))

    async def _send_due(self, means: MessageMeans) -> None:
        now = int(self.clock())
        most = self.circuits[means].most(BATCH, now, in_flight=False)
        if not most:
            return
        claims = await self.database.run(lambda tx: queue.claim(tx, means, most=most, lease=LEASE, now=now))
        async with background_task(self._renew(claims)):
            await asyncio.gather(*map(self._send, claims))

    async def _send(self, claim: MessageClaim) -> None:
        try:
            status = await self._hand_over(claim)
        except Unavailable:
            raise
        except PermanentFailure as why:
            log.error("message %s: refused: %s", claim.id, why)
            status = MessageStatus("failed", reason=REFUSED, detail=str(why))
        except Exception as why:
            await self._postpone(claim, why)
            return
        self.circuits[claim.means].answered()
        if self.failing.pop(claim.means, ""):
            log.info("messages by %s are sent again", claim.means)
        await self._record(claim, status)

    async def _hand_over(self, claim: MessageClaim) -> MessageStatus:
        """Give the message to the carrier; return its status. Raises `TemporaryFailure`, `PermanentFailure` or what went wrong."""
        content = await self.database.read(lambda tx: queue.content_of(tx, claim))
        if content is None:
            return MessageStatus("failed", reason=ERASED)
        carrier = self.carrier(claim.means)
        if carrier is None:
            raise TemporaryFailure("messages.yaml declares no carrier for it")
        async with asyncio.timeout(TIMEOUT):
            return await carrier.send(self.compose(claim, content), again=claim.tries > 1)

    async def _postpone(self, claim: MessageClaim, why: Exception) -> None:
        """Try the message again later, or give it up if it would come too late."""
        failure = why if isinstance(why, TemporaryFailure) else TemporaryFailure(f"{type(why).__name__} while sending")
        now, detail = int(self.clock()), "it did not answer in time" if isinstance(why, TimeoutError) else str(failure)
        self.circuits[claim.means].fail([claim.id], now)
        if self.failing.get(claim.means) != detail:
            self.failing[claim.means] = detail
            log.warning("message %s: not sent by %s at try %d: %s", claim.id, claim.means, claim.tries, detail)
        due = now + max(retry_seconds(claim.tries, self.chance), min(failure.wait, queue.LONGEST_WAIT))
        if due > claim.ends:
            await self._record(claim, MessageStatus("failed", reason=GIVEN_UP, detail=detail))
        else:
            await self.database.run(lambda tx: queue.postpone(tx, claim, detail, due))

    async def _record(self, claim: MessageClaim, status: MessageStatus) -> None:
        now = int(self.clock())
        ask_due = now + ASK_WAITS[0] if status.number else None
        await self.database.run(lambda tx: queue.record(tx, claim.id, status, now, ask_due=ask_due))

    async def _renew(self, claims: Sequence[MessageClaim]) -> None:
        while True:
            await asyncio.sleep(RENEW)
            until = int(self.clock()) + LEASE
            with suppress(Unavailable):
                await self.database.run(lambda tx, until=until: queue.renew(tx, claims, until))  # type: ignore[misc]

    async def ask_carriers(self) -> None:
        """Ask what became of messages that no callback has told about yet."""
        now = int(self.clock())
        if not await self.database.read(lambda tx: queue.is_query_due(tx, now)):
            return
        due = await self.database.run(lambda tx: queue.queries_due(tx, now, most=MOST_ASKED, lease=ASK_LEASE))
        for one in due:
            await self._ask(one, now)

    async def _ask(self, query: StatusQuery, now: int) -> None:
        carrier, found = self.carrier(query.means), None
        try:
            found = await carrier.status(query.number) if carrier else None
        except TemporaryFailure:
            return
        except PermanentFailure:
            # It knows the message no more: what it said last stays.
            query = StatusQuery(query.id, query.means, query.number, len(ASK_WAITS), query.made)
        if found and found.state != "sent":
            await self.database.run(lambda tx: queue.record(tx, query.id, found, now))
            return
        due = now + ASK_WAITS[query.asks] if query.asks < len(ASK_WAITS) else None
        await self.database.run(lambda tx: queue.ask_again(tx, query, due))
