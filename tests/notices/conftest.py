"""The fictional gazetteer."""

from support.samples.eastmere import eastmere, eastmere_file

__all__ = ["eastmere", "eastmere_file"]
