"""Services that are not published: drafts, and those before or after their time. Only the preview shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onestop.catalogue.source.assembly import service_of
from onestop.pages.language_choice import CHOOSE
from onestop.site.address import Address, Addresses
from onestop.site.current import Sites
from onestop.site.site import Site

PREFIX = "/preview/~draft"
PHONE = "/phone"
"""Before the address of a page: the code to scan that leads to it."""


@dataclass(frozen=True, slots=True)
class DraftAddresses(Addresses):
    """Addresses under which the services at the neutral addresses `drafts` are found below the preview alone."""

    drafts: frozenset[str] = frozenset()

    def write(self, address: Address) -> str:
        if address.neutral.startswith(CHOOSE):
            # The link to another language stores the choice and leads to the published page: a draft has none.
            code, _, rest = address.neutral.removeprefix(CHOOSE).partition("/")
            there = replace(address, language=code, neutral=f"/{rest}")
            address = there if there.neutral in self.drafts else address
        if address.neutral.startswith(PHONE) and address.neutral[len(PHONE) :] in self.drafts:
            # Nobody else may open what the code to scan leads to: show the page as a phone does.
            phone = next(channel for channel in self.channels if not channel.prefix)
            address = replace(address, channel=phone, device="", page=1, neutral=address.neutral[len(PHONE) :])
        # Without super(): a dataclass with slots is another class than the one that the method was written in.
        path = Addresses.write(self, address)
        return f"{PREFIX}{path}" if address.neutral in self.drafts else path


def site_with(sites: Sites, address: str) -> Site | None:
    """Return the current site with all unpublished services too, or None if none has this neutral address or number."""
    site, loaded = sites.current, sites.loaded
    if site is None or loaded is None:
        return None
    content = loaded.content
    files = [file for file in content.originals().values() if file.address not in site.catalogue.by_address]
    if not any(address in (file.address, f"/{file.number}") for file in files):
        return None
    translations = content.translations()
    services = [service_of(file, translations.get(file.address, {})) for file in files]
    catalogue = site.catalogue.with_services(service for service in services if service)
    drafts = frozenset(catalogue.by_address) - frozenset(site.catalogue.by_address)
    if address not in drafts and not any(f"/{file.number}" == address and file.address in drafts for file in files):
        return None
    addresses = DraftAddresses(site.addresses.channels, site.addresses.languages, drafts)
    return replace(site, catalogue=catalogue, addresses=addresses)


def unpublished(sites: Sites) -> Iterator[tuple[str, str]]:
    """Yield address and title of each service that could be published but is not."""
    if sites.current is None or sites.loaded is None:
        return
    site = sites.current
    for file in sites.loaded.content.originals().values():
        if file.head and file.text and file.address not in site.catalogue.by_address:
            yield file.address, file.text.title
