"""The page that stands where a personal one would be read by others on the way: it leads to the same one over a sealed line."""

from onestop.screen import Action, Link, Paragraph, Run, Screen
from onestop.site.address import Address
from onestop.site.site import Site


def sealed_screen(site: Site, address: Address, path: str, trail: tuple[Link, ...]) -> Screen:
    """Where `path`, as it is written in an address, is found over HTTPS."""
    words = site.words_for(address)
    there = f"https://{site.brands[address.language].address.partition('://')[2]}{path}"
    blocks = (
        Paragraph((Run(words("Here others could read along. The safe page is the same, and nobody can.")),), lead=True),
        Action(words("Open the safe page"), there, "shield-check"),
        Paragraph((Run(words("Or type this address: {address}", address=there)),)),
    )
    return Screen(
        words("Go on safely"), blocks, address.neutral, words.language, kind="stop", trail=trail,
        languages=(words.language,),
    )  # fmt: skip
