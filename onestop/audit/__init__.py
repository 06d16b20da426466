"""The audit log: who read, changed, exported or retried what. Entries are chained by MACs and never changed."""
