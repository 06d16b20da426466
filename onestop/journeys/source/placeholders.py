"""Checks of the placeholders in the texts of a journey's file."""

from collections.abc import Collection

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.journeys.kinds.place import NEXT
from onestop.journeys.source.condition_grammar import Scope
from onestop.journeys.values.placeholders import placeholders


def check_placeholders(node: Node, scope: Scope, texts: Collection[str]) -> None:
    """Report every placeholder of the text at this node, in every language, that has no value here."""
    there = node.value
    for here in [node / code for code in there] if isinstance(there, dict) else [node]:
        text = here.value
        if isinstance(text, str):
            for offset, name in placeholders(text):
                problem = _problem(name, scope, texts)
                if problem:
                    here.fault(problem, offset=offset)


def _problem(name: str, scope: Scope, texts: Collection[str]) -> str:
    if name in texts:
        return ""
    if "." in name:
        ask, part, other = (*name.split("."), "", "")[:3]
        right = (
            part == NEXT and ask in scope.kinds and scope.kinds[ask].has_parts and (not other or other in scope.kinds)
        )
        return (
            ""
            if right
            else f"`{{{name}}}` is not understood: write `{{home.next}}`, or `{{home.next.bin}}` of a choice"
        )
    if name in scope.kinds:
        return f"`{{{name}}}` is a picture: it cannot be said" if scope.kinds[name].is_file else ""
    if name in scope.facts:
        return f"`{{{name}}}` is yes or no: it cannot be said; make a fact with texts"
    if name in scope.later:
        return f"`{{{name}}}` is not known yet here: only what is asked above can be said"
    if name in scope.repeated:
        return f"`{{{name}}}` is asked of each `{scope.repeated[name]}`: only an ask below it in the same repeat can say it"
    known = (*scope.kinds, *texts)
    return f"`{{{name}}}` is neither an ask nor a fact{nearest(name, known)}"
