"""What is written down of an error that nobody foresaw: its kind and its place. Its text may hold what a resident has said."""

import traceback
from collections.abc import Iterator


def describe_error(why: BaseException) -> str:
    """The kind and the place, line by line, and of what it came."""
    return "\n".join(_lines(why))


def _lines(why: BaseException | None, most: int = 5) -> Iterator[str]:
    while why is not None and most:
        yield f"{type(why).__module__}.{type(why).__qualname__}"
        for frame in traceback.extract_tb(why.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        why, most = why.__cause__ or (None if why.__suppress_context__ else why.__context__), most - 1
