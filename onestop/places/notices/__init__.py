"""Notices: planning applications and roadworks, read from feeds."""
