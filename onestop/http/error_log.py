"""Describe an unexpected exception for the log without its message, which may hold what a resident has entered."""

import traceback
from collections.abc import Iterator


def describe_error(why: BaseException) -> str:
    """Return the class and the traceback of an exception and of its causes, one line each."""
    return "\n".join(_lines(why))


def _lines(why: BaseException | None, most: int = 5) -> Iterator[str]:
    while why is not None and most:
        yield f"{type(why).__module__}.{type(why).__qualname__}"
        for frame in traceback.extract_tb(why.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        why, most = why.__cause__ or (None if why.__suppress_context__ else why.__context__), most - 1
