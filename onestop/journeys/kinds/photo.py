"""`file`: a photograph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, FormContext, Kind, Refused
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.values.form_values import ANSWER, FormValues
from onestop.language import Words
from onestop.screen import Field, Means, Upload


@dataclass(frozen=True, slots=True)
class PhotoKind(Kind):
    """A photograph of at most `most` bytes, stored as what the store of photos gave for it."""

    most: int = 10 * 1024 * 1024

    is_file = True

    def field(self, values: FormValues, language: str) -> Field:
        return Upload(ANSWER, self.most)

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        return _photo(context) or Refused(context.words("Choose a photo to send"))

    def is_blank(self, values: FormValues, context: FormContext) -> bool:
        return _photo(context) is SKIPPED

    def form_values(self, answer: Answer) -> FormValues:
        return {}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        return words("A photo")

    def files(self, answer: Answer) -> Iterator[Mapping[str, Answer]]:
        if isinstance(answer, Mapping) and not is_thin(answer):
            yield answer

    def item_label(self, number: int, words: Words) -> str:
        return words("Photo {number}", number=number)

    def presses(self, answer: Answer, means: Means) -> int | None:
        return means.presses(self.field({}, "")) if means.upload else None

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield {"file": "example", "kind": "image/jpeg", "size": 1}


def _photo(context: FormContext) -> Answer:
    """Return the photo that came with the form, else the one that was there."""
    return context.photo or (SKIPPED if is_thin(context.before) else context.before)


def _read(node: Node) -> Kind | None:
    return PhotoKind() if node.one_of(("image",)) else None


DECLARATIONS = (Declaration("file", _read, ("image",)),)
