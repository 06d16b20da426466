"""Banners that officers show or take down at the desk. They are public, so nothing of them is encrypted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from onestop.store.database import Transaction
from onestop.store.ids import new_id
from onestop.store.queries import read_queries

SQL = read_queries(__file__)


@dataclass(frozen=True, slots=True)
class DeskAlert:
    """A banner of the desk. `titles` and `texts` are by language; `last_day` is the ISO date after which it is not shown, or ""."""

    id: str
    officer: str
    begun: int
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    target: str
    last_day: str


async def add(
    tx: Transaction,
    officer: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    target: str,
    last_day: str,
    now: int,
) -> str:
    """Show a banner from now on; return its id."""
    made = new_id(now)
    await tx.execute(
        SQL.add_alert,
        id=made, officer=officer, now=now, titles=json.dumps(titles), texts=json.dumps(texts), target=target,
        last_day=last_day,
    )  # fmt: skip
    return made


async def shown(tx: Transaction, today: str) -> tuple[DeskAlert, ...]:
    """Return the banners that are shown on a day (an ISO date), the latest first."""
    return tuple(
        DeskAlert(name, officer, begun, json.loads(titles), json.loads(texts), target, last_day)
        for name, officer, begun, titles, texts, target, last_day in await tx.rows(SQL.alerts, today=today)
    )


async def end(tx: Transaction, alert: str, now: int) -> bool:
    """Take a banner down; return whether it was shown."""
    return await tx.execute(SQL.end_alert, id=alert, now=now) == 1


async def hide(tx: Transaction, digest: str, officer: str, now: int) -> None:
    """Take down the banner of alert.yaml that has this digest."""
    await tx.execute(SQL.hide, digest=digest, officer=officer, now=now)


async def restore(tx: Transaction, digest: str) -> None:
    """Show the banner of alert.yaml again that has this digest."""
    await tx.execute(SQL.restore, digest=digest)


async def hidden(tx: Transaction) -> frozenset[str]:
    """Return the digests of the banners of alert.yaml that are taken down."""
    return frozenset(row[0] for row in await tx.rows(SQL.hidden))
