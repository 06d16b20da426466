"""The catalogue: sections and services, their files, their screens, opening hours and search."""
