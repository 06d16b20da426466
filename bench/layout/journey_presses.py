"""The presses that answer a journey on a television, with every screen of a path laid out as that set gets it."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from channels.contract import Page
from channels.tv import CHANNEL
from channels.tv.key_presses import SHOWN, page_turn_presses
from channels.tv.questions import sends_itself
from onestop.journeys.journey import Journey
from onestop.journeys.paths.paths import JourneyPath, PathStep, find_paths
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.endings import check_screen
from onestop.journeys.screens.question import question_screen
from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.language import Words
from onestop.screen import Choice, Form, Screen

TOKEN = (("token", "x" * 22),)


@dataclass(frozen=True, slots=True)
class PathPresses:
    """The presses that answer each question of a path, and those from its check to the receipt."""

    answers: Sequence[int]
    send: int

    def cell(self) -> str:
        """Return the mean of those that answer a question, and those that answer all and send."""
        return f"{statistics.mean(self.answers):.1f} · {sum(self.answers) + self.send}"


def usual_path(journey: Journey, day: date) -> JourneyPath:
    """Return the path of median presses, of those that end in a case."""
    ends = [path for path in find_paths(journey, CHANNEL.name, CHANNEL.means, day) if not path.stopped]
    return sorted(ends, key=lambda path: path.presses)[len(ends) // 2]


def path_presses(journey: Journey, path: JourneyPath, device: str, words: Words, day: date) -> PathPresses:
    """Return the presses of a path on one device in one language."""
    context = ScreenContext("/bins/missed-bin", (), words, (words.language,), CHANNEL.means, TOKEN)
    answers = list(_answer_presses(journey, path, device, context, day))
    ready = walk(journey, path.answers, CHANNEL.name, day)
    pages = _pages(check_screen(ready, context, CHANNEL.name), device, words)
    turned = path.presses - sum(step.presses for step in path.steps) - page_turn_presses(len(path.steps))
    return PathPresses(answers, turned + _page_with(pages))


def _answer_presses(
    journey: Journey, path: JourneyPath, device: str, context: ScreenContext, day: date
) -> Iterator[int]:
    given: dict[str, Answer] = {}
    for step in path.steps:
        before = walk(journey, given, CHANNEL.name, day)
        yield step.presses + _page_turns(before, step, device, context)
        given[step.ask.name] = step.answers[0]


def _page_turns(before: Walk, step: PathStep, device: str, context: ScreenContext) -> int:
    """Return the presses that turn to the page of the chosen option, less those counted already."""
    chosen = step.ask.kind.field(step.ask.kind.refill(step.answers[0]), "")
    if not isinstance(chosen, Choice) or chosen.several:
        return 0
    place = max((number for number, option in enumerate(chosen.options) if option.chosen), default=0)
    pages = _pages(question_screen(before, step.ask, context), device, context.words)
    return _page_with(pages, chosen.options[place].value) - place // SHOWN


def _pages(screen: Screen, device: str, words: Words) -> Sequence[Page]:
    return CHANNEL.lay_out(screen, CHANNEL.sets[device], words)


def _page_with(pages: Sequence[Page], option: str = "") -> int:
    """Return the number of pages before the one with this option, or with a form."""
    for before, page in enumerate(pages):
        forms = [block for block in page.blocks if isinstance(block, Form)]
        if any(not option or (sends_itself(form) and option in _values(form)) for form in forms):
            return before
    return 0


def _values(form: Form) -> Sequence[str]:
    return [option.value for option in form.field.options] if isinstance(form.field, Choice) else ()
