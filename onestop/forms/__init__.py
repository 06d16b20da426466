"""Journeys over HTTP: show questions, save answers, submit, and hand a draft over to another device."""
