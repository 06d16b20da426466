"""One catalogue of council services, delivered properly on every screen."""

__version__ = "0.1.0"
