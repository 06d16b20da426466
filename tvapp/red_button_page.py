"""The small page that waits over a broadcaster's picture until the red key is pressed."""

from collections.abc import Mapping
from dataclasses import replace

from jinja2 import Template

from channels.tv import CHANNEL
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.security_headers import page_headers
from onestop.site.address import Address
from onestop.site.site import Site
from tvapp.texts import texts


def starter_page(template: Template, site: Site, language: str, headers: Mapping[str, str]) -> PreparedResponse:
    """The page in one language, as the set's browser takes it. It may be kept: nobody waits for the network to see a prompt."""
    device = CHANNEL.recognise(headers)
    address = Address(CHANNEL, "", language, "/")
    markup = template.render(
        device=device,
        language=language,
        _=texts(site.catalogue.council)[language],
        brand=site.brands[language],
        portal=site.addresses.write(address),
        here=site.addresses.write(replace(address, neutral="/red")),
    )
    kept = page_headers(
        markup, device.media_type, f"Accept-Encoding, {', '.join(CHANNEL.varies)}", "public, max-age=300"
    )
    return prepare(200, kept, markup.encode())
