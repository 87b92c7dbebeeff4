"""The database: remembers everything, decides nothing."""
