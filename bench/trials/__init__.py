"""Trials: a real server under attack, under peak load or in an outage; every acknowledged case must be stored and delivered."""
