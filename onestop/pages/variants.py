"""The variants of a page: which visitors of one address get different pages, and which request headers decide."""

from collections.abc import Callable, Mapping, Sequence

from channels.contract import Channel
from onestop.http.page_cache import SelectVariant, VariantSelector
from onestop.pages.display_preference import preference_recogniser
from onestop.pages.language_choice import HomeSelector
from onestop.site.address import Address, claimed


class Variants:
    """A visitor's variant is the name of a device; at "/" the channel or the language to redirect to, or "" to stay.

    `languages` returns those of the council, the default one first.
    """

    def __init__(self, channels: Sequence[Channel], languages: Callable[[], tuple[str, ...]]) -> None:
        self.channels = channels
        self.devices: Mapping[str, VariantSelector] = {
            channel.name: VariantSelector(channel.varies, lambda headers, known=channel: known.recognise(headers).name)  # type: ignore[misc]
            for channel in channels
        }
        found = {channel.name: preference_recogniser(channel, self.devices[channel.name]) for channel in channels}
        self.preferences: Mapping[str, SelectVariant] = {name: selector for name, selector in found.items() if selector}
        names = dict.fromkeys(name for channel in channels for name in (*channel.varies, "User-Agent"))
        self.root = HomeSelector(VariantSelector(tuple(names), self._other_channel), languages)
        self.root_headers = (*self.root.names, "Cookie")

    def selector(self, address: Address, path: str) -> SelectVariant | None:
        """Return the function from request headers to the variant at a path; None if all visitors get the same page."""
        if path == "/":
            return self.root
        if self._has_preference(address):
            return self.preferences[address.channel.name]
        return self.devices[address.channel.name] if address.channel.varies and not address.device else None

    def vary(self, address: Address) -> tuple[str, ...]:
        """Return the request headers for the Vary header of a page."""
        if address.device:
            return ()
        if self._has_preference(address):
            return (*address.channel.varies, "Cookie")
        at_root = not address.channel.prefix and address.neutral == "/" and address.page == 1
        return self.root_headers if at_root else address.channel.varies

    def _has_preference(self, address: Address) -> bool:
        """Return whether the page is a channel's home, where a stored display preference counts."""
        home = not address.device and address.neutral == "/" and address.page == 1
        return home and address.channel.name in self.preferences

    def _other_channel(self, headers: Mapping[str, str]) -> str:
        channel = claimed(self.channels, headers)
        return channel.name if channel else ""
