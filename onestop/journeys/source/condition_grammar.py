"""How a condition is read: `room is kitchen or bath and since > 28 or urgent`; no brackets, and every mistake has its place."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from onestop.authoring.faults import nearest
from onestop.journeys.condition import Atom, Condition, Either, Every, FactHolds, Operator, Value
from onestop.journeys.journey import Day, Each, Kind, Money, Number, Pick
from onestop.journeys.values.bound import RIGHT, parse_bound
from onestop.journeys.values.pence import parse_pence

ORDERS: Mapping[str, Operator] = {">": ">", "<": "<", ">=": ">=", "<=": "<="}
BEGINNINGS = ("is", "has", *ORDERS)
_TOKEN = re.compile(r"[<>]=?|=+|[()]|[^\s<>=()]+")


class WrongCondition(Exception):
    """What is wrong with a condition, so many characters after its beginning."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset, self.message = offset, message


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may name: earlier asks and their facts; and what it may not, so that it can be told why."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    facts: Mapping[str, Condition] = field(default_factory=dict)
    later: Set[str] = frozenset()
    texts: Set[str] = frozenset()


def parse_condition(text: str, scope: Scope) -> Condition:
    """The condition, or WrongCondition."""
    reader = _Reader(text, scope)
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
    def __init__(self, text: str, scope: Scope) -> None:
        self.tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(text)]
        self.scope, self.here, self.end = scope, 0, len(text.rstrip())

    def either(self) -> Condition:
        parts = [self.every()]
        while self.take("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def every(self) -> Atom | FactHolds | Every:
        parts = [self.term()]
        while self.take("and"):
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def term(self) -> Atom | FactHolds:
        negated = self.take("not")
        offset, name = self.next("the name of an ask or a fact")
        if name in self.scope.facts:
            if self.peek() in BEGINNINGS:
                raise WrongCondition(offset, f"`{name}` is a fact: write `{name}` or `not {name}` and nothing else")
            return FactHolds(name, self.scope.facts[name], negated)
        kind = self._kind(offset, name)
        if negated:
            raise WrongCondition(offset, f"`not` stands before a fact: write `{name} is not ...`")
        return self._comparison(offset, name, kind)

    def _kind(self, offset: int, name: str) -> Kind:
        scope = self.scope
        if name in scope.kinds:
            return scope.kinds[name]
        if name in scope.texts:
            raise WrongCondition(offset, f"`{name}` is a text, not yes or no: name the facts it is made of")
        if name in scope.later:
            message = f"`{name}` is not known yet here: only what is asked above may be named; move this below it"
            raise WrongCondition(offset, message)
        known = (*scope.kinds, *scope.facts)
        raise WrongCondition(offset, f"there is no ask or fact `{name}`{nearest(name, known)}")

    def _comparison(self, offset: int, name: str, kind: Kind) -> Atom:
        if self.take("is"):
            negated = self.take("not")
            if self.take("given"):
                return Atom(name, "given", negated=negated)
            if isinstance(kind, Pick | Each) and _several(kind):
                raise WrongCondition(offset, f"`{name}` may have several answers: write `{name} has ...`")
            return self._listed(name, kind, "is", negated)
        if self.take("has"):
            if not (isinstance(kind, Pick | Each) and _several(kind)):
                raise WrongCondition(offset, f"`{name}` has one answer: write `{name} is ...`")
            return self._listed(name, kind, "has", self.take("not"))
        token = self.peek()
        if token in ORDERS:
            self.here += 1
            if not isinstance(kind, Number | Money | Day):
                message = f"`{name}` is not a number, an amount or a day: `{token}` cannot be asked of it"
                raise WrongCondition(offset, message)
            value, written = self._value(name, kind)
            return Atom(name, ORDERS[token], (value,), (written,))
        message = f"write what `{name}` must be: `{name} is ...`, `{name} is given` or `{name} > 3`"
        raise WrongCondition(offset, message)

    def _listed(self, name: str, kind: Kind, operator: Operator, negated: bool) -> Atom:
        found = [self._value(name, kind)]
        while self.peek() == "or" and not self._begins(self.here + 1):
            self.here += 1
            found.append(self._value(name, kind))
        return Atom(name, operator, tuple(v for v, _ in found), tuple(w for _, w in found), negated)

    def _begins(self, place: int) -> bool:
        """Whether a new comparison or a fact stands here, and not one more value."""
        word, after = (self.tokens[p][1] if p < len(self.tokens) else "" for p in (place, place + 1))
        return word == "not" or word in self.scope.facts or after in BEGINNINGS

    def _value(self, name: str, kind: Kind) -> tuple[Value, str]:
        offset, word = self.next(f"what `{name}` must be")
        if isinstance(kind, Day) and self.peek().rstrip("s") in ("day", "week", "month", "year"):
            word = f"{word} {self.next('')[1]}"
        value = _VALUES.get(type(kind), _no_value)(kind, name, word)
        if isinstance(value, _No):
            raise WrongCondition(offset, value.message)
        return value, word

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


@dataclass(frozen=True, slots=True)
class _No:
    message: str


def _several(kind: Kind) -> bool:
    return kind.several if isinstance(kind, Pick) else isinstance(kind, Each) and isinstance(kind.of, Pick)


def _option(kind: Kind, name: str, word: str) -> Value | _No:
    pick = kind.of if isinstance(kind, Each) else kind
    if not isinstance(pick, Pick):
        return _no_value(kind, name, word)
    if pick.option(word):
        return word
    near = nearest(word, [option.name for option in pick.options])
    return _No(f"`{word}` is no option of `{name}`{near}")


def _number(kind: Kind, name: str, word: str) -> Value | _No:
    if word.removeprefix("-").isdecimal() and word.isascii() and len(word) < 10:
        return int(word)
    return _No(f"`{word}` is not a whole number, which `{name}` is: write digits")


def _money(kind: Kind, name: str, word: str) -> Value | _No:
    pence = parse_pence(word)
    return _No(f"`{word}` is not an amount, which `{name}` is: write pounds like 12.50") if pence is None else pence


def _day(kind: Kind, name: str, word: str) -> Value | _No:
    return parse_bound(word) or _No(f"`{word}` is not a day, which `{name}` is: {RIGHT}")


def _no_value(kind: Kind, name: str, word: str) -> Value | _No:
    return _No(f"`{name}` can be anything: it may only be `given` or `not given`")


_VALUES: Mapping[type, Callable[[Kind, str, str], Value | _No]] = {
    Pick: _option,
    Each: _option,
    Number: _number,
    Money: _money,
    Day: _day,
}
