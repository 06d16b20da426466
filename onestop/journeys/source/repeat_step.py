"""A repeat of a journey's file: a group of asks that is asked for each of several members."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.journeys.condition import Comparison, Condition, Either, Every, FactHolds, Value
from onestop.journeys.identifier import read_name
from onestop.journeys.journey import ANOTHER, Ask, Group, Member, member_ask_name
from onestop.journeys.kind import ChoiceOption, Kind
from onestop.journeys.kinds.choice import ChoiceKind
from onestop.journeys.kinds.number import NumberKind
from onestop.journeys.source.condition_grammar import Scope
from onestop.journeys.source.step import ask_with_conditions, read_ask, read_rule, reserved_names
from onestop.journeys.text_limits import MEMBER, MEMBER_QUESTION, OPTION
from onestop.journeys.values.placeholders import fill_placeholders
from onestop.journeys.values.property import PartValue
from onestop.language import Translations

REPEAT_KEYS = ("repeat", "text", "count", "another", "max", "if", "asks")
FEWEST_MEMBERS, USUAL_MEMBERS, MOST_MEMBERS, MOST_QUESTIONS = 2, 5, 20, 60
OWN_KINDS = ("name", "phone", "email")


@dataclass(frozen=True, slots=True)
class RepeatStep:
    """A repeat as written. `asks` are those of one member, each with its node; `another` asks whether there is another member, unless
    an earlier answer says how many there are.
    """

    group: Group
    asks: tuple[tuple[Node, Ask], ...]
    most: int
    another: Ask | None = None

    @property
    def name(self) -> str:
        return self.group.name

    @property
    def written_names(self) -> tuple[str, ...]:
        """The names by which the asks of one member may name each other."""
        return tuple(ask.name for _, ask in self.asks)

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every ask of every possible member, in order."""
        return tuple(member_ask_name(self.group, number, name) for number, name in self._numbered())

    def _numbered(self) -> Iterator[tuple[int, str]]:
        for number in range(1, self.most + 1):
            yield from ((number, name) for name in self.written_names)
            if self.another and number < self.most:
                yield number, ANOTHER


def read_repeat(node: Node, before: Mapping[str, Kind]) -> RepeatStep | None:
    """Return a repeat without its conditions; `before` are the kinds of the asks above it."""
    keys = node.entries(REPEAT_KEYS)
    name = read_name(node / "repeat", (node / "repeat").text(), reserved=reserved_names(node))
    title = (node / "text").translations(MEMBER)
    asks = tuple(_asks(node))
    if ("count" in keys) == ("another" in keys):
        node.fault("must have one of `count`, an earlier `number`, and `another`, which asks for one more member")
        return None
    if "count" in keys:
        count = (node / "count").text()
        group, most, another = Group(name, title, count), _most_counted(node, count, before), None
    else:
        group, most, another = Group(name, title), _most(node, USUAL_MEMBERS), _another(node / "another")
    if most * len(asks) > MOST_QUESTIONS:
        node.fault(f"asks up to {most * len(asks)} questions: at most {MOST_QUESTIONS}; lower `max` or ask less")
        return None
    return RepeatStep(group, asks, most, another) if name and asks else None


def _asks(node: Node) -> Iterator[tuple[Node, Ask]]:
    if not node.has("asks"):
        node.fault("`asks` is missing: list what is asked about each member")
        return
    names: set[str] = set()
    for item in (node / "asks").items():
        ask = read_ask(item, MEMBER_QUESTION)
        if item.has("confirm"):
            (item / "confirm").fault("nothing in a repeat can be confirmed by a code: take it out", key=True)
        own = next((kind for kind in OWN_KINDS if ask and ask.kind.reusable_as and item.has(kind)), "")
        if own:
            (item / own).fault(f"in a repeat it is somebody else's: write `{own}: other`")
        if ask and (ask.name in names or ask.name == ANOTHER):
            (item / "ask").fault(f"`{ask.name}` is here twice: give each its own name")
        elif ask:
            names.add(ask.name)
            yield item, ask


def _most(node: Node, default: int) -> int:
    return node.whole("max", default, FEWEST_MEMBERS, MOST_MEMBERS)


