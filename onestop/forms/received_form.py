"""A form received for a step of a journey, with everything needed to act on it, and why it may be refused."""

from dataclasses import dataclass
from secrets import SystemRandom

from onestop.delivery.routes import Routes
from onestop.forms.step_address import Step
from onestop.forms.visit import Visit
from onestop.http.request.form_body import FormBody
from onestop.journeys.screens.context import ScreenContext
from onestop.language import Words
from onestop.pictures.photo_queue import PhotoQueue
from onestop.screen import Means
from onestop.site.journey_counter import JourneyCounter, JourneyOnChannel
from onestop.store.database import Database
from onestop.store.tables.drafts import Draft
from onestop.store.tables.network_counts import NetworkLimits

CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """`official` are the words of the council's default language, for the payload of a case."""

    visit: Visit
    around: ScreenContext
    step: Step
    body: FormBody
    channel: str
    means: Means
    official: Words
    routes: Routes
    database: Database
    photos: PhotoQueue
    limits: NetworkLimits
    counter: JourneyCounter

    @property
    def words(self) -> Words:
        return self.around.words

    @property
    def counted_as(self) -> JourneyOnChannel:
        """What this journey is counted under."""
        return self.visit.journey.name, self.channel

    def check(self, draft: Draft) -> None:
        """Raise DraftMismatch unless the questions of this form are those of the draft."""
        own, journey = self.visit.draft, self.visit.journey
        if (own is None or own.id != draft.id) and (draft.journey, draft.edition) != (journey.name, journey.edition):
            raise DraftMismatch


class DraftGone(Exception):
    """The form's draft no longer exists, or is not this session's."""


class DraftMismatch(Exception):
    """The form's draft is of another journey, or of another edition of this one."""
