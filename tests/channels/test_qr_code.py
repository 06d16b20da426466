"""QR codes are valid, and computed with one fixed mask in one pass."""

import pytest
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from channels.qr_code import CHECKERBOARD, qr_code

ADDRESS = "https://www.eastmere.example/move/k3jx9q2m7abcdefg"


def test_a_code_has_its_border_and_the_three_finder_patterns() -> None:
    rows = qr_code(ADDRESS, border=4)
    side = len(rows)
    assert {len(row) for row in rows} == {side}
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
    for top, left in ((4, 4), (4, side - 11), (side - 11, 4)):
        assert rows[top][left : left + 7] == [True] * 7
        assert rows[top + 3][left + 3]


def test_the_format_information_names_the_mask() -> None:
    """Bits 10 to 12 of the format information (ISO/IEC 18004, 7.9), without the pattern that hides them."""
    rows = qr_code(ADDRESS, border=0)
    hidden = "101010000010010"
    bits = "".join(str(int(rows[8][x])) for x in (0, 1, 2, 3, 4))
    plain = "".join(str(int(a) ^ int(b)) for a, b in zip(bits, hidden, strict=False))
    assert plain[:2] == "00", "level M"
    assert int(plain[2:], 2) == CHECKERBOARD


@pytest.mark.parametrize("address", [ADDRESS, "HTTPS://A.EXAMPLE/1", "https://a.example/" + "council-tax/" * 12])
def test_the_code_equals_the_librarys_code_with_the_same_mask(address: str) -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=CHECKERBOARD)
    code.add_data(address)
    code.make()
    assert qr_code(address) == [[bool(square) for square in row] for row in code.get_matrix()]


def test_only_one_mask_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> int:
        raise AssertionError("all eight masks are scored")

    monkeypatch.setattr(QRCode, "best_mask_pattern", refuse)
    assert qr_code(ADDRESS)
