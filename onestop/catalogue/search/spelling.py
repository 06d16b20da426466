"""Typing and spelling errors."""

from collections.abc import Iterator

from onestop.catalogue.search.terms import LETTERS

_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "x": "s", "v": "f", "j": "g", **dict.fromkeys("aeiouyhw", None)})


def one_letter_off(word: str, places: int | None = None, letters: str = LETTERS) -> Iterator[str]:
    """Yield every word at one typing error's distance: a letter left out, added, changed, or two swapped.

    Only errors at the first so many `places` if they are given.
    """
    for place in range(len(word) + 1 if places is None else places):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            if len(tail) > 1:
                yield head + tail[1] + tail[0] + tail[2:]
            for letter in letters:
                yield head + letter + tail[1:]
        for letter in letters:
            yield head + letter + tail


def skeleton(word: str) -> str:
    """Return the consonants of a word as they sound, doubled ones once: "library" and "libery" are both "lbr"."""
    sounds = word[:1] + word[1:].replace("ph", "f").translate(_SOUNDS)
    return "".join(sound for sound, after in zip(sounds, sounds[1:] + " ", strict=True) if sound != after)


def distance(one: str, other: str) -> int:
    """Return how many letters must be left out, added, changed or swapped with their neighbour to make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for column, wanted in enumerate(other, 1):
            best = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            swapped = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted
            row.append(min(best, earlier[column - 2] + 1) if swapped else best)
    return row[-1]
