"""How a text is turned into what is said of it: a table of rules, each for one way of writing something."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

NAMED = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` has named groups only, and none is repeated without a bound; `say` is given the match."""

    name: str
    pattern: str
    say: Callable[[re.Match[str]], str]
    expression: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", re.compile(self.pattern))


class Rules:
    """A language's table. At each place of a text the first rule that fits wins, and what it says is not looked at again."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.name: rule for rule in rules}
        # One expression for all of them, in which only the rules have names.
        each = (f"(?P<{rule.name}>{NAMED.sub('(?:', rule.pattern)})" for rule in self.rules.values())
        self.any = re.compile("|".join(each) or r"(?!)")

    def __call__(self, text: str) -> str:
        """The text as it is said."""
        return self.any.sub(lambda found: self._say(found), text)

    def _say(self, found: re.Match[str]) -> str:
        rule = self.rules[found.lastgroup or ""]
        # Matched again for its own groups; at the same place of the same text, so that what stands around it counts as well.
        again = rule.expression.match(found.string, found.start())
        return rule.say(again) if again else found[0]
