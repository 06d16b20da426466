"""The application information table for HbbTV sets, as XML over HTTP (ETSI TS 102 809), without a broadcast."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/vnd.dvb.ait+xml"
THREE_LETTERS = {
    "en": "eng", "cy": "cym", "ga": "gle", "gd": "gla", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pl": "pol",
    "pt": "por", "ro": "ron", "lt": "lit", "bn": "ben", "ur": "urd", "pa": "pan", "gu": "guj", "so": "som", "tr": "tur",
}  # fmt: skip
"""ISO 639-2 codes, which HbbTV requires, of languages a council is likely to have."""
NO_LANGUAGE = "und"
TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<mhp:ServiceDiscovery xmlns:mhp="urn:dvb:mhp:2009" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<mhp:ApplicationDiscovery DomainName={domain}>
<mhp:ApplicationList>
<mhp:Application>
{names}
<mhp:applicationIdentifier><mhp:orgId>{organisation}</mhp:orgId><mhp:appId>{application}</mhp:appId></mhp:applicationIdentifier>
<mhp:applicationDescriptor>
<mhp:type><mhp:OtherApp>application/vnd.hbbtv.xhtml+xml</mhp:OtherApp></mhp:type>
<mhp:controlCode>AUTOSTART</mhp:controlCode>
<mhp:visibility>VISIBLE_ALL</mhp:visibility>
<mhp:serviceBound>false</mhp:serviceBound>
<mhp:priority>1</mhp:priority>
<mhp:version>01</mhp:version>
<mhp:mhpVersion><mhp:profile>0</mhp:profile><mhp:versionMajor>1</mhp:versionMajor><mhp:versionMinor>1</mhp:versionMinor><mhp:versionMicro>1</mhp:versionMicro></mhp:mhpVersion>
</mhp:applicationDescriptor>
<mhp:applicationTransport xsi:type="mhp:HTTPTransportType"><mhp:URLBase>{base}</mhp:URLBase></mhp:applicationTransport>
<mhp:applicationLocation>{location}</mhp:applicationLocation>
</mhp:Application>
</mhp:ApplicationList>
</mhp:ApplicationDiscovery>
</mhp:ServiceDiscovery>
"""


@dataclass(frozen=True, slots=True)
class Application:
    """`organisation` and `application` are the ids assigned by DVB and by the organisation. `names` are by two-letter language code,
    `origin` is like https://www.eastmere.example, `location` is the path of its first page without the leading slash."""

    organisation: int
    application: int
    names: Mapping[str, str]
    origin: str
    location: str


def table(application: Application) -> str:
    """Return the table of one application that is not bound to a broadcast service."""
    names = "\n".join(
        f'<mhp:appName Language="{THREE_LETTERS.get(code, NO_LANGUAGE)}">{escape(name)}</mhp:appName>'
        for code, name in application.names.items()
    )
    return TABLE.format(
        domain=quoteattr(urlsplit(application.origin).hostname or ""),
        names=names,
        organisation=application.organisation,
        application=application.application,
        base=escape(f"{application.origin}/"),
        location=escape(application.location),
    )
