"""The screen of all current alerts."""

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.frame import ALERTS, alerts_in, home_link
from onestop.language import Words
from onestop.screen import Block, Paragraph, Run, Screen


def alerts_screen(catalogue: Catalogue, words: Words) -> Screen | None:
    """Return the alerts with their texts and links, or None if there is none."""
    blocks: list[Block] = []
    for alert in alerts_in(catalogue, words):
        blocks.append(Paragraph((Run(alert.title, strong=True, language=alert.language),)))
        if alert.text or alert.target:
            more = alert.text or words("More about this")
            language = alert.language if alert.text else ""
            blocks.append(Paragraph((Run(more, False, alert.target, alert.number, language),)))
    if not blocks:
        return None
    return Screen(
        title=words("Alerts"),
        blocks=tuple(blocks),
        address=ALERTS,
        language=words.language,
        kind="letters",
        trail=(home_link(words),),
        languages=(words.language, *(code for code in catalogue.languages if code != words.language)),
    )
