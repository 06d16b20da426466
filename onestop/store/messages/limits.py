"""Limits on messages, so that nobody can be bombed with them: counted in the database, by recipient, by network and for all together.

Whoever fills in forms with a stranger's telephone number makes it ring at most `FOR_RECIPIENT` times a day, and a code is sent to it at
most `CODES_FOR_RECIPIENT` times, whatever network, session or draft it comes from.
"""

from onestop.journeys.values.recipient import Recipient
from onestop.store.counts.network_counts import DAY, HOUR, count_in_span
from onestop.store.database import Transaction

FOR_RECIPIENT = 12
"""Messages about cases that one address gets in a day. A recipient beyond them follows the case by its reference."""
CODES_FOR_RECIPIENT, CODES_FOR_NETWORK, CODES_FOR_ALL = 5, 30, 600
"""Codes that are sent to one address in a day, from one network in a day, such as a library's, and by all together in an hour."""
MESSAGES, CODES = "messages", "codes"


async def allow_message(tx: Transaction, recipient: Recipient, now: int) -> bool:
    """Count one message about a case; return whether its recipient may have it."""
    return await count_in_span(tx, _whose(recipient), MESSAGES, DAY, now) <= FOR_RECIPIENT


async def allow_code(tx: Transaction, recipient: Recipient, network: str, now: int) -> bool:
    """Count one code that is to be sent; return whether it may. `network` is "" if it is unknown or this machine.

    One over a limit does not count towards the next, so that a stranger who is over theirs cannot use up everybody's.
    """
    if network and await count_in_span(tx, f"codes from {network}", CODES, DAY, now) > CODES_FOR_NETWORK:
        return False
    if await count_in_span(tx, _whose(recipient), CODES, DAY, now) > CODES_FOR_RECIPIENT:
        return False
    return await count_in_span(tx, "codes of all", CODES, HOUR, now) <= CODES_FOR_ALL


def _whose(recipient: Recipient) -> str:
    return f"{recipient.means} to {recipient.to.casefold()}"
