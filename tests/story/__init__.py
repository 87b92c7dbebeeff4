"""One rep from an empty database to a qualified lead, by keys and by typed lines."""
