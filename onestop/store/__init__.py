"""The only users of SQL."""
