"""The api_keys of the programs that report, and how many reports each may send in an hour."""

import hmac

from onestop.delivery.kinds.secret_file import SecretFile, SecretMissing
from onestop.open311.refusal import ReportRefused
from onestop.store.counts.network_counts import HOUR, count_in_span
from onestop.store.database import Transaction

SECRET, COUNTED = "open311", "reports"
REPORTS_AN_HOUR = 600
"""Of one key, those that are sent again counted each time: a neighbour's busiest hour, and not what would fill a disk."""


def check_key(given: str, secrets: SecretFile) -> None:
    """Raise ReportRefused unless it is one of the keys of the file of secrets."""
    try:
        keys = secrets.of(SECRET)
    except SecretMissing:
        keys = ()
    # Every key is compared, so that the time tells nothing.
    known = sum(hmac.compare_digest(given.encode(), key.encode()) for key in keys)
    if not known:
        raise ReportRefused(403, "api_key is missing or not known" if given else "api_key is required")


async def count_report(tx: Transaction, key: str, now: int) -> int:
    """Count one more report of a key; return for how many seconds it may send no more, 0 if it may."""
    sent = await count_in_span(tx, f"{COUNTED} {key}", COUNTED, HOUR, now)
    return HOUR - now % HOUR if sent > REPORTS_AN_HOUR else 0
