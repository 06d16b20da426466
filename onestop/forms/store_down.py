"""What is shown while the store cannot be used: nothing that was entered is lost, and one press sends it again."""

from dataclasses import replace

from aiohttp import web

from onestop.catalogue.screens.frame import home_link
from onestop.forms.private_page import Personal
from onestop.forms.step_address import step_at
from onestop.http.form_body import FormBody
from onestop.language import Words
from onestop.pages.handler import AGAIN, BUSY
from onestop.screen import Action, Block, Form, Paragraph, Run, Screen
from onestop.site.address import Address
from onestop.site.site import Site


class Unkept(Exception):
    """A form that is right has come, and could not be dealt with; it may be sent again."""

    def __init__(self, sent: FormBody) -> None:
        super().__init__()
        self.sent = sent


def later(
    request: web.Request, personal: Personal, site: Site, address: Address, sent: FormBody | None = None
) -> web.Response:
    """The page that says so, with status 503. `sent` is what would be lost if it were not on it."""
    words = site.words_for(address)
    screen = resend_screen(address.neutral, words, sent) if sent else unreachable_screen(address.neutral, words)
    # Set no cookie: no session was stored.
    response = personal.shown(request, site, address, screen, replace(personal.visitor(request), has_cookie=True))
    response.headers["Retry-After"] = AGAIN
    return response


def resend_screen(neutral: str, words: Words, sent: FormBody) -> Screen:
    """Everything that was entered, to be sent once more to the same place; but a photo must be chosen anew."""
    title = words("We could not take that just now")
    if sent.picture is not None or sent.too_large:
        said = words("Nothing that you were told is saved was lost. Wait a minute, then choose the photo again.")
        return _screen(title, neutral, words, _lead(said), Action(words("Choose the photo again"), neutral))
    said = words("What you entered is still on this page. Wait a minute, then send it again.")
    fields = tuple((name, value) for name, values in sent.fields.items() for value in values)
    return _screen(title, neutral, words, Form(neutral, words("Send it again"), hint=said, hidden=fields))


def unreachable_screen(neutral: str, words: Words) -> Screen:
    """What is kept cannot be looked at, so nobody knows what to ask next."""
    said = words("Nothing that you were told is saved was lost. Wait a minute, then try again.")
    return _screen(
        words("We cannot get at the answers just now"), neutral, words, _lead(said), Action(words("Try again"), neutral)
    )


def _lead(said: str) -> Paragraph:
    return Paragraph((Run(said),), lead=True)


def _screen(title: str, neutral: str, words: Words, *blocks: Block) -> Screen:
    step = step_at(neutral)
    return Screen(
        title, blocks, step.at("") if step else neutral, words.language, kind="question", trail=(home_link(words),),
        personal=True, one_page=True, languages=(words.language,), status=BUSY,
    )  # fmt: skip
