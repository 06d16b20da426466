"""Parse submitted forms into answers."""

from datetime import date

from onestop.journeys.journey import Ask
from onestop.journeys.kind import FormContext, Refused
from onestop.journeys.values.answer import SKIPPED, THIN, Answer
from onestop.journeys.values.form_values import DO, FormValues, first_value
from onestop.language import Words

MOST_READ = 5000
"""Characters of one field that are read. No kind accepts as many, so that a longer text is refused just the same."""


def parse_answer(
    ask: Ask,
    values: FormValues,
    words: Words,
    today: date,
    *,
    before: Answer = SKIPPED,
    item: int = 0,
    photo: Answer = SKIPPED,
    place: Answer = SKIPPED,
) -> Answer | Refused:
    """Return the answer to an ask as it is offered on the path, or why the input is refused.

    `before` is the stored answer, which a repeat adds to; `item` is which of its items is changed, from 1, or 0 for a new one.
    `photo` is the stored upload that came with the form, `place` the property that was found with it.
    """
    if first_value(values, DO) == "thin" and ask.thin:
        return THIN
    context = FormContext(words, today, ask.need, before, item, photo, place)
    return ask.kind.read_answer(_readable(values), context)


def _readable(values: FormValues) -> FormValues:
    """Return the form with what is read of its texts: looking for a postcode in 40,000 characters takes 0.1 s."""
    return {name: tuple(text[:MOST_READ] for text in texts) for name, texts in values.items()}
