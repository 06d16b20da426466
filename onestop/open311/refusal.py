"""Why a request of another program is refused, as an error of GeoReport v2."""


class ReportRefused(Exception):
    """`code` is the HTTP status, the text is for the program that asked. It may ask again after `wait` seconds, if that is not 0."""

    def __init__(self, code: int, text: str, wait: int = 0) -> None:
        super().__init__(text)
        self.code, self.wait = code, wait
