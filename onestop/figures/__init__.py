"""What a council publishes about how its services do: events, rates, medians, and the suppression of small counts."""
