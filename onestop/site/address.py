"""Addresses: parse a path into channel, device, language, neutral address and page, and write one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from channels.contract import Channel

NUMBER = re.compile(r"[0-9]{3,5}")
PAGE = re.compile(r"[1-9][0-9]{0,2}")
FEW = re.compile(r"[1-9][0-9]?")
"""Page numbers of home: a longer number directly below it is a service's."""
# Characters that no page may repeat: XML forbids most of them.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
PLAIN = re.compile(r"[a-z0-9/-]*")
LONGEST = 2048
# A target outside the channels: another site, a fragment, or a file that all channels share.
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|/(?:static|pictures|speech)/", re.IGNORECASE)
SEARCH = "/search"
# Percent-encoding of characters that need none: it is used to get past the rules of a proxy.
NEEDLESSLY_ENCODED = re.compile(r"%(?:2[de]|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """`device` is "" unless the address names one; `neutral` begins with "/" and is decoded; `page` counts from 1."""

    channel: Channel
    device: str
    language: str
    neutral: str
    page: int = 1

    def number(self) -> str:
        """Return the catalogue number if the address is nothing else ("214" for /214), or ""."""
        return self.neutral[1:] if NUMBER.fullmatch(self.neutral[1:]) else ""

    def at(self, neutral: str) -> "Address":
        """Return the address of the first page of another screen, in the same language on the same device."""
        return Address(self.channel, self.device, self.language, neutral)


@dataclass(frozen=True, slots=True)
class Addresses:
    """`channels` in any order; `languages` with the default one first."""

    channels: Sequence[Channel]
    languages: tuple[str, ...]

    def parse(self, raw: str) -> Address | None:
        """Parse a raw path. Return None for one that no page can have; a device must be one of the channel's."""
        if len(raw) > LONGEST:
            return None
        path = unquote(raw, errors="replace")
        channel = self.channel_at(path)
        if FORBIDDEN.search(path):
            return None
        ahead = [part for part in path[len(channel.prefix) :].split("/") if part]
        device = ahead.pop(0)[1:] if ahead and ahead[0].startswith("~") else ""
        if device and device not in channel.devices:
            return None
        language = ahead.pop(0) if ahead and ahead[0] in self.languages else self.languages[0]
        page = int(ahead.pop()) if _ends_in_page(ahead) else 1
        if _ends_in_page(ahead) or (ahead and (ahead[0] in self.languages or ahead[0].startswith("~"))):
            return None
        return Address(channel, device, language, "/" + "/".join(ahead), page)

    def channel_at(self, path: str) -> Channel:
        """Return the channel whose prefix the path begins with, or the one without a prefix."""
        home = next(channel for channel in self.channels if not channel.prefix)
        claimed = [c for c in self.channels if c.prefix and (path == c.prefix or path.startswith(c.prefix + "/"))]
        return max(claimed, key=lambda channel: len(channel.prefix), default=home)

    def write(self, address: Address) -> str:
        """Return the canonical path of an address. Home ends in a slash, nothing else does."""
        device = f"/~{address.device}" if address.device else ""
        language = "" if address.language == self.languages[0] else f"/{address.language}"
        neutral = in_path(address.neutral)
        page = f"/{address.page}" if address.page > 1 else ""
        return f"{address.channel.prefix}{device}{language}{neutral}{page}{'' if neutral or page else '/'}"

    def link(self, address: Address, target: str) -> str:
        """Return the path of a link on the page at `address`: a neutral target stays on its channel, device and language."""
        if OUTSIDE.match(target) or not target:
            return target
        path, mark, rest = target.partition("#")
        path, query_mark, query = path.partition("?")
        return self.write(address.at(unquote(path))) + query_mark + query + mark + rest

    def same(self, one: str, other: str) -> bool:
        """Return whether two paths are the same after percent-decoding."""
        return one == other or unquote(one, errors="replace") == unquote(other, errors="replace")

    def fallback_home(self, raw: str) -> Address:
        """Return the address of home on the channel whose prefix an invalid path has, in the default language."""
        return Address(self.channel_at(unquote(raw[:LONGEST], errors="replace")), "", self.languages[0], "/")


def in_path(neutral: str) -> str:
    """Return a neutral address as it is part of a path: "" for home, else percent-encoded so that HTML has nothing to escape in it."""
    path = neutral.rstrip("/")
    return path if PLAIN.fullmatch(path) else quote(path, safe="/-._~!$()*,;=:@")


def is_overencoded(raw: str) -> bool:
    """Return whether a raw path percent-encodes characters that need no encoding."""
    return bool(NEEDLESSLY_ENCODED.search(raw.partition("?")[0]))


def is_printable(address: Address) -> bool:
    """Return whether a page may repeat the address: it has no forbidden characters."""
    return not FORBIDDEN.search(address.neutral)


def _ends_in_page(parts: Sequence[str]) -> bool:
    """Return whether the last segment is a page number: up to three digits, but not directly after /search, where it is the query."""
    least = 2 if parts and "/" + parts[0] == SEARCH else 0
    return len(parts) > least and bool((PAGE if len(parts) > 1 else FEW).fullmatch(parts[-1]))


def claimed(channels: Sequence[Channel], headers: Mapping[str, str]) -> Channel | None:
    """Return the channel that claims a visitor at "/", or None if they stay on the channel without a prefix."""
    return next((channel for channel in channels if channel.prefix and channel.claims(headers)), None)
