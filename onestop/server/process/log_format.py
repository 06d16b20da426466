"""The log on standard error: plain lines, or one JSON object a line."""

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Format a record as one JSON object, its traceback in a field of its own."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields)


FORMATS = {"plain": logging.Formatter("%(levelname)s: %(message)s"), "json": JsonLines()}


def configure_log(log_format: str) -> None:
    """Configure logging to standard error; `log_format` is "plain" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATS[log_format])
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("aiohttp").setLevel(logging.ERROR)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
