"""The page shown while the store is unavailable: it holds everything that was entered, and one button sends it again."""

from dataclasses import replace

from onestop.catalogue.screens.frame import home_link
from onestop.http.request.form_body import FormBody
from onestop.screen import Action, Block, Form, Paragraph, Run, Screen
from onestop.site.context import Context

BUSY, TOO_MANY = 503, 429
RETRY_AFTER = "30"
"""Seconds."""
RETRY_AFTER_TOO_MANY = "3600"


class NotSaved(Exception):
    """A valid `form` was received but could not be stored; it may be sent again.

    `status` is 503 while the store cannot be used, 429 if the visitor's network has stored too much in this hour.
    """

    def __init__(self, form: FormBody, status: int = BUSY) -> None:
        super().__init__()
        self.form, self.status = form, status


def store_down_screen(context: Context, form: FormBody | None = None, status: int = BUSY) -> Screen:
    """Return the screen of a 503 response; with `form`, it holds the submitted values so that they are not lost."""
    return replace(_resend_screen(context, form, status), status=status) if form else _unreachable_screen(context)


def _resend_screen(context: Context, form: FormBody, status: int) -> Screen:
    """Return a form with every field as it was received; a photo must be chosen again."""
    words, neutral = context.words, context.address.neutral
    title = words("We could not take that just now")
    if form.picture is not None or form.too_large:
        text = (
            words("Nothing that you were told is saved was lost. Wait an hour, then choose the photo again.")
            if status == TOO_MANY
            else words("Nothing that you were told is saved was lost. Wait a minute, then choose the photo again.")
        )
        return _screen(context, title, _lead(text), Action(words("Choose the photo again"), neutral))
    text = (
        words("What you entered is still on this page. Wait an hour, then send it again.")
        if status == TOO_MANY
        else words("What you entered is still on this page. Wait a minute, then send it again.")
    )
    fields = tuple((name, value) for name, values in form.fields.items() for value in values)
    return _screen(context, title, Form(neutral, words("Send it again"), hint=text, hidden=fields))


def _unreachable_screen(context: Context) -> Screen:
    words = context.words
    text = words("Nothing that you were told is saved was lost. Wait a minute, then try again.")
    title = words("We cannot get at the answers just now")
    return _screen(context, title, _lead(text), Action(words("Try again"), context.address.neutral))


def _lead(text: str) -> Paragraph:
    return Paragraph((Run(text),), lead=True)


def _screen(context: Context, title: str, *blocks: Block) -> Screen:
    words = context.words
    return Screen(
        title, blocks, context.address.neutral, words.language, kind="question", trail=(home_link(words),),
        personal=True, one_page=True, languages=(words.language,), status=BUSY,
    )  # fmt: skip
