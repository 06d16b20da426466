"""Following what was sent: its reference and a second fact, and where it is."""
