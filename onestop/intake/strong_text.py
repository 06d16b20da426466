"""Strong text whose marks CommonMark reads: between a letter and a sign, `**` opens and closes nothing."""

import re

_STRONG = re.compile(r"(?<!\\)\*\*(?!\s)(.+?)(?<!\\)\*\*", re.DOTALL)
_SIGN = r"(?:\\[^\w\s]|[^\w\s\\\[\]()])+"
"""Signs that may stand outside the marks; a bracket may belong to a link."""
_FIRST, _LAST = re.compile(rf"^{_SIGN}"), re.compile(rf"{_SIGN}$")
_BRACKETS = "[]()"


def readable_strong(markdown: str) -> str:
    """Return a text in which signs at the ends of strong words stand outside the marks, where a letter or a digit adjoins."""
    return _STRONG.sub(_readable, markdown)


def _readable(found: re.Match[str]) -> str:
    text, inner = found.string, found[1]
    begins, ends = text[found.start() - 1 : found.start()].isalnum(), text[found.end() : found.end() + 1].isalnum()
    before = _FIRST.search(inner) if begins else None
    first = before[0] if before else ""
    after = _LAST.search(inner, len(first)) if ends else None
    last = after[0] if after else ""
    strong = inner[len(first) : len(inner) - len(last)]
    if not strong or (begins and strong[0] in _BRACKETS) or (ends and strong[-1] in _BRACKETS):
        return inner
    return f"{first}**{strong}**{last}"
