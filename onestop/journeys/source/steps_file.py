"""The asks, tells and facts of a journey's file: read first without conditions, which may name any of the earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onestop.authoring.node import Node
from onestop.journeys.condition import Condition, comparisons_in
from onestop.journeys.identifier import read_name
from onestop.journeys.journey import Ask, FactText, Need, Step
from onestop.journeys.kind import Kind
from onestop.journeys.kinds.code import code_ask, code_ask_name
from onestop.journeys.source.condition_grammar import Scope
from onestop.journeys.source.repeat_step import RepeatStep, member_asks, read_repeat
from onestop.journeys.source.step import (
    ask_with_conditions,
    check_step_texts,
    read_ask,
    read_condition,
    read_rule,
    read_tell,
    reserved_names,
)
from onestop.journeys.text_limits import OUTCOME
from onestop.language import Translations

MOST_STEPS = 40
WrittenStep = Step | RepeatStep


@dataclass(slots=True)
class StepsFile:
    """The steps as written, each with its node; `facts` are yes or no, `texts` are facts with texts."""

    found: list[tuple[Node, WrittenStep]] = field(default_factory=list)
    facts: dict[str, Condition] = field(default_factory=dict)
    texts: dict[str, tuple[FactText, ...]] = field(default_factory=dict)

    def scope(self, before: int) -> Scope:
        """Return what the step of this number may name: the asks above it, and the facts that rest on those only."""
        asks = [step for _, step in self.found if isinstance(step, Ask)]
        kinds = {step.name: step.kind for _, step in self.found[:before] if isinstance(step, Ask)}
        facts = {name: rule for name, rule in self.facts.items() if _known(rule, kinds)}
        later = {ask.name for ask in asks} - set(kinds) | (set(self.facts) - set(facts))
        return Scope(kinds, facts, later, set(self.texts), self.repeated)

    @property
    def repeated(self) -> Mapping[str, str]:
        """The name of the repeat of each ask of a repeat."""
        return {
            name: step.name for _, step in self.found if isinstance(step, RepeatStep) for name in step.written_names
        }

    @property
    def order(self) -> list[str]:
        """The names of the steps as they stand in the journey, those of repeats once for each possible member."""
        return [name for _, step in self.found for name in _names_of(step)]


def read_steps(node: Node) -> StepsFile:
    """Return every ask, tell and repeat, without their conditions."""
    steps = StepsFile()
    items = node.items()
    if len(items) > MOST_STEPS:
        node.fault(f"has {len(items)} asks: nobody answers more than {MOST_STEPS}", key=True)
    taken: set[str] = set()
    for item in items[:MOST_STEPS]:
        key = next((key for key in ("tell", "repeat") if item.has(key)), "ask")
        if step := _step(item, key, steps):
            names = {step.name, *_names_of(step)}
            within = set(step.written_names if isinstance(step, RepeatStep) else ())
            if twice := sorted((names | within) & taken):
                (item / key).fault(f"`{twice[0]}` is here twice: give each its own name")
            taken |= names
            steps.found.append((item, step))
    return steps


def _names_of(step: WrittenStep) -> tuple[str, ...]:
    """Return the names by which a step stands in the journey."""
    if isinstance(step, RepeatStep):
        return tuple(step.names)
    confirmed = isinstance(step, Ask) and bool(step.confirm)
    return (step.name, code_ask_name(step.name)) if confirmed else (step.name,)


def _step(item: Node, key: str, steps: StepsFile) -> WrittenStep | None:
    if key == "tell":
        return read_tell(item)
    if key == "ask":
        return read_ask(item)
    return read_repeat(item, {step.name: step.kind for _, step in steps.found if isinstance(step, Ask)})


def with_conditions(steps: StepsFile) -> tuple[Step, ...]:
    """Return the steps with their conditions, and check the placeholders of their texts."""
    whole: list[Step] = []
    for number, (node, step) in enumerate(steps.found):
        scope = steps.scope(number)
        if isinstance(step, RepeatStep):
            whole += member_asks(node, step, scope, steps.texts)
        elif isinstance(step, Ask):
            whole.append(ask_with_conditions(node, step, scope, steps.texts))
            if step.confirm:
                whole.append(code_ask(step))
        else:
            check_step_texts(node, scope, steps.texts)
            whole.append(replace(step, rule=read_rule(node, scope)))
    return tuple(whole)


def read_needs(node: Node, steps: StepsFile) -> tuple[Need, ...]:
    """Return what the desks must have: one condition, or a list of which all must hold."""
    if not node.has("needs"):
        return ()
    needs = node / "needs"
    items = needs.items() if isinstance(needs.value, list) else [needs]
    scope = steps.scope(len(steps.found))
    order = steps.order
    return tuple(need for item in items if (need := _need(item, scope, order)))


def _need(node: Node, scope: Scope, order: list[str]) -> Need | None:
    """Return what a desk must have. Only the questions whose answer it wants are asked for, not those it compares."""
    rule = read_condition(node, scope, bare=True)
    if rule is None:
        return None
    found = tuple(comparisons_in(rule))
    wanted = {one.ask for one in found if one.operator == "answered" and not one.negated}
    if not wanted:
        node.fault("names no answer that a desk must have: write the name of an ask alone, like `home or phone`")
    passed = max(order.index(one.ask) for one in found) + 1
    return Need(rule, tuple(name for name in order if name in wanted), passed)


def read_facts(node: Node, steps: StepsFile) -> None:
    """Read the facts into `steps`. A fact may rest on the asks and on the facts above it."""
    if not node.has("facts"):
        return
    facts = node / "facts"
    names = facts.entries()
    taken = {*steps.order, *steps.repeated, *(step.name for _, step in steps.found)}
    for name in names:
        here = facts / name
        if name in taken:
            here.fault(f"`{name}` is the name of an ask: give the fact another", key=True)
        elif read_name(here, name, key=True, reserved=reserved_names(here)):
            scope = replace(steps.scope(len(steps.found)), later=frozenset(names))
            if isinstance(here.value, str):
                rule = read_condition(here, scope)
                if rule:
                    steps.facts[name] = rule
            else:
                steps.texts[name] = _fact_texts(here, scope)


def _fact_texts(node: Node, scope: Scope) -> tuple[FactText, ...]:
    found = [_fact_text(item) for item in node.items()] if isinstance(node.value, list) else _short_texts(node)
    for number, (rule, _) in enumerate(found):
        last = number == len(found) - 1
        if last and rule.value not in ("otherwise", None):
            rule.fault("the last must be `otherwise`, so that one always holds")
        elif not last and rule.value == "otherwise":
            rule.fault("`otherwise` must be the last: what stands below it never holds")
    return tuple(
        FactText(text, None if rule.value in ("otherwise", None) else read_condition(rule, scope))
        for rule, text in found
    )


def _short_texts(node: Node) -> list[tuple[Node, Translations]]:
    """Read {24 hours: urgent, 20 days: otherwise}: texts in the default language."""
    found: list[tuple[Node, Translations]] = []
    for text in node.entries():
        here = node / text
        found.append((here, {node.file.languages[0]: text}))
        here.note_missing()
    return found


def _fact_text(node: Node) -> tuple[Node, Translations]:
    node.entries(("say", "if"))
    return (node / "if", (node / "say").translations(OUTCOME))


def _known(rule: Condition, kinds: Mapping[str, Kind]) -> bool:
    return all(comparison.ask in kinds for comparison in comparisons_in(rule))
