"""What the council offers, as its authors wrote it. Pure: no device, no HTTP, no SQL, and the clock is an argument."""
