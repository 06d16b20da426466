"""The form of a GeoReport report, made of the answers of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onestop.casework.case import Json
from onestop.casework.reference import grouped
from onestop.delivery.kinds.destination import Parcel, PermanentFailure
from onestop.delivery.kinds.georeport import ServiceAttribute

LONGEST_DESCRIPTION = 4000
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ServiceMapping:
    """How the cases of one journey become reports of one service: which question answers each attribute and field.

    `place` is the question for the place, `description` are the questions whose answers may be published.
    """

    code: str
    place: str = ""
    description: tuple[str, ...] = ()
    attributes: Pairs = ()
    fields: Pairs = ()


def report_fields(
    parcel: Parcel, service: ServiceMapping, attributes: Sequence[ServiceAttribute]
) -> list[tuple[str, str]]:
    """Return the form of a report. Raises `PermanentFailure` if the service wants what the journey does not have."""
    answers = _answers(parcel.body)
    said = {ask: str(one.get("said") or "") for ask, one in answers.items()}
    fields = [("service_code", service.code), *_place(answers.get(service.place, {}))]
    fields += [(name, said[ask]) for name, ask in service.fields if said.get(ask)]
    if not {"lat", "address_string", "address_id"} & {name for name, _ in fields}:
        raise PermanentFailure("the case has no place, and every report needs one")
    mapped = dict(service.attributes)
    known = {attribute.code for attribute in attributes}
    # Some servers publish no definition of services that have attributes.
    undefined = [ServiceAttribute(code, "string", False) for code in mapped if code not in known]
    for attribute in (*attributes, *undefined):
        answer = answers.get(mapped.get(attribute.code, ""))
        if answer is not None and (attribute.values or said[mapped[attribute.code]]):
            fields += _attribute_fields(attribute, answer)
        elif attribute.required:
            raise PermanentFailure(
                f"its service {service.code} wants `{attribute.code}`, which no answer of the case gives"
            )
    end = f"Reference {grouped(parcel.reference)}"
    lines = [str(parcel.body.get("title") or ""), *(said[ask] for ask in service.description if said.get(ask))]
    start = "\n".join(filter(None, lines))[: LONGEST_DESCRIPTION - len(end) - 1]
    return [*fields, ("description", f"{start}\n{end}")]


def _answers(body: Mapping[str, Json]) -> dict[str, Mapping[str, Json]]:
    listed = body.get("answers")
    found = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, Sequence) else []
    return {str(one.get("ask")): one for one in found}


def _place(answer: Mapping[str, Json]) -> list[tuple[str, str]]:
    value = answer.get("value")
    at = value.get("at") if isinstance(value, Mapping) else None
    words = str(answer.get("said") or "")
    spot = [("lat", str(at[0])), ("long", str(at[1]))] if isinstance(at, Sequence) and len(at) == 2 else []
    return [*spot, ("address_string", words)] if words else spot


def _attribute_fields(attribute: ServiceAttribute, answer: Mapping[str, Json]) -> list[tuple[str, str]]:
    value, said = answer.get("value"), str(answer.get("said") or "")
    if not attribute.values:
        return [(f"attribute[{attribute.code}]", said)]
    given = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value), said]
    keys = [key for one in given for key in _matching(attribute, one)]
    several = attribute.datatype == "multivaluelist"
    if not keys or (several and isinstance(value, list | tuple) and len(keys) < len(given)):
        raise PermanentFailure(f"its attribute `{attribute.code}` does not have the answer that was given")
    if several:
        return [(f"attribute[{attribute.code}][]", key) for key in dict.fromkeys(keys)]
    return [(f"attribute[{attribute.code}]", keys[0])]


def _matching(attribute: ServiceAttribute, text: str) -> list[str]:
    """Return the key of the value that a text is the key or the name of, if there is one."""
    found = (key for key, name in attribute.values if text.casefold() in (key.casefold(), name.casefold()))
    return [*found][:1]
