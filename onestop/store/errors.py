"""The store's exceptions: what an operator must repair before a start, and what may be retried."""


class StoreUnusable(Exception):
    """The database or its key file cannot be used at all. The text is one line for the operator."""


class Unavailable(Exception):
    """The database cannot be used now (disk full, read-only, locked, connection lost); the request may be retried.

    Nothing was committed that had not been acknowledged. The text is for the operator.
    """
