"""The server process: the application and its routes, connections, the fast path for ready pages, metrics and maintenance."""
