"""What becomes of what a resident has sent: the case, its reference and its receipt. Pure."""
