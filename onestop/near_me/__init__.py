"""Near me: libraries and other places around a resident, whether they are open now, and how to get in."""
