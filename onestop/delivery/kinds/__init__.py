"""One module for each kind of destination."""
