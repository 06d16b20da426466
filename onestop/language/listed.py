"""A list inside a sentence."""

from collections.abc import Sequence

from onestop.language.words import Words


def say_list(texts: Sequence[str], words: Words) -> str:
    """Return "a, b and c"."""
    if len(texts) < 2:
        return "".join(texts)
    return words("{first} and {last}", first=", ".join(texts[:-1]), last=texts[-1])
