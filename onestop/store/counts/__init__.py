"""Counts of what happens, by day or month, without anything about who did it."""
