"""The screens of the catalogue: home, sections, services, lists, problems, and the code to scan with a phone."""

from onestop.catalogue.screens.home import screen_at
from onestop.catalogue.screens.listing import RESULTS, SEARCHED, letters_screen, reference_screen, search_screen
from onestop.catalogue.screens.phone import phone_screen
from onestop.catalogue.screens.problem import problem_screen

__all__ = [
    "RESULTS",
    "SEARCHED",
    "letters_screen",
    "phone_screen",
    "problem_screen",
    "reference_screen",
    "screen_at",
    "search_screen",
]
