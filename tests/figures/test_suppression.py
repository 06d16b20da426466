"""No hidden count can be worked out from what is published, also by somebody who knows how it is hidden."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.figures.suppression import ALL, Cell, percent, published

COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(("bins", "roads", "homes", "care")), st.sampled_from(("a", "b", "c"))),
    st.integers(0, 60),
    min_size=1,
)


@given(COUNTS, st.data())
def test_what_is_published_is_the_same_whatever_the_hidden_counts_are(
    counts: dict[Cell, int], data: st.DataObject
) -> None:
    """So neither totals nor the way of hiding tell anything of a hidden count."""
    others = {cell: data.draw(st.integers(1, 4)) if 1 <= count <= 4 else count for cell, count in counts.items()}
    assert published(others) == published(counts)


@given(COUNTS)
def test_no_count_from_1_to_4_is_published_and_the_others_are_rounded(counts: dict[Cell, int]) -> None:
    table = published(counts)
    for cell, shown in table.items():
        inside = [n for (row, column), n in counts.items() if cell[0] in (ALL, row) and cell[1] in (ALL, column)]
        small = [n for n in inside if 1 <= n <= 4]
        assert shown is None or (shown % 5 == 0 and abs(shown - sum(inside)) <= 2 + 2 * len(small))
        if ALL not in cell:
            assert (shown is None) == bool(small)


@given(st.integers(0, 999), st.integers(1, 999))
def test_a_percentage_is_that_of_the_published_counts(part: int, whole: int) -> None:
    shown = percent(part, whole)
    assert shown is not None and 0 <= shown <= 100
    assert shown == 100 or abs(shown - 100 * part / whole) <= 0.5
    assert percent(None, whole) is None and percent(part, None) is None and percent(part, 0) is None
