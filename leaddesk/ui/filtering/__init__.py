"""The row above board and table that narrows what they show: chips, the chooser of conditions, saved views."""
