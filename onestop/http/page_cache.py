"""The cache of prepared pages: by address and variant, bounded in bytes, each rendered once however many requests wait for it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from onestop.http.prepared import PreparedResponse

RequestHeaders = Mapping[str, str]
SelectVariant = Callable[[RequestHeaders], str]
MEMORY, MAX_REMEMBERED = 2048, 512
"""How many combinations of header values are remembered, and the characters in the longest of them."""


class VariantSelector:
    """Maps a few headers to the variant of a page, and remembers the result for header values it has seen."""

    def __init__(self, names: tuple[str, ...], decide: SelectVariant) -> None:
        self.names = names
        self.decide = decide
        self.variants: dict[tuple[str | None, ...], str] = {}

    def __call__(self, headers: RequestHeaders) -> str:
        values = tuple([headers.get(name) for name in self.names])
        variant = self.variants.get(values)
        if variant is None:
            variant = self.decide(headers)
            if sum(len(value) for value in values if value) <= MAX_REMEMBERED:
                if len(self.variants) >= MEMORY:
                    self.variants.clear()
                self.variants[values] = variant
        return variant


@dataclass(slots=True)
class PageVariants:
    """The prepared pages of one address by variant; `select` selects one from the request headers. Without `select` there is one, ""."""

    select: SelectVariant | None = None
    pages: dict[str, PreparedResponse] = field(default_factory=dict)

    def page(self, headers: RequestHeaders) -> PreparedResponse | None:
        return self.pages.get(self.select(headers) if self.select else "")


class PageCache:
    """`bound` is in bytes. `on_drop` is called with each page before it is dropped, to collect its counts."""

    def __init__(self, bound: int, on_drop: Callable[[PreparedResponse], None]) -> None:
        self.bound = bound
        self.size = 0
        self.shelves: OrderedDict[str, PageVariants] = OrderedDict()
        self._on_drop = on_drop
        self._version = 0
        self._making: dict[tuple[int, str, str], asyncio.Task[PreparedResponse]] = {}

    def look_up(self, path: str, headers: RequestHeaders, now: float) -> PreparedResponse | None:
        """Return a page that is still valid at `now`, or None."""
        shelf = self.shelves.get(path)
        ready = shelf.page(headers) if shelf else None
        return ready if ready and now < ready.until else None

    async def prepared(
        self, path: str, variant: str, select: SelectVariant | None, make: Callable[[], Awaitable[PreparedResponse]]
    ) -> PreparedResponse:
        """Return a page made by `make`, or by another request that is already making it, and keep it."""
        key = (self._version, path, variant)
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.ensure_future(self._make(key, select, make))
            task.add_done_callback(lambda task: self._made(key, task))
        # A client that disconnects must not cancel the page for others who wait for it.
        return await asyncio.shield(task)

    def drop(self) -> None:
        """Drop all pages: the catalogue has changed."""
        self._version += 1
        for ready in self:
            self._on_drop(ready)
        self.shelves.clear()
        self.size = 0

    def __iter__(self) -> Iterator[PreparedResponse]:
        return (ready for shelf in self.shelves.values() for ready in shelf.pages.values())

    def __len__(self) -> int:
        return sum(len(shelf.pages) for shelf in self.shelves.values())

    async def _make(
        self, key: tuple[int, str, str], select: SelectVariant | None, make: Callable[[], Awaitable[PreparedResponse]]
    ) -> PreparedResponse:
        version, path, variant = key
        ready = await make()
        if version == self._version and ready.status < 400:
            self._keep(path, variant, select, ready)
        return ready

    def _made(self, key: tuple[int, str, str], task: asyncio.Task[PreparedResponse]) -> None:
        self._making.pop(key, None)
        # Retrieve the exception: asyncio logs it otherwise when all waiting clients have disconnected.
        if not task.cancelled():
            task.exception()

    def _keep(self, path: str, variant: str, select: SelectVariant | None, ready: PreparedResponse) -> None:
        shelf = self.shelves.setdefault(path, PageVariants(select))
        old = shelf.pages.get(variant)
        if old:
            self.size -= old.size
            self._on_drop(old)
        shelf.pages[variant] = ready
        self.size += ready.size
        self.shelves.move_to_end(path)
        while self.size > self.bound:
            self._evict()

    def _evict(self) -> None:
        _, shelf = self.shelves.popitem(last=False)
        for ready in shelf.pages.values():
            self.size -= ready.size
            self._on_drop(ready)
