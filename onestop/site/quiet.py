"""Reading the catalogue without delaying requests."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_SECONDS = 0.0005


@contextmanager
def quiet_reading() -> Iterator[None]:
    """Switch threads ten times as often, and collect no garbage, while the context lasts.

    The thread that reads the catalogue holds the interpreter for a whole switch interval, 5 ms, whenever the event loop wants it. Its
    many new objects would also start collections of the oldest generation, 85 ms each at 10,000 services. At the end the young
    generation is collected and the catalogue is frozen, so that no later collection traverses it.
    """
    interval, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()
    try:
        yield
    finally:
        gc.collect(1)
        gc.freeze()
        if collecting:
            gc.enable()
        sys.setswitchinterval(interval)
