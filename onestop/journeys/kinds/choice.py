"""`pick` and `picks`: one of several options, or several of a few."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.identifier import read_name
from onestop.journeys.kind import ChoiceOption, Declaration, FormContext, Kind, Refused, WrongValue
from onestop.journeys.text_limits import HINT, OPTION, STOP
from onestop.journeys.values.answer import OPTION_NAME, SAID, Answer
from onestop.journeys.values.form_values import ANSWER, FormValues
from onestop.language import Translations, Words, translated
from onestop.language.listed import say_list
from onestop.screen import Choice, Field
from onestop.screen import Option as FieldOption

FEWEST_OPTIONS, MOST_BOXES = 2, 6
MOST_COMBINED = 6
"""With more options than this in conditions, examples tick each alone and all together instead of every combination."""


@dataclass(frozen=True, slots=True)
class ChoiceKind(Kind):
    """One of the choices, stored as its name; with `multiple`, a list of names. A relative one is stored with the day it was said."""

    choices: tuple[ChoiceOption, ...]
    multiple: bool = False

    @property
    def options(self) -> tuple[ChoiceOption, ...]:
        return self.choices

    @property
    def several(self) -> bool:
        return self.multiple

    @property
    def splits_paths(self) -> bool:
        return not self.multiple

    def option(self, name: object) -> ChoiceOption | None:
        for option in self.choices:
            if option.name == name:
                return option
        return None

    def field(self, values: FormValues, language: str) -> Field:
        ticked = values.get(ANSWER, ())
        options = (
            FieldOption(one.name, translated(one.text, language), translated(one.hint, language), one.name in ticked)
            for one in self.options
        )
        return Choice(ANSWER, tuple(options), self.several)

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        ticked = [option.name for option in self.options if option.name in values.get(ANSWER, ())]
        if self.multiple:
            return ticked or Refused(context.words("Choose at least one of the answers"))
        if len(ticked) != 1:
            return Refused(context.words("Choose one of the answers"))
        return self._dated(ticked[0], context.today)

    def _dated(self, name: str, today: date) -> Answer:
        option = self.option(name)
        return {OPTION_NAME: name, SAID: today.isoformat()} if option and option.relative else name

    def holds_on(self, answer: Answer, today: date) -> bool:
        """Return whether it was said today, if what it says is relative to that."""
        said = answer.get(SAID) if isinstance(answer, Mapping) else None
        return all(said == today.isoformat() for option in self.chosen(answer) if option and option.relative)

    def form_values(self, answer: Answer) -> FormValues:
        return {ANSWER: _names(answer)}

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        texts = [(one.inline if inline and one.inline else one.text) for one in self.chosen(answer) if one]
        said = say_list([translated(text, words.language) for text in texts], words)
        if inline or not isinstance(answer, Mapping):
            return said
        day = words.short_date(date.fromisoformat(str(answer[SAID])))
        return words("{answer} (said on {day})", answer=said, day=day)

    def summary(self, answer: Answer) -> str:
        return " + ".join(_names(answer))

    def condition_value(self, name: str, word: str) -> Value:
        if self.option(word):
            return word
        near = nearest(word, [option.name for option in self.options])
        raise WrongValue(f"`{word}` is no option of `{name}`{near}")

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        """Yield every option; of several, every set of those that conditions name or that stop, and one that makes no difference."""
        if not self.multiple:
            yield from (self._dated(option.name, today) for option in self.choices)
            return
        matter = [option.name for option in self.choices if option.name in compared or option.stop]
        if idle := next((option.name for option in self.choices if option.name not in matter), ""):
            yield [idle]
        sizes = range(1, len(matter) + 1) if len(matter) <= MOST_COMBINED else (1, len(matter))
        for size in sizes:
            yield from (list(some) for some in combinations(matter, size))

    def chosen(self, answer: Answer) -> tuple[ChoiceOption | None, ...]:
        return tuple([self.option(name) for name in _names(answer)])

    def offering(self, names: Collection[str]) -> "ChoiceKind":
        return replace(self, choices=tuple(option for option in self.choices if option.name in names))


def _names(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, (list, tuple)):
        return tuple([str(name) for name in answer])
    return (str(answer[OPTION_NAME] if isinstance(answer, Mapping) else answer),)


def _read_one(node: Node) -> Kind:
    return ChoiceKind(_read_options(node))


def _read_several(node: Node) -> Kind:
    options = _read_options(node)
    if len(options) > MOST_BOXES:
        node.fault(f"has {len(options)} options to tick: at most {MOST_BOXES}, or make it two questions", key=True)
    for option in options:
        if option.relative:
            (node / option.name / "relative").fault("stands only under `pick`: ask for the day by itself", key=True)
    return ChoiceKind(options, multiple=True)


def _read_options(node: Node) -> tuple[ChoiceOption, ...]:
    options = tuple(_read_option(node / name) for name in node.entries() if read_name(node / name, name, key=True))
    if isinstance(node.value, dict) and len(node.value) < FEWEST_OPTIONS:
        count = "1 option" if node.value else "0 options"
        node.fault(f"has {count}: a choice needs at least {FEWEST_OPTIONS}", key=True)
    for number, option in enumerate(options):
        same = next((other for other in options[:number] if option.text and other.text == option.text), None)
        if same:
            (node / option.name).fault(f"reads like the option `{same.name}`: say what is different", key=True)
    return options


def _read_option(node: Node) -> ChoiceOption:
    if not isinstance(node.value, dict) or set(node.value) <= set(node.file.languages):
        return ChoiceOption(node.name, node.translations(OPTION), {}, {})
    node.entries(("text", "hint", "said", "if", "stop", "relative"))
    return ChoiceOption(
        node.name,
        (node / "text").translations(OPTION),
        (node / "hint").translations(HINT) if node.has("hint") else {},
        (node / "said").translations(OPTION) if node.has("said") else {},
        stop=_read_stop(node / "stop") if node.has("stop") else None,
        relative=node.yes("relative", default=False),
    )


def _read_stop(node: Node) -> Translations:
    if node.has("send"):
        (node / "send").fault("a stop sends nothing: take `send` out, or let the journey go on to its end", key=True)
        return {}
    return node.translations(STOP)


DECLARATIONS = (
    Declaration("pick", _read_one, ("{red: Red, blue: Blue}",)),
    Declaration("picks", _read_several, ("{lid: The lid, rim: The rim, wheel: A wheel}",), repeatable=False),
)
