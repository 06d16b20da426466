"""How files that an author writes are read: as text, with the place of everything, and every fault at once."""
