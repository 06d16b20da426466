"""The area that a kiosk's page must stay in, and the size of touch targets, in px."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The box text must stay in, the least size of a target and the least gap between two."""

    left: int
    top: int
    right: int
    bottom: int
    scroll: str
    target: float
    gap: float


# A kiosk's 32-inch screen has 2.71 px/mm: 12.7 mm and 2.5 mm (reference: VVSG 2.0).
MILLIMETRE = 2.71
LIMITS = {
    "portrait": Limits(0, 0, 1080, 1920, "none", 12.7 * MILLIMETRE, 2.5 * MILLIMETRE),
    "landscape": Limits(0, 0, 1920, 1080, "none", 12.7 * MILLIMETRE, 2.5 * MILLIMETRE),
}
