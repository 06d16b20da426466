"""`words`: text in the resident's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import Value
from onestop.journeys.kind import Declaration, Kind, Refused
from onestop.journeys.kinds.text import TextKind
from onestop.journeys.values.answer import Answer
from onestop.journeys.values.form_values import ANSWER, FormValues, first_value
from onestop.journeys.values.shape import shape_of, written_like
from onestop.journeys.values.visible_text import has_base, plain_line, visible_lines
from onestop.language import Words
from onestop.screen import Entry, Field

USUAL, MOST = 500, 4000
SHORT = 100
"""Words up to so many characters are asked for in one line."""
MOST_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class WordsKind(TextKind):
    """Text of one or several lines; or if there are examples in `like`, of the shape of one of them."""

    like: tuple[str, ...] = ()

    needs_keyboard = True

    def field(self, values: FormValues, language: str) -> Field:
        return Entry(ANSWER, "line" if self.most <= SHORT else "words", first_value(values), self.most)

    def visible(self, text: str) -> str:
        return visible_lines(text)

    def accept(self, text: str, words: Words) -> Answer | Refused:
        if not self.like:
            return text if has_base(text) else Refused(words("Enter an answer"))
        text = plain_line(text)
        shape = shape_of(text)
        example = next((one for one in self.like if shape_of(one) == shape), "")
        return (
            written_like(text, example) if example else Refused(words("Enter it like {example}", example=self.like[0]))
        )

    def examples(self, compared: Sequence[Value], today: date) -> Iterator[Answer]:
        yield from self.like or ("It is broken"[: self.most],)


def _read(node: Node) -> Kind | None:
    if isinstance(node.value, str) and node.value != "yes":
        most = node.value if node.value.isdecimal() else "300"
        node.fault(f"`{node.value[:40]}` says not what it is: write `words: {{max: {most}}}`")
        return None
    if node.value != "yes":
        node.entries(("max", "like"))
    longest = node.whole("max", USUAL, 1, MOST)
    return WordsKind(longest, like=_read_like(node / "like", longest) if node.has("like") else ())


def _read_like(node: Node, most: int) -> tuple[str, ...]:
    """Return the examples, in which a letter stands for any letter and a digit for any digit."""
    items = node.items() if isinstance(node.value, list) else (node,)
    if len(items) > MOST_EXAMPLES:
        node.fault(f"has {len(items)} examples: at most {MOST_EXAMPLES}", key=True)
    found = tuple(item.text() for item in items)
    for item, example in zip(items, found, strict=True):
        if example and not any(sign.isascii() and sign.isalnum() for sign in example):
            item.fault(f"`{example}` has no letter and no digit: write an example of an answer, like AB12 CDE")
        elif len(example) > min(most, SHORT):
            item.fault(f"`{example}` is longer than an answer may be, which is {min(most, SHORT)} characters")
    return found


DECLARATIONS = (Declaration("words", _read, ("yes", "{max: 80}", "{max: 10, like: [AB12 CDE, A1 BCD]}")),)
