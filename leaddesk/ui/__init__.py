"""The window and its rooms; the only floor that knows Qt."""
