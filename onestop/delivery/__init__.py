"""Delivery of cases from the outbox to the destinations of their desks."""
