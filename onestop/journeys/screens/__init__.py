"""Screens of a journey."""
