"""Search over the catalogue: by words, by number and by the keys of a telephone, and the A to Z."""
