"""Servers that Onestop is measured beside."""
