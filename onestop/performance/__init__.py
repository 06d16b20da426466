"""The figures that the council publishes about its services, and "Did this help?"."""
