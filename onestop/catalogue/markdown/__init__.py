"""Markdown bodies of services as packed blocks."""
