"""The right editor for a field, wherever one is typed: on the sheet, in the table, in a form, in a gate."""
