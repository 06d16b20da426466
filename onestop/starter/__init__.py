"""A small catalogue that a council begins with: the files are in `files/`, and `borough.py` copies them."""
