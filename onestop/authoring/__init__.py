"""Reading authored files: text and YAML with the position of every value, and all faults at once."""
