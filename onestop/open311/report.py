"""A report as it was posted becomes the answers of a journey, each parsed by the kind of its question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from onestop.http.request.form_body import FormBody
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kind import FormContext, Refused
from onestop.journeys.kinds.date import DateKind
from onestop.journeys.values.answer import SKIPPED, THIN, Answer
from onestop.journeys.values.form_values import ANSWER, FormValues
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.walk import Walk, walk
from onestop.language import Words
from onestop.open311.definition import Field, field_asks
from onestop.open311.refusal import ReportRefused

LONGEST_DESCRIPTION = 4000
OTHERS = {
    "description": "Description", "lat": "Latitude", "long": "Longitude", "address_string": "Place",
    "first_name": "First name", "last_name": "Last name", "email": "Email", "phone": "Telephone",
    "media_url": "Picture at",
}  # fmt: skip
"""Fields that a report may have whatever its journey asks, with the question that an officer reads."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """`words` are of the language that a report is read in, `channel` says which questions are asked."""

    words: Words
    channel: str
    today: date


def answers_of_report(journey: Journey, form: FormBody, context: ReportContext) -> Walk:
    """Return the complete walk of a report. Raises ReportRefused."""
    if len(form.first("description")) > LONGEST_DESCRIPTION:
        raise ReportRefused(400, f"description is longer than {LONGEST_DESCRIPTION} characters")
    by_name: dict[str, Field] = {ask.name: field for field, ask in field_asks(journey).items()}
    given: dict[str, Answer] = {}
    while (way := walk(journey, given, context.channel, context.today)).next:
        given[way.next.name] = _answer(way, way.next, form, by_name.get(way.next.name), context)
    if way.stop:
        raise ReportRefused(400, text_of(way, way.stop.text, context.words))
    if way.missing:
        raise ReportRefused(
            400, f"one of these is needed: {', '.join(_name(ask, by_name) for ask in way.missing.asks)}"
        )
    return way


def other_answers(way: Walk, form: FormBody) -> list[Mapping[str, str]]:
    """Return what a report says besides the answers of the path, so that the desk gets all of it."""
    answered: set[str] = {field for field, ask in field_asks(way.journey).items() if way.ask_on_path(ask.name)}
    if "place" in answered:
        answered |= {"lat", "long", "address_string"}
    given = [(name, form.first(name).strip()[:LONGEST_DESCRIPTION]) for name in OTHERS if name not in answered]
    return [{"ask": name, "question": OTHERS[name], "said": text, "value": text} for name, text in given if text]


def idempotency_key(client: str, header: str, journey: str, form: FormBody) -> str:
    """Return what is the same whenever a client sends a report again: its key of the request, else all that it sent."""
    fields = sorted((name, values) for name, values in form.fields.items() if name != "api_key")
    return sha256(repr((client, header or fields, journey)).encode()).hexdigest()


def _answer(way: Walk, ask: Ask, form: FormBody, field: Field | None, context: ReportContext) -> Answer:
    values = _values(ask, form, field)
    if not any(text for texts in values.values() for text in texts):
        if ask.need and not ask.thin:
            raise ReportRefused(
                400,
                f"{_name(ask, {ask.name: field} if field else {})} is required: {text_of(way, ask.text, context.words)}",
            )
        return THIN if ask.need else SKIPPED
    read = ask.kind.read_answer(values, FormContext(context.words, context.today, ask.need))
    if isinstance(read, Refused):
        raise ReportRefused(400, f"{_name(ask, {ask.name: field} if field else {})}: {read.message}")
    return read


def _values(ask: Ask, form: FormBody, field: Field | None) -> FormValues:
    """Return what of the report answers a question, as the fields of its form."""
    if field == "place":
        at = [form.first("lat").strip(), form.first("long").strip()]
        return {ANSWER: (form.first("address_string"),), f"{ANSWER}.at": (",".join(at) if all(at) else "",)}
    if field:
        return {ANSWER: (form.first(field),)}
    single, several = form.fields.get(f"attribute[{ask.name}]", ()), form.fields.get(f"attribute[{ask.name}][]", ())
    given = tuple(text for text in (*single, *several) if text)
    if isinstance(ask.kind, DateKind) and given:
        year, _, rest = given[0][:10].partition("-")
        month, _, day = rest.partition("-")
        return {f"{ANSWER}.day": (day,), f"{ANSWER}.month": (month,), f"{ANSWER}.year": (year,)}
    return {ANSWER: given}


def _name(ask: Ask, fields: Mapping[str, Field]) -> str:
    field = fields.get(ask.name)
    return {"place": "lat and long, or address_string"}.get(field, field) if field else f"attribute[{ask.name}]"
