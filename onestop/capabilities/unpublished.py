"""Services that are not published: drafts, and those before or after their time. Only the preview shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onestop.catalogue.source.assembly import service_of
from onestop.site.address import Address, Addresses
from onestop.site.current import Sites
from onestop.site.site import Site

PREFIX = "/preview/~draft"


@dataclass(frozen=True, slots=True)
class DraftAddresses(Addresses):
    """Addresses under which one service, at the neutral address `draft`, is found below the preview alone."""

    draft: str = ""

    def write(self, address: Address) -> str:
        # Without super(): a dataclass with slots is another class than the one that the method was written in.
        path = Addresses.write(self, address)
        return f"{PREFIX}{path}" if address.neutral == self.draft else path


def site_with(sites: Sites, address: str) -> Site | None:
    """Return the current site that has the unpublished service at a neutral address or number too, or None if there is none."""
    site, loaded = sites.current, sites.loaded
    if site is None or loaded is None:
        return None
    content = loaded.content
    file = next((f for f in content.originals().values() if address in (f.address, f"/{f.number}")), None)
    if file is None or file.address in site.catalogue.by_address:
        return None
    service = service_of(file, content.translations().get(file.address, {}))
    catalogue = site.catalogue.with_service(service) if service else None
    if catalogue is None:
        return None
    addresses = DraftAddresses(site.addresses.channels, site.addresses.languages, file.address)
    return replace(site, catalogue=catalogue, addresses=addresses)


def unpublished(sites: Sites) -> Iterator[tuple[str, str]]:
    """Yield address and title of each service that could be published but is not."""
    if sites.current is None or sites.loaded is None:
        return
    site = sites.current
    for file in sites.loaded.content.originals().values():
        if file.head and file.text and file.address not in site.catalogue.by_address:
            yield file.address, file.text.title
