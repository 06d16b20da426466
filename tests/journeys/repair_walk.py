"""A walk along the journey of a housing repair."""

from support.samples.small_journeys import REPAIR, TODAY, journey_of

from onestop.journeys.values.answer import Answer
from onestop.journeys.walk.walk import Walk, walk

JOURNEY = journey_of(REPAIR)
WHOLE: dict[str, Answer] = {"danger": "none", "room": "kitchen", "fault": "heat", "since": 1, "people": [80, 3]}
"""Answers to every question of one path."""


def at(answers: dict[str, Answer], channel: str = "remote") -> Walk:
    return walk(JOURNEY, answers, channel, TODAY)
