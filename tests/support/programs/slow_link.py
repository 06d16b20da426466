"""A network link between two namespaces with a set rate, delay and loss: real packets between real TCP stacks.

The kernel's own netem is missing from many a kernel, and its losses cannot be had twice. This does what netem does, packet by
packet, between two TUN devices: a packet takes its time on the line, is on its way, and may be lost. It needs root and
/dev/net/tun (`why_not` says what is missing), and iproute2.
"""

import fcntl
import os
import random
import select
import struct
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

TUN = Path("/dev/net/tun")
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
LARGEST = 65536
FRAMING = 14
"""Bytes of an Ethernet frame, which netem counts for each packet too."""
COUNCIL, HOME = "10.56.0.1", "10.56.0.2"
DOWN, UP = 0, 1


@dataclass(frozen=True, slots=True)
class Quality:
    """Bits a second down to the television and up from it, seconds of delay one way, share of packets lost each way."""

    down: float = 56_000
    up: float = 33_600
    delay: float = 0.150
    loss: float = 0.05


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet on the link: when (monotonic seconds), which way, its bytes of TCP payload, and whether it was lost."""

    at: float
    way: int
    carried: int
    lost: bool


@dataclass(slots=True)
class Line:
    """`council` and `home` are the namespaces at its ends. While `cut` is true every packet is lost."""

    council: str
    home: str
    quality: Quality
    ends: tuple[int, int]
    chance: tuple[random.Random, random.Random]
    cut: bool = False
    seen: list[Packet] = field(default_factory=list)
    _free: list[float] = field(default_factory=lambda: [0.0, 0.0])
    _under_way: tuple[deque[tuple[float, bytes]], deque[tuple[float, bytes]]] = field(
        default_factory=lambda: (deque(), deque())
    )

    def carry(self, stop: Event) -> None:
        """Forward packets until told to stop."""
        while not stop.is_set():
            dues = [queue[0][0] for queue in self._under_way if queue]
            wait = min([*dues, time.monotonic() + 0.1]) - time.monotonic()
            for end in select.select(self.ends, (), (), max(0.0, wait))[0]:
                self._take(self.ends.index(end), os.read(end, LARGEST))
            for way, queue in enumerate(self._under_way):
                while queue and queue[0][0] <= time.monotonic():
                    os.write(self.ends[1 - way], queue.popleft()[1])

    def _take(self, way: int, packet: bytes) -> None:
        """A lost packet occupies the link like any other; losses are repeatable by the seed."""
        now, rate = time.monotonic(), (self.quality.down, self.quality.up)[way]
        self._free[way] = max(now, self._free[way]) + (len(packet) + FRAMING) * 8 / rate
        lost = self.chance[way].random() < self.quality.loss or self.cut
        self.seen.append(Packet(now, way, _carried(packet), lost))
        if not lost:
            self._under_way[way].append((self._free[way] + self.quality.delay, packet))


def _carried(packet: bytes) -> int:
    """Return the bytes of payload of a TCP packet."""
    head = (packet[0] & 15) * 4
    return len(packet) - head - (packet[head + 12] >> 4) * 4 if packet[9] == 6 else 0


def why_not() -> str:
    """Return what is missing to make a link here, or "" if nothing is."""
    if os.geteuid():
        return "only root may make network namespaces"
    try:
        os.close(os.open(TUN, os.O_RDWR))
    except OSError as why:
        return f"{TUN} cannot be opened: {why.strerror}"
    return ""


@contextmanager
def line(quality: Quality, seed: int, settings: tuple[str, ...] = ()) -> Iterator[Line]:
    """Make a link; `settings` are sysctl settings of the council's end. Neither end has metrics of earlier connections."""
    with ExitStack() as stack:
        names = (f"council-{os.getpid()}-{seed}", f"home-{os.getpid()}-{seed}")
        ends = tuple(
            stack.enter_context(_end(name, address)) for name, address in zip(names, (COUNCIL, HOME), strict=True)
        )
        for name in names:
            _set(name, "net.ipv4.tcp_no_metrics_save=1")
        for setting in settings:
            _set(names[0], setting)
        chance = (random.Random(f"down {seed}"), random.Random(f"up {seed}"))
        made = Line(names[0], names[1], quality, (ends[0], ends[1]), chance)
        stop = Event()
        thread = Thread(target=made.carry, args=(stop,), daemon=True)
        thread.start()
        stack.callback(thread.join)
        stack.callback(stop.set)
        yield made


@contextmanager
def _end(name: str, address: str) -> Iterator[int]:
    """Make one end: a namespace with a TUN device whose packets are read and written here."""
    ip("netns", "add", name)
    try:
        end = os.open(TUN, os.O_RDWR)
        try:
            told = fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", b"line%d", IFF_TUN | IFF_NO_PI))
            device = told[:16].rstrip(b"\0").decode()
            ip("link", "set", device, "netns", name)
            _set(name, "net.ipv6.conf.all.disable_ipv6=1")
            ip("-n", name, "address", "add", f"{address}/24", "dev", device)
            ip("-n", name, "link", "set", device, "up")
            ip("-n", name, "link", "set", "lo", "up")
            yield end
        finally:
            os.close(end)
    finally:
        ip("netns", "delete", name)


def inside(name: str, *command: str) -> list[str]:
    """Return the command prefix that runs a command in a namespace."""
    return ["ip", "netns", "exec", name, *command]


def ip(*words: str) -> None:
    """Run `ip`; raise with its error output."""
    ran = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise OSError(f"ip {' '.join(words)}: {ran.stderr.strip()}")


def _set(name: str, setting: str) -> None:
    key, value = setting.split("=", 1)
    write = f"echo {value} > /proc/sys/{key.replace('.', '/')}"
    subprocess.run(inside(name, "sh", "-c", write), check=True)
