"""The grammar of conditions: `room is kitchen or bath and since > 28 or urgent`, without brackets."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from onestop.authoring.faults import nearest
from onestop.journeys.condition import Comparison, Condition, Either, Every, FactHolds, Operator, Value
from onestop.journeys.kind import Kind, WrongValue
from onestop.journeys.values.placeholders import placeholders
from onestop.journeys.values.property import FLAGS, PARTS, PartValue

ORDERS: Mapping[str, Operator] = {">": ">", "<": "<", ">=": ">=", "<=": "<="}
STATES: tuple[Operator, ...] = ("given", "answered")
BEGINNINGS = ("is", "has", *ORDERS)
_TOKEN = re.compile(r"[<>]=?|=+|[()]|[^\s<>=()]+")


class WrongCondition(Exception):
    """What is wrong with a condition, and how many characters after its beginning."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset, self.message = offset, message


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a condition may use, those of earlier asks and facts; and those it may not, so that the message says why.

    `repeated` are the asks of repeats, each with the name of its repeat: only those of the same member may name each other.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    facts: Mapping[str, Condition] = field(default_factory=dict)
    later: Set[str] = frozenset()
    texts: Set[str] = frozenset()
    repeated: Mapping[str, str] = field(default_factory=dict)


def parse_condition(text: str, scope: Scope, *, bare: bool = False) -> Condition:
    """Return the condition. With `bare` the name of an ask alone means that it is answered. Raise WrongCondition."""
    reader = _Reader(text, scope, bare)
    if not reader.tokens:
        raise WrongCondition(0, "is empty: write a condition like `room is kitchen`, or leave `if` out")
    for offset, token in reader.tokens:
        if token in ("(", ")"):
            raise WrongCondition(offset, "brackets are not read: make a fact of one part and name that")
    found = reader.either()
    if reader.here < len(reader.tokens):
        offset, token = reader.tokens[reader.here]
        raise WrongCondition(offset, f"`{token}` is not understood here: join comparisons with `and` or `or`")
    return found


