"""This person's settings, the database, backups."""