def _most_counted(node: Node, count: str, before: Mapping[str, Kind]) -> int:
    """Return how many members the number may ask for, which must not be more than the repeat may have."""
    most, kind, here = _most(node, MOST_MEMBERS), before.get(count), node / "count"
    if kind is None:
        if count:
            here.fault(f"there is no ask `{count}` above{nearest(count, before)}")
        return FEWEST_MEMBERS
    if not isinstance(kind, NumberKind):
        here.fault(f"`{count}` is no `number`: only a number says how many there are")
        return FEWEST_MEMBERS
    if kind.most > most:
        limit = "its `max` allows" if node.has("max") else "a repeat may have"
        here.fault(f"`{count}` may be {kind.most}, and {limit} {most}: give the number `max: {most}` or less")
        return FEWEST_MEMBERS
    return max(kind.most, 1)


def _another(node: Node) -> Ask:
    node.entries(("text", "yes", "no"))
    options = tuple(ChoiceOption(name, (node / name).translations(OPTION), {}, {}) for name in ("yes", "no"))
    return Ask(ANOTHER, (node / "text").translations(MEMBER_QUESTION), ChoiceKind(options))


def member_asks(node: Node, step: RepeatStep, scope: Scope, texts: Collection[str]) -> Iterator[Ask]:
    """Yield the asks of every possible member with their conditions. `scope` is what the repeat may name."""
    rule = read_rule(node, scope)
    asks = tuple(_conditioned(step, scope, texts))
    for number in range(1, step.most + 1):
        present = _presence(step, number, rule)
        for ask in asks:
            yield _of_member(step, ask, number, present)
        if step.another and number < step.most:
            yield _of_member(step, step.another, number, present)


def _conditioned(step: RepeatStep, scope: Scope, texts: Collection[str]) -> Iterator[Ask]:
    """Yield the asks of a member, which may name those above them in the same member."""
    names = step.written_names
    for number, (node, ask) in enumerate(step.asks):
        kinds = {**scope.kinds, **{above.name: above.kind for _, above in step.asks[:number]}}
        here = replace(scope, kinds=kinds, later={*scope.later, *names[number:]})
        yield ask_with_conditions(node, ask, here, texts, for_options=scope)


def _presence(step: RepeatStep, number: int, rule: Condition | None) -> Condition | None:
    """Return when there is a member of this number."""
    group = step.group
    if group.count:
        return _both(Comparison(group.count, ">=", (number,), (str(number),)), rule, group.name)
    if number == 1:
        return rule
    return Comparison(member_ask_name(group, number - 1, ANOTHER), "is", ("yes",), ("yes",))


def _of_member(step: RepeatStep, ask: Ask, number: int, present: Condition | None) -> Ask:
    names = {name: member_ask_name(step.group, number, name) for name in step.written_names}
    rules = {option: _renamed(rule, names) for option, rule in ask.option_rules.items()}
    return replace(
        ask,
        name=member_ask_name(step.group, number, ask.name),
        text=_renamed_texts(ask.text, names),
        hint=_renamed_texts(ask.hint, names),
        rule=_both(present, _renamed(ask.rule, names) if ask.rule else None, ask.name),
        option_rules=rules,
        member=Member(step.group, number, ask.name),
    )


def _both(one: Condition | None, other: Condition | None, name: str) -> Condition | None:
    """Return a condition that holds where both do; `name` is the other's."""
    if one is None or other is None:
        return one or other
    return Every((FactHolds(name, one), FactHolds(name, other)))


def _renamed(rule: Condition, names: Mapping[str, str]) -> Condition:
    """Return the condition with the asks of one member by their own names."""
    if isinstance(rule, Comparison):
        values = tuple(_renamed_value(value, names) for value in rule.values)
        return replace(rule, ask=names.get(rule.ask, rule.ask), values=values)
    if isinstance(rule, FactHolds):
        return rule
    if isinstance(rule, Every):
        return Every(tuple(_renamed(part, names) for part in rule.parts))  # type: ignore[misc]
    return Either(tuple(_renamed(part, names) for part in rule.parts))  # type: ignore[misc]


def _renamed_value(value: Value, names: Mapping[str, str]) -> Value:
    return replace(value, value=_renamed_text(value.value, names)) if isinstance(value, PartValue) else value


def _renamed_texts(texts: Translations, names: Mapping[str, str]) -> Translations:
    return {code: _renamed_text(text, names) for code, text in texts.items()}


def _renamed_text(text: str, names: Mapping[str, str]) -> str:
    def renamed(name: str) -> str:
        return "{" + ".".join(names.get(part, part) for part in name.split(".")) + "}"

    return fill_placeholders(text, renamed)
