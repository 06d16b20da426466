"""Conditions on earlier answers: of an ask, an option or a fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt
from typing import Literal, Union

from onestop.journeys.values.answer import Answer, Answers, compared_value, is_thin
from onestop.journeys.values.bound import Bound
from onestop.journeys.values.property import FLAGS, PartValue

Operator = Literal["is", "has", "given", "answered", ">", "<", ">=", "<="]
Value = str | int | Bound | PartValue

_ORDERS = {">": gt, "<": lt, ">=": ge, "<=": le}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison with the answer to one ask. `written` holds the values as the author wrote them.

    A thin answer is `given` but not `answered`: it says that the answer comes another way.
    """

    ask: str
    operator: Operator
    values: tuple[Value, ...] = ()
    written: tuple[str, ...] = ()
    negated: bool = False

    def __str__(self) -> str:
        no = "not " if self.negated else ""
        if [value for value in self.values if isinstance(value, PartValue) and value.part == FLAGS]:
            return f"{no}{self.ask}.{self.written[0]}"
        if part := next((value.part for value in self.values if isinstance(value, PartValue)), ""):
            return f"{self.ask}.{part} is {no}{' or '.join(self.written)}"
        if self.operator in ("given", "answered"):
            return f"{self.ask} is {no}{self.operator}"
        return f"{self.ask} {self.operator} {no}{' or '.join(self.written)}"


@dataclass(frozen=True, slots=True)
class FactHolds:
    """The fact of this name is true, or with `negated` false; `rule` is the fact's condition."""

    name: str
    rule: "Condition"
    negated: bool = False

    def __str__(self) -> str:
        return f"not {self.name}" if self.negated else self.name


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold: `and`."""

    parts: tuple[Comparison | FactHolds, ...]

    def __str__(self) -> str:
        return " and ".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds: `or`."""

    parts: tuple[Comparison | FactHolds | Every, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Condition = Union[Comparison, FactHolds, Every, Either]  # noqa: UP007 (a recursive alias)


def holds(condition: Condition | None, answers: Answers, today: date) -> bool:
    """Return whether the condition is true of the answers on the path. None is always true."""
    if condition is None:
        return True
    if isinstance(condition, Comparison):
        return _compares(condition, answers, today) != condition.negated
    if isinstance(condition, FactHolds):
        return holds(condition.rule, answers, today) != condition.negated
    if isinstance(condition, Every):
        return all(holds(part, answers, today) for part in condition.parts)
    return any(holds(part, answers, today) for part in condition.parts)


def comparisons_in(condition: Condition | None) -> Iterator[Comparison]:
    """Yield every comparison in the condition, those of its facts included."""
    if isinstance(condition, Comparison):
        yield condition
    elif isinstance(condition, FactHolds):
        yield from comparisons_in(condition.rule)
    elif condition is not None:
        for part in condition.parts:
            yield from comparisons_in(part)


def _compares(comparison: Comparison, answers: Answers, today: date) -> bool:
    answer = answers.get(comparison.ask)
    if answer is None:
        return False
    if comparison.operator == "given":
        return True
    if is_thin(answer):
        return False
    if comparison.operator == "answered":
        return True
    parts = [value for value in comparison.values if isinstance(value, PartValue)]
    if parts:
        return any(part.matches(answer, answers, today) for part in parts)
    return _compares_value(comparison, compared_value(answer), today)


def _compares_value(comparison: Comparison, answer: Answer, today: date) -> bool:
    values = [value.on(today).isoformat() if isinstance(value, Bound) else value for value in comparison.values]
    if comparison.operator == "is":
        return answer in values
    if comparison.operator == "has":
        return isinstance(answer, (list, tuple, str)) and any(value in answer for value in values)
    return _ordered(comparison.operator, answer, values[0])


def _ordered(operator: Operator, answer: Answer, value: str | int | PartValue) -> bool:
    if isinstance(answer, str) and isinstance(value, str):
        return bool(_ORDERS[operator](answer, value))
    if isinstance(answer, int) and isinstance(value, int):
        return bool(_ORDERS[operator](answer, value))
    return False
