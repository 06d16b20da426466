"""One module a table, with its SQL in the file beside it."""
