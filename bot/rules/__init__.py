"""What follows from a plan's entries on a day, for a person: verdicts, due dates, what is left.

May import `model`, `errors` and `clock` (days only). Pure: may not do anything that can fail for a
reason outside its arguments.
"""
