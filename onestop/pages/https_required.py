"""The screen shown over plain HTTP instead of a personal one: it leads to the same address over HTTPS."""

from onestop.catalogue.screens import phone_screen
from onestop.screen import Action, Link, Paragraph, Run, Screen
from onestop.site.context import Context


def https_screen(context: Context, path: str, trail: tuple[Link, ...]) -> Screen:
    """Return the screen that leads to `path` over HTTPS."""
    words, address = context.words, context.address
    there = f"https://{context.site.brands[address.language].address.partition('://')[2]}{path}"
    blocks = (
        Paragraph((Run(words("Here others could read along. The safe page is the same, and nobody can.")),), lead=True),
        Action(words("Open the safe page"), there, "shield-check", own=True),
        Paragraph((Run(words("Or type this address: {address}", address=there)),)),
    )
    return Screen(
        words("Go on safely"), blocks, address.neutral, words.language, kind="stop", trail=trail,
        languages=(words.language,),
    )  # fmt: skip


def elsewhere_screen(context: Context, path: str, trail: tuple[Link, ...], service: str = "/") -> Screen | None:
    """Return a link to `path` over HTTPS on a handheld device, and on everything else a QR code for a phone to `service`, or None."""
    if context.channel.means.handheld:
        return https_screen(context, path, trail)
    return phone_screen(context.site.catalogue, service, context.words, context.site.read)
