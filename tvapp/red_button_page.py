"""The small overlay on a broadcast that waits for the red key."""

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
    """Return the page in one language, in the set's media type. It is cacheable, so that the prompt appears without a request."""
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
