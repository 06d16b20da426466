"""The bar chart of what was sent in each month: an SVG drawn here, and its description in words."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from onestop.catalogue.catalogue import Catalogue, Service
from onestop.figures.publication import Publication
from onestop.figures.suppression import ALL, Published
from onestop.performance.wording import count_text
from onestop.screen import Heading, Picture
from onestop.site.context import Context

CHART = "/performance-chart"
WIDTH, HEIGHT, FOOT, TOP, MONTHS = 640, 260, 34, 30, 12
INK, BAR, PAPER = "#11283f", "#155463", "#ffffff"


def bars_of(publication: Publication, subject: str) -> list[tuple[str, Published]]:
    """Return the last months and what was sent in each."""
    return [(one.month, one.line(subject).counts["completed"]) for one in publication.months[-MONTHS:]]


def chart_picture(context: Context, subject: str) -> Iterator[Heading | Picture]:
    """Yield the chart below its heading, where the device can show a drawing; the description says the same."""
    words, bars = context.words, bars_of(context.site.figures, subject)
    if not context.channel.means.maps or not any(bars):
        return
    service = next((one for one in context.site.catalogue.services if subject and one.subject == subject), None)
    said = ". ".join(f"{_label(month)}: {count_text(count, words)}" for month, count in bars)
    yield Heading(words("Sent in each month"))
    yield Picture(f"{CHART}{service.address if service else ''}.svg", said, WIDTH, HEIGHT)


def subject_at(catalogue: Catalogue, address: str) -> str | None:
    """Return the subject of the service at an address, all of them at "", None if there is none."""
    found = catalogue.find(address) if address else None
    return found.subject if isinstance(found, Service) else None if address else ALL


def chart_svg(bars: list[tuple[str, Published]]) -> str:
    """Return the chart. It has no script, no style and no text but numbers; a hidden count is a low empty bar."""
    most = max([count for _, count in bars if count] or [1])
    step = WIDTH / max(len(bars), 1)
    drawn = "".join(_bar(place * step, step, count, most, _label(month)) for place, (month, count) in enumerate(bars))
    title = "; ".join(f"{_label(month)} {'1-4' if count is None else count}" for month, count in bars)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{drawn}'
        f'<path d="M0 {HEIGHT - FOOT}H{WIDTH}" stroke="{INK}" stroke-width="2"/></svg>'
    )


def _bar(left: float, step: float, count: Published, most: int, label: str) -> str:
    room = HEIGHT - FOOT - TOP
    high = 6 if count is None else room * count / most
    top, middle = HEIGHT - FOOT - high, left + step / 2
    fill = "none" if count is None else BAR
    text = "1-4" if count is None else f"{count:,}"
    font = f'font-family="sans-serif" font-size="17" text-anchor="middle" fill="{INK}"'
    return (
        f'<rect x="{left + step * 0.15:.1f}" y="{top:.1f}" width="{step * 0.7:.1f}" height="{high:.1f}" fill="{fill}" stroke="{BAR}"/>'
        f'<text x="{middle:.1f}" y="{top - 7:.1f}" {font}>{text}</text>'
        f'<text x="{middle:.1f}" y="{HEIGHT - 11}" {font}>{label}</text>'
    )


def _label(month: str) -> str:
    """Return a month in digits, which every language reads: "11/26"."""
    return f"{month[5:]}/{month[2:4]}"
