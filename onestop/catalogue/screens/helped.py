"""The form "Did this help?": two buttons, the first of which says yes."""

from onestop.catalogue.catalogue import Service
from onestop.language import Words
from onestop.screen import Button, Form

HELPED = "/helped"
"""What the addresses begin with at which the answer is counted; that of the service follows."""


def helped_form(service: Service, words: Words) -> Form:
    """Return the form; it has no CSRF token, so that it may be on pages that are cached."""
    no = Button("helped", "no", words("No, it did not"), "thumbs-down")
    return Form(f"{HELPED}{service.address}", words("Yes, it helped"), also=(no,))
