"""Split a text that is too long for its page: at the end of a sentence, else of a word, else anywhere."""

from collections.abc import Callable
from dataclasses import replace

from channels.text_metrics import plain, prefixes
from onestop.screen import Text

Fits = Callable[[Text], bool]
SENTENCE = (". ", "? ", "! ", "; ")


def split_text(text: Text, fits: Fits) -> tuple[Text, Text]:
    """Return the longest beginning that fits, and the rest. The beginning has at least one character, whether it fits or not."""
    places = prefixes(text)
    best = _last(places, lambda at: fits(take(text, at)))
    if best:
        said = plain(text)
        sentences = [at for at in places if at <= best and said[:at].endswith(SENTENCE)]
        if sentences and sentences[-1] * 2 >= best:
            best = sentences[-1]
        return take(text, best), drop(text, best)
    best = _last(list(range(1, len(plain(text)) + 1)), lambda at: fits(take(text, at))) or 1
    return take(text, best), drop(text, best)


def split_at_sentence(text: Text, fits: Fits) -> tuple[Text, Text]:
    """Return the longest beginning of whole sentences that fits, and the rest; an empty beginning if no sentence ends in it."""
    said = plain(text)
    ends = [at for at in prefixes(text)[:-1] if said[:at].endswith(SENTENCE)]
    best = _last(ends, lambda at: fits(take(text, at)))
    return take(text, best), drop(text, best)


def _last(places: list[int], good: Callable[[int], bool]) -> int:
    """Return the last good place by binary search, or 0. Every place before a good one must be good."""
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if good(places[middle]):
            low = middle + 1
        else:
            high = middle
    return places[low - 1] if low else 0


def take(text: Text, count: int) -> Text:
    """Return the first `count` characters."""
    taken = []
    for run in text:
        if count <= 0:
            break
        taken.append(replace(run, text=run.text[:count]))
        count -= len(run.text)
    return tuple(taken)


def drop(text: Text, count: int) -> Text:
    """Return all but the first `count` characters."""
    kept = []
    for run in text:
        if count < len(run.text):
            kept.append(replace(run, text=run.text[max(count, 0) :]))
        count -= len(run.text)
    return tuple(kept)
