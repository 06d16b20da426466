"""The gazetteer: one SQLite file, written by an import and read by the server."""
