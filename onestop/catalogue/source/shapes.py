"""The keys of each YAML file and head: which there are, which are required, and their types."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from onestop.authoring.shape import Shape
from onestop.catalogue.source.values import (
    Address,
    Colour,
    Day,
    DeliveryStandard,
    Email,
    Few,
    Former,
    Icon,
    JourneyName,
    Lgsl,
    Line,
    LocationKind,
    Number,
    Online,
    OpeningHours,
    Origin,
    Phone,
    Phrase,
    Point,
    Postal,
    Summary,
    Title,
    YesNo,
    Zone,
)


class ContactShape(Shape):
    team: Line
    phone: Phone | None = None
    email: Email | None = None
    hours: OpeningHours | None = None


class LocationShape(Shape):
    """A place with a `kind` and a point `at` is found by residents near it."""

    name: Line
    address: Postal | None = None
    phone: Phone | None = None
    email: Email | None = None
    hours: OpeningHours | None = None
    kind: LocationKind | None = None
    at: Point | None = None
    step_free: YesNo | None = None
    access: Line | None = None
    facilities: Annotated[list[Phrase], Few] | None = None

    @model_validator(mode="after")
    def _located(self) -> Self:
        if bool(self.kind) != bool(self.at):
            raise ValueError("a place that residents find near them has both `kind` and `at`")
        return self


class TextShape(Shape):
    """The keys that every language of a service has."""

    title: Title
    summary: Summary
    words: Annotated[list[Phrase], Few]
    eligibility: Line | None = None
    cost: Line | None = None
    takes: Line | None = None
    need: Annotated[list[Line], Few] | None = None
    start: Phrase | None = None


class ServiceShape(TextShape):
    number: Number
    lgsl: Lgsl
    journey: JourneyName | None = None
    contact: ContactShape | None = None
    places: Annotated[list[LocationShape], Few] | None = None
    reviewed: Day
    review: Day | None = None
    standard: DeliveryStandard | None = None
    online: Online | None = None
    was: list[Former] | None = None
    draft: YesNo | None = None
    begins: Day | None = Field(None, alias="from")
    ends: Day | None = Field(None, alias="until")


class TeamShape(Shape):
    team: Line


class LocationNameShape(Shape):
    name: Line
    address: Postal | None = None
    access: Line | None = None
    facilities: Annotated[list[Phrase], Few] | None = None


class TranslationShape(TextShape):
    """A translation has only texts; it inherits numbers, telephones and hours."""

    contact: TeamShape | None = None
    places: Annotated[list[LocationNameShape], Few] | None = None


class SectionShape(Shape):
    number: Number
    title: dict[str, Title]
    summary: dict[str, Summary]
    icon: Icon


class CouncilShape(Shape):
    name: dict[str, Line]
    short: dict[str, Line]
    languages: Annotated[list[Phrase], Few]
    zone: Zone
    address: Origin
    phone: Phone
    hours: OpeningHours | None = None
    most_used: Annotated[list[Address], Few] | None = None
    colours: dict[str, dict[str, Colour]]


class HolidayShape(Shape):
    date: Day
    name: dict[str, Line]


class HolidaysShape(Shape):
    holidays: list[HolidayShape]


class AlertShape(Shape):
    on: YesNo
    title: dict[str, Summary]
    text: dict[str, Line] | None = None
    target: Address | None = None
    begins: Day | None = Field(None, alias="from")
    ends: Day | None = Field(None, alias="until")
