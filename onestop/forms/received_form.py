"""A form that has come, with everything needed to deal with it, and why it may not be taken."""

from dataclasses import dataclass
from secrets import SystemRandom

from onestop.delivery.routes import Routes
from onestop.forms.step_address import Step
from onestop.forms.visit import Held
from onestop.http.form_body import FormBody
from onestop.journeys.screens.context import ScreenContext
from onestop.language import Words
from onestop.pictures.photo_queue import PhotoQueue
from onestop.screen import Means
from onestop.store.database import Database
from onestop.store.tables.drafts import Draft

CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Taken:
    """A form, and whose visitor holds what. `official` are the words of the default language."""

    held: Held
    around: ScreenContext
    step: Step
    sent: FormBody
    channel: str
    means: Means
    official: Words
    routes: Routes
    database: Database
    photo_queue: PhotoQueue

    @property
    def words(self) -> Words:
        return self.around.words

    def check(self, draft: Draft) -> None:
        """Raise `Mismatch` unless the questions asked here are those of the draft."""
        own, journey = self.held.draft, self.held.journey
        if (own is None or own.id != draft.id) and (draft.journey, draft.edition) != (journey.name, journey.edition):
            raise Mismatch


class NotHeld(Exception):
    """The draft that the form belongs to is not this visit's, or is there no longer."""


class Mismatch(Exception):
    """The draft that the form names is of another journey, or of another edition of this one."""
