"""Public pages: find the screen of an address, lay it out, render it, and report errors."""
