"""The site being served: the catalogue with its journeys, addresses, templates and pictures, replaced whole on reload."""
