"""Finding an address for one visitor, on the pages of My area and inside a journey: its forms, its lists and its limit."""
