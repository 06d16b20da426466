"""What comes in: limits on headers, form bodies and uploaded photos."""
