"""How the list of asks is written: first what each is, then, knowing all of them, when it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onestop.authoring.node import Node
from onestop.journeys.condition import Condition, atoms
from onestop.journeys.journey import Ask, Each, Kind, Option, Outcome, Pick, Step, Tell
from onestop.journeys.kinds.declaration import ADDRESSES, HINT, KINDS, STOP, UNIT, read_kind, read_name
from onestop.journeys.source.condition_grammar import Scope, WrongCondition, parse_condition
from onestop.journeys.source.placeholders import check_placeholders
from onestop.journeys.walk.advance import pick_of
from onestop.language import Translations

QUESTION, NOTE, OUTCOME, MOST_STEPS = 140, 300, 300, 40
ASK_KEYS = ("ask", "text", "hint", "if", "need", "only", "thin", *KINDS)
TELL_KEYS = ("tell", "text", "if", "stop")


@dataclass(slots=True)
class Steps:
    """The steps as written, each with its place; `facts` that are yes or no, and the names of those that are texts."""

    found: list[tuple[Node, Step]] = field(default_factory=list)
    facts: dict[str, Condition] = field(default_factory=dict)
    texts: dict[str, tuple[Outcome, ...]] = field(default_factory=dict)

    def scope(self, before: int) -> Scope:
        """What may be named by the step of this number: the asks above it, and the facts that rest on those only."""
        asks = [step for _, step in self.found if isinstance(step, Ask)]
        kinds = {step.name: step.kind for _, step in self.found[:before] if isinstance(step, Ask)}
        facts = {name: rule for name, rule in self.facts.items() if _known(rule, kinds)}
        later = {ask.name for ask in asks} - set(kinds) | (set(self.facts) - set(facts))
        return Scope(kinds, facts, later, set(self.texts))


def read_steps(node: Node) -> Steps:
    """Every ask and tell, without its conditions."""
    steps = Steps()
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


def _ask(node: Node) -> Ask | None:
    keys = node.entries(ASK_KEYS)
    if not isinstance(node.there, dict):
        return None
    name = read_name(node / "ask", (node / "ask").text(), taken=ADDRESSES)
    kind = read_kind(node, KINDS)
    text = (node / "text").said(QUESTION)
    only = frozenset(item.text() for item in (node / "only").items()) if "only" in keys else frozenset()
    thin = (node / "thin").said(UNIT) if "thin" in keys else {}
    if thin and kind and pick_of(kind):
        (node / "thin").fault("a choice needs no `thin`: it can be answered everywhere; take it out", key=True)
    hint = (node / "hint").said(HINT) if "hint" in keys else {}
    need = node.yes("need", otherwise=True)
    return Ask(name, text, kind, hint, None, need, only, thin) if name and kind else None


def _tell(node: Node) -> Tell | None:
    node.entries(TELL_KEYS)
    name = read_name(node / "tell", (node / "tell").text(), taken=ADDRESSES)
    stop = node.yes("stop", otherwise=False)
    text = (node / "text").said(STOP if stop else NOTE)
    return Tell(name, text, stop=stop) if name else None


def with_conditions(steps: Steps) -> tuple[Step, ...]:
    """The steps with their conditions, and with the texts' names looked at."""
    whole: list[Step] = []
    for number, (node, step) in enumerate(steps.found):
        scope = steps.scope(number)
        step = replace(step, rule=read_rule(node, scope))
        for key in ("text", "hint"):
            if node.has(key):
                check_placeholders(node / key, scope, steps.texts)
        if isinstance(step, Ask):
            step = replace(step, kind=_with_rules(node, step.kind, scope, steps))
        whole.append(step)
    return tuple(whole)


def _with_rules(node: Node, kind: Kind, scope: Scope, steps: Steps) -> Kind:
    if isinstance(kind, Each) and isinstance(kind.of, Pick):
        return replace(kind, of=_options(node / "each" / "pick", kind.of, scope, steps))
    if isinstance(kind, Pick):
        return _options(node / ("picks" if kind.several else "pick"), kind, scope, steps)
    return kind


def _options(node: Node, pick: Pick, scope: Scope, steps: Steps) -> Pick:
    found: list[Option] = []
    for option in pick.options:
        here = node / option.name
        for key in ("stop", "hint"):
            if here.has(key):
                check_placeholders(here / key, scope, steps.texts)
        found.append(replace(option, rule=read_rule(here, scope)))
    return replace(pick, options=tuple(found))


def read_rule(node: Node, scope: Scope, key: str = "if") -> Condition | None:
    """The condition at a key, or None if there is none or it is wrong."""
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


def read_facts(node: Node, steps: Steps) -> None:
    """What follows from the answers; a fact may rest on the asks and on the facts above it."""
    if not node.has("facts"):
        return
    facts = node / "facts"
    names = facts.entries()
    taken = {step.name for _, step in steps.found}
    for name in names:
        here = facts / name
        if name in taken:
            here.fault(f"`{name}` is the name of an ask: give the fact another", key=True)
        elif read_name(here, name, key=True, taken=ADDRESSES):
            scope = replace(steps.scope(len(steps.found)), later=frozenset(names))
            if isinstance(here.there, str):
                rule = read_condition(here, scope)
                if rule:
                    steps.facts[name] = rule
            else:
                steps.texts[name] = _outcomes(here, scope)


def _outcomes(node: Node, scope: Scope) -> tuple[Outcome, ...]:
    found = [_outcome(item) for item in node.items()] if isinstance(node.there, list) else _short(node)
    for number, (rule, _) in enumerate(found):
        last = number == len(found) - 1
        if last and rule.there not in ("otherwise", None):
            rule.fault("the last must be `otherwise`, so that one always holds")
        elif not last and rule.there == "otherwise":
            rule.fault("`otherwise` must be the last: what stands below it never holds")
    return tuple(
        Outcome(text, None if rule.there in ("otherwise", None) else read_condition(rule, scope))
        for rule, text in found
    )


def _short(node: Node) -> list[tuple[Node, Translations]]:
    """{24 hours: urgent, 20 days: otherwise}: texts in the default language."""
    found: list[tuple[Node, Translations]] = []
    for text in node.entries():
        here = node / text
        found.append((here, {node.file.languages[0]: text}))
        here.untranslated()
    return found


def _outcome(node: Node) -> tuple[Node, Translations]:
    node.entries(("say", "if"))
    return (node / "if", (node / "say").said(OUTCOME))


def _known(rule: Condition, kinds: Mapping[str, Kind]) -> bool:
    return all(atom.ask in kinds for atom in atoms(rule))
