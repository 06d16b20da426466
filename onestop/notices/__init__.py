"""Planning applications and roadworks: fetched on a schedule, and listed by ward."""
