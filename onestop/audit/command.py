"""The command `audit`: verify the audit log."""

import argparse
import asyncio
import re

from onestop.audit.chain import Verdict, verify
from onestop.capability import CommandFailed
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.tables.staff.audit_entries import AuditHead

HEAD = re.compile(r"[0-9a-f]{64}")


def run_audit(options: argparse.Namespace, settings: Settings) -> int:
    """Verify the log, also against a COUNT and HEAD noted before; return 1 if it is broken. Raises `CommandFailed`."""
    if str(options.folder) != "verify":
        raise CommandFailed(f"audit takes `verify`, not `{options.folder}`")
    noted = _noted([str(text) for text in options.more])
    verdict = asyncio.run(_verify(settings, noted))
    if verdict.broken:
        print(f"BROKEN: entry {verdict.broken} {verdict.why}; the {verdict.head.entries} before it are sound")
        return 1
    print(
        f"{verdict.head.entries} entries are sound; keep this line away from this machine, and give it to the next `audit verify`:"
    )
    print(f"{verdict.head.entries} {verdict.head.mac or '-'}")
    return 0


def _noted(given: list[str]) -> AuditHead | None:
    if not given:
        return None
    if len(given) != 2 or not given[0].isdecimal() or not (HEAD.fullmatch(given[1]) or given == ["0", "-"]):
        raise CommandFailed("audit verify takes COUNT and HEAD as it printed them: 120 and 64 hexadecimal digits")
    return AuditHead(int(given[0]), given[1])


async def _verify(settings: Settings, noted: AuditHead | None) -> Verdict:
    async with open_database(settings.database, settings.keys) as database:
        return await verify(database, noted)
