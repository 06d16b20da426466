"""A day of deliveries on a simulated clock, with faulty destinations and killed server processes."""
