"""How full pages are, and how many a service takes, by the layout itself."""
