"""The utterances of a question: its error and hint, the options or what was entered, and the buttons."""

from collections.abc import Callable, Iterator, Mapping

from onestop.language import Words
from onestop.screen import Choice, DateEntry, Entry, Form, Upload

Translations = Iterator[str]
FieldReader = Callable[..., Translations]


def press_for(label: str, pressed: int | None, place: int, words: Words) -> str:
    """Return what chooses something: the digit where digits choose, else its label."""
    return words("Press {digit} for {label}", digit=pressed + place, label=label) if pressed is not None else label


def read_form(block: Form, words: Words, pressed: int | None) -> Translations:
    """Yield the error first: it is why the question is asked again. Where digits choose an option there is no button to send it."""
    yield f"{words('Error')}: {block.error}" if block.error else ""
    yield block.hint
    digits = pressed if isinstance(block.field, Choice) and not block.field.several else None
    yield from FIELD_READERS[type(block.field)](block.field, words, digits) if block.field else ()
    if digits is None:
        yield block.submit
    options = len(block.field.options) if isinstance(block.field, Choice) else 0
    yield from (press_for(button.label, digits, options + place, words) for place, button in enumerate(block.also, 1))


def _options(field: Choice, words: Words, pressed: int | None) -> Translations:
    number = len(field.options)
    one = words("Choose one of {number}:", number=number)
    yield words("Choose one or more of {number}:", number=number) if field.several else one
    for place, option in enumerate(field.options, 1):
        label = words("{label}, chosen", label=option.label) if option.chosen else option.label
        yield ". ".join(filter(None, (press_for(label, pressed, place, words), option.hint)))


def _entry(field: Entry, words: Words, pressed: int | None) -> Translations:
    yield _entered(
        f"{field.unit}{field.value}" if field.unit == "£" else f"{field.value} {field.unit}", field.value, words
    )


def _date(field: DateEntry, words: Words, pressed: int | None) -> Translations:
    """Yield what was entered, and the parts of the field."""
    entered = " ".join(filter(None, (field.day, field.month, field.year)))
    yield ", ".join((words("Day"), words("Month"), words("Year")))
    yield _entered(entered, entered, words)


def _entered(said: str, value: str, words: Words) -> str:
    return words("You have entered: {said}", said=said.strip()) if value else ""


def _upload(field: Upload, words: Words, pressed: int | None) -> Translations:
    yield field.sent


FIELD_READERS: Mapping[type, FieldReader] = {Choice: _options, Entry: _entry, DateEntry: _date, Upload: _upload}
