"""What the council asks, and what follows from the answers: journeys, walked by one pure function."""
