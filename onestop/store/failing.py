"""How the store fails: what the operator must mend before it can start, and what may be tried again."""


class Unreadable(Exception):
    """The database or its keys cannot be used at all; the text is one line for the operator."""


class Unavailable(Exception):
    """The database cannot be used now: full, read-only, locked or gone.

    Nothing was kept unless it had been acknowledged; it may be tried again. The text is for the operator.
    """
