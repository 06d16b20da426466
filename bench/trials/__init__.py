"""Trials: a real server under attack, under a rush, or in an outage, and what became of every case that it acknowledged."""
