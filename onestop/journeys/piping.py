"""Earlier answers inside a text: `What is wrong in the {room}?`"""

import re
from collections.abc import Callable, Collection, Iterator

from onestop.authoring.faults import nearest
from onestop.journeys.grammar import Scope
from onestop.journeys.journey import Picture
from onestop.journeys.node import Node

_PIPE = re.compile(r"\{([^{}]*)\}?")


def pipes(text: str) -> Iterator[tuple[int, str]]:
    """The names in a text, and where their braces begin."""
    for found in _PIPE.finditer(text):
        yield found.start(), found[1]


def piped(text: str, say: Callable[[str], str]) -> str:
    """The text with what `say` says for each name."""
    return _PIPE.sub(lambda found: say(found[1]), text)


def check_pipes(node: Node, scope: Scope, texts: Collection[str]) -> None:
    """Faults of the names in the text here, in every language."""
    there = node.there
    for here in [node / code for code in there] if isinstance(there, dict) else [node]:
        text = here.there
        if isinstance(text, str):
            for offset, name in pipes(text):
                problem = _problem(name, scope, texts)
                if problem:
                    here.fault(problem, offset=offset)


def _problem(name: str, scope: Scope, texts: Collection[str]) -> str:
    if name in texts:
        return ""
    if name in scope.kinds:
        return f"`{{{name}}}` is a picture: it cannot be said" if isinstance(scope.kinds[name], Picture) else ""
    if name in scope.facts:
        return f"`{{{name}}}` is yes or no: it cannot be said; make a fact with texts"
    if name in scope.later:
        return f"`{{{name}}}` is not known yet here: only what is asked above can be said"
    known = (*scope.kinds, *texts)
    return f"`{{{name}}}` is neither an ask nor a fact{nearest(name, known)}"
