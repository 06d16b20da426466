"""How each kind of answer is written in a journey's file: `pick`, `number`, `date` and the others."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.journeys.journey import (
    Day,
    Each,
    Kind,
    Money,
    Number,
    Option,
    Pick,
    Picture,
    Place,
    Simple,
    Text,
    TextKind,
)
from onestop.journeys.values.bound import RIGHT, Bound, parse_bound
from onestop.journeys.values.pence import parse_pence

OPTION, HINT, UNIT, STOP = 70, 240, 60, 600
"""The longest texts, in characters."""
FEWEST, MOST_PICKS, MOST_ITEMS, MOST_WORDS = 2, 6, 20, 4000
GREATEST = 100_000_000
"""Pence."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
GRAMMAR = ("is", "not", "or", "and", "has", "given", "otherwise")
ADDRESSES = ("check", "done", "stop", "move", "moved", "again", "keep", "forget", "today")
"""What no ask may be called, because its screen would stand where another does; and a day."""


def read_name(node: Node, text: str, *, key: bool = False, taken: tuple[str, ...] = ()) -> str:
    """A name that a condition may hold, and none of those `taken`. It is given back even if it is wrong: others will name it."""
    if not text:
        return ""
    if not _NAME.fullmatch(text) or len(text) > 30:
        node.fault(f"`{text[:40]}` is no name: write at most 30 small letters, digits and hyphens", key=key)
    elif text in GRAMMAR or text in taken:
        node.fault(f"`{text}` is a word of our own: take another name", key=key)
    return text


def read_kind(node: Node, allowed: Mapping[str, Callable[[Node], Kind | None]]) -> Kind | None:
    """The kind that a mapping names, and what it says of it; exactly one must be there."""
    given = [name for name in allowed if node.has(name)]
    if len(given) == 1:
        return allowed[given[0]](node / given[0])
    if given:
        (node / given[1]).fault(f"has two kinds of answer, `{given[0]}` and `{given[1]}`: keep one", key=True)
        return None
    wrong = [key for key in node.entries() if nearest(key, allowed, 0.7)]
    hint = nearest(wrong[0], allowed) if wrong else f": write one of {', '.join(allowed)}"
    node.fault(f"says no kind of answer{hint}")
    return None


def _pick(node: Node, *, several: bool) -> Kind | None:
    options = tuple(_option(node / name) for name in node.entries() if read_name(node / name, name, key=True))
    if isinstance(node.there, dict) and len(node.there) < FEWEST:
        options_there = "1 option" if node.there else "0 options"
        node.fault(f"has {options_there}: a choice needs at least {FEWEST}", key=True)
    if several and len(options) > MOST_PICKS:
        node.fault(f"has {len(options)} options to tick: at most {MOST_PICKS}, or make it two questions", key=True)
    for number, option in enumerate(options):
        same = next((other for other in options[:number] if option.text and other.text == option.text), None)
        if same:
            (node / option.name).fault(f"reads like the option `{same.name}`: say what is different", key=True)
    return Pick(options, several)


def _option(node: Node) -> Option:
    if not isinstance(node.there, dict) or set(node.there) <= set(node.file.languages):
        return Option(node.name, node.said(OPTION), {}, {})
    node.entries(("text", "hint", "said", "if", "stop"))
    return Option(
        node.name,
        (node / "text").said(OPTION),
        (node / "hint").said(HINT) if node.has("hint") else {},
        (node / "said").said(OPTION) if node.has("said") else {},
        stop=_stop(node / "stop") if node.has("stop") else None,
    )


def _stop(node: Node) -> Mapping[str, str]:
    if node.has("send"):
        (node / "send").fault("a stop sends nothing: take `send` out, or let the journey go on to its end", key=True)
        return {}
    return node.said(STOP)


def _number(node: Node) -> Kind | None:
    node.entries(("min", "max", "unit", "one"))
    least, most = node.whole("min", 0), node.whole("max", 999_999)
    _ordered(node, least, most)
    unit = (node / "unit").said(UNIT) if node.has("unit") else {}
    return Number(least, most, unit, (node / "one").said(UNIT) if node.has("one") else {})


def _money(node: Node) -> Kind | None:
    node.entries(("min", "max"))
    least, most = _pence(node, "min", 0), _pence(node, "max", GREATEST)
    _ordered(node, least, most)
    return Money(least, most)


def _pence(node: Node, key: str, otherwise: int) -> int:
    if not node.has(key):
        return otherwise
    text = (node / key).text()
    pence = parse_pence(text)
    if text and (pence is None or pence > GREATEST):
        (node / key).fault(f"`{text}` is not an amount: write pounds like 12.50, at most {GREATEST // 100}")
    return otherwise if pence is None else pence


def _ordered(node: Node, least: int, most: int) -> None:
    if least > most:
        node.fault("has a `min` above its `max`: no answer is right", key=True)


def _day(node: Node) -> Kind | None:
    node.entries(("from", "to", "birth"))
    return Day(_bound(node, "from"), _bound(node, "to"), node.yes("birth", otherwise=False))


def _bound(node: Node, key: str) -> Bound | None:
    if not node.has(key):
        return None
    text = (node / key).text()
    bound = parse_bound(text)
    if text and not bound:
        (node / key).fault(f"`{text}` is not a day: {RIGHT}")
    return bound


def _words(node: Node) -> Kind | None:
    if isinstance(node.there, str) and node.there != "yes":
        most = node.there if node.there.isdecimal() else "300"
        node.fault(f"`{node.there[:40]}` says not what it is: write `words: {{max: {most}}}`")
        return None
    if node.there != "yes":
        node.entries(("max",))
    return Text("words", node.whole("max", 500, 1, MOST_WORDS))


def _line(kind: TextKind, longest: int) -> Callable[[Node], Kind | None]:
    def read(node: Node) -> Kind | None:
        whose = node.one_of(("yes", "other"))
        return Text(kind, longest, whose != "other") if whose else None

    return read


def _place(node: Node) -> Kind | None:
    choices: tuple[Literal["address", "spot"], ...] = ("address", "spot")
    kind = node.one_of(choices)
    return Place(kind) if kind else None


def _picture(node: Node) -> Kind | None:
    return Picture() if node.one_of(("image",)) else None


def _each(node: Node) -> Kind | None:
    if node.has("picks"):
        message = "`picks` takes several answers already and cannot be repeated: ask it by itself, or repeat a `pick`"
        (node / "picks").fault(message, key=True)
        return None
    node.entries(("max", *SIMPLE))
    most = node.whole("max", 5, 2, MOST_ITEMS)
    kind = read_kind(node, SIMPLE)
    return Each(most, kind) if isinstance(kind, Simple) else None


SIMPLE: Mapping[str, Callable[[Node], Kind | None]] = {
    "pick": lambda node: _pick(node, several=False),
    "number": _number,
    "money": _money,
    "date": _day,
    "words": _words,
    "name": _line("name", 100),
    "phone": _line("phone", 30),
    "email": _line("email", 200),
    "place": _place,
    "file": _picture,
}
KINDS: Mapping[str, Callable[[Node], Kind | None]] = {
    "pick": SIMPLE["pick"],
    "picks": lambda node: _pick(node, several=True),
    **{name: read for name, read in SIMPLE.items() if name != "pick"},
    "each": _each,
}
