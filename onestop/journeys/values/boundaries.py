"""Numbers on both sides of every value that conditions compare with: examples of answers."""

from collections.abc import Iterable, Iterator


def boundary_integers(compared: Iterable[object], least: int, most: int) -> Iterator[int]:
    """Yield the limits and each compared number with its neighbours, as far as they are within the limits."""
    numbers = [value for value in compared if isinstance(value, int)]
    marks = {least, most}.union(*({one - 1, one, one + 1} for one in numbers))
    yield from sorted(mark for mark in marks if least <= mark <= most)
