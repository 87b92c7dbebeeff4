"""What developers use and the program does not ship: the tour, the screens, the soak, the translations."""
