"""What an address asks for: which channel, device, language, screen and page; and how one is written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from channels.contract import Channel

NUMBER = re.compile(r"[0-9]{3,5}")
PAGE = re.compile(r"[1-9][0-9]?")
# What no page may repeat: XML forbids most of these, and nobody types them.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST = 2048
# Leads out of the channels: another site, this very page, or a file that is the same for all of them.
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|/(?:static|pictures|speech)/", re.IGNORECASE)
SEARCH = "/search"
# Letters, digits and the like mean the same without: an address written so slips past the rules of a proxy.
NEEDLESS = re.compile(r"%(?:2[de]|3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """`device` is "" unless the address names one; `neutral` begins with "/" and is decoded; `page` counts from 1."""

    channel: Channel
    device: str
    language: str
    neutral: str
    page: int = 1

    def number(self) -> str:
        """The catalogue number that the address is, if it is nothing else: "214" for /214."""
        return self.neutral[1:] if NUMBER.fullmatch(self.neutral[1:]) else ""

    def at(self, neutral: str) -> "Address":
        """The first page of another screen, in the same language on the same device."""
        return replace(self, neutral=neutral, page=1)


@dataclass(frozen=True, slots=True)
class Addresses:
    """`channels` in any order; `languages` with the default one first."""

    channels: Sequence[Channel]
    languages: tuple[str, ...]

    def parse(self, raw: str) -> Address | None:
        """Take a raw path apart; None for one that no page could have. A device must be one of the channel's."""
        path = unquote(raw, errors="replace")
        channel = self.channel_at(path)
        if len(raw) > LONGEST or FORBIDDEN.search(path):
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
        """The channel whose prefix a path begins with, or the one that has none."""
        home = next(channel for channel in self.channels if not channel.prefix)
        claimed = [c for c in self.channels if c.prefix and (path == c.prefix or path.startswith(c.prefix + "/"))]
        return max(claimed, key=lambda channel: len(channel.prefix), default=home)

    def write(self, address: Address) -> str:
        """The one way an address is written. Home ends in a slash, nothing else does."""
        device = f"/~{address.device}" if address.device else ""
        language = "" if address.language == self.languages[0] else f"/{address.language}"
        neutral = quote(address.neutral.rstrip("/"), safe="/-._~!$'()*,;=:@")
        page = f"/{address.page}" if address.page > 1 else ""
        return f"{address.channel.prefix}{device}{language}{neutral}{page}{'' if neutral or page else '/'}"

    def link(self, address: Address, target: str) -> str:
        """Where a link on a page at `address` leads: a neutral target stays on its channel, device and language."""
        if OUTSIDE.match(target) or not target:
            return target
        path, mark, rest = target.partition("#")
        path, query_mark, query = path.partition("?")
        return self.write(address.at(unquote(path))) + query_mark + query + mark + rest

    def same(self, one: str, other: str) -> bool:
        """Whether two ways of writing a path mean the same bytes."""
        return one == other or unquote(one, errors="replace") == unquote(other, errors="replace")

    def nowhere(self, raw: str) -> Address:
        """The home of the channel that a path without meaning begins with."""
        return Address(self.channel_at(unquote(raw, errors="replace")), "", self.languages[0], "/")


def needless(raw: str) -> bool:
    """Whether a raw path has letters in it that are written in percent for nothing."""
    return bool(NEEDLESS.search(raw.partition("?")[0]))


def clean(address: Address) -> bool:
    """Whether a page may repeat what the address says."""
    return not FORBIDDEN.search(address.neutral)


def _ends_in_page(parts: Sequence[str]) -> bool:
    """A last part of one or two digits is a page, except right after /search, where it is what was keyed in."""
    least = 2 if parts and "/" + parts[0] == SEARCH else 0
    return len(parts) > least and bool(PAGE.fullmatch(parts[-1]))


def claimed(channels: Sequence[Channel], headers: Mapping[str, str]) -> Channel | None:
    """The channel that a visitor at "/" belongs on, if it is not the one that lives there."""
    return next((channel for channel in channels if channel.prefix and channel.claims(headers)), None)
