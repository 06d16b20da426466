"""Messages to residents: their wording, the carriers that take them, and the worker that sends them."""
