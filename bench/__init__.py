"""How fast Onestop is, each figure as a ratio within one run."""
