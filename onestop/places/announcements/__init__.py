"""Announcements for some of the borough: alerts for wards, streets or rounds, and elections with their polling stations."""
