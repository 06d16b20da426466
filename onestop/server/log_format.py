"""How the program speaks to the operator on standard error: plain lines, or one JSON object each."""

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One object a line, a traceback in a field of its own."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)


FORMATS = {"plain": logging.Formatter("%(levelname)s: %(message)s"), "json": JsonLines()}


def speak(log_format: str) -> None:
    """Send what the program logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATS[log_format])
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
