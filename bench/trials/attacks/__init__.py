"""Attacks: each is one round of requests that is repeated until the trial ends."""
