"""Reading the content folder into a catalogue: every file is parsed and checked, and every fault has its place."""
