"""Files in and out; knows no database."""
