"""A form received for a step of a journey, with everything needed to act on it, and why it may be refused."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from secrets import SystemRandom
from typing import Protocol

from onestop.delivery.routes import Routes
from onestop.forms.step_address import Step
from onestop.forms.visit import Visit, VisitLoader
from onestop.http.request.form_body import FormBody
from onestop.journeys.journey import Ask
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.recipient import MessageMeans
from onestop.language import Words
from onestop.pictures.photo_queue import PhotoQueue
from onestop.screen import Means, Screen
from onestop.site.context import Redirect
from onestop.site.journey_counter import JourneyCounter, JourneyOnChannel
from onestop.store.counts.network_counts import NetworkLimits
from onestop.store.database import Database, Transaction
from onestop.store.tables.drafts import Draft

CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """`official` are the words of the council's default language, for the payload of a case; `context_of` is of a visit's screens.

    `sent_by` returns the means by which this server can send messages. `network` is that of the request, "" if it is not known.
    """

    visit: Visit
    words: Words
    context_of: Callable[[Visit], ScreenContext]
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
    holidays: Container[date]
    sent_by: Callable[[], frozenset[MessageMeans]]
    network: str

    @property
    def around(self) -> ScreenContext:
        """The context of this visit's screens, made when a screen is shown: most forms are answered by a redirect."""
        return self.context_of(self.visit)

    @property
    def counted_as(self) -> JourneyOnChannel:
        """What this journey is counted under."""
        return self.visit.journey.name, self.contact_channel

    @property
    def contact_channel(self) -> str:
        """The channel that the resident uses: the telephone or the counter if an officer answers for them."""
        session = self.visit.session
        return session.channel if session and session.officer else self.channel

    def check(self, draft: Draft) -> None:
        """Raise DraftMismatch unless the questions of this form are those of the draft."""
        own, journey = self.visit.draft, self.visit.journey
        if (own is None or own.id != draft.id) and (draft.journey, draft.edition) != (journey.name, journey.edition):
            raise DraftMismatch


MakeScreen = Callable[[], Screen]
"""Returns the question as it is asked without a gazetteer. It is called to show it only: most forms are answered by a redirect."""


class AddressForm(Protocol):
    """A form that answers a question for an address."""

    def is_answered_by(self, body: FormBody) -> bool:
        """Return whether the form has the answer itself, or none, so that nothing is looked up."""

    async def receive(self, body: FormBody, visit: Visit, ask: Ask, base: MakeScreen) -> Screen | Redirect | Answer:
        """Return the property that was chosen, the next screen on which it is found, or SKIPPED if the form has the answer itself."""


@dataclass(frozen=True, slots=True)
class ArrivedForm:
    """A form before its visit has been loaded: by `load` on its own, or by `lock` inside the transaction that saves it."""

    step: Step
    body: FormBody
    database: Database
    loader: VisitLoader
    received: Callable[[Visit], ReceivedForm]
    place: AddressForm

    async def load(self) -> ReceivedForm:
        return self.received(await self.database.read(self.loader.load))

    async def lock(self, tx: Transaction) -> ReceivedForm:
        """Return the form, with the visit's draft locked for the transaction."""
        return self.received(await self.loader.lock(tx))


class DraftGone(Exception):
    """The form's draft no longer exists, or is not this session's."""


class DraftMismatch(Exception):
    """The form's draft is of another journey, or of another edition of this one."""
