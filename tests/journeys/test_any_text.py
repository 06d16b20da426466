"""Any text for any kind of answer is stored as what was meant, or refused with a message."""

from datetime import date
from random import Random

import pytest
from support.odd_texts import ODDEST, meaning, odd_form
from support.samples.every_kind import EVERY, Asked, every_kind_journey
from support.samples.small_journeys import ENGLISH

from onestop.journeys.kind import Refused
from onestop.journeys.walk.submitted_answer import MOST_READ, parse_answer

TODAY = date.today()  # the right answers of the samples are relative to it
TRIES = 400
TYPED = ("count", "cost", "when", "detail", "name", "born", "phone", "email", "home", "spot")
"""Questions that are answered by typing."""
JOURNEY = every_kind_journey()


@pytest.mark.parametrize("asked", [one for one in EVERY if one.name in TYPED], ids=lambda asked: asked.name)
def test_a_typed_text_is_stored_as_what_was_meant_or_refused(asked: Asked) -> None:
    ask = JOURNEY.ask(asked.name)
    assert ask
    stored = 0
    for number in range(TRIES):
        form = odd_form(Random(f"{asked.name} {number}"), dict(asked.right))
        answer = parse_answer(ask, form, ENGLISH, TODAY)
        if isinstance(answer, Refused):
            assert answer.message, form
        elif answer is not None:
            stored += 1
            again = dict(ask.kind.form_values(answer))
            assert meaning(asked.name, again) == meaning(asked.name, form), (form, answer)
            assert parse_answer(ask, again, ENGLISH, TODAY) == answer, (form, answer, again)
    assert stored > TRIES // 20, stored


@pytest.mark.parametrize("asked", [one for one in EVERY if one.name != "photo"], ids=lambda asked: asked.name)
def test_no_text_is_too_odd_to_be_read(asked: Asked) -> None:
    ask = JOURNEY.ask(asked.name)
    assert ask
    for text in ODDEST:
        for field in {"answer", "answer.at", *asked.right}:
            answer = parse_answer(ask, {**asked.right, field: (text,)}, ENGLISH, TODAY)
            if asked.name in TYPED and not isinstance(answer, Refused) and answer is not None:
                assert parse_answer(ask, dict(ask.kind.form_values(answer)), ENGLISH, TODAY) == answer
            cut = parse_answer(ask, {**asked.right, field: (text[:MOST_READ],)}, ENGLISH, TODAY)
            assert answer == cut, (field, text[:40])
