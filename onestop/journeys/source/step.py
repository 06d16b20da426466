"""One ask or tell of a journey's file: as written, and with its conditions, which may name any of the earlier asks."""

from collections.abc import Collection
from dataclasses import replace

from onestop.authoring.node import Node
from onestop.journeys.condition import Condition
from onestop.journeys.identifier import TODAY, read_name
from onestop.journeys.journey import Ask, Tell
from onestop.journeys.kind import Kind
from onestop.journeys.kinds.phone import with_texts
from onestop.journeys.kinds.registry import declared_node
from onestop.journeys.source.answer_kind import keywords, read_kind
from onestop.journeys.source.condition_grammar import Scope, WrongCondition, parse_condition
from onestop.journeys.source.placeholders import check_placeholders
from onestop.journeys.text_limits import HINT, NOTE, QUESTION, STOP, UNIT
from onestop.language import Translations

ASK_KEYS = ("ask", "text", "hint", "if", "need", "only", "thin", "confirm")
CONFIRMED_BY = ("email", "sms")
TELL_KEYS = ("tell", "text", "if", "stop")


def reserved_names(node: Node) -> frozenset[str]:
    """Return the names that no step may have: some stand for another screen in an address."""
    return node.file.reserved | {TODAY}


def read_ask(node: Node, longest: int = QUESTION) -> Ask | None:
    """Return an ask without its conditions; its text has at most `longest` characters."""
    keys = node.entries((*ASK_KEYS, *keywords()))
    if not isinstance(node.value, dict):
        return None
    name = read_name(node / "ask", (node / "ask").text(), reserved=reserved_names(node))
    kind = read_kind(node)
    text = (node / "text").translations(longest)
    only = frozenset(item.text() for item in (node / "only").items()) if "only" in keys else frozenset()
    thin = (node / "thin").translations(UNIT) if "thin" in keys else {}
    if thin and kind and kind.options:
        (node / "thin").fault("a choice needs no `thin`: it can be answered everywhere; take it out", key=True)
    hint = (node / "hint").translations(HINT) if "hint" in keys else {}
    need = node.yes("need", default=True)
    if name is None or kind is None:
        return None
    ask = Ask(name, text, kind, hint, None, need, only, thin)
    return replace(ask, kind=with_texts(kind), confirm=_confirm(node / "confirm", kind)) if "confirm" in keys else ask


def _confirm(node: Node, kind: Kind) -> Translations:
    """Return the question for the code that confirms the answer."""
    if kind.means not in CONFIRMED_BY:
        node.fault("only an email address or a telephone number can be confirmed by a code: take it out", key=True)
    return node.translations(QUESTION)


def read_tell(node: Node) -> Tell | None:
    node.entries(TELL_KEYS)
    name = read_name(node / "tell", (node / "tell").text(), reserved=reserved_names(node))
    stop = node.yes("stop", default=False)
    text = (node / "text").translations(STOP if stop else NOTE)
    return Tell(name, text, stop=stop) if name else None


def ask_with_conditions(
    node: Node, ask: Ask, scope: Scope, texts: Collection[str], *, for_options: Scope | None = None
) -> Ask:
    """Return the ask with its conditions, and check the placeholders of its texts; those of its options have `for_options`, if given."""
    check_step_texts(node, scope, texts)
    rules = _option_rules(declared_node(node), ask.kind, scope, texts, for_options or scope)
    return replace(ask, rule=read_rule(node, scope), option_rules=rules)


def check_step_texts(node: Node, scope: Scope, texts: Collection[str]) -> None:
    for key in ("text", "hint"):
        if node.has(key):
            check_placeholders(node / key, scope, texts)


def _option_rules(
    node: Node, kind: Kind, scope: Scope, texts: Collection[str], for_texts: Scope
) -> dict[str, Condition]:
    """Return when each option is offered, of those with a condition."""
    rules: dict[str, Condition] = {}
    for option in kind.options:
        here = node / option.name
        for key in ("stop", "hint"):
            if here.has(key):
                check_placeholders(here / key, for_texts, texts)
        if rule := read_rule(here, scope):
            rules[option.name] = rule
    return rules


def read_rule(node: Node, scope: Scope, key: str = "if") -> Condition | None:
    """Return the condition at a key, or None if there is none or it is wrong."""
    if not node.has(key):
        return None
    return read_condition(node / key, scope)


def read_condition(node: Node, scope: Scope, *, bare: bool = False) -> Condition | None:
    text = node.text()
    try:
        return parse_condition(text, scope, bare=bare) if text else None
    except WrongCondition as wrong:
        node.fault(wrong.message, offset=wrong.offset)
        return None
