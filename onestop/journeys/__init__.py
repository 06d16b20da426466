"""Journeys: the questions of a service, and the pure function that walks them."""
