"""The process: its port, workers, descriptors and log, from start to stop."""
