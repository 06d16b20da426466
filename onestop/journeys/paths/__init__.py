"""Every path through a journey: enumerated, checked, drawn."""
