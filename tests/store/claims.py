"""Show and claim a hand-over code of a draft."""

from random import Random
from secrets import SystemRandom

from support.samples.journey_samples import NOW

from onestop.store.database import Database
from onestop.store.tables import codes
from onestop.store.tables.codes import Claimant, CodeRejected, DraftClaimed, HandOverCode, OwnDraftExists
from onestop.store.tables.drafts import Draft


async def shown(database: Database, draft: Draft, now: int = NOW, chance: Random | None = None) -> HandOverCode:
    code = await database.run(lambda tx: codes.show(tx, draft.session, draft.id, now, chance or SystemRandom()))
    assert code is not None
    return code


async def claimed(
    database: Database, given: str, session: str, now: int = NOW, place: str = "", instead: str = ""
) -> DraftClaimed | OwnDraftExists | CodeRejected:
    who = Claimant(session, "palm", place, instead)
    return await database.run(lambda tx: codes.claim(tx, given, who, now))
