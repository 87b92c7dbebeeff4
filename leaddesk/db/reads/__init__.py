"""Questions the screens ask of the database: one function each, frozen records out."""
