"""The screens of a journey while an officer answers for a resident."""

from dataclasses import replace

from onestop.forms.visit import Visit
from onestop.language import Words
from onestop.screen import Action, Note, Run, Screen

DESK = "/desk/assist"


def as_officer_sees(screen: Screen, visit: Visit | None, words: Words) -> Screen:
    """Return a screen of a journey that also says whom the officer answers for, if they do, and leads back to the desk."""
    if visit is None or not visit.helper:
        return screen
    said = words("You are answering for a resident. Read the questions to them.")
    if screen.kind == "done":
        said = words("Read the reference and what happens next to the resident, or print this page.")
    return replace(screen, blocks=(Note((Run(said),)), *screen.blocks, Action(words("Back to the desk"), DESK, "user")))
