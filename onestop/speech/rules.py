"""Text normalisation by a table of rules, each for one way of writing something."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` has only named groups and no unbounded repetition; `say` returns the spoken form of a match."""

    name: str
    pattern: str
    say: Callable[[re.Match[str]], str]
    expression: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", re.compile(self.pattern))


class Rules:
    """The rules of a language. At each position the first rule that matches wins, and its result is not matched again."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.name: rule for rule in rules}
        # One expression for all rules, in which only the rules are named groups.
        each = (f"(?P<{rule.name}>{NAMED.sub('(?:', rule.pattern)})" for rule in self.rules.values())
        self.any = re.compile("|".join(each) or r"(?!)")

    def __call__(self, text: str) -> str:
        """Return the spoken form of a text."""
        return self.any.sub(lambda found: self._say(found), text)

    def _say(self, found: re.Match[str]) -> str:
        rule = self.rules[found.lastgroup or ""]
        # Match again at the same position for the rule's own groups; lookarounds need the surrounding text.
        again = rule.expression.match(found.string, found.start())
        return rule.say(again) if again else found[0]
