"""The screens on which the address that a journey asks for is found, and the forms they send."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from onestop.forms.received_form import MakeScreen
from onestop.forms.step_address import Step
from onestop.forms.visit import Visit, council_date
from onestop.http.request.form_body import FormBody
from onestop.journeys.journey import Ask
from onestop.journeys.kinds.place import AddressKind
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.values.form_values import ANSWER, DO
from onestop.journeys.values.postal_address import tidy_address
from onestop.journeys.values.property import address_line, is_property
from onestop.lookup.address_lookup import AddressLookup
from onestop.lookup.finder import NotFound, meant_address, understand_point
from onestop.lookup.lookup_forms import (
    NOT_LISTED,
    STREETS,
    chosen_from,
    find_form,
    is_elsewhere,
    list_form,
    list_title,
    not_found_text,
    too_many_text,
)
from onestop.lookup.remembered import RememberedHome
from onestop.places.gazetteer.reader import NoGazetteer
from onestop.places.postcode import find_postcode
from onestop.places.query import PlaceQuery
from onestop.screen import Button, Choice, Form, Option, Screen
from onestop.site.context import Redirect

FIND, LINES = "find", "lines"
"""The parts of a question's address with the field, and with the lines written by hand; another part is the token of a list."""
BEHIND, AHEAD = timedelta(days=14), timedelta(days=42)
KNOWN, ANOTHER = "known", "another"
BY_HAND = (LINES, NOT_LISTED)
OTHER_BUTTONS = ("skip", "thin", "done", "remove", "keep", "forget")


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """Answers one request for a question whose answer is an address."""

    lookup: AddressLookup
    remembered: RememberedHome
    step: Step

    async def screen(self, base: Screen, visit: Visit, ask: Ask) -> Screen | Redirect:
        """Return the screen of this step. `base` is the question as it is asked without a gazetteer, which is what it stays then."""
        part = self.step.part
        if part == LINES:
            return by_hand_screen(base, self.step)
        try:
            if part not in ("", FIND):
                return await self._list(base, part)
            if not self.lookup.gazetteer.exists:
                return base
            known = await self._known(visit, ask) if not part else ""
        except NoGazetteer:
            return base
        return self._offer(base, known) if known else self._find(base)

    def is_answered_by(self, body: FormBody) -> bool:
        do = body.first(DO)
        return do in OTHER_BUTTONS or (do not in BY_HAND and not self.lookup.gazetteer.exists)

    async def receive(self, body: FormBody, visit: Visit, ask: Ask, base: MakeScreen) -> Screen | Redirect | Answer:
        do, step = body.first(DO), self.step
        if self.is_answered_by(body):
            return SKIPPED
        if do in BY_HAND:
            return Redirect(step.within(LINES))
        try:
            if do == STREETS:
                return await self._lead_to(base, PlaceQuery("streets", ""))
            if step.part == LINES:
                return await self._by_hand(body, ask, base)
            if step.part not in ("", FIND):
                return await self._chosen(body, base)
            if body.first(ANSWER) == ANOTHER:
                return Redirect(step.within(FIND))
            if body.first(ANSWER) == KNOWN:
                return await self._known_answer(visit, ask) or Redirect(step.within(FIND))
            return await self._typed(body, ask, base)
        except NoGazetteer:
            return SKIPPED

    async def _typed(self, body: FormBody, ask: Ask, base: MakeScreen) -> Screen | Redirect | Answer:
        """Understand what was typed: a postcode, a street, a whole address, digits of a remote control, or a point."""
        typed = body.first(ANSWER).strip()[:200]
        point = understand_point(body.first(f"{ANSWER}.at"))
        if point and not typed:
            return await self._lead_to(base, point)
        found = await self.lookup.understand(typed)
        if not isinstance(found, NotFound):
            meant = await meant_address(self.lookup.gazetteer, found)
            # A whole address that was typed is told to exist without a list: guesses count like lists.
            if meant.kind == "home" and await self.lookup.too_many(found):
                return self._too_many(base())
            return await self._lead_to(base, meant)
        if tidy_address(typed) and not (is_elsewhere(self.lookup.context, found) and _local(ask)):
            return SKIPPED
        return self._find(base(), typed, not_found_text(self.lookup.context, found))

    async def _by_hand(self, body: FormBody, ask: Ask, base: MakeScreen) -> Screen | Answer:
        """Refuse an address of another council where the question is about one of ours."""
        written = find_postcode(body.first(ANSWER))
        if written and _local(ask) and not await self.lookup.gazetteer.at_postcode(written.postcode):
            found = NotFound(written.postcode, await self.lookup.gazetteer.council_of(written.postcode) or "")
            if is_elsewhere(self.lookup.context, found):
                error = not_found_text(self.lookup.context, found)
                return by_hand_screen(base(), self.step, error)
        return SKIPPED

    async def _chosen(self, body: FormBody, base: MakeScreen) -> Screen | Redirect | Answer:
        query = self.lookup.query(self.step.part)
        shown = await self.lookup.shown(query) if query else ()
        if query is None or not shown:
            return Redirect(self.step.within(FIND))
        chosen = chosen_from(shown, body.first(ANSWER))
        if chosen is None:
            return await self._list(base(), self.step.part, self.lookup.context.words("Choose one of these"))
        return await self._lead_to(base, chosen)

    async def _lead_to(self, base: MakeScreen, query: PlaceQuery) -> Screen | Redirect | Answer:
        if query.kind == "home":
            return await self.property(int(query.key)) or Redirect(self.step.within(FIND))
        if await self.lookup.too_many(query):
            return self._too_many(base())
        return Redirect(self.step.within(self.lookup.token(query)))

    def _too_many(self, base: Screen) -> Screen:
        return replace(self._find(base, "", too_many_text(self.lookup.context)), status=429)

    async def property(self, uprn: int) -> Answer:
        """Return a property as an answer, SKIPPED if it is not in the gazetteer any more."""
        gazetteer = self.lookup.gazetteer
        found = await gazetteer.find(uprn)
        if found is None:
            return SKIPPED
        one = found.premises
        more: Mapping[str, Answer] = {
            "at": [one.latitude, one.longitude] if one.latitude else [],
            "ward": one.ward,
            "parish": one.parish,
            "round": list(await gazetteer.rounds_of(uprn)),
            "flags": list(await gazetteer.flags_of(uprn)),
        }
        more = {**more, **self._collections(await gazetteer.rounds_of(uprn))}
        return {"uprn": uprn, "lines": list(found.lines), **{name: value for name, value in more.items() if value}}

    def _collections(self, rounds: Sequence[str]) -> Mapping[str, Answer]:
        """Return the collections around today, and which days are worked, so that a report of a missed bin can be checked."""
        context = self.lookup.context
        schedule, today = context.site.local.schedule, council_date(context.now, context.words.zone)
        first, last = today - BEHIND, today + AHEAD
        days: dict[str, list[Answer]] = {}
        for one in schedule.collections(rounds, first, last):
            if one.suspended is None:
                days.setdefault(one.day.isoformat(), []).append(one.bin)
        worked = [day.isoformat() for day in schedule.changes.holidays.working_days(first, last)]
        return {"collected": days, "worked": worked} if days else {}

    async def _known(self, visit: Visit, ask: Ask) -> str:
        """Return the address to offer first, in one line: the draft's, one of an earlier journey, or that of this household."""
        answer = await self._known_answer(visit, ask)
        return "" if answer is SKIPPED else address_line(answer)

    async def _known_answer(self, visit: Visit, ask: Ask) -> Answer:
        answers = visit.draft.answers if visit.draft else {}
        told: Answer = answers.get(ask.name, visit.reusable.get(ask.reusable_as, SKIPPED))
        if isinstance(ask.kind, RepeatKind):
            return SKIPPED
        if is_property(told):
            assert isinstance(told, Mapping)
            return await self.property(int(str(told["uprn"]))) or told
        if told is not SKIPPED and not is_thin(told):
            return told
        home = await self.remembered.find()
        return await self.property(home.uprn) if home else SKIPPED

    def _offer(self, base: Screen, known: str) -> Screen:
        words = self.lookup.context.words
        options = (Option(KNOWN, known), Option(ANOTHER, words("Another address")))
        made = self._with_form(base, lambda form: replace(form, field=Choice(ANSWER, options), hint=""))
        return replace(made, blank_form=False)

    def _find(self, base: Screen, typed: str = "", error: str = "") -> Screen:
        context = self.lookup.context
        by_hand = Button(DO, LINES, context.words("Write the address by hand"), "pencil")

        def found(form: Form) -> Form:
            also = form.also if context.channel.means.keyboard and not error else (by_hand, *form.also)
            made = find_form(context, self.step.within(FIND), form.hidden, typed, error, also)
            return replace(
                made, hint=f"{made.hint} {form.hint}".strip() if context.channel.means.keyboard else made.hint
            )

        made = self._with_form(base, found)
        return replace(made, blank_form=made.blank_form and not typed and not error)

    async def _list(self, base: Screen, token: str, error: str = "") -> Screen | Redirect:
        context, query = self.lookup.context, self.lookup.query(token)
        shown = await self.lookup.shown(query) if query else ()
        if query is None or not shown:
            return Redirect(self.step.within(LINES if query and query.kind == "near" else FIND))
        target = self.step.within(token)
        made = self._with_form(base, lambda form: list_form(context, target, form.hidden, shown, error))
        return replace(made, title=list_title(context, query), blank_form=False)

    def _with_form(self, base: Screen, change: Callable[[Form], Form]) -> Screen:
        return _with_form(base, change, self.step.within(self.step.part))


def by_hand_screen(base: Screen, step: Step, error: str = "") -> Screen:
    """Return the question with the lines to write."""
    there = step.within(LINES)
    return _with_form(base, lambda form: replace(form, target=there, error=error or form.error), there)


def _with_form(base: Screen, change: Callable[[Form], Form], address: str) -> Screen:
    """Return the question with its form changed, at another address."""
    blocks = tuple(change(block) if isinstance(block, Form) else block for block in base.blocks)
    return replace(base, blocks=blocks, address=address)


def is_place(ask: Ask) -> bool:
    """Return whether the answer is an address, which is looked up."""
    return ask.kind.has_parts


def _local(ask: Ask) -> bool:
    kind = ask.kind.of if isinstance(ask.kind, RepeatKind) else ask.kind
    return isinstance(kind, AddressKind) and kind.local
