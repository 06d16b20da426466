"""Master keys, their rotation, and authenticated encryption of rows."""
