"""One journey's file, read."""

from hashlib import sha256

from onestop.authoring.faults import errors, nearest
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.journeys.journey import Ask, Ending, Fact, FactText, Journey, MessagePromise, Step, Who
from onestop.journeys.kinds.choice import ChoiceKind
from onestop.journeys.source.placeholders import check_placeholders
from onestop.journeys.source.step import read_rule
from onestop.journeys.source.steps_file import StepsFile, read_facts, read_needs, read_steps, with_conditions
from onestop.journeys.text_limits import STOP, TITLE
from onestop.journeys.values.bound import parse_bound
from onestop.journeys.values.recipient import OCCASIONS

DEEPEST = 9
KEEPS_DRAFT, KEEPS_CASE = "30 days", "2 years"
WHO: tuple[Who, ...] = ("anyone", "contact", "tenant", "voter")


def read_journey(
    source: Source, name: str, text: str, languages: tuple[str, ...], reserved: frozenset[str] = frozenset()
) -> tuple[Journey | None, Node | None]:
    """Return the journey, if nothing in its file is an error, and the node of the whole file, if it can be parsed.

    No step may have one of the `reserved` names.
    """
    tree = source.tree(text, deepest=DEEPEST)
    if tree is None:
        return None, None
    file = SourceFile(source, tree, text.split("\n"), languages, reserved=reserved)
    node = Node(file)
    steps = _steps(node)
    title, who = (node / "title").translations(TITLE), _who(node)
    draft, case = _keeps(node)
    needs, open311 = read_needs(node, steps), node.yes("open311", default=False)
    done = _done(node, steps)
    whole = with_conditions(steps)
    _check_track(node, whole, done.track)
    _check_follow(node, whole, done.follow)
    facts: dict[str, Fact] = {**steps.facts, **steps.texts}
    file.warn_missing_translations()
    if errors(source.faults) or not whole:
        return None, node
    edition = sha256(text.encode()).hexdigest()
    return Journey(name, edition, text, languages, title, who, draft, case, whole, facts, done, needs, open311), node


def _steps(node: Node) -> StepsFile:
    node.entries(("title", "who", "keeps", "needs", "open311", "asks", "facts", "done"))
    if not node.has("asks"):
        node.fault("`asks` is missing: it must be given")
        return StepsFile()
    steps = read_steps(node / "asks")
    read_facts(node, steps)
    return steps


def _who(node: Node) -> Who:
    return (node / "who").one_of(WHO) or "anyone" if node.has("who") else "anyone"


def _keeps(node: Node) -> tuple[int, int]:
    if not node.has("keeps"):
        return _days(KEEPS_DRAFT), _days(KEEPS_CASE)
    keeps = node / "keeps"
    if isinstance(keeps.value, str):
        return _span(keeps, KEEPS_DRAFT), _days(KEEPS_CASE)
    keeps.entries(("draft", "case"))
    draft = _span(keeps / "draft", KEEPS_DRAFT) if keeps.has("draft") else _days(KEEPS_DRAFT)
    return draft, _span(keeps / "case", KEEPS_CASE) if keeps.has("case") else _days(KEEPS_CASE)


def _span(node: Node, otherwise: str) -> int:
    days = _days(node.text())
    if days < 1:
        node.fault(f"`{node.value}` is no length of time: write one like 30 days, 6 months or 2 years")
        return _days(otherwise)
    return days


def _days(text: str) -> int:
    bound = parse_bound(text)
    return bound.days + bound.months * 1461 // 48 if bound and not bound.day else 0


def _done(node: Node, steps: StepsFile) -> Ending:
    if not node.has("done"):
        node.fault("`done` is missing: say what happens next and which desk it is sent to")
        return Ending((), ())
    done = node / "done"
    done.entries(("say", "send", "track", "messages", "working_days", "follow"))
    say = _said(done / "say", steps)
    if not done.has("send"):
        done.fault("`send` is missing: name the desks it is sent to, like [housing]")
        return Ending(say, ())
    desks = tuple(item.text() for item in (done / "send").items())
    if not desks and isinstance((done / "send").value, list):
        (done / "send").fault("is an empty list: name at least one desk")
    track = _names(done / "track") if done.has("track") else ()
    messages = _messages(done / "messages", steps) if done.has("messages") else None
    days, follow = done.whole("working_days", 0, 1, 250), _names(done / "follow") if done.has("follow") else ()
    return Ending(say, desks, track, days, follow, messages)


def _messages(node: Node, steps: StepsFile) -> MessagePromise | None:
    """Return the promise of messages: `{to: [phone, email], on: [accepted, closed]}`; without `on`, on all but the first occasion."""
    node.entries(("to", "on"))
    asks = {step.name: step for _, step in steps.found if isinstance(step, Ask)}
    to = tuple(item.text() for item in (node / "to").items())
    for item in (node / "to").items():
        name = item.text()
        if name and name not in asks:
            item.fault(f"no question is called `{name}`{nearest(name, asks)}")
        elif name and asks[name].kind.means is None:
            item.fault(
                f"`{name}` can get no message: name a question for an email address, a telephone number or an address"
            )
    written = (node / "on").items() if node.has("on") else ()
    on = tuple(found for item in written if (found := item.one_of(OCCASIONS)))
    return MessagePromise(to, on or OCCASIONS[1:])


def _names(node: Node) -> tuple[str, ...]:
    """Return the names of questions: one, or a list."""
    return tuple(item.text() for item in node.items()) if isinstance(node.value, list) else (node.text(),)


def _check_track(node: Node, whole: tuple[Step, ...], names: tuple[str, ...]) -> None:
    asks = {step.name: step for step in whole if isinstance(step, Ask)}
    for name in names:
        if name not in asks:
            (node / "done" / "track").fault(f"no question is called `{name}`{nearest(name, asks)}")
        elif not asks[name].kind.tracks:
            (node / "done" / "track").fault(f"`{name}` finds no case again: name a question for an address or a date")


def _check_follow(node: Node, whole: tuple[Step, ...], names: tuple[str, ...]) -> None:
    """Refuse what is not one of the given answers: who is offered another's report would learn what somebody wrote."""
    asks = {step.name: step for step in whole if isinstance(step, Ask)}
    for name in names:
        if name not in asks:
            (node / "done" / "follow").fault(f"no question is called `{name}`{nearest(name, asks)}")
        elif not isinstance(asks[name].kind, ChoiceKind):
            (node / "done" / "follow").fault(f"`{name}` tells no two reports apart: name a question with `pick`")


def _said(node: Node, steps: StepsFile) -> tuple[FactText, ...]:
    """Return the texts of the receipt: one, or a list of texts that each may have an `if`."""
    scope = steps.scope(len(steps.found))
    if not isinstance(node.value, list):
        check_placeholders(node, scope, steps.texts)
        return (FactText(node.translations(STOP)),)
    found: list[FactText] = []
    for item in node.items():
        item.entries(("say", "if"))
        check_placeholders(item / "say", scope, steps.texts)
        found.append(FactText((item / "say").translations(STOP), read_rule(item, scope)))
    return tuple(found)
