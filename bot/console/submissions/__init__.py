"""The console's pages about what schools hand in: all of them, one, reminding, year's end."""
