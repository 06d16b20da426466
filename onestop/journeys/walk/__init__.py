"""Walking a journey: the path, the next question, and what follows from the answers."""
