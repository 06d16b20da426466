"""Addresses of the council's area: premises, streets, wards and postcodes, the files they are imported from, and how one is found."""
