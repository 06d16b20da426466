"""The screens that ask for a reference, for the second fact, and before the case of a scanned receipt."""

from onestop.casework.second_fact import MOST
from onestop.catalogue.catalogue import TRACKING
from onestop.catalogue.screens.frame import home_link
from onestop.screen import Block, Entry, Form, Link, Paragraph, Run, Screen
from onestop.site.context import RequestContext

ANSWER, TICKET = "answer", "ticket"
REFERENCE_MOST = 40
MOST_ANSWER = 1000
"""Characters of an answer to a desk's question."""


def reference_screen(context: RequestContext, token: str, typed: str = "", error: str = "") -> Screen:
    """Return the question for a reference."""
    words = context.words
    entry = Entry(ANSWER, "code", typed[:REFERENCE_MOST], 12)
    form = Form(TRACKING, words("Continue"), entry, words("It has ten digits."), error, (("token", token),))
    return tracking_screen(context, words("What is your reference?"), (form,))


def fact_screen(context: RequestContext, token: str, error: str = "", status: int = 200) -> Screen:
    """Return the question for the second fact. It is the same for every reference."""
    words = context.words
    if context.channel.means.keyboard:
        hint = words(
            "The PIN on your receipt. If it has none: the postcode or the date of birth that you gave, like 15 3 1980."
        )
    else:
        hint = words(
            "The PIN on your receipt. If it has none: the postcode you gave, for EM4 2QT press 4278, or the date of birth, 15031980."
        )
    entry = Entry(ANSWER, "line" if context.channel.means.keyboard else "code", "", MOST)
    form = Form(context.address.neutral, words("Continue"), entry, hint, error, (("token", token),))
    return tracking_screen(context, words("What is your PIN?"), (form,), status=status)


def answer_screen(context: RequestContext, token: str, question: str, typed: str = "", error: str = "") -> Screen:
    """Return a desk's question with the field for its answer."""
    words = context.words
    entry = Entry(ANSWER, "words", typed[:MOST_ANSWER], MOST_ANSWER)
    form = Form(context.address.neutral, words("Send the answer"), entry, "", error, (("token", token),))
    return tracking_screen(context, question, (form,))


def scanned_screen(context: RequestContext, token: str, ticket: str) -> Screen:
    """Return one button: programs that look at a link before its reader does must not see the case."""
    words = context.words
    form = Form(TRACKING, words("Show it"), None, hidden=(("token", token), (TICKET, ticket)))
    text = words("See where it is, and what happens next.")
    return tracking_screen(context, words("Follow what you sent"), (Paragraph((Run(text),), lead=True), form))


def tracking_screen(
    context: RequestContext, title: str, blocks: tuple[Block, ...], kind: str = "question", status: int = 200
) -> Screen:
    words = context.words
    trail = (home_link(words), Link(words("Follow what you sent"), TRACKING))
    return Screen(
        title, blocks, context.address.neutral, words.language, kind, trail=trail, status=status, personal=True,
        languages=(words.language,),
    )  # fmt: skip
