"""A report becomes a case, the same one however often it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import SystemRandom

from onestop.casework.case import Receipt, Submission
from onestop.casework.promise import promised_by
from onestop.casework.whereabouts import whereabouts_in
from onestop.journeys.condition import holds
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.payload import SubmissionDetails, payload
from onestop.journeys.walk.walk import Walk
from onestop.language import Words
from onestop.site.site import Site
from onestop.store.database import Transaction
from onestop.store.tables import cases, drafts, photos
from onestop.store.tables.drafts import Draft
from onestop.store.tables.editions import Edition

CHANNEL, DAY = "open311", 86400
REMEMBERED = 8 * DAY
"""Seconds in which a report that is sent again is the same: a client like ours tries for seven days."""
MEDIA, MEDIA_TYPE = "media", "image/jpeg"
"""What a photo answers in a journey without a question for one, and what photos are re-encoded to."""
CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class ReportSubmission:
    """A report that has been checked: the complete `way`, what it says `besides`, and its photo, re-encoded, or None.

    `key` is the same whenever it is sent again. `now` is in seconds since 1970.
    """

    site: Site
    words: Words
    way: Walk
    besides: Sequence[Mapping[str, str]]
    photo: bytes | None
    key: str
    now: int

    async def store(self, tx: Transaction) -> Receipt | None:
        """Return the receipt of the case; None if the report was sent before and has expired."""
        journey = self.way.journey
        edition = Edition(journey.edition, journey.name, journey.source)
        draft = await drafts.begin_once(
            tx, self.key[:32], edition,
            channel=CHANNEL, language=self.words.language, keeps=journey.keeps_draft * DAY, now=self.now,
        )  # fmt: skip
        if draft is None:
            return None
        ids = await self._store_photo(tx, draft)
        return await cases.submit(
            tx, draft.session, draft.id, lambda draft, reference: self._build(reference, ids),
            chance=CHANCE, now=self.now, remembered=REMEMBERED,
        )  # fmt: skip

    async def _store_photo(self, tx: Transaction, draft: Draft) -> tuple[str, ...]:
        """Store the photo with the draft; return its id. Nothing is stored if the draft is a case already."""
        if self.photo is None:
            return ()
        ask = next((ask.name for ask in self.way.path if ask.kind.is_file), MEDIA)
        kept = await photos.add(tx, draft.id, ask=ask, kind=MEDIA_TYPE, content=self.photo, now=self.now)
        return (kept.id,) if kept else ()

    def _build(self, reference: str, photo_ids: tuple[str, ...]) -> Submission:
        way, words, journey = self.way, self.words, self.way.journey
        sent = SubmissionDetails(reference, datetime.fromtimestamp(self.now, UTC), CHANNEL, words.language)
        lines = (one.text for one in journey.done.say if holds(one.rule, way.answers, way.today))
        said = " ".join(text_of(way, text, words) for text in lines)
        body = payload(way, sent, words)
        body["answers"] = [*body["answers"], *self.besides]  # type: ignore[misc]
        return Submission(
            body,  # type: ignore[arg-type]
            self.site.routes.deliveries(journey.done.send), journey.keeps_case * DAY,
            {"said": said, "rows": []},
            photos=photo_ids,
            whereabouts=whereabouts_in(way),
            promised=promised_by(self.now, words.zone, journey.done.working_days, self.site.catalogue.holidays),
        )  # fmt: skip
