"""Several answers of one kind, given one after another."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onestop.journeys.condition import Value
from onestop.journeys.kind import ChoiceOption, FormContext, Kind, Refused
from onestop.journeys.values.answer import SKIPPED, Answer, is_open, items_of, still_open
from onestop.journeys.values.form_values import DO, FormValues, first_value
from onestop.language import Words
from onestop.language.listed import say_list
from onestop.screen import Field, Means


@dataclass(frozen=True, slots=True)
class RepeatKind(Kind):
    """At most `most` answers of the kind `of`. The answer is a list; while more may come it is `still_open`."""

    most: int
    of: Kind

    @property
    def options(self) -> tuple[ChoiceOption, ...]:
        return self.of.options

    @property
    def several(self) -> bool:
        return bool(self.of.options)

    @property
    def needs_keyboard(self) -> bool:
        return self.of.needs_keyboard

    @property
    def has_parts(self) -> bool:
        return self.of.has_parts

    @property
    def is_file(self) -> bool:
        return self.of.is_file

    def field(self, values: FormValues, language: str) -> Field:
        return self.of.field(values, language)

    def is_blank(self, values: FormValues, context: FormContext) -> bool:
        return self.of.is_blank(values, _for_item(context))

    def read_answer(self, values: FormValues, context: FormContext) -> Answer | Refused:
        """Add, change or remove an item, or finish. A blank form finishes a repeat that may be left as it is."""
        do, items = first_value(values, DO), list(items_of(context.before))
        if do == "remove" and 0 < context.item <= len(items):
            del items[context.item - 1]
            return still_open(items)
        may_finish = not context.item and (bool(items) or not context.required)
        if do in ("done", "skip") or (may_finish and self.is_blank(values, context)):
            return self._finished(items, context)
        return self.parse(values, context)

    def _finished(self, items: list[Answer], context: FormContext) -> Answer | Refused:
        if items:
            return items
        if not context.required:
            return SKIPPED
        refused = self.of.parse({}, replace(_for_item(context), photo=SKIPPED))
        return refused if isinstance(refused, Refused) else Refused("")

    def parse(self, values: FormValues, context: FormContext) -> Answer | Refused:
        found, items = self.of.parse(values, _for_item(context)), list(items_of(context.before))
        if isinstance(found, Refused):
            return found
        if 0 < context.item <= len(items):
            items[context.item - 1] = found
            return still_open(items) if is_open(context.before) else items
        items = [*items, found][: self.most]
        return items if len(items) == self.most else still_open(items)

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield from ([answer] for answer in self.of.examples(compared, today))

    def say(self, answer: Answer, words: Words, *, inline: bool = False) -> str:
        said = [self.of.say(item, words, inline=inline) for item in items_of(answer)]
        return self.of.separator.join(said) if self.of.separator else say_list(said, words)

    def summary(self, answer: Answer) -> str:
        return " + ".join(self.of.summary(item) for item in items_of(answer))

    def condition_value(self, name: str, word: str) -> Value:
        if self.of.options:
            return self.of.condition_value(name, word)
        return Kind.condition_value(self, name, word)

    def chosen(self, answer: Answer) -> tuple[ChoiceOption | None, ...]:
        return tuple(option for item in items_of(answer) for option in self.of.chosen(item))

    def holds_on(self, answer: Answer, today: date) -> bool:
        return all(self.of.holds_on(item, today) for item in items_of(answer))

    def offering(self, names: Collection[str]) -> "RepeatKind":
        return replace(self, of=self.of.offering(names))

    def files(self, answer: Answer) -> Iterator[Mapping[str, Answer]]:
        for item in items_of(answer):
            yield from self.of.files(item)

    def presses(self, answer: Answer, means: Means) -> int | None:
        """Each item, and then the button that ends the repeat unless it is full."""
        items = items_of(answer)
        costs = [self.of.presses(item, means) for item in items]
        finish = means.other_presses(self.of.field({}, ""), 0) if len(items) < self.most else 0
        return None if None in costs else sum(cost or 0 for cost in costs) + finish


def _for_item(context: FormContext) -> FormContext:
    return replace(context, before=SKIPPED, item=0)
