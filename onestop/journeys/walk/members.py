"""Members of the groups on a path: what each is called, what is asked of it, and which are left out."""

from collections.abc import Iterator
from itertools import groupby

from onestop.journeys.journey import Ask, Member
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.walk import Walk
from onestop.language import Words, translated


def member_label(walk: Walk, member: Member, words: Words) -> str:
    """Return "Child 2 of 3", or "Child 2" while it is not known how many there are."""
    title, number, total = translated(member.group.title, words.language), member.number, _total(walk, member)
    if total < number:
        return numbered_label(member, words)
    return words("{member} {number} of {total}", member=title, number=number, total=total)


def numbered_label(member: Member, words: Words) -> str:
    """Return "Child 2"."""
    return f"{translated(member.group.title, words.language)} {member.number}"


def _total(walk: Walk, member: Member) -> int:
    """Return how many members the group has, or 0 while each may ask for another."""
    if count := member.group.count:
        answer = walk.answers.get(count)
        return answer if isinstance(answer, int) else 0
    same = (ask.member.number for ask in walk.path if ask.member and ask.member.group.name == member.group.name)
    return max(same, default=0) if walk.next is None else 0


def question_text(walk: Walk, ask: Ask, words: Words) -> str:
    """Return what an ask asks, and of which member."""
    text = text_of(walk, ask.text, words)
    return f"{member_label(walk, ask.member, words)}: {text}" if ask.member else text


def by_member(walk: Walk) -> Iterator[tuple[Member | None, tuple[Ask, ...]]]:
    """Yield the answered asks of the path in order, those of one member together."""
    answered = (ask for ask in walk.path if ask.name in walk.answers)
    for _, asks in groupby(answered, lambda ask: _key(ask.member) if ask.member else None):
        those = tuple(asks)
        yield those[0].member, those


def left_out(walk: Walk) -> tuple[Member, ...]:
    """Return the members that were answered and are not on the path any more: fewer are wanted now."""
    present = {_key(ask.member) for ask in walk.path if ask.member}
    found = {_key(ask.member): ask.member for ask in walk.journey.asks if ask.member and ask.name in walk.stored}
    return tuple(member for key, member in found.items() if key not in present)


def _key(member: Member) -> tuple[str, int]:
    return member.group.name, member.number
