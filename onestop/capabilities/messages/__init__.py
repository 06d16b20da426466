"""Messages to residents: the worker that sends them, and the address at which their carrier says what became of them."""
