"""What runs on a television, and every way to get it there."""
