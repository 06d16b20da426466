"""The committed table of television pages is what the layout gives."""

from pathlib import Path

import pytest

from bench.layout.page_table import FILE, journey_row, journeys_in, languages_of, service_row, summary_row, variants_row
from bench.layout.tv_pages import NOON, fullness
from onestop.catalogue.source.load import LoadResult, load

pytestmark = pytest.mark.slow

CONTENT = Path(__file__).parent.parent.parent / "content"
RENEW = "python -m bench pages --table docs/television-pages.md"


@pytest.fixture(scope="module")
def loaded() -> LoadResult:
    return load(CONTENT, NOON.date())


@pytest.fixture(scope="module")
def committed() -> list[str]:
    return FILE.read_text(encoding="utf-8").splitlines()


def test_the_table_has_a_row_for_each_service_as_it_is_laid_out(loaded: LoadResult, committed: list[str]) -> None:
    assert loaded.catalogue
    rows = [line for line in committed if line.startswith("| /")]
    found = [fullness(loaded.catalogue, *column) for column in languages_of(loaded.catalogue)]
    assert rows == [service_row(service.address, found) for service in loaded.catalogue.services], RENEW
    columns = languages_of(loaded.catalogue)
    assert all(summary_row(*column, one) in committed for column, one in zip(columns, found, strict=True)), RENEW


def test_the_table_has_a_row_for_each_journey(loaded: LoadResult, committed: list[str]) -> None:
    for name, journey in journeys_in(loaded, CONTENT).items():
        assert journey_row(name, journey) in committed, RENEW


def test_the_table_has_the_presses_of_each_journey_on_each_device(loaded: LoadResult, committed: list[str]) -> None:
    assert loaded.catalogue
    for name, journey in journeys_in(loaded, CONTENT).items():
        assert variants_row(name, journey, loaded.catalogue) in committed, RENEW
