"""The database: two engines, encryption, and one module a table. No other package runs SQL."""
