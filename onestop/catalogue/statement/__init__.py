"""The accessibility statement that a council publishes."""
