"""Opening hours: the grammar authors write, whether a place is open at a moment, and the words for both."""
