"""The table of leads and the sheet of one lead."""
