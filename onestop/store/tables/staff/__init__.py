"""The tables of officers and their sign-in, one module a table."""
