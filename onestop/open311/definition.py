"""What other programs are told of a journey: a GeoReport service, whose attributes are its questions."""

from collections.abc import Iterator, Mapping
from typing import Literal

from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kinds.choice import ChoiceKind
from onestop.journeys.kinds.date import DateKind
from onestop.journeys.kinds.email import EmailKind
from onestop.journeys.kinds.number import NumberKind
from onestop.journeys.kinds.phone import PhoneKind
from onestop.journeys.kinds.place import AddressKind, SpotKind
from onestop.journeys.kinds.words import WordsKind
from onestop.journeys.repeat import RepeatKind
from onestop.language import translated

Field = Literal["place", "description", "email", "phone"]
FIELDS: Mapping[type, Field] = {
    AddressKind: "place", SpotKind: "place", WordsKind: "description", EmailKind: "email", PhoneKind: "phone",
}  # fmt: skip
"""The kinds of answer that a field of its own carries: the first question of each."""


def field_asks(journey: Journey) -> Mapping[Field, Ask]:
    """Return the question that each field of a report answers."""
    found: dict[Field, Ask] = {}
    for ask in _reportable(journey):
        if (field := FIELDS.get(type(ask.kind))) and field not in found:
            found[field] = ask
    return found


def attribute_asks(journey: Journey) -> tuple[Ask, ...]:
    """Return the questions that are attributes: all but those of fields, uploads and repeats."""
    others = {ask.name for ask in field_asks(journey).values()}
    return tuple(ask for ask in _reportable(journey) if ask.name not in others)


def service_record(journey: Journey, title: str, group: str, summary: str) -> Mapping[str, object]:
    return {
        "service_code": journey.name,
        "service_name": title,
        "description": summary,
        "metadata": bool(attribute_asks(journey)),
        "type": "realtime",
        "keywords": "",
        "group": group,
    }


def definition_record(journey: Journey, language: str) -> Mapping[str, object]:
    """Return the definition of a service. An attribute is required if its question is always asked and must be answered."""
    attributes = [_attribute(ask, number, language) for number, ask in enumerate(attribute_asks(journey), 1)]
    return {"service_code": journey.name, "attributes": attributes}


def _reportable(journey: Journey) -> Iterator[Ask]:
    yield from (
        ask for ask in journey.asks if not ask.member and not ask.kind.is_file and not isinstance(ask.kind, RepeatKind)
    )


def _attribute(ask: Ask, order: int, language: str) -> Mapping[str, object]:
    values = [{"key": one.name, "name": translated(one.text, language)} for one in ask.kind.options]
    return {
        "variable": True,
        "code": ask.name,
        "datatype": _datatype(ask),
        "required": ask.need and ask.rule is None and not ask.thin,
        "datatype_description": translated(ask.hint, language) if ask.hint else "",
        "order": order,
        "description": translated(ask.text, language),
        **({"values": values} if values else {}),
    }


def _datatype(ask: Ask) -> str:
    kind = ask.kind
    if isinstance(kind, ChoiceKind):
        return "multivaluelist" if kind.several else "singlevaluelist"
    if isinstance(kind, NumberKind):
        return "number"
    return "datetime" if isinstance(kind, DateKind) else "text" if isinstance(kind, WordsKind) else "string"
