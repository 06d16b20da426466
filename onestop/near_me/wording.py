"""A facility in words: how far it is, whether it is open now, how to get in, and what there is."""

from collections.abc import Iterator

from onestop.catalogue.hours.wording import status
from onestop.language import Words, translated
from onestop.places.facility import Facility
from onestop.places.near import NearFacility
from onestop.screen import Run, Text
from onestop.site.context import Context


def facility_name(one: Facility, words: Words) -> str:
    return translated(one.names, words.language)


def distance_text(metres: float) -> str:
    """Return "450 m" or "1.2 km": nobody walks by the metre."""
    return f"{max(50, round(metres / 50) * 50)} m" if metres < 975 else f"{metres / 1000:.1f} km"


def facility_text(context: Context, near: NearFacility) -> Text:
    """Return what is known of a facility but its name; a telephone number can be rung."""
    one = near.facility
    told = " ".join(_sentences(context, near))
    phone = (Run(" "), Run(one.phone, target=f"tel:{one.phone.replace(' ', '')}")) if one.phone else ()
    return (Run(told), *phone)


def _sentences(context: Context, near: NearFacility) -> Iterator[str]:
    words, one = context.words, near.facility
    if near.metres is not None:
        yield _sentence(distance_text(near.metres))
    if one.hours:
        yield _sentence(status(one.hours, context.now, context.site.catalogue.holidays, words)[0])
    yield words("Step-free.") if one.step_free else words("Not step-free.")
    for texts in (one.access, one.facilities):
        if texts:
            told = translated(texts, words.language)
            yield _sentence(f"{told[:1].upper()}{told[1:]}")
    if one.address:
        yield _sentence(one.address)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
