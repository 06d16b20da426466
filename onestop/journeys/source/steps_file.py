"""The asks, tells and facts of a journey's file: read first without conditions, which may name any of the earlier ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onestop.authoring.node import Node
from onestop.journeys.condition import Condition, comparisons_in
from onestop.journeys.identifier import TODAY, read_name
from onestop.journeys.journey import Ask, FactText, Step, Tell
from onestop.journeys.kind import Kind
from onestop.journeys.kinds.registry import declared_node
from onestop.journeys.source.answer_kind import keywords, read_kind
from onestop.journeys.source.condition_grammar import Scope, WrongCondition, parse_condition
from onestop.journeys.source.placeholders import check_placeholders
from onestop.journeys.text_limits import HINT, NOTE, OUTCOME, QUESTION, STOP, UNIT
from onestop.language import Translations

MOST_STEPS = 40
ASK_KEYS = ("ask", "text", "hint", "if", "need", "only", "thin")
TELL_KEYS = ("tell", "text", "if", "stop")


@dataclass(slots=True)
class StepsFile:
    """The steps as written, each with its node; `facts` are yes or no, `texts` are facts with texts."""

    found: list[tuple[Node, Step]] = field(default_factory=list)
    facts: dict[str, Condition] = field(default_factory=dict)
    texts: dict[str, tuple[FactText, ...]] = field(default_factory=dict)

    def scope(self, before: int) -> Scope:
        """Return what the step of this number may name: the asks above it, and the facts that rest on those only."""
        asks = [step for _, step in self.found if isinstance(step, Ask)]
        kinds = {step.name: step.kind for _, step in self.found[:before] if isinstance(step, Ask)}
        facts = {name: rule for name, rule in self.facts.items() if _known(rule, kinds)}
        later = {ask.name for ask in asks} - set(kinds) | (set(self.facts) - set(facts))
        return Scope(kinds, facts, later, set(self.texts))


def read_steps(node: Node) -> StepsFile:
    """Return every ask and tell, without their conditions."""
    steps = StepsFile()
    items = node.items()
    if len(items) > MOST_STEPS:
        node.fault(f"has {len(items)} asks: nobody answers more than {MOST_STEPS}", key=True)
    for item in items[:MOST_STEPS]:
        step = _tell(item) if item.has("tell") else _ask(item)
        if step:
            if any(other.name == step.name for _, other in steps.found):
                key = "tell" if isinstance(step, Tell) else "ask"
                (item / key).fault(f"`{step.name}` is here twice: give each its own name")
            steps.found.append((item, step))
    return steps


def _reserved(node: Node) -> frozenset[str]:
    """Return the names that no step may have: some stand for another screen in an address."""
    return node.file.reserved | {TODAY}


def _ask(node: Node) -> Ask | None:
    keys = node.entries((*ASK_KEYS, *keywords()))
    if not isinstance(node.value, dict):
        return None
    name = read_name(node / "ask", (node / "ask").text(), reserved=_reserved(node))
    kind = read_kind(node)
    text = (node / "text").translations(QUESTION)
    only = frozenset(item.text() for item in (node / "only").items()) if "only" in keys else frozenset()
    thin = (node / "thin").translations(UNIT) if "thin" in keys else {}
    if thin and kind and kind.options:
        (node / "thin").fault("a choice needs no `thin`: it can be answered everywhere; take it out", key=True)
    hint = (node / "hint").translations(HINT) if "hint" in keys else {}
    need = node.yes("need", default=True)
    return Ask(name, text, kind, hint, None, need, only, thin) if name and kind else None


def _tell(node: Node) -> Tell | None:
    node.entries(TELL_KEYS)
    name = read_name(node / "tell", (node / "tell").text(), reserved=_reserved(node))
    stop = node.yes("stop", default=False)
    text = (node / "text").translations(STOP if stop else NOTE)
    return Tell(name, text, stop=stop) if name else None


def with_conditions(steps: StepsFile) -> tuple[Step, ...]:
    """Return the steps with their conditions, and check the placeholders of their texts."""
    whole: list[Step] = []
    for number, (node, step) in enumerate(steps.found):
        scope = steps.scope(number)
        step = replace(step, rule=read_rule(node, scope))
        for key in ("text", "hint"):
            if node.has(key):
                check_placeholders(node / key, scope, steps.texts)
        if isinstance(step, Ask):
            step = replace(step, option_rules=_option_rules(declared_node(node), step.kind, scope, steps))
        whole.append(step)
    return tuple(whole)


def _option_rules(node: Node, kind: Kind, scope: Scope, steps: StepsFile) -> dict[str, Condition]:
    """Return when each option is offered, of those with a condition."""
    rules: dict[str, Condition] = {}
    for option in kind.options:
        here = node / option.name
        for key in ("stop", "hint"):
            if here.has(key):
                check_placeholders(here / key, scope, steps.texts)
        if rule := read_rule(here, scope):
            rules[option.name] = rule
    return rules


def read_rule(node: Node, scope: Scope, key: str = "if") -> Condition | None:
    """Return the condition at a key, or None if there is none or it is wrong."""
    if not node.has(key):
        return None
    return read_condition(node / key, scope)


def read_condition(node: Node, scope: Scope) -> Condition | None:
    text = node.text()
    try:
        return parse_condition(text, scope) if text else None
    except WrongCondition as wrong:
        node.fault(wrong.message, offset=wrong.offset)
        return None


def read_facts(node: Node, steps: StepsFile) -> None:
    """Read the facts into `steps`. A fact may rest on the asks and on the facts above it."""
    if not node.has("facts"):
        return
    facts = node / "facts"
    names = facts.entries()
    taken = {step.name for _, step in steps.found}
    for name in names:
        here = facts / name
        if name in taken:
            here.fault(f"`{name}` is the name of an ask: give the fact another", key=True)
        elif read_name(here, name, key=True, reserved=_reserved(here)):
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
