"""Reading journeys from files, with faults."""
