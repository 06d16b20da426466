"""When something is asked, offered or true: conditions on earlier answers, and whether they hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt
from typing import Literal, Union

from onestop.journeys.values.answer import Answer, Answers, is_thin
from onestop.journeys.values.bound import Bound

Operator = Literal["is", "has", "given", ">", "<", ">=", "<="]
Value = str | int | Bound

_ORDERS = {">": gt, "<": lt, ">=": ge, "<=": le}


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison with the answer to one ask. `written` are the values as the author wrote them."""

    ask: str
    operator: Operator
    values: tuple[Value, ...] = ()
    written: tuple[str, ...] = ()
    negated: bool = False

    def __str__(self) -> str:
        no = "not " if self.negated else ""
        if self.operator == "given":
            return f"{self.ask} is {no}given"
        return f"{self.ask} {self.operator} {no}{' or '.join(self.written)}"


@dataclass(frozen=True, slots=True)
class FactHolds:
    """A fact of this name is true, or not; `rule` is when it is."""

    name: str
    rule: "Condition"
    negated: bool = False

    def __str__(self) -> str:
        return f"not {self.name}" if self.negated else self.name


@dataclass(frozen=True, slots=True)
class Every:
    """All of them: `and`."""

    parts: tuple[Atom | FactHolds, ...]

    def __str__(self) -> str:
        return " and ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of them: `or`."""

    parts: tuple[Atom | FactHolds | Every, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Condition = Union[Atom, FactHolds, Every, Either]  # noqa: UP007 (it names itself)


def holds(condition: Condition | None, answers: Answers, today: date) -> bool:
    """Whether it is true of these answers, which must be those on the path; no condition is always true."""
    if condition is None:
        return True
    if isinstance(condition, Atom):
        return _compares(condition, answers, today) != condition.negated
    if isinstance(condition, FactHolds):
        return holds(condition.rule, answers, today) != condition.negated
    if isinstance(condition, Every):
        return all(holds(part, answers, today) for part in condition.parts)
    return any(holds(part, answers, today) for part in condition.parts)


def atoms(condition: Condition | None) -> Iterator[Atom]:
    """Every comparison it rests on, those of its facts too."""
    if isinstance(condition, Atom):
        yield condition
    elif isinstance(condition, FactHolds):
        yield from atoms(condition.rule)
    elif condition is not None:
        for part in condition.parts:
            yield from atoms(part)


def _compares(atom: Atom, answers: Answers, today: date) -> bool:
    answer = answers.get(atom.ask)
    if answer is None:
        return False
    if atom.operator == "given":
        return True
    if is_thin(answer):
        return False
    values = [value.on(today).isoformat() if isinstance(value, Bound) else value for value in atom.values]
    if atom.operator == "is":
        return answer in values
    if atom.operator == "has":
        return isinstance(answer, Sequence) and any(value in answer for value in values)
    return _ordered(atom.operator, answer, values[0])


def _ordered(operator: Operator, answer: Answer, value: str | int) -> bool:
    if isinstance(answer, str) and isinstance(value, str):
        return bool(_ORDERS[operator](answer, value))
    if isinstance(answer, int) and isinstance(value, int):
        return bool(_ORDERS[operator](answer, value))
    return False
