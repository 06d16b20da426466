"""The page "About this set", for a resident who telephones because something does not work."""

from collections.abc import Mapping

from jinja2 import Template

from channels.tv import CHANNEL
from channels.tv.devices import CONTRAST, LARGER
from channels.tv.families import Family
from onestop.http.prepared import PreparedResponse, prepare, takes_gzip
from onestop.http.security_headers import page_headers
from onestop.language import Words
from onestop.site.address import Address
from onestop.site.site import Site
from tvapp.texts import texts

LONGEST = 330
"""The most characters of a User-Agent that fit the page."""
FORBIDDEN = dict.fromkeys((*range(32), *range(127, 160)), "�")
"""Control characters, which XML forbids."""


def set_page(template: Template, site: Site, address: Address, headers: Mapping[str, str]) -> PreparedResponse:
    """Return the page in one language, for the set that these headers and the address identify. It is not cacheable."""
    family, language = _family(headers), address.language
    agent = headers.get("User-Agent", "").encode("utf-8", "replace").decode().translate(FORBIDDEN)
    shown = CHANNEL.sets[address.device] if address.device else CHANNEL.recognise(headers)
    words = texts(site.catalogue.council)[language]
    markup = template.render(
        device=family,
        language=language,
        _=words,
        brand=site.brands[language],
        home=site.addresses.write(address),
        agent=agent[:LONGEST] + ("…" if len(agent) > LONGEST else ""),
        gzip=family.gzip and takes_gzip(headers.get("Accept-Encoding", "")),
        known_by=" + ".join(family.why(agent)),
        registers=_registers(family, words),
        leaves=_leaves(family, words),
        trusts=_trusts(family, words),
        modes=[_mode(mode, words) for mode in shown.modes],
    )
    return prepare(200, page_headers(markup, family.media_type, "", "no-store"), markup.encode())


def _family(headers: Mapping[str, str]) -> Family:
    return CHANNEL.families[CHANNEL.recognise(headers).family]


def _mode(mode: str, words: Words) -> str:
    return {LARGER: words("larger text"), CONTRAST: words("strong contrast")}[mode]


def _registers(family: Family, words: Words) -> str:
    return {
        "": words("come by themselves"),
        "keyset": words("asked for through HbbTV's key set"),
        "tizen": words("asked for through Tizen's list of keys"),
    }[family.registers]


def _leaves(family: Family, words: Words) -> str:
    return {
        "": words("with the set's own keys"),
        "destroy": words("through HbbTV's application manager"),
        "tizen": words("through Tizen's application"),
        "webos": words("through webOS, by Back"),
        "close": words("by closing the window"),
    }[family.leaves]


def _trusts(family: Family, words: Words) -> str:
    return {
        "": words("not known whether it trusts Let's Encrypt"),
        "yes": words("trusts Let's Encrypt"),
        "no": words("does not trust Let's Encrypt: another certificate, or plain HTTP"),
        "updated": words("trusts Let's Encrypt once its software is up to date"),
    }[family.isrg]