class _Reader:
    def __init__(self, text: str, scope: Scope, bare: bool) -> None:
        self.tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(text)]
        self.scope, self.bare, self.here, self.end = scope, bare, 0, len(text.rstrip())

    def either(self) -> Condition:
        parts = [self.every()]
        while self.take("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def every(self) -> Comparison | FactHolds | Every:
        parts = [self.term()]
        while self.take("and"):
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def term(self) -> Comparison | FactHolds:
        negated = self.take("not")
        offset, name = self.next("the name of an ask or a fact")
        if name in self.scope.facts:
            if self.peek() in BEGINNINGS:
                raise WrongCondition(offset, f"`{name}` is a fact: write `{name}` or `not {name}` and nothing else")
            return FactHolds(name, self.scope.facts[name], negated)
        if "." in name:
            return self._part(offset, name, negated)
        kind = self._kind(offset, name)
        if negated:
            raise WrongCondition(offset, f"`not` stands before a fact: write `{name} is not ...`")
        if self.bare and self.peek() in ("", "and", "or"):
            return Comparison(name, "answered")
        return self._comparison(offset, name, kind)

    def _part(self, offset: int, name: str, negated: bool) -> Comparison:
        """Read `home.ward is E05099001`, or `home.council_owned`, which is yes or no."""
        ask, _, part = name.partition(".")
        if not self._kind(offset, ask).has_parts:
            raise WrongCondition(offset, f"`{ask}` is no address: only of one may `{part}` be asked")
        if part not in PARTS:
            if self.peek() in BEGINNINGS:
                raise WrongCondition(offset, f"`{name}` is yes or no: write `{name}` or `not {name}` and nothing else")
            return Comparison(ask, "is", (PartValue(FLAGS, part),), (part,), negated)
        if negated or not self.take("is"):
            raise WrongCondition(offset, f"write what `{name}` must be: `{name} is ...` or `{name} is given`")
        negated = self.take("not")
        if self.take("given"):
            return Comparison(ask, "is", (PartValue(part, ""),), ("given",), negated)
        words = [self._part_value(name)]
        while self.peek() == "or" and not self._begins(self.here + 1):
            self.here += 1
            words.append(self._part_value(name))
        return Comparison(ask, "is", tuple(PartValue(part, word) for word in words), tuple(words), negated)

    def _part_value(self, name: str) -> str:
        """Return a value, in which `{bin}` stands for the answer to an earlier ask."""
        offset, word = self.next(f"what `{name}` must be")
        for _, ask in placeholders(word):
            self._kind(offset, ask)
        return word

    def _kind(self, offset: int, name: str) -> Kind:
        scope = self.scope
        if name in scope.kinds:
            return scope.kinds[name]
        if name in scope.texts:
            raise WrongCondition(offset, f"`{name}` is a text, not yes or no: name the facts it is made of")
        if name in scope.later:
            message = f"`{name}` is not known yet here: only what is asked above may be named; move this below it"
            raise WrongCondition(offset, message)
        if name in scope.repeated:
            message = f"`{name}` is asked of each `{scope.repeated[name]}`: only an ask below it in the same repeat may name it"
            raise WrongCondition(offset, message)
        known = (*scope.kinds, *scope.facts)
        raise WrongCondition(offset, f"there is no ask or fact `{name}`{nearest(name, known)}")

    def _comparison(self, offset: int, name: str, kind: Kind) -> Comparison:
        if self.take("is"):
            negated = self.take("not")
            for state in STATES:
                if self.take(state):
                    return Comparison(name, state, negated=negated)
            if kind.several:
                raise WrongCondition(offset, f"`{name}` may have several answers: write `{name} has ...`")
            return self._listed(name, kind, "is", negated)
        if self.take("has"):
            if not kind.several:
                raise WrongCondition(offset, f"`{name}` has one answer: write `{name} is ...`")
            return self._listed(name, kind, "has", self.take("not"))
        token = self.peek()
        if token in ORDERS:
            self.here += 1
            if not kind.ordered:
                message = f"the answers of `{name}` have no order: `{token}` cannot be asked of it"
                raise WrongCondition(offset, message)
            value, written = self._value(name, kind)
            return Comparison(name, ORDERS[token], (value,), (written,))
        message = f"write what `{name}` must be: `{name} is ...`, `{name} is given` or `{name} > 3`"
        raise WrongCondition(offset, message)

    def _listed(self, name: str, kind: Kind, operator: Operator, negated: bool) -> Comparison:
        found = [self._value(name, kind)]
        while self.peek() == "or" and not self._begins(self.here + 1):
            self.here += 1
            found.append(self._value(name, kind))
        return Comparison(name, operator, tuple(v for v, _ in found), tuple(w for _, w in found), negated)

    def _begins(self, place: int) -> bool:
        """Return whether a new comparison or a fact begins here, not one more value."""
        word, after = (self.tokens[p][1] if p < len(self.tokens) else "" for p in (place, place + 1))
        alone = self.bare and word in self.scope.kinds and after in ("", "and", "or")
        part = "." in word and word.partition(".")[0] in self.scope.kinds
        return part or word == "not" or word in self.scope.facts or after in BEGINNINGS or alone

    def _value(self, name: str, kind: Kind) -> tuple[Value, str]:
        offset, word = self.next(f"what `{name}` must be")
        if kind.continues(self.peek()):
            word = f"{word} {self.next('')[1]}"
        try:
            return kind.condition_value(name, word), word
        except WrongValue as wrong:
            raise WrongCondition(offset, str(wrong)) from None

    def take(self, word: str) -> bool:
        taken = self.peek() == word
        self.here += taken
        return taken

    def peek(self) -> str:
        return self.tokens[self.here][1] if self.here < len(self.tokens) else ""

    def next(self, wanted: str) -> tuple[int, str]:
        if self.here == len(self.tokens):
            raise WrongCondition(self.end, f"the condition ends where {wanted} should stand")
        self.here += 1
        return self.tokens[self.here - 1]
