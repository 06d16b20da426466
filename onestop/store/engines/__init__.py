"""SQLite and PostgreSQL behind the interface in onestop/store/database.py."""
