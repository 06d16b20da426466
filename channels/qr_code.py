"""QR codes as squares, for the channels to draw."""

from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.main import QRCode

CHECKERBOARD = 0
"""The mask pattern (ISO/IEC 18004, 7.8.2). Trying all eight and scoring each takes six times as long as making the code."""


def qr_code(address: str, *, border: int = 4, robust: bool = True) -> list[list[bool]]:
    """Return the rows of the code of an address, with True for a dark square and a light border of `border` squares.

    A `robust` code can be read with 15 percent of it damaged (level M), the other with 7 percent (level L).
    """
    code = QRCode(
        error_correction=ERROR_CORRECT_M if robust else ERROR_CORRECT_L, border=border, mask_pattern=CHECKERBOARD
    )
    code.add_data(address)
    code.make()
    return [[bool(square) for square in row] for row in code.get_matrix()]
