"""What the council offers: sections and services, the files they are written in, their screens, hours and search."""
