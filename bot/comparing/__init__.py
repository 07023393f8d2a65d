"""What changed between two editions of a plan: for the terminal and the console.

May import `model`, `errors`, `clock`, `catalog`, `rules` and `answers`. Pure: may not read files or
the database, nor print.
"""
